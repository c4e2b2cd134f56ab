import { splitWords } from "../../src/base/words.js";
import { idempotencyHeaders, idempotencySteps, onceOnlyResources, settlingVerbs } from "../../src/catalogue/lexicon/http.js";
import { type FreshValues, handedFresh } from "../../src/kit/repetition/fresh-values.js";
import { namesIn } from "../../src/kit/routes/handlers.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { callsIn, operationsIn, reachedFunctions, type ReachedFunction } from "../../src/kit/routes/reach.js";
import { freshKeys, insertsIn, isCharge, isLookedUp, isUpsert, isWholeRefund, madeRow, movesState, subjectsOf } from "../../src/kit/repetition/repetition.js";
import { defineRule } from "../../src/kit/rule.js";
import { hasStep, matchesAny, routeCause, routeName, routeSettings, routesIn } from "../../src/kit/routes/routes.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { lastName } from "../../src/facts/names.js";
import type { FunctionNode } from "../../src/facts/syntax.js";
import { someNode, type SyntaxNode } from "../../src/facts/walk.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Handler, Route } from "../../src/model/routes/route.js";

export default defineRule({
  name: "idempotent-writes",
  section: "api",
  clauses: ["API-4"],
  description: "Require an idempotency key on POST routes that make what must not be made twice",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: { noKey: "{{route}} makes something that a retry must not make twice, and reads no idempotency key. Read `Idempotency-Key` and keep the first answer, or let the client choose the id." },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const route of routesIn(model, scope)) {
        if (route.method !== "POST" || !route.handler || hasStep(route, "idempotency", "unknown") || route.steps.some(({ name }) => idempotencySteps.in(name))) continue;
        const onceOnly = makesOnce(route) || makesAnew(model, route, route.handler) || makesAsAbove(model, route, route.handler) || matchesAny(routeSettings(model, route.file).idempotent, route);
        if (onceOnly && !putsInOrder(model, route.handler, route.path) && !isSafeToRepeat(model, route.handler, route.path)) yield findingAt(model, route.file, route.span, "noKey", { route: routeName(route) }, { cause: routeCause(model, route) });
      }
    },
  },
});

/** What makes a thing, of the words of a segment or as the name of a procedure. */
const making = /^(create|make|place|submit|add|new|start|open|initiate|init|issue|process|execute|capture|request|do|perform|book|reserve|purchase|buy|order|pay|charge|refund|transfer|withdraw|deposit|checkout|subscribe)$/;
/** `/pages/order` whose code sorts: an order of rows, and none of goods. */
function putsInOrder(model: ProjectModel, { file, node, name }: Handler, path: string): boolean {
  if (!path.endsWith("/order")) return false;
  const names = [name, ...reachedFunctions(model, file, node).flatMap((reached) => [reached.node.name ?? "", ...namesIn(reached.node.body ?? [])])];
  return names.some((one) => /^(re_?order|sort|rearrange)|position$/i.test(one));
}

/** Subscriptions to news: a second one is the same one. */
const news = /newsletter|notification|push|webhook|event|topic|feed|mail|page|alert/i;

/** `orders`, `orders.create`, `orders/place` and `create-order`; not `order-items`, `orders.sync` or `cancel-order`. */
function makesOnce({ path, file }: Route): boolean {
  const segments = path.split("/").filter((segment) => segment !== "");
  const named = segments.filter((segment) => !/^[:*]/.test(segment));
  if (named.some((segment) => /webhook/i.test(segment) || /^(cron|exports?)$/i.test(segment)) || handsOver(named)) return false;
  const last = (named.at(-1) ?? "").split(".");
  const [first = "", ...others] = splitWords(last.at(-1) ?? "");
  // `trips/from-order` makes a trip.
  if (settlingVerbs.has(first) || /^(from|by|for|with)$/.test(first)) return false;
  const isOnce = (segment: string): boolean => onceOnlyResources.in(headOf(segment)) && !(/subscription/i.test(segment) && [...named, file].some((part) => news.test(part)));
  // A procedure is what it does; a resource is what it is called.
  const before = last.length > 1 ? last.at(-2) : segments.at(-1) === named.at(-1) && !/^[:*]/.test(segments.at(-2) ?? "") ? segments.at(-2) : undefined;
  if (making.test(first) && others.length === 0 && before !== undefined && isOnce(before)) return true;
  return isOnce(last.at(-1) ?? "") && (last.length === 1 || making.test(first));
}

/** `orders/express` whose handler makes an order, whatever the path calls that. */
function makesAnew(model: ProjectModel, { path }: Route, handler: Handler): boolean {
  const named = path.split("/").filter((segment) => segment !== "" && !/^[:*]/.test(segment));
  const resources = named.slice(0, -1).filter((segment) => onceOnlyResources.in(segment)).map((segment) => segment.toLowerCase().replace(/s$/, ""));
  if (resources.length === 0 || settlingVerbs.has(splitWords(named.at(-1) ?? "")[0] ?? "") || named.some((segment) => /webhook|^cron$/i.test(segment))) return false;
  const functions = reachedFunctions(model, handler.file, handler.node);
  return functions.some((reached) => insertsIn(model, reached).some((insert) => !isLookedUp(model, functions, insert) && [...subjectsOf(insert)].some((subject) => resources.includes(subject))));
}

