import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { isWebhook } from "../../src/kit/open-routes.js";
import { provesOrigin } from "../../src/kit/route-proofs.js";
import { defineRule } from "../../src/kit/rule.js";
import { routeCause, routeName, routesIn } from "../../src/kit/routes.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RequestPart, Route, SchemaUse } from "../../src/model/routes/route.js";

interface Options {
  readonly scalars: "allow" | "report";
}

const parts: readonly RequestPart[] = ["body", "query", "params"];
const idioms: Readonly<Record<string, string>> = {
  express: "put a validating middleware before the handler, or begin it with `const {{part}} = Schema.parse(req.{{part}})`",
  fastify: "give the route `schema: { {{key}}: Schema }`",
  koa: "put a validating middleware before the handler, or begin it with a schema's parse",
  hono: 'put `zValidator("{{target}}", Schema)` before the handler and read `c.req.valid("{{target}}")`',
  nestjs: "type the parameter with a class whose properties carry validation decorators, under a ValidationPipe, or give it a pipe of its own",
};

export default defineRule<Options>({
  name: "request-schema",
  section: "api",
  clauses: ["API-2", "SEC-1"],
  description: "Require a runtime schema for every part of the request that a route reads",
  presets: { recommended: "error", strict: ["error", { scalars: "report" }], legacy: "error" },
  messages: {
    none: "{{route}} reads the request's {{part}} without a schema, so whatever a client sends goes on. To mend it, {{idiom}}.",
    typeOnly: "{{route}} describes the request's {{part}} with a type only ({{by}}), which is gone at run time: every payload passes. To mend it, {{idiom}}.",
    declared: "{{route}} has a schema for the request's {{part}} that nothing enforces ({{by}}). To mend it, {{idiom}}.",
  },
  optionsSchema: { scalars: { enum: ["allow", "report"], description: "Whether single fields of query and params that are read as strings count." } },
  defaultOptions: { scalars: "allow" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const reported = new Set<string>();
      // A handler that tells methods apart reads the body for those that have one.
      for (const route of [...routesIn(model, scope)].sort((left, right) => Number(isBodiless(left)) - Number(isBodiless(right))))
        for (const part of parts) {
          const use = route.request[part];
          const messageId = problemOf(use, part, options);
          const read = `${use.file ?? ""} ${use.span?.join() ?? ""} ${route.path} ${route.file} ${route.span[0]} ${part}`;
          if (messageId === undefined || (part === "body" && isSignedText(model, route)) || (use.span !== undefined && reported.has(read))) continue;
          reported.add(read);
          const related = use.file !== undefined && use.span && model.has(use.file) ? [relatedAt(model, use.file, use.span, `${part} is read here`)] : [];
          yield findingAt(model, route.file, route.span, messageId, { route: routeName(route), part, by: use.by ?? "a type", idiom: idiomFor(route, part) }, { cause: `${routeCause(model, route)} ${part}`, related });
        }
    },
  },
});

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

function idiomFor(route: Route, part: RequestPart): string {
  const key = part === "query" ? "querystring" : part;
  const target = part === "body" ? "json" : part === "params" ? "param" : part;
  return (idioms[route.framework] ?? idioms["express"] ?? "").replaceAll("{{part}}", part).replaceAll("{{key}}", key).replaceAll("{{target}}", target);
}
