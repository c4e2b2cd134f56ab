import { repositoryCause } from "../../src/base/causes.js";
import { groupBy } from "../../src/base/group-by.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { counted, listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { onlyHandsOn } from "../../src/kit/access/handed-on-requests.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { credentialsOf } from "../../src/kit/records/row-credentials.js";
import { defineRule } from "../../src/kit/rule.js";
import { type SentRows, sentRows } from "../../src/kit/records/sent-rows.js";
import { filesOfRoutes, isCallback, isInfrastructure, isProcedure, isScheduled, ownerOf, relatedRoutes, routeCause, routeName, servedRoutes } from "../../src/kit/routes/routes.js";
import { isWebhook } from "../../src/kit/routes/open-routes.js";
import { sendsBody } from "../../src/kit/routes/answers.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly report: "siblings" | "each";
}

/** From so many routes on, the sum of an application says something. */
const few = 2;

/** So many routes of a file may lack a schema for each that has one: more than that, and the file describes none. */
const mostBare = 3;

export default defineRule<Options>({
  name: "response-schema",
  section: "api",
  clauses: ["API-2"],
  description: "Require a response schema for every route that sends a body",
  presets: { recommended: "error", strict: ["error", { report: "each" }], legacy: "off" },
  messages: {
    credentials: "{{route}} answers with whole rows of {{shape}}, {{fields}} among them, and nothing leaves that out on the way. Choose the columns (`select`, `omit`, `attributes`), or send what a response schema lets through.",
    credentialsOften: "{{count}} answer with whole rows of {{shape}}, {{fields}} among them, and nothing leaves that out on the way ({{routes}}). Let the model leave it out of what is read or sent, choose the columns, or send what a response schema lets through.",
    none: "{{route}} sends a body that no schema describes, so fields can leak and callers cannot rely on its shape. Declare a response schema, or send `Schema.parse(result)`.",
    siblings: "{{count}} of this file send bodies that no schema describes, while {{described}} beside them have one ({{routes}}), so fields can leak and callers cannot rely on their shape. Declare their response schemas too, or send `Schema.parse(result)`.",
    declared: "{{route}} documents its response, and nothing holds the answer to it. Serialise through the schema, or send `Schema.parse(result)`.",
    application: "No schema describes the bodies of {{count}} of this application ({{routes}}), so fields can leak and callers cannot rely on their shape. Declare response schemas where the framework enforces them, or send `Schema.parse(result)`.",
  },
  optionsSchema: { report: { enum: ["siblings", "each"], description: "Only where sibling routes have response schemas, with one sum an application otherwise; or each route." } },
  defaultOptions: { report: "siblings" },
  project: {
    reads: "model",
    check: ofWholeProject<Options>(function* (model, options) {
      if (options.report === "each") {
        for (const route of servedRoutes(model)) {
          if (!lacks(model, route)) continue;
          const leak = leakOf(model, route);
          if (leak) yield leakFinding(model, leak);
          else yield findingAt(model, route.file, route.span, route.response.kind === "declared" ? "declared" : "none", { route: routeName(route) }, { cause: routeCause(model, route) });
        }
        return;
      }
      const all = servedRoutes(model).filter((route) => lacks(model, route));
      const leaks = all.flatMap((route) => leakOf(model, route) ?? []);
      for (const group of groupBy(leaks, ({ route, shape, fields }) => `${model.packageOf(route.file).folder} ${shape} ${fields.join()}`).values()) yield* leaksFinding(model, group);
      const told = new Set(leaks.map(({ route }) => route));
      const lacking = all.filter((route) => !told.has(route));
      const enforced = groupBy(servedRoutes(model).filter((route) => route.response.kind === "enforced"), ({ file }) => file);
      const bare = groupBy(lacking, ({ file }) => file);
      // One route of many that has a schema makes none of the others an exception.
      const withSchemas = new Set([...enforced].filter(([file, routes]) => routes.length * mostBare >= (bare.get(file)?.length ?? 0)).map(([file]) => file));
      for (const [file, routes] of bare) if (withSchemas.has(file)) yield* exceptions(model, routes.filter(({ response }) => response.kind === "none"), enforced.get(file)?.length ?? 0);
      const others = lacking.filter((route) => !withSchemas.has(route.file) && route.response.kind !== "declared" && !isProcedure(route));
      for (const routes of groupBy(others, (route) => model.packageOf(route.file)).values()) {
        const [first] = routes;
        // Several applications of a package lack the same thing: it is said at the largest.
        const owners = [...groupBy(routes, (route) => ownerOf(model, route))].sort(([, left], [, right]) => right.length - left.length);
        const owner = owners[0]?.[0];
        const place = owner && "span" in owner ? owner : first;
        // One route in an application that describes none is no contract that its callers could rely on.
        if (!first || !place || routes.length < few) continue;
        yield findingAt(model, place.file, place.span, "application", { count: counted(routes.length, "route"), routes: listed(routes.map(routeName), 5) }, { cause: repositoryCause("bodies of an application"), related: relatedRoutes(model, routes), severity: "warn" });
      }
    }, filesOfRoutes),
  },
});

