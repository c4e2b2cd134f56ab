import { expect, it } from "vitest";
import { allOf, verdictsOf } from "../../support/cases.js";
import { findingsOf } from "../../support/project.js";

const rule = { rule: "safe-get" } as const;
const head = `import express from "express";
import Fastify from "fastify";
import Redis from "ioredis";
import type { FastifyPluginAsync } from "fastify";
import fp from "fastify-plugin";
import { prisma, publish, countView, type Posts } from "./posts";
const app = express();
const fastify = Fastify();
const redis = new Redis();`;
const more = {
  "src/posts.ts": `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
export class Posts { publish(id: string) { return publish(id); } find(id: string) { return prisma.post.findUnique({ where: { id } }); } }
export const publish = async (id: string) => prisma.post.update({ where: { id }, data: { published: true } });
export const countView = async (id: string) => prisma.post.update({ where: { id }, data: { seen: { increment: 1 } } });`,
};

it("is silent on reads, caches, marks of reading and other methods", async () => {
  const silent = {
    "a read": `app.get("/v1/posts/:id", async (req, res) => { res.json(await prisma.post.findUnique({ where: { id: req.params.id } })); });`,
    "a write behind POST": `app.post("/v1/posts/:id", async (req, res) => { res.json(await publish(req.params.id)); });`,
    "what another caller of a helper hands to it": `const attempt = async (work) => { try { return await work(); } catch { return undefined; } }; app.post("/v1/posts/:id/up", async (req, res) => { res.json(await attempt(() => publish(req.params.id))); }); app.get("/v1/posts/:id/state", async (req, res) => { res.json(await attempt(async () => prisma.post.count())); });`,
    "what another service calls": `app.get("/v1/webhooks/shop", async (req, res) => { res.json(await publish(String(req.query.id))); });`,
    "methods of what a factory gives back": `const plugin = (context) => ({ name: "posts", run: async () => prisma.post.create({ data: context }) });\napp.get("/v1/plugins", async (req, res) => { res.json([plugin({})].map(({ name }) => name)); });`,
    "a cache": `app.get("/v1/posts", async (req, res) => { await redis.set("posts", "1"); res.end(); });`,
    "a copy that the store keeps": `app.get("/v1/rates", async (req, res) => { await prisma.cachedRate.upsert({ where: { id: "1" }, create: { id: "1" }, update: { rate: 2 } }); res.end(); });`,
    "an audit trail in one word": `app.get("/v1/plans", async (req, res) => { await prisma.userevents.create({ data: { kind: req.path } }); res.end(); });`,
    "an audit trail": `app.get("/v1/posts", async (req, res) => { await prisma.auditLog.create({ data: { path: req.path } }); res.end(); });`,
    "a read of a service in the options of a plugin": `const routes: FastifyPluginAsync<{ posts: Posts }> = async (server, { posts }) => { server.get("/v1/posts/:id", async (request) => posts.find(request.params.id)); };\nfastify.register(routes);`,
    "an account that is made sure of": `const ensureAccount = async (id: string) => prisma.wallet.create({ data: { id } });\napp.get("/v1/portfolio", async (req, res) => { await ensureAccount("1"); res.end(); });`,
    "a mark of when it was used": `app.get("/v1/updates", async (req, res) => { await prisma.installation.upsert({ where: { id: "1" }, create: { id: "1" }, update: { lastSeenAt: new Date() } }); res.end(); });`,
    "the way to an identity provider": `app.get("/v1/integrations/auth/:provider", async (req, res) => { await prisma.link.create({ data: { state: "1" } }); res.redirect("/"); });`,
    "what is made where there is none": `app.get("/v1/settings", async (req, res) => { const found = await prisma.setting.findFirst({ where: { id: "1" } }); if (found) { res.json(found); } else { res.json(await prisma.setting.create({ data: { id: "1" } })); } });`,
    "the way to a named identity provider": `app.get("/v1/auth/github", async (req, res) => { await prisma.link.create({ data: { state: "1" } }); res.redirect("/"); });`,
    "a copy of what another server has": `const persistAccount = async (id: string) => prisma.account.upsert({ where: { id }, create: { id }, update: { name: "a" } });\napp.get("/v1/lookup", async (req, res) => { res.json(await persistAccount(String(req.query.id))); });`,
    "a quota": `app.get("/v1/reports", async (req, res) => { await prisma.monthlyQuota.upsert({ where: { id: "1" }, create: {}, update: {} }); res.end(); });`,
    "a scheduler that knows no other method": `app.get("/v1/cron/close", async (req, res) => { await publish("1"); res.end(); });`,
    "one handler for all methods": `const all = async (req, res) => { if (req.method === "POST") await publish("1"); res.end(); };\napp.get("/v1/hooks", all);\napp.post("/v1/hooks", all);`,
    "a session": `app.get("/v1/me", async (req, res) => { await prisma.session.update({ where: { id: "1" }, data: {} }); res.end(); });`,
    "a scheduler that a handler asks for its secret": `app.get("/v1/digests/send", async (req, res) => { if (req.get("authorization") !== process.env.CRON_SECRET) { res.status(401).end(); return; } await publish("1"); res.end(); });`,
    "what an identity provider sends back": `app.get("/v1/auth", async (req, res) => { const { code, state } = req.query; await prisma.user.create({ data: { code, state } }); res.redirect("/"); });`,
    "what is made in a transaction where there is none": `app.get("/v1/settings", async (req, res) => { const found = await prisma.setting.findFirst({ where: { id: "1" } }); if (!found) await prisma.$transaction(async (tx) => { await tx.setting.create({ data: { id: "1" } }); }); res.end(); });`,
    "what is picked out of rows as out of date": `const expire = async (rows) => { const late = rows.filter((row) => row.until < Date.now()); if (late.length === 0) return rows; await prisma.offer.updateMany({ where: { id: { in: late.map((row) => row.id) } }, data: { state: "expired" } }); return rows; };\napp.get("/v1/offers", async (req, res) => { res.json(await expire(await prisma.offer.findMany())); });`,
    "upkeep on the way to an answer": `const repairStalePosts = async () => prisma.post.updateMany({ where: { open: null }, data: { open: false } });\napp.get("/v1/posts", async (req, res) => { await repairStalePosts(); res.json(await prisma.post.findMany()); });`,
    "what proves who calls": `const authenticateKey = async (key: string) => prisma.key.update({ where: { key }, data: { hash: "2" } });\napp.get("/v1/posts", async (req, res) => { await authenticateKey(String(req.get("x-key"))); res.json(await prisma.post.findMany()); });`,
    "what is made in a service where there is none": `const settings = async (id: string) => { let found = await prisma.setting.findFirst({ where: { id } }); if (!found) { found = await prisma.setting.upsert({ where: { id }, create: { id }, update: {} }); } return found; };\napp.get("/v1/settings", async (req, res) => { res.json(await settings(String(req.query.id))); });`,
    "what is made behind an answer with what was found": `const circle = async (id: string) => { const found = await prisma.circle.findFirst({ where: { id } }); if (found) { return found; } return prisma.circle.create({ data: { id } }); };\napp.get("/v1/circles", async (req, res) => { res.json(await circle(String(req.query.id))); });`,
    "what has run out and is taken away": `app.get("/v1/links/:id", async (req, res) => { const link = await prisma.link.findUnique({ where: { id: req.params.id } }); if (link.expiresAt < new Date()) { await prisma.link.delete({ where: { id: link.id } }); res.status(404).end(); return; } res.json(link); });`,
    "a service that is called where something is out of date": `app.get("/v1/posts/:id", async (req, res) => { const post = await prisma.post.findUnique({ where: { id: req.params.id } }); if (post.state !== "shown") await publish(post.id); res.json(post); });`,
    "what is written because something failed": `app.get("/v1/runs/:id", async (req, res) => { try { res.json(await load(req.params.id)); } catch { await prisma.run.update({ where: { id: "1" }, data: { state: "gone" } }); res.end(); } });`,
    "a link by which an address is changed": `app.get("/v1/change-email/:token", async (req, res) => { res.json(await prisma.user.update({ where: { hash: req.params.token }, data: { verified: true } })); });`,
    "what a link in a mail opens": `app.get("/v1/verify-email", async (req, res) => { const { token } = req.query; res.json(await prisma.user.update({ where: { hash: token }, data: { verified: true } })); });`,
    "a counter": `app.get("/v1/posts/:id", async (req, res) => { res.json(await prisma.post.update({ where: { id: req.params.id }, data: { reads: { increment: 1 } } })); });`,
    "one more than before": `app.get("/v1/codes/:id", async (req, res) => { const code = await prisma.code.findUnique({ where: { id: req.params.id } }); await prisma.code.update({ where: { id: code.id }, data: { asked: code.asked + 1 } }); res.json(code); });`,
    "a mark of when it was used, in SQL": `import { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/keys", async (req, res) => { await pool.query("UPDATE api_keys SET last_used = NOW() WHERE id = $1", [req.query.id]); res.end(); });`,
    "that something was read": `app.get("/v1/notices", async (req, res) => { const notices = await prisma.notice.findMany(); await prisma.notice.updateMany({ data: { readAt: new Date() } }); res.json(notices); });`,
    "who asked": `app.get("/v1/p/:slug", async (req, res) => { await prisma.websiteEvent.create({ data: { slug: req.params.slug, userAgent: req.get("user-agent") } }); res.end(); });`,
    "a code that is used once, in SQL": `import { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/exports/:id", async (req, res) => { await pool.query("update account set export_token = null where id = $1", [req.params.id]); res.end(); });`,
    "what is made behind an answer with a field of what was found": `app.get("/v1/customer", async (req, res) => { const account = await prisma.account.findUnique({ where: { id: "1" } }); if (account.customer) { return res.json({ id: account.customer }); } await prisma.account.update({ where: { id: "1" }, data: { customer: "a" } }); res.end(); });`,
    "what was noted before": `const noteOpening = async (id: string) => { const letter = await prisma.letter.findUnique({ where: { id } }); if (letter.at) return; await prisma.letter.update({ where: { id }, data: { at: new Date() } }); };\napp.get("/v1/letters/:id", async (req, res) => { await noteOpening(req.params.id); res.end(); });`,
    "a mark in a row with a name": `app.get("/v1/letters/:id", async (req, res) => { const row = { id: "1", firstReadAt: new Date() }; await prisma.letter.update({ where: { id: "1" }, data: row }); res.end(); });`,
    "a mark that is set before it is saved": `import { DataSource } from "typeorm";\nclass Display {}\nconst displays = new DataSource({}).getRepository(Display);\napp.get("/v1/displays/:id", async (req, res) => { const display = await displays.findOneBy({ id: req.params.id }); display.lastSeenAt = new Date(); await displays.save(display); res.json(display); });`,
    "what the place of an installation sends back": `app.get("/v1/shop/install", async (req, res) => { const { installation_id, state } = req.query; await prisma.shop.update({ where: { id: state }, data: { installation: installation_id } }); res.redirect("/"); });`,
    "a caller that is shut out": `const lockOut = async (id: string) => prisma.user.update({ where: { id }, data: { state: "out" } });\napp.get("/v1/files/:id", async (req, res) => { await lockOut("1"); res.end(); });`,
    "a callback of an identity provider": `app.get("/v1/auth/google/callback", async (req, res) => { await prisma.user.create({ data: {} }); res.redirect("/"); });`,
  };
  expect(await verdictsOf(silent, head, rule, more)).toEqual(allOf(silent));
});

