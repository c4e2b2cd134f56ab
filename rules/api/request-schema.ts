import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { listed } from "../../src/base/words.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { isWebhook } from "../../src/kit/open-routes.js";
import { provesOrigin } from "../../src/kit/route-proofs.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { ownerOf, relatedRoutes, routeCause, routeName, routesIn, servedRoutes } from "../../src/kit/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RequestPart, Route, SchemaUse } from "../../src/model/routes/route.js";

interface Options {
  readonly scalars: "allow" | "report";
  readonly report: "causes" | "routes";
}

/** From so many routes on, an application that has no schema for any request, or for one in ten at most, is one finding. */
const many = 11;
const fewestChecked = 10;

const parts: readonly RequestPart[] = ["body", "query", "params"];
const idioms: Readonly<Record<string, string>> = {
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
};

export default defineRule<Options>({
  name: "request-schema",
  section: "api",
  clauses: ["API-2", "SEC-1"],
  description: "Require a runtime schema for every part of the request that a route reads",
  presets: { recommended: "error", strict: ["error", { scalars: "report", report: "routes" }], legacy: "error" },
  messages: {
    none: "{{route}} reads the request's {{part}} without a schema, so whatever a client sends goes on. To mend it, {{idiom}}.",
    typeOnly: "{{route}} describes the request's {{part}} with a type only ({{by}}), which is gone at run time: every payload passes. To mend it, {{idiom}}.",
    application: "No route of this application checks what it reads with a schema ({{count}} routes: {{routes}}), so whatever a client sends goes on. To mend it, {{idiom}}.",
    seldom: "Of this application's routes {{count}} read a request without a schema and {{checked}} with one ({{routes}} without), so whatever a client sends goes on. To mend it, {{idiom}}.",
    declared: "{{route}} has a schema for the request's {{part}} that nothing enforces ({{by}}). To mend it, {{idiom}}.",
  },
  optionsSchema: {
    scalars: { enum: ["allow", "report"], description: "Whether single fields of query and params that are read as strings count." },
    report: { enum: ["causes", "routes"], description: "One finding for an application in which more than ten routes read a request without a schema and one in ten of them at most has one, or one for each route and part." },
  },
  defaultOptions: { scalars: "allow", report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const reported = new Set<string>();
      const without = options.report === "causes" ? applicationsWithout(model, options) : [];
      for (const application of without) yield* sumOf(model, scope, application);
      const summed = new Set(without.flatMap(({ lacking }) => lacking));
      // A handler that tells methods apart reads the body for those that have one.
      for (const route of [...routesIn(model, scope)].sort((left, right) => Number(isBodiless(left)) - Number(isBodiless(right))))
        for (const part of summed.has(route) ? [] : parts) {
          const use = route.request[part];
          const messageId = problemOf(use, part, options);
          const read = `${use.file ?? ""} ${use.span?.join() ?? ""} ${route.path} ${route.file} ${route.span[0]} ${part}`;
          if (messageId === undefined || (part === "body" && /^(GET|HEAD)$/.test(route.method)) || (part === "body" && isSignedText(model, route)) || (use.span !== undefined && reported.has(read))) continue;
          reported.add(read);
          const related = use.file !== undefined && use.span && model.has(use.file) ? [relatedAt(model, use.file, use.span, `${part} is read here`)] : [];
          yield findingAt(model, route.file, route.span, messageId, { route: routeName(route), part, by: use.by ?? "a type", idiom: idiomFor(route, part) }, { cause: `${routeCause(model, route)} ${part}`, related });
        }
    },
  },
});

/** An application whose routes read requests without a schema, but for a few. */
interface Application {
  readonly lacking: readonly Route[];
  readonly checked: number;
}

function applicationsWithout(model: ProjectModel, options: Options): readonly Application[] {
  return [...groupBy(servedRoutes(model), (route) => ownerOf(model, route)).values()].flatMap((routes) => {
    const lacking = routes.filter(({ request }) => parts.some((part) => problemOf(request[part], part, options) !== undefined));
    const checked = routes.filter(({ request }) => parts.some((part) => /^(enforced|declared|unknown)$/.test(request[part].kind))).length;
    return lacking.length < many || checked * fewestChecked > lacking.length ? [] : [{ lacking, checked }];
  });
}

function* sumOf(model: ProjectModel, scope: Scope, { lacking, checked }: Application): Iterable<RuleFinding> {
  const [first] = lacking;
  const owner = first && ownerOf(model, first);
  const place = owner && "span" in owner ? owner : first;
  if (first && place && scope.has(place.file)) yield findingAt(model, place.file, place.span, checked === 0 ? "application" : "seldom", { count: String(lacking.length), checked: String(checked), routes: listed(lacking.map(routeName), 5), idiom: idiomFor(first, "body") }, { cause: "application", related: relatedRoutes(model, lacking) });
}

/** A webhook that reads its body as text, which is what the sender has signed: the check of the signature vouches for it. */
function isSignedText(model: ProjectModel, route: Route): boolean {
  const { file, span } = route.request.body;
  const read = file !== undefined && span ? (model.text(file)?.slice(...span) ?? "") : "";
  return isWebhook(route) && route.handler !== undefined && /\.(text\(\)|rawBody)$/.test(read) && provesOrigin(model, route.handler);
}

function isBodiless({ method }: Route): boolean {
  return /^(GET|HEAD|DELETE|OPTIONS)$/.test(method);
}

function problemOf(use: SchemaUse, part: RequestPart, options: Options): string | undefined {
  if (use.kind === "type-only") return "typeOnly";
  if (use.kind === "declared") return "declared";
  if (use.kind !== "none") return undefined;
  if (part !== "body" && use.by === "converted") return undefined;
  return part !== "body" && use.by === "field" && options.scalars === "allow" ? undefined : "none";
}

const h3Readers: Readonly<Record<RequestPart, string>> = { body: "readValidatedBody", query: "getValidatedQuery", params: "getValidatedRouterParams", headers: "Schema.parse" };

function idiomFor(route: Route, part: RequestPart): string {
  const key = part === "query" ? "querystring" : part;
  const target = part === "body" ? "json" : part === "params" ? "param" : part;
  return (idioms[route.framework] ?? idioms["express"] ?? "").replaceAll("{{part}}", part).replaceAll("{{key}}", key).replaceAll("{{target}}", target).replaceAll("{{hapi}}", part === "body" ? "payload" : part).replaceAll("{{h3}}", `\`${h3Readers[part]}(event, Schema)\``);
}
