import { splitWords } from "../../src/base/words.js";
import { namesIn } from "../../src/kit/handlers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { logWrites } from "../../src/kit/log-calls.js";
import { operationsIn, reachedFunctions } from "../../src/kit/reach.js";
import { defineRule } from "../../src/kit/rule.js";
import { someNode, type SyntaxNode, walkAll } from "../../src/facts/walk.js";
import { isOpen } from "../../src/kit/open-routes.js";
import { recordValues } from "../../src/kit/record-shapes.js";
import { columnsOf, rowsIn } from "../../src/kit/row-columns.js";
import { hasStep, isInfrastructure, routeCause, routeName, routesIn, stepPlaces } from "../../src/kit/routes.js";
import { receiverText } from "../../src/kit/store-uses.js";
import { isUsed, usedNames } from "../../src/kit/used-names.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly principals: readonly string[];
  readonly methods: readonly string[];
}

/** Words of names that hold who asks, or to whom things belong. */
const principalWords: ReadonlySet<string> = new Set(["user", "users", "me", "principal", "viewer", "actor", "session", "auth", "account", "member", "membership", "owner", "author", "tenant", "org", "organization", "organisation", "workspace", "team", "customer", "identity", "claims", "jwt", "subject", "permission", "permissions", "ability", "policy", "authorize", "authorise", "can", "allowed", "role", "roles", "scope", "scopes"]);

/** What a request holds of what its sender chose. */
const inputs: ReadonlySet<string> = new Set(["body", "query", "params", "headers", "cookies", "get", "header", "url", "ip", "hostname"]);

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

/** A route with a principal and an id in its path, on which no step decides what the principal may do. */
function isPersonal(model: ProjectModel, route: Route): boolean {
  return hasStep(route, "auth") && ((/\/:[^/]+/.test(route.path) && !namesKind(route)) || isProcedure(route)) && !hasStep(route, "authz", "unknown") && !route.steps.some(({ authorizes }) => authorizes) && !/(^|\/)(admin|public)(\/|$)/i.test(route.path) && !isOpen(model, route) && !isInfrastructure(model, route);
}

/** `GET /countries/:code`: what is read by such a name is the same for everybody. */
function namesKind({ method, path }: Route): boolean {
  return method === "GET" && (path.match(/:\w+/g) ?? []).every((name) => /^:(?:\w*(?:Slug|Code|Locale|Lang))$|^:(?:slug|code|locale|lang|language|currency|country|sku|isbn|ticker|symbol|year|month|date)$/.test(name));
}

/** Procedures take ids among their input, and none in their path. */
function isProcedure({ framework }: Route): boolean {
  return framework === "trpc" || framework === "orpc";
}

/** Whether the condition of a statement takes an id from the input: `{ where: { id: input.id } }`. */
function namesOne(model: ProjectModel, { file, filter }: StoreOperation): boolean {
  return someNode(filter, (part) => (part.kind === "member" || part.kind === "name") && model.requestData.flows(file, part).some(({ path }) => /(^|_)id$|[a-z]I[dD]$/.test(path.at(-1) ?? "")));
}

/** The first use of a store by a condition in a handler that never uses the principal, nor does what it calls. */
function byIdAlone(model: ProjectModel, route: Route, { principals }: Options): StoreOperation | undefined {
  const { handler } = route;
  if (!handler) return undefined;
  const functions = reachedFunctions(model, handler.file, handler.node);
  const mentions = (name: string): boolean => splitWords(name).some((word) => principalWords.has(word.toLowerCase()) || principals.includes(word.toLowerCase()));
  const used = functions.flatMap((reached) => operationsIn(model, reached).filter((operation) => /^(read|write|list)$/.test(operation.role) && (operation.filter.length > 0 || isConditionGiven(operation, mentions)) && (!isProcedure(route) || namesOne(model, operation))));
  if (used.length === 0 || (route.method === "GET" && used.every((operation) => isNobodys(model, operation)))) return undefined;
  // The name of the model that is read (`prisma.user`) says nothing of who asks.
  const models = new Set(used.flatMap(({ node }) => (node.kind === "template" ? [] : receiverText(node.callee).split("."))));
  const names = functions.flatMap((reached) => [...usedNames(model, reached)]);
  return names.some((name) => !models.has(name) && mentions(name)) || isGivenPrincipal(model, handler) || readsCarried(handler) ? undefined : used[0];
}

