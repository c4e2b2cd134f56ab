import type { RuleFinding } from "../../src/base/finding.js";
import { entriesIn, entryName } from "../../src/kit/project/entries.js";
import { namesIn } from "../../src/kit/routes/handlers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { callsIn, operationsIn, reachedFunctions, type ReachedFunction } from "../../src/kit/routes/reach.js";
import { isCounted } from "../../src/kit/writes/counted-writes.js";
import { insertsIn, isCharge, isLookedUp, isTakenWhole, leavesWhatIsKnown, movesState } from "../../src/kit/repetition/repetition.js";
import { defineRule } from "../../src/kit/rule.js";
import { routeCause, routeName, routesIn } from "../../src/kit/routes/routes.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { someNode } from "../../src/facts/walk.js";
import type { Span } from "../../src/base/position.js";
import { decoratorName, lastName } from "../../src/facts/names.js";
import type { Entry } from "../../src/model/entries/entry.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";
import type { Handler, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly keys: readonly string[];
}

export default defineRule<Options>({
  name: "idempotent-consumers",
  section: "api",
  clauses: ["API-4"],
  description: "Require consumers and webhooks to recognise what they have handled before",
  presets: { recommended: "off", strict: "warn", legacy: "off" },
  messages: { twice: "{{entry}} can come again after a lost answer, and `{{call}}` makes something new each time: it is made twice then. Look the message's id up first, write with an upsert or a unique key, or hand an idempotency key on.", counted: "{{entry}} can come again after a lost answer, and `{{call}}` counts up or down from what is there: it is counted twice then. Keep the ids of the messages that were handled, in the same transaction, or write the amount that results." },
  optionsSchema: { keys: { type: "array", items: { type: "string" }, description: "More names of fields, tables or functions that tell whether a message was handled before." } },
  defaultOptions: { keys: [] },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const entry of entriesIn(model, scope)) {
        if (!entry.handler || !comesAgain(entry, entry.handler)) continue;
        const made = madeTwice(model, entry.handler, options, isRequest(model, entry));
        if (made) yield twice(model, entry, entryName(entry), made);
      }
      for (const route of routesIn(model, scope)) {
        if (route.method !== "POST" || !route.handler || !isWebhook(route, route.handler)) continue;
        const made = madeTwice(model, route.handler, options);
        // A route that makes webhooks is called by their owner.
        if (made && !/webhooks?(endpoints?|subscriptions?)?\.\w+$/i.test(made.call)) yield twice(model, route, routeName(route), made, routeCause(model, route));
      }
    },
  },
});

function twice(model: ProjectModel, { file, span }: Entry | Route, entry: string, made: Made, cause = entry): RuleFinding {
  return findingAt(model, file, span, made.counts ? "counted" : "twice", { entry, call: made.call }, { cause, related: [relatedAt(model, made.file, made.span, made.counts ? "counted here" : "made here")] });
}

/** What a broker delivers: messages, and the records that a function is given from a queue or stream. */
function comesAgain({ kind }: Entry, { node }: Handler): boolean {
  return kind === "message" || (kind === "lambda" && namesIn(node.body ?? []).has("Records"));
}

/** A route that says so in its path, or whose handler checks the signature of an event. */
function isWebhook({ path }: Route, { node }: Handler): boolean {
  return /(^|[/-])webhooks?([/-]|$)/i.test(path) || callsIn(node).some(({ callee }) => /^(constructEvent(Async)?|(verify|validate)\w*Webhook(Signature|Request|Event|Payload)?)$/.test(lastName(callee)));
}

/** What comes over a connection on which nothing is delivered again: gRPC, and Nest's patterns over all transports but brokers. */
function isRequest(model: ProjectModel, { file, handler }: Entry): boolean {
  const decorators = (handler && model.values.index(file).functions.get(handler.node)?.member?.decorators) ?? [];
  const names = decorators.map(decoratorName);
  if (names.some((name) => name.startsWith("Grpc"))) return true;
  const takesBroker = model.facts(file).imports.some((one) => one.specifier === "@nestjs/microservices" && one.names.some(({ imported }) => imported === "RmqContext" || imported === "KafkaContext"));
  const { brokers, others } = transportsOf(model, model.packageOf(file));
  return !takesBroker && !brokers && (names.includes("MessagePattern") || (names.includes("EventPattern") && others));
}

/** Which transports of Nest a package names: those that deliver again what was not acknowledged, and others. */
const transportsOf = oncePerPart((model: ProjectModel, unit: PackageUnit): { readonly brokers: boolean; readonly others: boolean } => {
  const users = model.filesOf(unit).filter((file) => model.edgesFrom(file).some(({ target }) => target.kind === "package" && target.package === "@nestjs/microservices"));
  const names = users.flatMap((file) => [...namesIn(model.facts(file).body)]);
  return { brokers: names.some((name) => name === "RMQ" || name === "KAFKA"), others: names.some((name) => /^(TCP|NATS|REDIS|GRPC|MQTT)$/.test(name)) };
});

interface Made {
  readonly call: string;
  readonly file: string;
  readonly span: Span;
  /** It adds to what is there, and makes nothing. */
  readonly counts?: true;
}

/** What a handler makes anew whenever it runs; undefined if something on the way tells repetitions apart. */
function madeTwice(model: ProjectModel, { file, node }: Handler, { keys }: Options, isRequest = false): Made | undefined {
  const functions = reachedFunctions(model, file, node);
  if (functions.some((reached) => recognises(reached, keys) || movesState(reached) || leavesWhatIsKnown(model, reached))) return undefined;
  for (const reached of functions) {
    const insert = isRequest ? undefined : insertsIn(model, reached).find((operation) => !isTakenWhole(model, operation) && !isLookedUp(model, functions, operation));
    if (insert) return { call: insert.node.kind === "template" ? "a statement" : receiverText(insert.node.callee), file: reached.file, span: insert.span };
    const charge = callsIn(reached.node).find((call) => isCharge(model, reached.file, call));
    if (charge) return { call: receiverText(charge.callee), file: reached.file, span: charge.span };
    const count = isRequest ? undefined : operationsIn(model, reached).find((operation) => operation.role === "write" && operation.write === "update" && isCounted(model, operation.file, { node: operation.node, text: "", operation }));
    if (count) return { call: count.node.kind === "template" ? "a statement" : receiverText(count.node.callee), file: reached.file, span: count.span, counts: true };
  }
  return undefined;
}

function recognises({ node }: ReachedFunction, keys: readonly string[]): boolean {
  // `await redis.set(key, "1", "EX", 86400, "NX")`: the first delivery alone gets the key.
  if (someNode([node], (part) => (part.kind === "literal" && part.value === "NX") || (part.kind === "object" && part.members.some((member) => member.kind === "property" && /^nx$/i.test(member.key))))) return true;
  return [...namesIn([node])].some((name) => keys.includes(name) || /idempot|dedup|processed|already|skipDuplicates|onConflict|setnx|messageId$|eventId$|deliveryId$|upsert/i.test(name));
}
