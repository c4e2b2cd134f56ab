import { splitWords } from "../../base/words.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isPutThere } from "../../facts/names.js";
import type { Handler } from "../../model/routes/route.js";
import { namesIn } from "../routes/handlers.js";
import { reachedFunctions } from "../routes/reach.js";
import { receiverText } from "../project/store-uses.js";
import { isUsed, notedIn, usedNames } from "./used-names.js";

/** Words of names that hold who asks, or to whom things belong. */
const principalWords: ReadonlySet<string> = new Set([
  "user", "users", "me", "principal", "viewer", "actor", "session", "auth", "account", "member", "membership", "owner", "author", "tenant", "org",
  "organization", "organisation", "workspace", "team", "customer", "identity", "claims", "jwt", "subject", "permission", "permissions", "ability",
  "policy", "authorize", "authorise", "can", "allowed", "role", "roles", "scope", "scopes",
]);

/** What a request holds of what its sender chose. */
const inputs: ReadonlySet<string> = new Set(["body", "query", "params", "headers", "cookies", "get", "header", "url", "ip", "hostname"]);

/** Whether a name speaks of who asks, by the known words and by those of the settings, in lower case; a name that they have as a whole is written as one word: `tenantid`. */
export function isPrincipalName(name: string, principals: readonly string[]): boolean {
  const words = splitWords(name);
  return words.some((word) => principalWords.has(word.toLowerCase()) || principals.includes(word.toLowerCase())) || (principals.length > 0 && principals.includes(words.join("").toLowerCase()));
}

/** Whether a handler, or what it calls, uses the principal, beside what it does with stores. */
export function usesPrincipal(model: ProjectModel, handler: Handler, used: readonly StoreOperation[], principals: readonly string[]): boolean {
  // The name of the model that is read (`prisma.user`) says nothing of who asks.
  const models = new Set(used.flatMap(({ node }) => (node.kind === "template" ? [] : receiverText(node.callee).split("."))));
  const names = reachedFunctions(model, handler.file, handler.node).flatMap((reached) => [...usedNames(model, reached)]);
  return names.some((name) => !models.has(name) && isPrincipalName(name, principals)) || isGivenPrincipal(model, handler) || readsCarried(model, handler);
}

/** What steps leave on a request that tells requests apart, and no principal. */
const ofRequests = /request|trace|correlation|log|start|^(req|res|body|query|params|headers?|cookies?|method|path|url|json|validated?\w*)$/i;

/** `request.shop.id`: what a step has put on the request, which one it is of those that the handler may touch. */
function isCarriedId(node: Extract<Expression, { kind: "member" }>, contexts: ReadonlySet<number>): boolean {
  const isContext = (part: Expression): boolean => part.kind === "name" && part.binding !== undefined && contexts.has(part.binding) && /^(req|request)$/.test(part.name);
  // What names speak of is judged by what becomes of it.
  return /^(id|_id|uuid|sub)$/.test(node.property) && node.object.kind === "member" && isContext(node.object.object) && !inputs.has(node.object.property) && !ofRequests.test(node.object.property) && !isPrincipalName(node.object.property, []);
}

/** Whether a handler reads what a step before it left on the context: `ctx.state.senderId`, `c.get("apiKey")`, `c.var.tenant`. */
function readsCarried(model: ProjectModel, { file, node }: Handler): boolean {
  const noted = notedIn(model, file, node.body ?? [], node.span);
  const contexts = new Set(node.parameters.flatMap(({ target }) => (target.kind === "binding" ? [target.binding] : [])));
  let found = false;
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part)) return !found;
    // What was taken for a log or the answer alone is not used.
    if (part.kind === "variable" && part.declarators.every(({ target, value }) => value !== undefined && isPutThere(value) && !isUsed(target, node.body ?? [], noted))) return false;
    if (part.kind === "member" && isCarriedId(part, contexts)) found = true;
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
function isGivenPrincipal(model: ProjectModel, { file, node }: Handler): boolean {
  const logged = notedIn(model, file, node.body ?? [], node.span);
  const decorators = node.parameters.filter(({ target }) => isUsed(target, node.body ?? [], logged)).flatMap(({ decorators: own }) => own ?? []);
  return decorators.some(({ value }) =>
    model.values.of(file, value.kind === "call" ? value.callee : value).some((made) => {
      if (made.kind !== "external" || made.provenance.package !== "@nestjs/common" || made.provenance.path[0] !== "createParamDecorator" || !made.site) return false;
      const [read] = made.site.node.arguments;
      return read?.kind === "function" && ![...namesIn(read.function.body ?? [])].some((name) => inputs.has(name));
    }),
  );
}
