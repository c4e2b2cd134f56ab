import { oncePer } from "../../src/base/once-per.js";
import { belongsTo, columnNames, isMaker, isScoped } from "../../src/kit/access/belonging.js";
import { isForAdministrators } from "../../src/kit/routes/for-administrators.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { operationsIn, reachedFunctions } from "../../src/kit/routes/reach.js";
import { defineRule } from "../../src/kit/rule.js";
import { someNode } from "../../src/facts/walk.js";
import { isOpen } from "../../src/kit/routes/open-routes.js";
import { isPrincipalName, usesPrincipal } from "../../src/kit/access/principals.js";
import { hasStep, isInfrastructure, isProcedure, routeCause, routeName, routesIn, servedRoutes, stepPlaces } from "../../src/kit/routes/routes.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly principals: readonly string[];
  readonly methods: readonly string[];
}

export default defineRule<Options>({
  name: "require-ownership",
  section: "security",
  clauses: ["SEC-2"],
  description: "Require what a request names by id to be looked up for the principal who asks",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: { anybody: "{{route}} knows who asks and uses `{{call}}` on whatever id the path names, without the principal: anybody who is signed in can name another's id. Put the principal into the condition, or ask a policy before." },
  optionsSchema: {
    principals: { type: "array", items: { type: "string" }, description: "More words of names that hold the principal or the owner, such as `clinic`." },
    methods: { type: "array", items: { type: "string" }, description: "The HTTP methods that count." },
  },
  defaultOptions: { principals: [], methods: ["GET", "POST", "PUT", "PATCH", "DELETE"] },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const route of routesIn(model, scope)) {
        if (!options.methods.includes(route.method) || !isPersonal(model, route)) continue;
        const operation = byIdAlone(model, route, options);
        if (!operation) continue;
        const call = operation.node.kind === "template" ? "a statement" : receiverText(operation.node.callee);
        yield findingAt(model, route.file, route.span, "anybody", { route: routeName(route), call }, { cause: routeCause(model, route), related: [relatedAt(model, operation.file, operation.span, "the resource is used here"), ...stepPlaces(model, route)] });
      }
    },
  },
});

/** A route with a principal (a secret that machines share is none) and an id in its path, on which no step decides what the principal may do. */
function isPersonal(model: ProjectModel, route: Route): boolean {
  const hasPrincipal = route.steps.some(({ role, nameless }) => role === "auth" && nameless !== true);
  const namesOne = (/\/:[^/]+/.test(route.path) && !namesKind(route)) || isProcedure(route);
  if (!hasPrincipal || !namesOne || isDoneToOthers(route) || /(^|\/)public(\/|$)/i.test(route.path)) return false;
  const isDecided = hasStep(route, "authz", "unknown") || route.steps.some(({ authorizes }) => authorizes) || isByRole(model, route);
  return !isDecided && (!isForAdministrators(model, route) || hasIdleGuard(route)) && !isOpen(model, route) && !isInfrastructure(model, route);
}

/** A guard of roles in front of a route that names none lets pass whoever is signed in, also to what is meant for administrators. */
function hasIdleGuard({ steps }: Route): boolean {
  return steps.some(({ needs, role }) => needs !== undefined && role === "context");
}

/** `POST /posts/:id/like`: what whoever is signed in does to things of others. */
function isDoneToOthers({ method, path }: Route): boolean {
  return method !== "DELETE" && /[/-](?:un)?(?:like|follow|vote|up-?vote|down-?vote|react|view|share|report|click)s?(?:[/-]|$)/i.test(path);
}

/** `GET /countries/:code`: what is read by such a name is the same for everybody. */
function namesKind({ method, path }: Route): boolean {
  return method === "GET" && (path.match(/:\w+/g) ?? []).every((name) => /^:(?:\w*(?:Slug|Code|Locale|Lang))$|^:(?:slug|username|handle|code|locale|lang|language|currency|country|sku|isbn|ticker|symbol|year|month|date)$/.test(name));
}

/** Whether the condition of a statement takes an id from the input: `{ where: { id: input.id } }`. */
function namesOne(model: ProjectModel, { file, filter }: StoreOperation): boolean {
  return someNode(filter, (part) => (part.kind === "member" || part.kind === "name") && model.requestData.flows(file, part).some(({ path }) => /(^|_)id$|[a-z]I[dD]$/.test(path.at(-1) ?? "")));
}

