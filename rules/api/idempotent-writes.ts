import { splitWords } from "../../src/base/words.js";
import { idempotencyHeaders, idempotencySteps, onceOnlyResources } from "../../src/catalogue/lexicon/http.js";
import { namesIn } from "../../src/kit/handlers.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { hasStep, matchesAny, routeCause, routeName, routeSettings, routesIn } from "../../src/kit/routes.js";
import { walkAll } from "../../src/facts/walk.js";
import type { Handler } from "../../src/model/routes/route.js";

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
        const segments = route.path.split("/").filter((segment) => segment !== "" && !/^[:*]/.test(segment));
        const last = segments.at(-1)?.split(".") ?? [];
        const isEvent = segments.some((segment) => /webhook/i.test(segment));
        const onceOnly = (!isEvent && makesOnce(last) && !handsOver(segments)) || matchesAny(routeSettings(model, route.file).idempotent, route);
        if (onceOnly && !readsKey(route.handler)) yield findingAt(model, route.file, route.span, "noKey", { route: routeName(route) }, { cause: routeCause(model, route) });
      }
    },
  },
});

/** What is done to a thing that is there: doing it again leaves it as it is, or asks for nothing new. */
const settles = new Set(["sync", "cancel", "update", "edit", "set", "delete", "remove", "get", "list", "find", "search", "query", "validate", "verify", "check", "preview", "calculate", "estimate", "quote", "export", "archive", "unarchive", "close", "manage", "portal", "swap", "webhook", "webhooks", "callback", "confirm", "reject", "approve", "resume", "pause", "modify", "change", "link", "unlink", "uncancel", "reactivate", "activate", "deactivate", "enable", "disable", "attach", "detach", "switch", "assign", "unassign"]);

/** `orders` and `orders.create`, not `orders.sync` or `cancel-order`. */
function makesOnce(segment: readonly string[]): boolean {
  return segment.slice(-2).some((part) => onceOnlyResources.in(part)) && !splitWords(segment.at(-1) ?? "").some((word) => settles.has(word));
}

/** `websites/:id/transfer`: what has an owner is given to another, and no amount is moved. */
function handsOver(segments: readonly string[]): boolean {
  return segments.at(-1) === "transfer" && segments.length > 1 && !segments.some((segment) => /account|wallet|balance|fund|money|bank|payment|credit|card|cash|points?$/i.test(segment));
}

function readsKey({ node }: Handler): boolean {
  if ([...namesIn(node.body ?? [])].some((name) => /idempot/i.test(name) || idempotencyHeaders.has(name.toLowerCase()) || /^(upsert|onConflict\w*)$/.test(name))) return true;
  let found = false;
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "literal" && typeof part.value === "string" && idempotencyHeaders.has(part.value.toLowerCase())) found = true;
    return undefined;
  });
  return found || node.parameters.some((parameter) => parameter.decorators?.some(({ value }) => value.kind === "call" && value.arguments.some((argument) => argument.kind === "literal" && idempotencyHeaders.has(String(argument.value).toLowerCase()))));
}
