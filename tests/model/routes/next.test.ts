import { expect, it } from "vitest";
import { modelOf, type ProjectLiteral } from "../../support/model.js";

const manifest = { "package.json": '{ "dependencies": { "next": "^16" } }' };

/** Each route with the roles of its steps. */
function table(files: ProjectLiteral): string[] {
  return modelOf({ ...manifest, ...files }).routes.routes.map(({ method, path, steps }) => [`${method} ${path}`, ...steps.map(({ name, role }) => `${name}:${role}`)].join(" "));
}

it("reads route handlers from the folders and exports of the app router", () => {
  const handler = "export async function GET() { return Response.json([]); }";
  expect(
    table({
      "src/app/api/users/route.ts": `${handler}\nexport const POST = async (request: Request) => Response.json(await request.json());`,
      "src/app/(shop)/api/[team]/@slot/items/[...rest]/route.ts": handler,
      "src/app/api/docs/[[...slug]]/route.js": "const handler = () => new Response(); export { handler as GET, handler as DELETE };",
      "src/app/api/again/route.ts": 'export { GET } from "../users/route";',
      "src/app/_lib/route.ts": handler,
      "src/app/api/users/helper.ts": handler,
      "src/app/page.tsx": handler,
    }),
  ).toEqual(["GET /api/:team/items/*rest", "GET /api/again", "DELETE /api/docs/*slug?", "GET /api/docs/*slug?", "GET /api/users", "POST /api/users"]);
});

it("takes what stands around a handler, and what the handler rejects, for its steps", () => {
  expect(
    table({
      "app/api/a/route.ts": 'import { withUser } from "../../with-user"; export const GET = withUser(async () => Response.json([]));',
      "app/api/b/route.ts": 'import { session } from "../../session"; export async function GET() { if (!(await session())) return new Response("no", { status: 401 }); return Response.json([]); }',
      "app/api/test/route.ts": "export async function GET() { return Response.json([]); }",
      "app/with-user.ts": "export const withUser = (handler) => async (request) => { if (!request.headers.get('authorization')) return Response.json({}, { status: 401 }); return handler(request); };",
    }),
  ).toEqual(["GET /api/a withUser:auth", "GET /api/b GET:auth", "GET /api/test"]);
});

it("takes a handler that nobody can look into for a step that may check anything", () => {
  expect(
    table({
      "app/api/a/route.ts": 'import { kit } from "absent-kit"; const hook = kit.webhook({ path: "a" }); export const POST = hook.handler;',
      "app/api/b/route.ts": 'const hooks = { removed: async () => Response.json({}) }; export const POST = hooks.removed;',
    }),
  ).toEqual(["POST /api/a hook.handler:unknown", "POST /api/b"]);
});

it("leaves a handler that hands on to another framework to that one", () => {
  expect(
    table({
      "app/api/[[...route]]/route.ts": 'import { handle } from "hono/vercel"; import { app } from "../../server"; export const GET = handle(app); export const POST = handle(app);',
      "app/server.ts": 'import { Hono } from "hono"; export const app = new Hono().basePath("/api").get("/users", (c) => c.json([]));',
    }),
  ).toEqual(["GET /api/users"]);
});

it("reads the API routes of the pages router, for the methods that they tell apart", () => {
  expect(
    table({
      "pages/api/index.ts": "export default function handler(req, res) { res.json({}); }",
      "pages/api/users/[id].ts": 'export default function handler(req, res) { switch (req.method) { case "GET": return res.json({}); case "PUT": return res.json({}); default: return res.status(405).end(); } }',
      "pages/api/send.ts": 'async function handler(req, res) { if ("POST" !== req.method) return res.status(405).end(); res.json({}); } export default handler;',
      "pages/api/login.page.ts": 'export default function handler(req, res) { if (req.method === "POST") return res.json({}); res.status(405).end(); }',
      "pages/users.tsx": "export default function Page() { return null; }",
    }),
  ).toEqual(["ALL /api", "POST /api/login", "POST /api/send", "GET /api/users/:id", "PUT /api/users/:id"]);
});

