import { expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../../support/model.js";

/** Each route with the roles of its steps. */
function table(files: ProjectLiteral): string[] {
  return modelOf(files).routes.routes.map(({ method, path, steps }) => [`${method} ${path}`, ...steps.map(({ name, role }) => `${name}:${role}`)].join(" "));
}

const handler = "export default defineEventHandler(() => ({}));";

it("reads the file routes of Nuxt's server folder and of its layers", () => {
  expect(
    table({
      "package.json": '{ "dependencies": { "nuxt": "^4" } }',
      "server/api/users/index.get.ts": handler,
      "server/api/users/[id].put.ts": handler,
      "server/api/(admin)/stats.ts": handler,
      "server/api/files/[...path].get.ts": handler,
      "server/routes/[...].ts": handler,
      "server/routes/feed.xml.get.ts": handler,
      "server/utils/api/helper.ts": handler,
      "layers/billing/server/api/invoices.post.ts": handler,
      "api/client.ts": handler,
    }),
  ).toEqual(["ALL /*path", "GET /api/files/*path", "POST /api/invoices", "ALL /api/stats", "GET /api/users", "PUT /api/users/:id", "GET /feed.xml"]);
});

it("reads Nitro's folders at the root, or where the configuration puts them", () => {
  const routes = { "routes/index.ts": handler, "api/users.get.ts": handler };
  expect(table({ "package.json": '{ "dependencies": { "nitropack": "^2" } }', ...routes })).toEqual(["ALL /", "GET /api/users"]);
  const moved = { "server/routes/index.ts": handler, "nitro.config.ts": 'export default defineNitroConfig({ srcDir: "server" });' };
  expect(table({ "package.json": '{ "dependencies": { "nitro": "^3" } }', ...moved })).toEqual(["ALL /"]);
});

it("puts middleware before every route, the steps of a definition before its own, and helpers that reject into the handler", () => {
  expect(
    table({
      "package.json": '{ "dependencies": { "nuxt": "^4" } }',
      "server/middleware/auth.ts": "export default defineEventHandler((event) => { if (!getHeader(event, 'authorization')) throw createError({ statusCode: 401 }); });",
      "server/middleware/by-path.ts": "export default defineEventHandler((event) => { if (event.path.startsWith('/api/admin')) throw createError({ statusCode: 401 }); });",
      "server/api/a.get.ts": "export default defineEventHandler({ onRequest: [requireAdmin], handler: () => ({}) });",
      "server/api/b.get.ts": "export default defineEventHandler(async (event) => { await requireUserSession(event); return {}; });",
    }),
  ).toEqual(["GET /api/a auth:auth by-path:unknown requireAdmin:authz", "GET /api/b auth:auth by-path:unknown requireUserSession:auth"]);
});

it("follows the names that Nuxt imports by itself and the aliases that it generates, in an application whose layer brings Nuxt", () => {
  const app = {
    "package.json": '{ "name": "workspace", "private": true, "workspaces": ["apps/*"] }',
    "apps/base/package.json": '{ "name": "@acme/base", "dependencies": { "nuxt": "^4", "nuxt-auth-utils": "^0.5" } }',
    "apps/shop/package.json": '{ "name": "@acme/shop", "dependencies": { "@acme/base": "workspace:*" } }',
    "apps/shop/nuxt.config.ts": "export default defineNuxtConfig({ extends: '../base' });",
    "apps/shop/server/utils/staff.ts": "export async function requireStaff(event) { const { user } = await requireUserSession(event); if (user.role !== 'staff') throw createError({ statusCode: 403 }); return user; }",
    "apps/shop/server/services/pace.ts": "export async function paced(event) { if (await tooOften(event)) throw createError({ statusCode: 429 }); }",
    // Turns nobody away: what fails in it is swallowed.
    "apps/shop/server/middleware/1.auth.ts": "export default defineEventHandler(async (event) => { if (!event.path.startsWith('/api')) return; try { await setUserSession(event, { user: await readToken(event) }); } catch { } });",
    "apps/shop/server/utils/token.ts": "export async function readToken(event) { const token = getHeader(event, 'authorization'); if (!token) throw createError({ statusCode: 401 }); return { token }; }",
    "apps/shop/server/api/orders.get.ts": "export default defineEventHandler(async (event) => { await requireStaff(event); return []; });",
    "apps/shop/server/api/hints.get.ts": "import { paced } from '~~/server/services/pace';\nexport default defineEventHandler(async (event) => { await paced(event); return []; });",
    "apps/shop/server/api/open.get.ts": handler,
  };
  expect(table(app)).toEqual(["GET /api/hints auth:context inline function:rate-limit", "GET /api/open auth:context", "GET /api/orders auth:context inline function:auth"]);
});
