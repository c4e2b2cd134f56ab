import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { findingsOf } from "../../support/project.js";
import { marked } from "../../support/routes.js";

const rule = "versioned-routes";
const holds = async (files: ProjectLiteral, options = {}): Promise<void> => {
  const { found, expected } = await marked(rule, files, options);
  expect(found).toEqual(expected);
};

const express = 'import express, { Router } from "express";\nexport const app = express();\n';
const send = "(req, res) => { res.json({}); }";
const each = { options: { report: "routes" } };

describe("versioned-routes", () => {
  it("asks each route for a version in a static segment before its first parameter", () =>
    holds({
      "src/app.ts": `${express}app.get("/users", ${send}); // bad: route
app.get("/api/users", ${send}); // bad: route
app.get("/:v1/users", ${send}); // bad: route
app.get("/users/:id/v1", ${send}); // bad: route
app.get("/version/users", ${send}); // bad: route
app.get("/v1/users", ${send});
app.get("/api/v2/users/:id", ${send});
app.get("/v1.1/users", ${send});
app.get("/v1beta1/users", ${send});
app.get("/api/2026-11-28/users", ${send});
app.get("/api/2026/users", ${send}); // bad: route
app.get("/:owner/:repo/info/refs", ${send});
app.post("/:owner/:repo/git-upload-pack", ${send});
app.get("/:owner/:repo/refs", ${send}); // bad: route
app.get("/welcome", (req, res) => { res.json({ text: "welcome" }); }); // bad: route
app.post("/welcome", (req, res) => { res.json({ text: "welcome" }); }); // bad: route
app.get("/health", ${send});
app.get("/metrics", ${send});
app.get("/.well-known/jwks.json", ${send});
app.get("/:tenant/.well-known/jwks.json", ${send});
app.get("/auth/google/callback", ${send});
app.post("/oauth/token", ${send});
app.all("/mcp", ${send});
app.get("/sse", ${send});
app.post("/messages", ${send});
app.get("/proxy/:sig/:url", ${send});
app.get("/covers/none.png", ${send});
app.get("/covers/none", ${send}); // bad: route
app.get("/oauth2/userinfo", ${send});
app.post("/oauth/clients", ${send}); // bad: route
app.get("/:version/orders", ${send}); // bad: route
`,
    }, each));

  it("reports a mount of unversioned routes once, and a single route as one", () =>
    holds({
      "src/app.ts": `${express}import { users } from "./users.js";
app.use("/api", users); // bad: mount
app.use("/api/v1", users);
app.use("/solo", Router().get("/x", ${send})); // bad: route
`,
      "src/users.ts": `import { Router } from "express";\nexport const users = Router();\nusers.get("/users", ${send});\nusers.post("/users", ${send});\n`,
    }));

  it("reports an application without any version once, and each of its mounts where another route has one", async () => {
    const mounts = (mark: string, names = ["a", "b", "c", "d"]): string => names.map((name) => `app.use("/${name}", Router().get("/x", ${send}));${mark}`).join("\n");
    await holds({ "src/app.ts": `import express, { Router } from "express";\nexport const app = express(); // bad: application@20\n${mounts("")}\n` });
    await holds({ "src/app.ts": `${express}${mounts(" // bad: route")}\napp.get("/v2-beta/x", ${send});\n` });
    await holds({ "src/app.ts": `import express, { Router } from "express";\nexport const app = express(); // bad: others@20\n${mounts("", [..."abcdefghijk"])}\napp.get("/v2-beta/x", ${send});\n` });
    await holds({ "src/app.ts": `import express, { Router } from "express";\nexport const app = express(); // bad: others@20\n${mounts("", [..."abcde"])}\napp.get("/v2-beta/x", ${send});\n` });
    await holds({
      "package.json": '{ "name": "web", "dependencies": { "next": "16.0.0" } }',
      "app/a/route.ts": "export async function GET() { return Response.json({}); } // bad: application@23\n",
      ...Object.fromEntries(["b", "c", "d"].map((name) => [`app/${name}/route.ts`, "export async function GET() { return Response.json({}); }\n"])),
    });
  });

  it("reports several applications without any version once, and those that have one by themselves", async () => {
    const root = { "package.json": '{ "name": "shops", "workspaces": ["one", "two"] }' };
    const shop = (name: string, mark = ""): ProjectLiteral => ({ [`${name}/package.json`]: `{ "name": "${name}", "dependencies": { "next": "16.0.0" } }`, [`${name}/app/items/route.ts`]: `export async function GET() { return Response.json({}); }${mark}\n`, [`${name}/app/prices/route.ts`]: "export async function GET() { return Response.json({}); }\n" });
    await holds({ ...root, ...shop("one", " // bad: application@23"), ...shop("two") }, { cliOnly: true });
    await holds({ ...root, ...shop("one", " // bad: route@23"), "one/app/prices/route.ts": "export async function GET() { return Response.json({}); } // bad: route@23\n", "one/app/v1/route.ts": "export async function GET() { return Response.json({}); }\n", ...shop("two", " // bad: application@23") }, { cliOnly: true });
  });

  it("asks nothing of pages, preflights, webhooks, GraphQL, and what a library answers below a path", () =>
    holds({
      "src/app.ts": `${express}import { show } from "./pages.js";
app.get("/about", (req, res) => { res.render("about"); });
app.post("/about", (req, res) => { if (!req.body.name) { res.status(422).render("about"); return; } res.redirect("/thanks"); });
app.get("/team", show);
app.get("/hello", (req, res) => { res.send("<p>Hello</p>"); });
app.get("/shared/:slug", async (req, res) => { res.type("text/html").send(await read(req.params.slug)); });
app.get("/both", (req, res) => { if (req.query.json) { res.json({}); return; } res.render("both"); }); // bad: route
app.options("/orders", ${send});
app.post("/webhooks/mail", ${send});
app.post("/graphql", ${send});
app.all("/proxy/*rest", ${send});
`,
      "src/pages.ts": 'const draw = (res, name) => { res.render(name); };\nexport const show = (req, res) => { draw(res, "team"); };\n',
    }, each));

  it("reports procedures only where it is asked to", async () => {
    const files = (mark: string): ProjectLiteral => ({
      "src/server.ts": `import { initTRPC } from "@trpc/server";\nimport { createHTTPServer } from "@trpc/server/adapters/standalone";\nconst t = initTRPC.create();\nexport const appRouter = t.router({\n  list: t.procedure.query(() => []),${mark}\n});\ncreateHTTPServer({ router: appRouter, basePath: "/trpc/" });\n`,
    });
    await holds(files(""));
    await holds(files(" // bad: route@21\n  v1: t.router({ list: t.procedure.query(() => []) }),"), { options: { report: "routes", procedures: "report" } });
  });

  it("follows the settings: form, place and style of the version", async () => {
    const files = (mark: string): ProjectLiteral => ({ "src/app.ts": `${express}app.get("/2024-01-01/users", ${send});\napp.get("/v1/users", ${send});${mark}\n` });
    await holds(files(" // bad: route"), { ...each, settings: { routes: { version: "{date}" } } });
    await holds(files(""), { ...each, settings: { routes: { version: ["{date}", "v{number}"] } } });
    await holds({ "src/app.ts": `${express}app.get("/_api/v2/users", ${send});\napp.get("/apiv3/users", ${send});\napp.get("/api-v3/users", ${send});\napp.get("/apiversion3/users", ${send}); // bad: route\n` }, each);
    const bare = { "src/app.ts": `${express}app.get("/users", ${send});\n` };
    await holds(bare, { ...each, settings: { routes: { externalPrefix: "/api/v1" } } });
    await holds(bare, { ...each, settings: { routes: { versioning: "header" } } });
    await holds(bare, { ...each, settings: { routes: { versioning: "rpc-evolution" } } });
    await holds(bare, { ...each, settings: { routes: { infrastructure: ["/users"] } } });
  });

  it("is silent on what only leads to the page of a provider", () =>
    holds({
      "src/app.ts": `${express}import passport from "passport";
app.get("/sign-in", passport.authenticate("oidc"));
app.get("/session", passport.authenticate("jwt"), ${send}); // bad: route
`,
    }, each));

  it("is silent where a part of the path is not known", () =>
    holds({ "src/app.ts": `${express}app.get(process.env.PREFIX + "/users", ${send});\napp.get(\`\${process.env.PREFIX}/users\`, ${send});\n`, "src/loose.ts": `import { Router } from "express";\nexport const loose = Router();\nloose.get("/x", ${send});\n` }, each));

  it("composes the prefixes of Fastify, Hono and Koa", () =>
    holds({
      "src/fastify.ts": `import Fastify from "fastify";
const app = Fastify();
const plugin = async (inner) => { inner.get("/users", async () => []); };
const bare = async (inner) => { inner.get("/teams", async () => []); }; // bad: route@33
app.register(plugin, { prefix: "/api/v1" });
app.register(bare, { prefix: "/api" });
`,
      "src/hono.ts": `import { Hono } from "hono";
const users = new Hono().get("/users", (c) => c.json([]));
export const app = new Hono().basePath("/api/v1");
app.route("/", users);
app.get("/teams", (c) => c.json([]));
export const other = new Hono();
other.get("/groups", (c) => c.json([])); // bad: route
`,
      "src/koa.ts": `import Koa from "koa";
import Router from "@koa/router";
const app = new Koa();
const users = new Router({ prefix: "/v1/users" });
users.get("/", (ctx) => { ctx.body = []; });
const teams = new Router({ prefix: "/teams" });
teams.get("/", (ctx) => { ctx.body = []; }); // bad: route
app.use(users.routes()).use(teams.routes());
app.listen(1);
`,
    }, each));

  it("reads the versions of Nest: URI, header and global prefix", async () => {
    const nest = (setUp: string, mark: string): ProjectLiteral => ({
      "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { VersioningType } from "@nestjs/common";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\n${setUp}\nawait app.listen(3000);\nexport const unused = VersioningType;\n`,
      "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { UsersController } from "./users.controller.js";\n@Module({ controllers: [UsersController] }) export class AppModule {}\n',
      "src/users.controller.ts": `import { Controller, Get } from "@nestjs/common";\n@Controller({ path: "users", version: "1" }) export class UsersController {\n  @Get() list() { return []; }${mark}\n}\n`,
    });
    await holds(nest("", " // bad: route@4"), each);
    await holds(nest("app.enableVersioning({ type: VersioningType.URI });", ""), each);
    const unversioned = (setUp: string, mark: string): ProjectLiteral => ({ ...nest(setUp, ""), "src/users.controller.ts": `import { Controller, Get } from "@nestjs/common";\n@Controller("users") export class UsersController {\n  @Get() list() { return []; }${mark}\n}\n` });
    await holds(unversioned("app.enableVersioning({ type: VersioningType.URI });", " // bad: route@4"), each);
    await holds(unversioned('app.enableVersioning({ type: VersioningType.URI, defaultVersion: "2" });', ""), each);
    await holds(unversioned("app.enableVersioning({ type: VersioningType.URI, defaultVersion: String(process.env.MAJOR) });", ""), each);
    await holds(nest('app.enableVersioning({ type: VersioningType.HEADER, header: "X-Version" });', ""), each);
    await holds(nest('app.setGlobalPrefix("api/v1");', ""), each);
  });

  it("leaves alone what a package makes of its options, whose own client calls it", async () => {
    const route = (made: string): ProjectLiteral => ({ "package.json": JSON.stringify({ name: "web", dependencies: { next: "15", react: "19", uploader: "1" } }), "src/app/api/uploader/route.ts": `import { createRouteHandler } from "uploader/next";\nimport { files } from "../../../files.js";\nexport const { GET, POST } = ${made};\n`, "src/files.ts": "export const files = { GET: () => Response.json([]), POST: () => Response.json({}) };\n" });
    expect(await findingsOf(route("createRouteHandler({ router: files })"), { rule })).toEqual([]);
    expect(await findingsOf(route("files"), { rule })).not.toEqual([]);
  });
});
