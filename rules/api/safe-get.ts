import { within } from "../../src/base/position.js";
import { splitWords } from "../../src/base/words.js";
import type { Expression } from "../../src/facts/syntax.js";
import { someNode } from "../../src/facts/walk.js";
import { namesIn } from "../../src/kit/handlers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { operationsIn, type ReachedFunction, reachedFunctions } from "../../src/kit/reach.js";
import { defineRule } from "../../src/kit/rule.js";
import { isCallback, isScheduled, routeName, routesIn } from "../../src/kit/routes.js";
import { receiverText } from "../../src/kit/store-uses.js";
import { targetOf } from "../../src/kit/write-subjects.js";
import type { StoreOperation } from "../../src/model/data-access.js";
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
    *check(model, scope, { counters, marks: beside, shared }) {
      // One handler for all methods looks at the method itself.
      const changing = new Set(model.routes.routes.flatMap(({ method, handler }) => (handler && !/^(GET|HEAD|OPTIONS)$/.test(method) ? [handler.node] : [])));
      const seen = new Set<string>();
      for (const route of routesIn(model, shared === "first" ? { has: () => true } : scope)) {
        // Identity providers send the browser back with a GET, and schedulers know no other method.
        if ((route.method !== "GET" && route.method !== "HEAD") || !route.handler || changing.has(route.handler.node) || isCallback(route) || startsLogin(route.path) || isScheduled(route) || isHook(route.path)) continue;
        for (const reached of reachedFunctions(model, route.handler.file, route.handler.node)) {
          const write = operationsIn(model, reached).find((operation) => changesState(operation) && !counters.includes(reached.node.name ?? "") && (beside === "report" || (!marksUse(operation) && !isMark(operation, reached) && !isUpkeep(reached, route) && !createsMissing(model, operation, reached))));
          if (!write) continue;
          if (asksForScheduler(route.handler) || isSignedIn(route.handler)) break;
          const cause = `${write.file} ${write.span[0]}`;
          if (scope.has(route.file) && (shared === "each" || !seen.has(cause))) yield findingAt(model, route.file, route.span, "writes", { route: routeName(route), call: callOf(write) }, { cause, related: [relatedAt(model, write.file, write.span, "the write")] });
          seen.add(cause);
          break;
        }
      }
    },
  },
});

/** `/auth/:provider` and `/auth/github`: where the browser is sent to an identity provider. */
function startsLogin(path: string): boolean {
  return /(^|\/)(auth|oauth2?|sso|connect|authorize)\/(:[^/]+|apple|auth0|discord|facebook|github|gitlab|google|linkedin|microsoft|slack|spotify|twitch|twitter)$/.test(path);
}

/** Where another service sends its visitors or its events, which knows no other method. */
function isHook(path: string): boolean {
  return /(^|\/)web-?hooks?(\/|$)/i.test(path);
}

/** `verifyCronAuth(request)`, `process.env.CRON_SECRET`: a handler that lets a scheduler in. */
function asksForScheduler({ node }: Handler): boolean {
  return [...namesIn(node.body ?? [])].some((name) => splitWords(name).includes("cron"));
}

/** `const { code, state } = req.query`: what an identity provider sends the browser back with, wherever that is. */
function isSignedIn({ node }: Handler): boolean {
  const names = [...namesIn([...node.parameters.map(({ target }) => target), ...(node.body ?? [])])];
  return names.includes("code") && names.some((name) => /^(state|nonce|codeVerifier|code_verifier|redirect_uri|redirectUri)$/.test(name));
}

/** A cache may be filled while reading. */
function changesState({ role, family }: StoreOperation): boolean {
  return role === "write" && family !== "redis";
}

function callOf({ node }: StoreOperation): string {
  return node.kind === "template" ? "a statement" : receiverText(node.callee);
}

/** `lastSeenAt`, `viewedAt`: when something was used last. */
function marksUse({ data }: StoreOperation): boolean {
  return [...namesIn(data)].some((name) => /^(last(Seen|Used|Active|Visit|Ping|Access|Login|Checked)|viewed|opened|visited|seen)(?![a-z])/.test(name));
}

/** What is made where a read found none is there once, however often it is asked for: `const found = await settings.findFirst(); if (!found) await settings.create(…)`. */
function createsMissing(model: ProjectModel, { file, node, write }: StoreOperation, reached: ReachedFunction): boolean {
  if (write !== "insert") return false;
  const index = model.values.index(file);
  const reads = operationsIn(model, reached).filter(({ role }) => role === "read" || role === "list");
  const isRead = (name: Extract<Expression, { kind: "name" }>): boolean => {
    const source = name.binding === undefined ? undefined : index.sources[name.binding];
    return source?.kind === "value" && source.value !== undefined && reads.some((read) => source.value && within(read.span, source.value.span));
  };
  for (let at = index.parentOf(node); at; at = index.parentOf(at)) if ("kind" in at && at.kind === "if" && someNode([at.test], (part) => part.kind === "name" && isRead(part))) return true;
  return false;
}

/** Words of what is written beside an answer, as often as that is asked for: copies of what another server has, sessions, tokens, counters, audit trails. */
const marks = new Set(["auth", "authenticate", "authenticated", "authentication", "view", "views", "viewed", "opened", "visited", "visit", "visits", "hit", "hits", "counter", "counters", "seen", "audit", "audits", "log", "logs", "session", "sessions", "token", "tokens", "cache", "cached", "activity", "activities", "analytics", "telemetry", "metrics", "stat", "stats", "statistic", "statistics", "quota", "quotas", "usage", "usages", "nonce", "nonces"]);

function isMark(operation: StoreOperation, { node }: ReachedFunction): boolean {
  const { write } = operation;
  const name = node.name ?? "";
  return /^ensure(?![a-z])|OrCreate/.test(name) || (write === "upsert" && /^(persist|sync|refresh|fetch|mirror)(?![a-z])/.test(name)) || splitWords(`${callOf(operation)} ${targetOf(operation)} ${name}`).some((word) => marks.has(word));
}

/** Words of what is put right or brought up to date on the way to an answer, which comes to the same however often it is done. */
const upkeep = new Set(["backfill", "cleanup", "expire", "expired", "heal", "heartbeat", "liveness", "memoize", "migrate", "migrated", "normalize", "persist", "prune", "purge", "reconcile", "reconciled", "refresh", "repair", "resync", "stale", "sync", "upgrade", "warm"]);

/** Whether a write is in a function for upkeep, `reconcileStale(orders)`, and not what the path asks for: `GET /orders/reconcile`. */
function isUpkeep({ node }: ReachedFunction, { path, handler }: Route): boolean {
  const asked = new Set(splitWords(path));
  const words = splitWords(node.name ?? "");
  const kept = words.filter((word) => upkeep.has(word));
  return node !== handler?.node && words.length > 1 && kept.length > 0 && !kept.some((word) => asked.has(word));
}
