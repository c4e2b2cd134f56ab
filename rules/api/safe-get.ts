import { answers } from "../../src/base/answers.js";
import { oncePerPart } from "../../src/base/once-per.js";
import { settledPer, settleMap } from "../../src/base/settled.js";
import { splitWords } from "../../src/base/words.js";
import { isFor } from "../../src/catalogue/index.js";
import { changingVerbs } from "../../src/catalogue/lexicon/http.js";
import { namesIn } from "../../src/kit/routes/handlers.js";
import { isLazy, surelyReached } from "../../src/kit/repetition/lazy-work.js";
import { takesLoginAnswer } from "../../src/kit/access/login-answers.js";
import { isMark, isUpkeep } from "../../src/kit/repetition/marking-writes.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { operationsIn, reachedFunctions } from "../../src/kit/routes/reach.js";
import { defineRule } from "../../src/kit/rule.js";
import { filesOfRoutes, hasStep, isCallback, isScheduled, routeCause, routeName, servedRoutes, staticSegments } from "../../src/kit/routes/routes.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
import type { FunctionNode } from "../../src/facts/syntax.js";
import { someNode, walkAll } from "../../src/facts/walk.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Handler, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly counters: readonly string[];
  readonly marks: "allow" | "report";
  readonly shared: "first" | "each";
}

export default defineRule<Options>({
  name: "safe-get",
  section: "api",
  clauses: ["API-4"],
  description: "Forbid writes behind GET and HEAD",
  presets: { recommended: "warn", strict: ["error", { marks: "report", shared: "each" }], legacy: "off" },
  messages: { writes: "{{route}} writes (`{{call}}`): caches, prefetchers and retries will repeat it. Make it a POST, or move the write out of the request." },
  optionsSchema: {
    counters: { type: "array", items: { type: "string" }, description: "Names of functions whose writes are harmless, such as view counters and last-seen marks." },
    marks: { enum: ["allow", "report"], description: "Whether what is written beside an answer (counters, sessions, audit trails) counts where no option names it." },
    shared: { enum: ["first", "each"], description: "Whether a write that several routes reach is reported at the first of them, or at each." },
  },
  defaultOptions: { counters: [], marks: "allow", shared: "first" },
  project: {
    reads: "model",
    check: ofWholeProject<Options>(function* (model, { counters, marks: beside, shared }) {
      const writes = writesBehind(model, JSON.stringify({ counters, marks: beside }));
      const seen = new Set<string>();
      for (const route of servedRoutes(model)) {
        const write = writes.of(route, () => writeBehind(model, route, counters, beside === "report"));
        if (!write) continue;
        // What a path asks for is mended there, whatever writes it; what is only done on the way to an answer, at the write.
        const cause = asksForChange(route) ? routeCause(model, route) : `${write.file} ${write.span[0]}`;
        if (shared === "each" || !seen.has(cause)) yield findingAt(model, route.file, route.span, "writes", { route: routeName(route), call: callOf(write) }, { cause, related: [relatedAt(model, write.file, write.span, "the write")] });
        seen.add(cause);
      }
    }, filesOfRoutes),
  },
});

/** By the options that tell which writes count. */
const writesBehind = oncePerPart((_model: ProjectModel, _options: string) => answers<Route, StoreOperation | undefined>());

/** The first write behind a route that caches, prefetchers and retries would repeat. */
function writeBehind(model: ProjectModel, route: Route, counters: readonly string[], each: boolean): StoreOperation | undefined {
  const { handler } = route;
  // Identity providers send the browser back with a GET, and schedulers know no other method.
  if ((route.method !== "GET" && route.method !== "HEAD") || !handler || (changingHandlers(model).get(handler.node)?.includes(route.path) && tellsMethods(handler)) || isCallback(route) || startsLogin(route.path) || isScheduled(route) || isHook(route.path)) return undefined;
  // Outside the whole standard, what is only done where something is missing or out of date is left to the answer, unless the path asks for it.
  const lazily = each || asksForChange(route);
  for (const reached of (lazily ? reachedFunctions : surelyReached)(model, handler.file, handler.node)) {
    const write = operationsIn(model, reached).find((operation) => changesState(operation, each) && !counters.includes(reached.node.name ?? "") && (lazily || !isLazy(model, reached, operation.node)) && (lazily || (!isMark(model, operation, reached) && !(reached.node !== handler.node && isUpkeep(reached, route.path)))));
    if (write) return asksForScheduler(handler) || takesLoginAnswer(handler) || (!each && isMailed(model, route)) ? undefined : write;
  }
  return undefined;
}

