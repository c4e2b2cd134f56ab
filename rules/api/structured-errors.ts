import type { RuleFinding } from "../../src/base/finding.js";
import type { Span } from "../../src/base/position.js";
import { errorCodeKeys } from "../../src/catalogue/lexicon/http.js";
import type { ObjectExpression } from "../../src/facts/syntax.js";
import { walk } from "../../src/facts/walk.js";
import { isErrorMapper, leakedPart } from "../../src/kit/leaked-errors.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { type Sent, sentIn } from "../../src/kit/sent-responses.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly codeKeys: readonly string[];
  readonly codes: "handlers" | "each";
}

export default defineRule<Options>({
  name: "structured-errors",
  section: "api",
  clauses: ["API-3"],
  description: "Require error responses with a stable code, and nothing of the error itself in them",
  presets: { recommended: "error", strict: ["error", { codes: "each" }], legacy: "warn" },
  messages: {
    leak: "This response sends `{{text}}` to the client: internals leak, and the text changes with every release. Log the error, and send a code of your own with a fixed message.",
    text: "This error response is plain text. Send an object with a stable `code`, so that callers can tell errors apart without reading prose.",
    noCode: "This error response has no stable code. Add a constant `code` (or `type`, as in RFC 9457), so that callers can tell errors apart.",
    thrownText: "This throws a text. Throw an Error with a stable code, so that there is a stack to log and something to map.",
  },
  optionsSchema: {
    codeKeys: { type: "array", items: { type: "string" }, description: "More keys under which payloads carry their code." },
    codes: { enum: ["handlers", "each"], description: "Ask for codes where errors are mapped centrally, or at each error response." },
  },
  defaultOptions: { codeKeys: [], codes: "handlers" },
  project: {
    reads: "imports",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const { layer } = model.layerOf(file);
        if (layer === undefined || layer === "tests" || layer === "migrations") continue;
        if (layer === "api" || layer === "composition" || layer === "shared") for (const sent of sentIn(model, file)) yield* checkSent(model, file, sent, options);
        yield* thrownTexts(model, file);
      }
    },
  },
});

function* checkSent(model: ProjectModel, file: string, { node, payload, status }: Sent, options: Options): Iterable<RuleFinding> {
  const leaked = leakedPart(model, file, payload, status);
  if (leaked) {
    yield findingAt(model, file, leaked.span, "leak", { text: leaked.text }, { cause: "leak" });
    return;
  }
  if (status === undefined || status < 400 || node.kind === "new") return;
  if ((payload.kind === "literal" && typeof payload.value === "string") || (payload.kind === "template" && !payload.tag)) yield findingAt(model, file, payload.span, "text", {}, { cause: "text" });
  const inMapper = node.kind === "call" && isErrorMapper(model, file, node);
  if (payload.kind === "object" && (options.codes === "each" || inMapper) && !hasCode(payload, options)) yield findingAt(model, file, payload.span, "noCode", {}, { cause: "no code", ...(options.codes === "handlers" && { severity: "warn" as const }) });
}

function hasCode(payload: ObjectExpression, options: Options): boolean {
  return payload.members.some((member) => {
    if (member.kind !== "property") return true;
    const key = member.key.toLowerCase();
    if (errorCodeKeys.has(key) || options.codeKeys.some((own) => own.toLowerCase() === key)) return true;
    return member.value.kind === "object" && hasCode(member.value, options);
  });
}

function* thrownTexts(model: ProjectModel, file: string): Iterable<RuleFinding> {
  const found: Span[] = [];
  for (const statement of model.facts(file).body)
    walk(statement, (node) => {
      if ("kind" in node && node.kind === "throw" && ((node.value.kind === "literal" && typeof node.value.value === "string") || (node.value.kind === "template" && !node.value.tag))) found.push(node.span);
      return undefined;
    });
  for (const span of found) yield findingAt(model, file, span, "thrownText", {}, { cause: "thrown text" });
}