it("reports writes behind GET and HEAD, wherever they stand", async () => {
  const writes = {
    "a code that is made anew and sent, where a link in a mail would bring one": `app.get("/v1/password-reset/:email", async (req, res) => { const user = await prisma.user.update({ where: { email: req.params.email }, data: { state: "RESET", code: "1" } }); await send(user.email, user.code); res.end(); });`,
    "a handler of two methods that looks at neither": `const close = async (req, res) => { await publish(req.params.id); res.end(); };\napp.get("/v1/posts/:id/close", close);\napp.post("/v1/posts/:id/close", close);`,
    "what a link in a mail ends": `app.get("/v1/unsubscribe/:token", async (req, res) => { await prisma.reader.update({ where: { token: req.params.token }, data: { active: false } }); res.end(); });`,
    "what is picked out of rows, and written whatever it is": `app.get("/v1/offers", async (req, res) => { const rows = await prisma.offer.findMany(); const open = rows.filter((row) => row.open); if (open.length === 0) { res.json([]); return; } await prisma.offer.updateMany({ data: { seller: "1" } }); res.json(rows); });`,
    "an invitation that a link in a mail accepts": `app.get("/v1/invites/:token/accept", async (req, res) => { res.json(await prisma.invite.update({ where: { token: req.params.token }, data: { acceptedAt: new Date() } })); });`,
    "a time that the path asks to be set": `app.get("/v1/members/:id/block", async (req, res) => { await prisma.member.update({ where: { id: req.params.id }, data: { blockedAt: new Date() } }); res.end(); });`,
    "in the handler": `app.get("/v1/posts/:id/publish", async (req, res) => { res.json(await prisma.post.update({ where: { id: req.params.id }, data: {} })); });`,
    "in a service": `app.get("/v1/posts/:id/publish", async (req, res) => { res.json(await publish(req.params.id)); });`,
    "made whatever a read found": `app.get("/v1/posts/copy", async (req, res) => { const found = await prisma.post.findFirst({ where: { id: "1" } }); res.json(await prisma.post.create({ data: { of: found?.id } })); });`,
    "an upsert of what a caller says": `app.get("/v1/accounts/:id/rename", async (req, res) => { res.json(await prisma.account.upsert({ where: { id: req.params.id }, create: { id: req.params.id }, update: { name: "a" } })); });`,
    "where the request says so": `app.get("/v1/accounts/:id/secret", async (req, res) => { if (req.query.renew === "true") await prisma.account.update({ where: { id: req.params.id }, data: { salt: "1" } }); res.end(); });`,
    "a transaction of DynamoDB": `import { DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";\nconst dynamo = new DynamoDBClient({});\napp.get("/v1/claims/:id/approve", async (req, res) => { await dynamo.send(new TransactWriteItemsCommand({ TransactItems: [{ Update: { TableName: "claims", Key: { id: { S: req.params.id } }, UpdateExpression: "SET a = :a" } }] })); res.end(); });`,
    "where somebody is known, if the path asks for it": `app.get("/v1/shops/:id/enrol-me", async (req, res) => { const user = await find(req); if (user) await prisma.shop.update({ where: { id: user.id }, data: { open: true } }); res.end(); });`,
    "where something is missing, if the path asks for it": `app.get("/v1/shops/populate-names", async (req, res) => { for (const shop of await prisma.shop.findMany()) if (!shop.name) await prisma.shop.update({ where: { id: shop.id }, data: { name: "a" } }); res.end(); });`,
    "behind a check that turns others away": `app.get("/v1/posts/:id/state", async (req, res) => { const found = await prisma.post.findUnique({ where: { id: req.params.id } }); if (!found) { res.status(404).end(); return; } res.json(await prisma.post.update({ where: { id: found.id }, data: { state: "a" } })); });`,
    "for each row": `app.get("/v1/posts/states", async (req, res) => { const rows = await prisma.post.findMany(); for (const row of rows) await prisma.post.update({ where: { id: row.id }, data: { state: "a" } }); res.json(rows); });`,
    "a set of values that counts as well": `app.get("/v1/posts/:id/state", async (req, res) => { const found = await prisma.post.findUnique({ where: { id: req.params.id } }); res.json(await prisma.post.update({ where: { id: found.id }, data: { state: "a", moves: found.moves + 1 } })); });`,
    "a field that is set before it is saved": `import { DataSource } from "typeorm";\nclass Display {}\nconst displays = new DataSource({}).getRepository(Display);\napp.get("/v1/displays/:id", async (req, res) => { const display = await displays.findOneBy({ id: req.params.id }); display.name = "a"; await displays.save(display); res.json(display); });`,
    "of those who refer": `app.get("/v1/users/:id/move", async (req, res) => { res.json(await prisma.user.update({ where: { id: req.params.id }, data: { referrerId: "1" } })); });`,
    "behind HEAD": `app.head("/v1/posts/:id", async (req, res) => { await publish(req.params.id); res.end(); });`,
    "in a method of what a factory gives back": `const plugin = (context) => ({ name: "posts", run: async () => prisma.post.create({ data: context }) });\napp.get("/v1/plugins/run", async (req, res) => { res.json(await plugin({}).run()); });`,
    "in Fastify": `fastify.get("/v1/posts/:id/publish", async (request) => publish(request.params.id));`,
    "of a service in the options that type a plugin": `const routes: FastifyPluginAsync<{ posts: Posts }> = async (server, { posts }) => { server.get("/v1/posts/:id/publish", async (request) => posts.publish(request.params.id)); };\nfastify.register(routes);`,
    "of a service in the options of a lifted plugin": `fastify.register(fp<{ posts: Posts }>(async (server, { posts }) => { server.get("/v1/posts/:id/publish", async (request) => posts.publish(request.params.id)); }));`,
    "a code that is no sign-in": `app.get("/v1/coupons/use", async (req, res) => { const { code } = req.query; res.json(await prisma.coupon.update({ where: { code }, data: { used: true } })); });`,
    "upkeep that the path asks for in another form of the word": `const expiredPosts = async (id: string) => prisma.post.delete({ where: { id } });\napp.get("/v1/posts/expire/:id", async (req, res) => { res.json(await expiredPosts(req.params.id)); });`,
    "upkeep that the path asks for": `const repairStalePosts = async () => prisma.post.updateMany({ where: { open: null }, data: { open: false } });\napp.get("/v1/posts/repair", async (req, res) => { await repairStalePosts(); res.end(); });`,
    "a method that is called like upkeep": `const sync = async () => prisma.post.updateMany({ data: { open: false } });\napp.get("/v1/posts/all", async (req, res) => { await sync(); res.end(); });`,
    "names that only contain a mark's word": `app.get("/v1/account/login-catalogue", async (req, res) => { res.json(await prisma.account.update({ where: { id: "1" }, data: {} })); });`,
    "SQL": `import { Pool } from "pg";\nconst pool = new Pool();\napp.get("/v1/posts/:id/publish", async (req, res) => { await pool.query("UPDATE posts SET published = true WHERE id = $1", [req.params.id]); res.end(); });`,
  };
  expect(await verdictsOf(writes, head, { ...rule, options: { shared: "each" } }, more)).toEqual(allOf(writes, "writes"));
});