/** The routes of a file without a schema beside some that have one. */
function* exceptions(model: ProjectModel, routes: readonly Route[], described: number): Iterable<RuleFinding> {
  const [first] = routes;
  if (!first) return;
  if (routes.length <= few) for (const route of routes) yield findingAt(model, route.file, route.span, "none", { route: routeName(route) }, { cause: routeCause(model, route), severity: "warn" });
  else yield findingAt(model, first.file, first.span, "siblings", { count: counted(routes.length, "route"), described: String(described), routes: listed(routes.map(routeName), 5) }, { cause: routeCause(model, first), related: relatedRoutes(model, routes), severity: "warn" });
}

/** A route that sends rows with credentials in them. */
interface Leak {
  readonly route: Route;
  readonly shape: string;
  readonly fields: readonly string[];
  readonly rows: SentRows;
}

/** What a step is called that makes something else of answers. */
const serializers = /seriali[sz]|todto|dto$|saniti[sz]|mask|redact|strip|exclude|omit/i;

const leakOf = oncePerPart((model: ProjectModel, route: Route): Leak | undefined => {
  if (!route.handler || route.steps.some(({ name }) => serializers.test(name) && name !== "ClassSerializerInterceptor")) return undefined;
  for (const rows of sentRows(model, route.handler, route.framework)) {
    const found = credentialsOf(model, rows);
    if (found) return { route, shape: `\`${found.name}\``, fields: found.fields, rows };
  }
  return undefined;
});

function leakFinding(model: ProjectModel, { route, shape, fields, rows }: Leak): RuleFinding {
  return findingAt(model, route.file, route.span, "credentials", { route: routeName(route), shape, fields: listed(fields.map((field) => `\`${field}\``), 4) }, { cause: routeCause(model, route), related: [relatedAt(model, rows.file, rows.node.span, "the rows are read here")] });
}

/** Rows of one shape are one lack, however many routes send them. */
function leaksFinding(model: ProjectModel, leaks: readonly Leak[]): RuleFinding[] {
  const [first, second] = leaks;
  if (!first) return [];
  if (!second) return [leakFinding(model, first)];
  const { route, shape, fields, rows } = first;
  const data = { count: counted(leaks.length, "route"), shape, fields: listed(fields.map((field) => `\`${field}\``), 4), routes: listed(leaks.map((one) => routeName(one.route)), 5) };
  return [findingAt(model, route.file, route.span, "credentialsOften", data, { cause: `credentials of ${shape}`, related: [relatedAt(model, rows.file, rows.node.span, "the rows are read here"), ...relatedRoutes(model, leaks.map((one) => one.route))] })];
}

function lacks(model: ProjectModel, route: Route): boolean {
  if (route.response.kind === "enforced" || route.response.kind === "unknown" || route.response.kind === "absent" || route.method === "HEAD" || route.method === "OPTIONS") return false;
  // What answers everything below a path hands on to another application, or to nobody; a server of GraphQL holds answers to its own schema.
  if (/\/\*[^/]*$|(^|\/)graphql$/i.test(route.path) || route.opaque) return false;
  // What schedulers and other services call answers as they want it.
  if (isScheduled(route) || isWebhook(route) || isCallback(route)) return false;
  return !isExample(route) && !isInfrastructure(model, route) && !(route.handler && onlyHandsOn(model, route.handler)) && sendsBody(model, route);
}

/** Code that shows how a library is used, in a folder for examples or of a tool. */
function isExample({ file }: Route): boolean {
  return /(^|\/)(\.[\w-]+|examples?)\//.test(file);
}