/** The first use of a store by a condition in a handler that never uses the principal, nor does what it calls. */
function byIdAlone(model: ProjectModel, route: Route, options: Options): StoreOperation | undefined {
  const { handler } = route;
  if (!handler) return undefined;
  const functions = reachedFunctions(model, handler.file, handler.node);
  const mentions = (name: string): boolean => isPrincipalName(name, options.principals);
  const used = functions.flatMap((reached) => operationsIn(model, reached).filter((operation) => /^(read|write|list)$/.test(operation.role) && !onlyCounts(operation) && (operation.filter.length > 0 || isConditionGiven(operation, mentions)) && (!isProcedure(route) || namesOne(model, operation))));
  const [first] = used;
  if (!first || usesPrincipal(model, handler, used, options.principals)) return undefined;
  return route.method === "GET" && isForAll(model, route, used, options) ? undefined : first;
}

/** Whether rows that are read are no secret: they belong to nobody, or whoever is signed in may list them all and they name at most who made them. */
function isForAll(model: ProjectModel, route: Route, used: readonly StoreOperation[], options: Options): boolean {
  const columns = used.map((operation) => columnNames(model, operation));
  if (used.some((operation) => isScoped(model, operation))) return false;
  if (columns.every((names) => names.length > 1 && belongsTo(names, options.principals) === "nobody")) return true;
  return !columns.some((names) => names.some((name) => !isMaker(name) && isPrincipalName(name, options.principals))) && isListedForAll(model, route, options);
}

/** `likes.count({ where })`: how many there are shows none of them. */
function onlyCounts({ methods }: StoreOperation): boolean {
  return methods.some((method) => /^(?:count|countBy|countDocuments|estimatedDocumentCount|exists?|existsBy)$/.test(method));
}

/** The lists of an application, by their paths. */
const listsByPath = oncePer((model: ProjectModel): ReadonlyMap<string, Route> => new Map(servedRoutes(model).flatMap((route) => (route.method === "GET" && route.handler ? [[route.path, route] as const] : []))));

/** `GET /products/:id` beside a `GET /products` that shows all of them to whoever is signed in: one of them is no secret. */
function isListedForAll(model: ProjectModel, route: Route, options: Options): boolean {
  const list = /\/:\w+$/.test(route.path) ? listsByPath(model).get(route.path.slice(0, route.path.lastIndexOf("/"))) : undefined;
  if (!list?.handler || list.path.includes(":") || hasStep(list, "authz", "unknown") || list.steps.some(({ authorizes }) => authorizes) || isByRole(model, list)) return false;
  const used = reachedFunctions(model, list.handler.file, list.handler.node).flatMap((reached) => operationsIn(model, reached));
  return used.some(({ role }) => role === "list") && !usesPrincipal(model, list.handler, used, options.principals);
}

/** `@Roles(Role.Admin)`: what a guard of all routes reads of this one says who may. */
function isByRole(model: ProjectModel, { steps }: Route): boolean {
  return steps.some(({ file, span, origin, role }) => role === "context" && (origin === "controller" || origin === "route") && model.has(file) && /(?:^|[^a-z])(?:roles?|permissions?|polic(?:y|ies)|abilit(?:y|ies)|scopes?|admin)(?![a-z])/i.test((model.text(file)?.slice(...span) ?? "").replaceAll("_", " ")));
}

/** `SELECT … WHERE id = $1` with a value for it, and nothing of the principal in the condition. */
function isConditionGiven({ node, text, parameters }: StoreOperation, mentions: (name: string) => boolean): boolean {
  const [statement] = node.kind === "template" ? [node] : text;
  const written = statement?.kind === "template" ? statement.texts.join("?") : statement?.kind === "literal" ? String(statement.value) : "";
  const [, condition] = /\bwhere\b(.*)/is.exec(written) ?? [];
  const isGiven = parameters.length > 0 || (statement?.kind === "template" && statement.values.length > 0);
  return condition !== undefined && isGiven && !(condition.match(/\w+/g) ?? []).some(mentions);
}
