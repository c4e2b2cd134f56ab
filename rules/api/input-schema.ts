import { entriesIn, entryName } from "../../src/kit/entries.js";
import { uncheckedInput } from "../../src/kit/entry-inputs.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { EntryKind } from "../../src/catalogue/index.js";

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
        const input = kinds.includes(entry.kind) ? uncheckedInput(model, entry) : undefined;
        if (!input) continue;
        const data = { entry: entryName(entry), target: input.target, idiom: idioms[entry.kind] ?? "parse it with a schema before it is used" };
        yield findingAt(model, entry.file, entry.span, input.unread ? "unread" : "none", data, { cause: entryName(entry), related: [relatedAt(model, input.file, input.span, "it is used here")] });
      }
    },
  },
});