it("reports at the registration, shows the write, and knows the counters of the option", async () => {
  const files = { ...more, "src/app.ts": `${head}\napp.get("/v1/posts/:id", async (req, res) => {\n  await countView(req.params.id);\n  res.end();\n});\napp.get("/v1/posts/:id/open", async (req, res) => {\n  await publish(req.params.id);\n  res.end();\n});` };
  const found = await findingsOf(files, rule);
  expect(found.map(({ range, related }) => [range.start.line, range.start.column, related.map((place) => `${place.file}:${place.range.start.line}`)])).toEqual([[14, 1, ["src/posts.ts:4"]]]);
  const twice = { ...more, "src/app.ts": `${head}\napp.get("/v1/a", async (req, res) => { res.json(await publish("1")); });\napp.get("/v1/b", async (req, res) => { res.json(await publish("1")); });` };
  expect((await findingsOf(twice, rule)).length).toBe(1);
  expect((await findingsOf(twice, { ...rule, preset: "strict" })).length).toBe(2);
  const apart = { ...more, "src/app.ts": `${head}\napp.get("/v1/a", async (req, res) => { res.json(await publish("1")); });`, "src/other.ts": `${head}\napp.get("/v1/b", async (req, res) => { res.json(await publish("1")); });` };
  expect((await findingsOf(apart, rule)).map(({ file }) => file)).toEqual(["src/app.ts"]);
  expect((await findingsOf(apart, { ...rule, preset: "strict" })).length).toBe(2);
  expect(await findingsOf(files, { ...rule, options: { counters: ["publish"] } })).toEqual([]);
  // The whole standard lets no write pass that its settings do not name.
  expect((await findingsOf(files, { ...rule, preset: "strict" })).length).toBe(2);
  expect((await findingsOf(files, { ...rule, preset: "strict", options: { counters: ["countView"] } })).length).toBe(1);
});