/** `payments/quick` whose handler calls the same function of the project as that of `POST /payments`. */
function makesAsAbove(model: ProjectModel, { path, file }: Route, handler: Handler): boolean {
  const [, above = "", last = ""] = /^(.*)\/([\w-]+)$/.exec(path) ?? [];
  if (!onceOnlyResources.in(above.split("/").at(-1) ?? "") || settlingVerbs.has(splitWords(last)[0] ?? "")) return false;
  const sibling = model.routes.routes.find((other) => other.method === "POST" && other.path === above && other.file === file)?.handler;
  // One wrapper around the handlers of many definitions calls the same for all of them.
  return sibling !== undefined && sibling.node !== handler.node && calledBy(model, sibling).some((called) => calledBy(model, handler).includes(called));
}

/** The functions of the project that a handler calls itself, as far as they are no reads, checks or notes by their names. */
function calledBy(model: ProjectModel, { file, node }: Handler): readonly FunctionNode[] {
  const done = callsIn(node).filter((call) => model.dataAccess.at(file, call) === undefined && !/^(assert|audit|check|ensure|fetch|find|format|get|has|is|load|log|map|notify|parse|read|require|send|to|track|valid)/i.test(lastName(call.callee)));
  return done.flatMap((call) => model.callGraph.callees(file, call).functions.map((callee) => callee.node));
}

/** The noun of a name: `order` of `create-order`, `items` of `order-items`. A payment's intent is the payment. */
function headOf(segment: string): string {
  const words = splitWords(segment);
  return /^(intents?|requests?)$/.test(words.at(-1) ?? "") ? (words.at(-2) ?? "") : (words.at(-1) ?? "");
}

/** `websites/:id/transfer`: what has an owner is given to another, and no amount is moved. */
function handsOver(segments: readonly string[]): boolean {
  return segments.at(-1) === "transfer" && segments.length > 1 && !segments.some((segment) => /account|wallet|balance|fund|money|bank|payment|credit|card|cash|points?$/i.test(segment));
}

/**
 * A handler that reads or hands on a key, asks for the state that it changes, makes only what it has looked for before, or
 * only opens a page on which the customer pays.
 */
function isSafeToRepeat(model: ProjectModel, handler: Handler, path: string): boolean {
  const functions = reachedFunctions(model, handler.file, handler.node);
  const fresh = handedFresh(model, functions);
  if (readsKey(handler) || functions.some((reached) => namesKey(model, reached, fresh) || movesState(reached))) return true;
  const calls = functions.flatMap((reached) => callsIn(reached.node).map((call) => ({ file: reached.file, call })));
  if (calls.some(({ file, call }) => isCharge(model, file, call, fresh))) return false;
  if (calls.some(({ call }) => isWholeRefund(call) || /(^|\.)(checkout\.sessions|checkouts|checkoutSessions|paymentLinks|hostedPages?)\.create$/.test(receiverText(call.callee)))) return true;
  const made = functions.flatMap((reached) => operationsIn(model, reached)).filter((operation) => operation.role === "write" && (operation.write === "insert" || isUpsert(operation) || (operation.write === "save" && madeRow(model, operation) !== undefined)) && isAbout(operation, path));
  const anew = new Set(functions.flatMap((reached) => insertsIn(model, reached, fresh)).filter((insert) => !isLookedUp(model, functions, insert)));
  // `POST /payment-intents/:id` that makes nothing changes the one that it names.
  return (made.length > 0 || /\/:[^/]+$/.test(path)) && !made.some((operation) => anew.has(operation));
}

/** Whether a write is of the things that a path names: an order of `/shops/:id/orders`. */
function isAbout(operation: StoreOperation, path: string): boolean {
  const subjects = [...subjectsOf(operation)];
  return splitWords(path).some((word) => onceOnlyResources.in(word) && subjects.some((subject) => subject.includes(word.replace(/s$/, ""))));
}

function namesKey(model: ProjectModel, { file, node }: ReachedFunction, fresh: FreshValues): boolean {
  const made = freshKeys(model, file, node.body ?? [], fresh);
  return [...namesIn(node.body ?? [])].some((name) => (/idempot/i.test(name) && !made.has(name)) || idempotencyHeaders.has(name.toLowerCase()));
}

function readsKey({ node }: Handler): boolean {
  const isHeader = (part: SyntaxNode): boolean => "kind" in part && part.kind === "literal" && idempotencyHeaders.has(String(part.value).toLowerCase());
  return someNode(node.body ?? [], isHeader) || node.parameters.some((parameter) => parameter.decorators?.some(({ value }) => value.kind === "call" && value.arguments.some(isHeader)));
}
