import { oncePer } from "../../base/once-per.js";
import { type Capability, isFor, isHarmless, isHttpException, isHttpStatus, isNeutral, type Provenance } from "../../catalogue/index.js";
import { botPackages } from "../../catalogue/lexicon/layers.js";
import type { FileFacts, ImportedName } from "../../facts/facts.js";
import { lastName } from "../../facts/names.js";
import { indexOf } from "../modules/file-index.js";
import { packageName } from "../modules/resolve.js";
import { importsFor, packageIn, valueImports } from "./imported-packages.js";
import { answersRequests } from "./request-handlers.js";

/** What files that meet the outside import. */
const outward: readonly Capability[] = ["web-framework", "web-server", "queue", "websocket", "graphql", "rpc", "scheduler", "event-bus", "api-docs", "auth"];
/** Of these, what some put work into and others take it out of. */
const channels: readonly Capability[] = ["queue", "event-bus"];
/** What a file that only puts work in imports. */
const forSenders = /^(Queue|Bull|FlowProducer|InjectQueue|InjectFlowProducer|Producer|ProducerRecord|ClientProxy|ClientKafka|PubSub|EventEmitter2?|EventBus|SQS|SQSClient|SNS|SNSClient|JobsOptions|JobOptions|QueueOptions|QueueEvents|ConnectionOptions|RedisOptions|(?:Send|Publish)\w*)$/;
/** What takes it out. */
const takes = /^(process|consume|subscribe|run|work|receive|receiveMessage|on|addListener|Worker|Consumer|define|every)$/;

/** Whether a file meets the outside: it imports a web framework, queue or the like, types included; what only injects, logs or fails says nothing. */
export const isOutward = oncePer((facts: FileFacts): boolean => {
  const meets = facts.imports.some(({ specifier, names }) => {
    const found = specifier === undefined || (nodeServers.test(specifier) && !serves(facts, names)) ? undefined : packageIn(specifier);
    return found !== undefined && isFor(found[0], found[1], ...outward) && !(isFor(found[0], found[1], ...channels) && onlySends(facts, names)) && (names.length === 0 || names.some(({ imported }) => saysOutward({ package: found[0], subpath: found[1], path: [imported] })));
  });
  return meets || facts.imports.some(({ specifier }) => /^(aws-lambda|@middy\/core|@azure\/functions|@google-cloud\/functions-framework)$/.test(specifier ?? ""));
});

/** Whether a file that imports a queue or an event bus puts work in, and takes none out. */
function onlySends(facts: FileFacts, names: readonly ImportedName[]): boolean {
  return names.length > 0 && names.every(({ imported, local }) => forSenders.test(imported === "default" ? local : imported)) && !indexOf(facts).calls.some(({ node }) => takes.test(lastName(node.callee)));
}

/** Modules of Node that serve, and ask others as well. */
const nodeServers = /^(?:node:)?(?:https?|http2|net|tls|dgram)$/;

/** Whether a file that imports such a module makes a server of it, or knows what one hands to a handler. */
function serves(facts: FileFacts, names: readonly ImportedName[]): boolean {
  return names.some(({ imported }) => /^(createServer|Server|IncomingMessage|ServerResponse)$/.test(imported)) || indexOf(facts).calls.some(({ node }) => /^(createServer|createSecureServer|createSocket|Server)$/.test(lastName(node.callee))) || answersRequests(facts);
}

function saysOutward(provenance: Provenance): boolean {
  return !isNeutral(provenance) && !isHarmless(provenance) && !isHttpException(provenance) && !isHttpStatus(provenance);
}

/** Whether a file does something with what meets the outside, and does not only name its types. */
export function isOutwardValue(facts: FileFacts): boolean {
  return valueImports(facts).some(([name, subpath, names]) => isFor(name, subpath, ...outward) && (names.length === 0 || names.some((taken) => saysOutward({ package: name, subpath, path: [taken] }))));
}

/** Whether a file imports anything at all of a framework that meets the outside. */
export function knowsFramework(facts: FileFacts): boolean {
  return importsFor(facts, outward);
}

/** Whether a file imports a web framework, types included. */
export function usesFramework(facts: FileFacts): boolean {
  return importsFor(facts, ["web-framework"]);
}

/** Whether a file meets what calls code back: queues, events, schedules, sockets, sign-in. A framework's injection alone is no such thing. */
export function isCalledBack(facts: FileFacts): boolean {
  return importsFor(facts, ["queue", "websocket", "scheduler", "event-bus", "auth"]);
}

/** Whether a file makes a queue that others put work into, and takes none out of it. */
export function makesQueue(facts: FileFacts): boolean {
  if (!importsFor(facts, ["queue"])) return false;
  const calls = indexOf(facts).calls.map(({ node }) => node);
  const makes = calls.some(({ kind, callee }) => kind === "new" && callee.kind === "name" && /Queue$|^(Bull|Bee|Producer|FlowProducer)$/.test(callee.name));
  return makes && !calls.some(({ callee }) => (callee.kind === "name" ? callee.name === "Worker" : callee.kind === "member" && /^(process|consume|subscribe)$/.test(callee.property)));
}

/** Whether a file makes types of a GraphQL schema in code: what clients may ask and send, with the functions that answer. */
export function makesGraphqlTypes(facts: FileFacts): boolean {
  const names = facts.imports.flatMap(({ specifier, typeOnly, names: imported }) => (specifier === "graphql" && !typeOnly ? imported.filter(({ use }) => use === "value") : []));
  if (names.some(({ imported }) => /^GraphQL(NonNull|List|Int|Float|String|Boolean|ID)$/.test(imported))) return true;
  // `type instanceof GraphQLObjectType` only looks at one.
  const types = new Set(names.flatMap(({ imported, binding }) => (/^GraphQL\w*Type$/.test(imported) ? [binding] : [])));
  return types.size > 0 && indexOf(facts).calls.some(({ node }) => node.kind === "new" && node.callee.kind === "name" && node.callee.binding !== undefined && types.has(node.callee.binding));
}

/** Whether a file knows what a chat hands to a bot. */
export function knowsChat(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => specifier !== undefined && botPackages.includes(packageName(specifier)));
}

/** Whether a file tells a bot what to do with what is said: `client.on("messageCreate", …)`, `bot.command("start", …)`. */
export function listensToChat(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node: { callee, arguments: given } }) => callee.kind === "member" && /^(?:on|once|command|hears|registerCommand|registerAdminCommand)$/.test(callee.property) && given.at(-1)?.kind === "function");
}