it("puts the middleware before what its matcher covers, and does not judge one that looks at the path", () => {
  const routes = { "app/api/open/route.ts": "export const GET = () => Response.json([]);", "app/api/closed/[id]/route.ts": "export const GET = () => Response.json([]);" };
  const rejecting = "export function middleware(request) { if (!request.cookies.get('session')) return new Response(null, { status: 401 }); }";
  expect(table({ ...routes, "middleware.ts": `${rejecting} export const config = { matcher: ["/api/closed/:path*"] };` })).toEqual(["GET /api/closed/:id middleware:auth", "GET /api/open"]);
  expect(table({ ...routes, "middleware.ts": `${rejecting} export const config = { matcher: "/((?!api/open|_next).*)" };` })).toEqual(["GET /api/closed/:id middleware:auth", "GET /api/open"]);
  expect(table({ ...routes, "middleware.ts": "import { NextResponse } from 'next/server'; export function middleware(request) { if (request.nextUrl.pathname.startsWith('/fr')) return NextResponse.redirect(new URL('/fr-FR', request.url)); }" })).toEqual(["GET /api/closed/:id middleware:context", "GET /api/open middleware:context"]);
  expect(table({ ...routes, "proxy.ts": "export default function proxy(request) { if (request.nextUrl.pathname.startsWith('/x')) return new Response(null, { status: 401 }); }" })).toEqual(["GET /api/closed/:id proxy:unknown", "GET /api/open proxy:unknown"]);
});

it("prepends the base path, and reads nothing in a package without Next", () => {
  expect(table({ "next.config.mjs": 'export default { basePath: "/shop" };', "app/health/route.ts": "export const GET = () => new Response();" })).toEqual(["GET /shop/health"]);
  expect(table({ "package.json": "{}", "app/health/route.ts": "export const GET = () => new Response();" })).toEqual([]);
});

it("finds the handler among what a wrapper is given, and the wrapper's own checks beside it", () => {
  const wrapper = "const next = await handler({ request }); return next; };";
  const check = "if (!request.headers.get('authorization')) { onReject(request); return Response.json({}, { status: 401 }); }";
  const { routes } = modelOf({
    ...manifest,
    "app/api/a/route.ts": 'import { inBody } from "../../wrap"; export const GET = inBody({ onReject: (request) => {}, handler: async function inner({ request }) { return Response.json([]); } });',
    "app/api/b/route.ts": 'import { inPattern } from "../../wrap"; export const GET = inPattern({ handler: async function inner() { return Response.json([]); }, onReject: () => {} });',
    "app/api/c/route.ts": 'import { asMember } from "../../wrap"; export const GET = asMember({ audit: () => {}, execute: async function inner() { return Response.json([]); } });',
    "app/api/e/route.ts": 'import { handsOn } from "../../wrap"; export const GET = handsOn({ audit: () => {}, handler: async function inner() { return Response.json([]); } });',
    "app/api/f/route.ts": 'import { handsOnTogether } from "../../wrap"; export const GET = handsOnTogether(async function inner() { return Response.json([]); });',
    "app/api/d/route.ts": 'import { asMember } from "../../wrap"; const given = load(); export const GET = asMember(given);',
    "app/wrap.ts": `export const inBody = (options) => { const { onReject, handler } = options; return async (request) => { ${check} ${wrapper} };
export const inPattern = ({ onReject, handler }) => async (request) => { ${check} ${wrapper}
const execute = async (run, request) => { try { return await run(request); } catch (error) { return Response.json({}, { status: 500 }); } };
const executeIn = async ({ run, request }) => run(request);
export const handsOn = (options) => { const { handler, audit } = options; return async function outer(request) { audit(request); return execute(handler, request); }; };
export const handsOnTogether = (run) => async function outer(request) { return executeIn({ run, request }); };
export const asMember = (options) => async function outer(request) { options.audit(request); return options.execute(request); };`,
  }).routes;
  expect(routes.map(({ path, handler, steps }) => [path, handler?.name, ...steps.map(({ role }) => role)].join(" "))).toEqual(["/api/a inner auth", "/api/b inner auth", "/api/c inner context", "/api/d outer context unknown", "/api/e inner context", "/api/f inner context"]);
});

it("judges the middleware of NextAuth by whom its callback refuses", () => {
  const roles = (options: string): string | undefined => table({ "src/app/api/a/route.ts": "export const GET = () => Response.json([]);", "src/middleware.ts": `import { withAuth } from "next-auth/middleware"; export default withAuth(function middleware() { return undefined; }${options});` })[0];
  expect(roles(", { callbacks: { authorized: ({ token }) => Boolean(token) } }")).toBe("GET /api/a middleware:auth");
  expect(roles(", { callbacks: { authorized: () => true } }")).toBe("GET /api/a middleware:context");
  expect(roles(', { callbacks: { authorized: ({ token, req }) => !req.nextUrl.pathname.startsWith("/admin") || Boolean(token) } }')).toBe("GET /api/a middleware:unknown");
});
