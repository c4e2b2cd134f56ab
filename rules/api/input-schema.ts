import { listed } from "../../src/base/words.js";
import { oncePer } from "../../src/base/once-per.js";
import type { Span } from "../../src/base/position.js";
import type { EntryKind } from "../../src/catalogue/index.js";
import type { FunctionNode } from "../../src/facts/syntax.js";
import { entriesIn, entryName } from "../../src/kit/project/entries.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { causeOf, messageHabits, uncheckedInput } from "../../src/kit/input/unchecked-messages.js";
import type { Entry, UncheckedInput } from "../../src/model/entries/entry.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { FlowTarget } from "../../src/model/data/summary.js";

interface Options {
  readonly kinds: readonly EntryKind[];
  readonly jobs: "together" | "each";
}

const shown = 5;

const idioms: Partial<Readonly<Record<EntryKind, string>>> = {
  message: "begin the handler with `const payload = Schema.parse(…)` and use that",
  websocket: "begin the handler with a schema's parse, or put a pipe on the parameter",
  lambda: "parse the event with a schema before anything else reads it",
  graphql: "check the arguments with a schema, or give their input type a custom scalar or validation decorators under a pipe",
};

export default defineRule<Options>({
  name: "input-schema",
  section: "api",
  clauses: ["SEC-1", "DATA-2"],
  description: "Require a runtime schema for what comes in by queues, sockets, functions and resolvers",
  presets: { recommended: "warn", strict: ["error", { jobs: "each" }], legacy: "off" },
  messages: {
    none: "{{entry}} takes what comes in without a schema and lets it reach {{target}}, so whoever can put a message there chooses what is used. To mend it, {{idiom}}.",
    jobs: "{{count}} consumers take the jobs that this project itself enqueues without a schema, and let them reach a store or worse ({{entries}}). A job outlives the version that wrote it, so what is used then is whatever lies in the queue. To mend it, parse the payload at the start of each, or once around them.",
    messages: "{{count}} consumers of this package take messages without a schema, and let them reach a store or worse ({{entries}}): whatever another service sends, now or in its next version, is used as it comes. To mend it, parse the payload at the start of each, or once around them.",
    unread: "{{entry}} runs a schema whose verdict nothing reads, so bad input goes on to {{target}}. Read `success` or `error`, or use a parse that throws.",
  },
  optionsSchema: { kinds: { type: "array", items: { enum: ["graphql", "message", "event", "websocket", "lambda"] }, description: "The kinds of entry point that count." }, jobs: { enum: ["together", "each"], description: "One finding for a package that takes its own project's jobs without a schema in three places or more, or others' messages in more than ten; or one for each place." } },
  defaultOptions: { kinds: ["graphql", "message", "websocket", "lambda"], jobs: "together" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const habits = options.jobs === "together" && options.kinds.includes("message") ? messageHabits(model) : [];
      const together = new Set(habits.flatMap(({ entries }) => entries));
      for (const entry of entriesIn(model, scope)) {
        const input = options.kinds.includes(entry.kind) && !together.has(entry) && !isRoute(model, entry) ? uncheckedInput(model, entry) : undefined;
        if (!input || (options.jobs === "together" && isToldAtSink(entry, input))) continue;
        const { target } = input;
        const data = { entry: entryName(entry), target: targetText(target), idiom: idioms[entry.kind] ?? "parse it with a schema before it is used" };
        yield findingAt(model, entry.file, entry.span, input.unread ? "unread" : "none", data, { cause: entryName(entry), related: [relatedAt(model, ...placeOf(target), "it is used here")] });
      }
      for (const habit of habits) {
        const { entries, own } = habit;
        const [first] = entries;
        if (!first || !scope.has(first.file)) continue;
        const names = listed(entries.map(entryName), shown);
        yield findingAt(model, first.file, first.span, own ? "jobs" : "messages", { count: String(entries.length), entries: names }, { cause: causeOf(habit), related: entries.slice(1, 10).map((entry) => relatedAt(model, entry.file, entry.span, entryName(entry))) });
      }
    },
  },
});

/** What a client sends over a socket to a dangerous call is told there, by no-unvalidated-input. */
function isToldAtSink({ kind }: Entry, { target }: UncheckedInput): boolean {
  return kind === "websocket" && target.kind === "sink";
}

const routeHandlers = oncePer((model: ProjectModel): ReadonlySet<FunctionNode> => new Set(model.routes.routes.flatMap(({ handler }) => handler?.node ?? [])));

/** A function behind a gateway answers a route, whose request has a rule of its own. */
function isRoute(model: ProjectModel, { kind, handler }: Entry): boolean {
  return kind === "lambda" && handler !== undefined && routeHandlers(model).has(handler.node);
}

function placeOf(target: FlowTarget): [file: string, span: Span] {
  return target.kind === "sink" ? [target.file, target.node.span] : [target.operation.file, target.node.span];
}

/** What is reached, in words: a store's call, or the kind of dangerous argument. */
function targetText(target: FlowTarget): string {
  if (target.kind === "sink") return `a ${target.sink}`;
  const { node } = target.operation;
  return node.kind === "template" ? "a statement" : `\`${receiverText(node.callee)}\``;
}