it("tells each route whose path asks for a change, also where one function writes for all of them", async () => {
  const of = async (routes: string): Promise<number> => (await findingsOf({ ...more, "src/app.ts": `${head}\n${routes}` }, rule)).length;
  const handler = "async (req, res) => { res.json(await publish(req.params.id)); }";
  expect(await of(`app.get("/v1/posts/:id/publish", ${handler});\napp.get("/v1/posts/makepublic/:id", ${handler});\napp.get("/v1/posts/activate/:id", requireUser, async (req, res) => { await publish(req.params.id); res.json({ code: 30001 }); });`)).toBe(3);
  // `code` and `state` of an answer and of a context are none of an identity provider.
  expect(await of(`app.get("/v1/posts/createlink", async (ctx) => { await publish(ctx.state.user.id); ctx.body = { code: 1 }; });`)).toBe(1);
  expect(await of(`app.get("/v1/posts/linked", async (req, res) => { const { code, state } = req.query; await publish(state); res.end(code); });`)).toBe(0);
  expect(await of(`app.get("/v1/posts/activate/:token", async (req, res) => { res.json(await publish(req.params.token)); });`)).toBe(0);
});

it("follows a command through a bus to whoever handles it, and no event", async () => {
  const files = (sent: string): Readonly<Record<string, string>> => ({
    ...more,
    "src/publish-post.ts": `import { publish } from "./posts";\nexport class PublishPost { constructor(readonly id: string) {} }\nexport class PostSeen { constructor(readonly id: string) {} }\nexport class PublishPostHandler { execute({ id }: PublishPost) { return publish(id); } }\nexport class PostSeenHandler { handle({ id }: PostSeen) { return publish(id); } }\n`,
    "src/app.ts": `${head}\nimport { CommandBus, EventBus } from "@nestjs/cqrs";\nimport { PostSeen, PublishPost } from "./publish-post";\nconst commands = new CommandBus();\nconst events = new EventBus();\napp.get("/v1/posts/:id", async (req, res) => { ${sent} res.end(); });`,
  });
  const told = async (sent: string): Promise<readonly string[]> => (await findingsOf(files(sent), rule)).map(({ messageId }) => messageId);
  expect(await told("await commands.execute(new PublishPost(req.params.id));")).toEqual(["writes"]);
  expect(await told("events.publish(new PostSeen(req.params.id));")).toEqual([]);
});
