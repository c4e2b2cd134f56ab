import { wordTable } from "../../base/word-table.js";
import type { RequestPart, Route } from "../../model/routes/route.js";

const idioms: Readonly<Record<string, string>> = wordTable({
  express: "put a validating middleware before the handler, or begin it with `const {{part}} = Schema.parse(req.{{part}})`",
  fastify: "give the route `schema: { {{key}}: Schema }`",
  koa: "put a validating middleware before the handler, or begin it with a schema's parse",
  hono: 'put `zValidator("{{target}}", Schema)` before the handler and read `c.req.valid("{{target}}")`',
  h3: "read the {{part}} through a schema: {{h3}}",
  nitro: "read the {{part}} through a schema: {{h3}}",
  lambda: "begin the function with a schema's parse of what it takes from the event",
  adonisjs: "begin the action with `await request.validateUsing(validator)`",
  elysia: "give the route `{ {{part}}: Schema }`",
  hapi: "give the route `options: { validate: { {{hapi}}: Schema } }`",
  nestjs: "type the parameter with a class whose properties carry validation decorators, under a ValidationPipe, or give it a pipe of its own",
});

const h3Readers: Readonly<Record<RequestPart, string>> = { body: "readValidatedBody", query: "getValidatedQuery", params: "getValidatedRouterParams", headers: "Schema.parse" };

/** How a schema for a part of the request is given to a route, as its framework has it. */
export function schemaIdiom(route: Route, part: RequestPart): string {
  const key = part === "query" ? "querystring" : part;
  const target = part === "body" ? "json" : part === "params" ? "param" : part;
  return (idioms[route.framework] ?? idioms["express"] ?? "").replaceAll("{{part}}", part).replaceAll("{{key}}", key).replaceAll("{{target}}", target).replaceAll("{{hapi}}", part === "body" ? "payload" : part).replaceAll("{{h3}}", `\`${h3Readers[part]}(event, Schema)\``);
}