/** What rows of a catalogue consist of, which are the same for everybody. */
const ofCatalogues = /^(?:_?id|uuid|name|title|label|code|symbol|slug|description|icon|colou?r|order|position|sort|image|image_?url|price|currency|key|type|unit|factor|rate|iso\d?|locale|(?:is_?)?(?:active|enabled|published|visible)|created_?at|updated_?at|deleted_?at)$/i;

/** Whether rows belong to nobody: their columns are known, and all are those of a catalogue. */
function isNobodys(model: ProjectModel, { file, node }: StoreOperation): boolean {
  const rows = node.kind === "call" ? rowsIn(recordValues(model, file, node)) : [];
  const columns = rows.flatMap((row) => columnsOf(model, row));
  return columns.length > 1 && columns.every(({ name }) => ofCatalogues.test(name));
}

/** `SELECT … WHERE id = $1` with a value for it, and nothing of the principal in the condition. */
function isConditionGiven({ node, text, parameters }: StoreOperation, mentions: (name: string) => boolean): boolean {
  const [statement] = node.kind === "template" ? [node] : text;
  const written = statement?.kind === "template" ? statement.texts.join("?") : statement?.kind === "literal" ? String(statement.value) : "";
  const [, condition] = /\bwhere\b(.*)/is.exec(written) ?? [];
  const isGiven = parameters.length > 0 || (statement?.kind === "template" && statement.values.length > 0);
  return condition !== undefined && isGiven && !(condition.match(/\w+/g) ?? []).some(mentions);
}

/** What steps leave on a request that tells requests apart, and no principal. */
const ofRequests = /request|trace|correlation|log|start|^(req|res|body|query|params|headers?|cookies?|method|path|url|json|validated?\w*)$/i;

/** Whether a handler reads what a step before it left on the context: `ctx.state.senderId`, `c.get("apiKey")`, `c.var.tenant`. */
function readsCarried({ node }: NonNullable<Route["handler"]>): boolean {
  const contexts = new Set(node.parameters.flatMap(({ target }) => (target.kind === "binding" ? [target.binding] : [])));
  let found = false;
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part)) return !found;
    if (part.kind === "member" && part.object.kind === "member" && /^(state|locals|var)$/.test(part.object.property)) found ||= !ofRequests.test(part.property);
    if (part.kind === "call" && part.callee.kind === "member" && part.callee.property === "get" && part.callee.object.kind === "name" && part.callee.object.binding !== undefined && contexts.has(part.callee.object.binding)) {
      const [key] = part.arguments;
      // `req.get("content-type")` of Express reads a header.
      found ||= key?.kind === "literal" && typeof key.value === "string" && !key.value.includes("-") && !ofRequests.test(key.value);
    }
    return !found;
  });
  return found;
}

/** Whether a decorator of the project gives the handler something that a guard has put on the request, and more is done with it than noted: `@AgentId() agentId`. */
function isGivenPrincipal(model: ProjectModel, { file, node }: NonNullable<Route["handler"]>): boolean {
  const logged = new Set<SyntaxNode>(logWrites(model, file).map((write) => write.node));
  const decorators = node.parameters.filter(({ target }) => isUsed(target, node.body ?? [], logged)).flatMap(({ decorators: own }) => own ?? []);
  return decorators.some(({ value }) =>
    model.values.of(file, value.kind === "call" ? value.callee : value).some((made) => {
      if (made.kind !== "external" || made.provenance.package !== "@nestjs/common" || made.provenance.path[0] !== "createParamDecorator" || !made.site) return false;
      const [read] = made.site.node.arguments;
      return read?.kind === "function" && ![...namesIn(read.function.body ?? [])].some((name) => inputs.has(name));
    }),
  );
}
