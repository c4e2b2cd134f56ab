import type { RuleFinding } from "../../src/base/finding.js";
import { errorCodeKeys } from "../../src/catalogue/lexicon/http.js";
import type { CallExpression, Expression, ObjectExpression } from "../../src/facts/syntax.js";
import { walk } from "../../src/facts/walk.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly codeKeys: readonly string[];
  readonly codes: "handlers" | "each";
}

/** Methods that send their argument. */
const senders = /^(json|send|jsonp|end|body|text)$/;
/** Methods that choose a status: `res.status(404)`, `reply.code(404)`. */
const statusMethods = /^(status|code|writeHead|statusCode)$/;

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
        if (layer === "api" || layer === "composition" || layer === "shared") for (const { node } of model.values.index(file).calls) if (node.kind === "call") yield* checkSend(model, file, node, options);
        yield* thrownTexts(model, file);
      }
    },
  },
});

function* checkSend(model: ProjectModel, file: string, call: CallExpression, options: Options): Iterable<RuleFinding> {
  if (call.callee.kind !== "member" || !senders.test(call.callee.property)) return;
  const [payload, second] = call.arguments;
  if (!payload) return;
  const status = statusOf(model, file, call.callee.object) ?? (second && numberOf(model, file, second));
  const response = status !== undefined || isResponse(call.callee.object);
  if (!response) return;
  const leaked = leakedPart(model, file, payload);
  if (leaked) {
    yield findingAt(model, file, leaked.span, "leak", { text: leaked.text }, { cause: "leak" });
    return;
  }
  if (status === undefined || status < 400) return;
  if (payload.kind === "literal" && typeof payload.value === "string") yield findingAt(model, file, payload.span, "text", {}, { cause: "text" });
  const inMapper = isErrorMapper(model, file, call);
  if (payload.kind === "object" && (options.codes === "each" || inMapper) && !hasCode(payload, options)) yield findingAt(model, file, payload.span, "noCode", {}, { cause: "no code", ...(options.codes === "handlers" && { severity: "warn" as const }) });
}

/** The status chosen in the chain before a send: `res.status(404).json(…)`. */
function statusOf(model: ProjectModel, file: string, node: Expression): number | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member") return undefined;
  const [argument] = node.arguments;
  if (statusMethods.test(node.callee.property) && argument) return numberOf(model, file, argument);
  return statusOf(model, file, node.callee.object);
}

const statusWords: Readonly<Record<string, number>> = { BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, UNPROCESSABLE_ENTITY: 422, TOO_MANY_REQUESTS: 429, INTERNAL_SERVER_ERROR: 500, SERVICE_UNAVAILABLE: 503, GONE: 410 };

function numberOf(model: ProjectModel, file: string, node: Expression): number | undefined {
  if (node.kind === "literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.kind === "member" && statusWords[node.property] !== undefined) return statusWords[node.property];
  const [value] = node.kind === "name" ? model.values.of(file, node) : [];
  return value?.kind === "constant" && typeof value.value === "number" ? value.value : undefined;
}

/** `res`, `reply`, `response`, `ctx`, `c`: objects that answer, by the names that handlers give them. */
function isResponse(node: Expression): boolean {
  if (node.kind === "call" && node.callee.kind === "member") return isResponse(node.callee.object);
  return node.kind === "name" && /^(res|response|reply|_res|c|ctx)$/.test(node.name);
}

/** The error itself, its message or its stack, as the payload or inside it. */
function leakedPart(model: ProjectModel, file: string, payload: Expression): { readonly span: readonly [number, number]; readonly text: string } | undefined {
  let found: { readonly span: readonly [number, number]; readonly text: string } | undefined;
  walk(payload, (node) => {
    if (found || !("kind" in node)) return false;
    if (node.kind === "function" || node.kind === "call" || node.kind === "conditional") return node.kind === "conditional" ? undefined : false;
    if (node.kind === "member" && (node.property === "message" || node.property === "stack") && isCaught(model, file, node.object)) {
      found = { span: node.span, text: `${node.object.kind === "name" ? node.object.name : "error"}.${node.property}` };
      return false;
    }
    if (node.kind === "name" && isCaught(model, file, node)) found = { span: node.span, text: node.name };
    return undefined;
  });
  return found;
}

/** A variable that a `catch` clause binds. Errors that a mapper is given may be the project's own, with messages meant for clients. */
function isCaught(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "cast") return isCaught(model, file, node.value);
  if (node.kind !== "name" || node.binding === undefined) return false;
  return model.values.index(file).sources[node.binding]?.kind === "catch";
}

function hasCode(payload: ObjectExpression, options: Options): boolean {
  return payload.members.some((member) => {
    if (member.kind !== "property") return true;
    const key = member.key.toLowerCase();
    if (errorCodeKeys.has(key) || options.codeKeys.some((own) => own.toLowerCase() === key)) return true;
    return member.value.kind === "object" && hasCode(member.value, options);
  });
}

/** A function of four parameters, or one given to `setErrorHandler`, `onError` or a Nest filter. */
function isErrorMapper(model: ProjectModel, file: string, call: CallExpression): boolean {
  for (let context = model.values.index(file).functionAround(call); context; context = context.parent) {
    const { node, passedTo, member } = context;
    if (node.parameters.length === 4 && /^_?(err|error|e|exception)$/i.test(node.parameters[0]?.target.kind === "binding" ? node.parameters[0].target.name : "")) return true;
    if (member?.name === "catch") return true;
    if (passedTo?.call.callee.kind === "member" && /^(setErrorHandler|onError)$/.test(passedTo.call.callee.property)) return true;
  }
  return false;
}

function* thrownTexts(model: ProjectModel, file: string): Iterable<RuleFinding> {
  const found: (readonly [number, number])[] = [];
  for (const statement of model.facts(file).body)
    walk(statement, (node) => {
      if ("kind" in node && node.kind === "throw" && ((node.value.kind === "literal" && typeof node.value.value === "string") || (node.value.kind === "template" && !node.value.tag))) found.push(node.span);
      return undefined;
    });
  for (const span of found) yield findingAt(model, file, span, "thrownText", {}, { cause: "thrown text" });
}
