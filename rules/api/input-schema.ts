import { entriesIn, entryName } from "../../src/kit/entries.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import type { EntryKind } from "../../src/catalogue/index.js";
import type { FlowTarget } from "../../src/model/summary.js";

interface Options {
  readonly kinds: readonly EntryKind[];
}

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
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: {
    none: "{{entry}} takes what comes in without a schema and lets it reach {{target}}, so whoever can put a message there chooses what is used. To mend it, {{idiom}}.",
    unread: "{{entry}} runs a schema whose verdict nothing reads, so bad input goes on to {{target}}. Read `success` or `error`, or use a parse that throws.",
  },
  optionsSchema: { kinds: { type: "array", items: { enum: ["graphql", "message", "event", "websocket", "lambda"] }, description: "The kinds of entry point that count." } },
  defaultOptions: { kinds: ["graphql", "message", "websocket", "lambda"] },
  project: {
    reads: "model",
    *check(model, scope, { kinds }) {
      for (const entry of entriesIn(model, scope)) {
        const input = kinds.includes(entry.kind) ? model.entries.uncheckedInput(entry) : undefined;
        if (!input) continue;
        const { target } = input;
        const place = target.kind === "sink" ? target : { file: target.operation.file, node: target.node };
        const data = { entry: entryName(entry), target: targetText(target), idiom: idioms[entry.kind] ?? "parse it with a schema before it is used" };
        yield findingAt(model, entry.file, entry.span, input.unread ? "unread" : "none", data, { cause: entryName(entry), related: [relatedAt(model, place.file, place.node.span, "it is used here")] });
      }
    },
  },
});

/** What is reached, in words: a store's call, or the kind of dangerous argument. */
function targetText(target: FlowTarget): string {
  if (target.kind === "sink") return `a ${target.sink}`;
  const { node } = target.operation;
  return node.kind === "template" ? "a statement" : `\`${receiverText(node.callee)}\``;
}