/** The handlers of other methods at the same path: one for all methods may look at the method itself. */
const changingHandlers = settledPer((model: ProjectModel): ReadonlyMap<FunctionNode, readonly string[]> => {
  const paths = new Map<FunctionNode, readonly string[]>();
  for (const { method, path, handler } of model.routes.routes) if (handler && !/^(GET|HEAD|OPTIONS)$/.test(method)) paths.set(handler.node, [...(paths.get(handler.node) ?? []), path]);
  return paths;
}, settleMap);

/** Whether a handler looks at the method, or hands the whole request to what may. */
function tellsMethods({ node }: Handler): boolean {
  const [first] = node.parameters;
  const request = first?.target.kind === "binding" ? first.target.binding : undefined;
  return someNode(node.body ?? [], (part) => (part.kind === "member" && part.property === "method") || (part.kind === "object-pattern" && part.properties.some(({ key }) => key === "method")) || (part.kind === "call" && request !== undefined && part.arguments.some((argument) => argument.kind === "name" && argument.binding === request)));
}

/** `/auth/:provider` and `/auth/github`: where the browser is sent to an identity provider. */
function startsLogin(path: string): boolean {
  return /(^|\/)(auth|oauth2?|sso|connect|authorize)\/(:[^/]+|apple|auth0|discord|facebook|github|gitlab|google|linkedin|microsoft|slack|spotify|twitch|twitter)$/.test(path);
}

/** Where another service sends its visitors or its events, which knows no other method. */
function isHook(path: string): boolean {
  return /(^|\/)(web|call)?-?hooks?(\/|$)/i.test(path);
}

/** `verifyCronAuth(request)`, `process.env.CRON_SECRET`: a handler that lets a scheduler in. */
function asksForScheduler({ node }: Handler): boolean {
  return [...namesIn(node.body ?? [])].some((name) => splitWords(name).includes("cron"));
}

/** A cache may be filled while reading; so may a box of files, from which an answer is then fetched. */
function changesState({ role, family, package: store }: StoreOperation, files: boolean): boolean {
  // DynamoDB is given the writes of a transaction at once.
  return (role === "write" || (role === "transaction" && family === "dynamodb")) && family !== "redis" && (files || !isFor(store, "", "storage"));
}

function callOf({ node }: StoreOperation): string {
  return node.kind === "template" ? "a statement" : receiverText(node.callee);
}

function asksForChange({ path }: Route): boolean {
  return staticSegments(path).some((segment) => changingVerbs.has(splitWords(segment)[0] ?? "") || changesInOneWord.test(segment));
}

/** `/users/makeadmin/:id` */
const changesInOneWord = /^(?:activate|create|deactivate|delete|disable|enable|make|remove|update)[a-z]{3,}$/;

/** `/verify-email?token=…`, `/confirm/:token`: what a link in a mail opens, which does no harm to whoever opens it. What somebody accepts, declines or cancels, no scanner of mails should. */
function isMailed(model: ProjectModel, route: Route): boolean {
  const { path, handler } = route;
  // Who has to sign in first opens nothing out of a mail.
  if (hasStep(route, "auth")) return false;
  const words = splitWords(path);
  const opened = words.some((word) => /^(activat(e|ion)|confirm(ation)?|e?mail|opt|verif(y|ication))$/.test(word)) && !words.some((word) => /^(accept|approve|decline|out|reject|unsubscribe)$/.test(word));
  return opened && [...words, ...(handler ? namesTaken(model, handler) : [])].some((name) => splitWords(name).some((word) => /^(token|code|hash|signature|otp)$/.test(word)));
}

/** What a handler takes of its request, by name: `user.accessCode` of one that was found is none of it. */
function namesTaken(model: ProjectModel, { file, node }: Handler): readonly string[] {
  const names = [...namesIn(node.parameters.map(({ target }) => target))];
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && (part.kind === "name" || part.kind === "member") && model.requestData.flows(file, part).some(({ steps }) => !steps.some(({ kind }) => kind === "call"))) names.push(...namesIn([part]));
    return undefined;
  });
  return names;
}
