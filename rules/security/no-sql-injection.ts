import { within } from "../../src/base/position.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { propertyOf } from "../../src/facts/names.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { isLeftOpen } from "../../src/kit/guards.js";
import { flowPlaces, freeText } from "../../src/kit/request-flows.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import type { StoreOperation } from "../../src/model/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "no-sql-injection",
  section: "security",
  clauses: ["SEC-1"],
  description: "Forbid SQL text that is put together from request data or unknown values",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    request: "`{{hole}}` comes from the request ({{source}}) and becomes part of the SQL text that `{{call}}` runs: whoever sends it can change the statement. Bind it as a parameter, or choose it from constants.",
    unknown: "`{{hole}}` becomes part of the SQL text that `{{call}}` runs, and nothing shows where it comes from. Bind it as a parameter, or choose it from constants.",
    identifier: "`{{hole}}` comes from the request ({{source}}) and names a column or table in `{{call}}`. Choose it from a constant list.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const operation of model.dataAccess.of(file)) {
          for (const text of operation.text) yield* checkText(model, operation, text);
          for (const name of operation.identifiers) yield* checkIdentifier(model, operation, name);
        }
      }
    },
  },
});

function* checkText(model: ProjectModel, operation: StoreOperation, text: Expression): Iterable<RuleFinding> {
  const { file } = operation;
  const call = callText(operation);
  for (const hole of model.dataAccess.holesIn(file, text)) {
    if (isHarmless(model, hole.file, hole.node) || isGivenBy(model, operation, hole)) continue;
    const place = hole.file === file && within(hole.node.span, operation.span) ? hole.node.span : text.span;
    const flow = isLeftOpen(model, file, text, hole) ? freeText(model, hole.file, hole.node, "sql") : undefined;
    const name = receiverText(hole.node);
    if (flow) yield findingAt(model, file, place, "request", { hole: name === "…" ? flow.source.text : name, source: flow.source.text, call }, { cause: `${operation.span[0]}`, related: flowPlaces(model, flow) });
    // A text that is handed in whole is built elsewhere: that place is judged. What a request brought and was checked is known.
    else if (hole.node !== text && !isWhole(model, file, text) && model.requestData.flows(hole.file, hole.node).length === 0 && !isClosed(model, hole.file, hole.node)) yield findingAt(model, file, place, "unknown", { hole: name, call }, { cause: `${operation.span[0]}`, severity: "warn" });
  }
}

/** Whether a text is nothing but what was handed in: `client.raw(step.parameters.statement)`. */
function isWhole(model: ProjectModel, file: string, text: Expression): boolean {
  const [part, ...others] = model.dataAccess.partsOf(file, text);
  return part?.kind === "hole" && others.length === 0;
}

function* checkIdentifier(model: ProjectModel, operation: StoreOperation, node: Expression): Iterable<RuleFinding> {
  const flow = freeText(model, operation.file, node, "sql");
  // A whole object lists columns: what is written is the matter of another rule.
  if (flow && !flow.whole) yield findingAt(model, operation.file, node.span, "identifier", { hole: receiverText(node), source: flow.source.text, call: callText(operation) }, { cause: `${operation.span[0]}`, related: flowPlaces(model, flow) });
}

function callText({ node }: StoreOperation): string {
  return node.kind === "template" ? (node.tag ? receiverText(node.tag) : "template") : receiverText(node.callee);
}

/** What a library hands to the function that makes its text: `Raw((alias) => …)`. */
function isGivenBy(model: ProjectModel, operation: StoreOperation, { file, node }: { readonly file: string; readonly node: Expression }): boolean {
  const { functions, sources } = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
  return source?.kind === "parameter" && functions.get(source.function)?.passedTo?.call === operation.node;
}

/** Numbers, closed sets, escaped names and lists of placeholders cannot change a statement. */
function isHarmless(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "cast" || node.kind === "await") return isHarmless(model, file, node.value);
  if (node.kind === "unary" || node.kind === "regex") return true;
  if (node.kind === "binary" && /^[-*/%]$/.test(node.operator)) return true;
  if (node.kind === "member" && (node.property === "length" || (/^(tableName|TABLE|table|tablePath|schema|columns?|metadata)$/i.test(node.property) && model.requestData.flows(file, node).length === 0))) return true;
  if (node.kind === "call") {
    const name = receiverText(node.callee);
    // `format("%I", name)` quotes; `%s` does not.
    if (/format$/i.test(name)) return !model.values.text(file, node.arguments[0] ?? node)?.includes("%s");
    if (/(escape|quote|ident|literal|placeholder|Number|parseInt|parseFloat|Math\.\w+|Date\.now|toISOString|toFixed|randomUUID)\w*$/i.test(name)) return true;
    if (node.callee.kind === "member" && node.callee.property === "join" && makesPlaceholders(node.callee.object)) return true;
  }
  const values = model.values.of(file, node);
  return values.length > 0 && values.every((value) => value.kind === "enum" || (value.kind === "primitive" && /^(number|bigint|boolean|enum)$/.test(value.name)));
}

/** Calls from one function to the next that are looked back on. */
const deepest = 3;

/** Made of constants alone, or one of some; of a parameter, what all callers pass. */
function isClosed(model: ProjectModel, file: string, node: Expression, depth = 0): boolean {
  if (model.requestData.isConstant(file, node)) return true;
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind === "parameter" && source.path.length === 0 && depth < deepest) {
    const callers = model.transactions.callersOf(source.function);
    const passed = callers.map(({ file: at, call }) => ({ at, argument: call.arguments[source.index] }));
    if (passed.length > 0 && passed.every(({ at, argument }) => argument !== undefined && isClosed(model, at, argument, depth + 1))) return true;
  }
  // A key of what all callers pass, `query.sortBy`.
  if (node.kind === "member" && isClosedKey(model, file, node.object, node.property, depth)) return true;
  // `columns.join(", ")` of a list whose elements are one of some.
  const joined = node.kind === "call" && node.callee.kind === "member" && node.callee.property === "join" ? model.values.ofElement(model.values.of(file, node.callee.object)) : [];
  const values = joined.length > 0 ? joined : model.values.of(file, node);
  return values.length > 0 && values.every((value) => value.kind === "constant");
}

/** Whether a key is one of some constants in all objects that an expression may be; a parameter is what its callers pass. */
function isClosedKey(model: ProjectModel, file: string, holder: Expression, key: string, depth: number): boolean {
  const source = holder.kind === "name" && holder.binding !== undefined ? model.values.index(file).sources[holder.binding] : undefined;
  if (source?.kind === "parameter") {
    const callers = source.path.length === 0 && depth < deepest ? model.transactions.callersOf(source.function) : [];
    return callers.length > 0 && callers.every(({ file: at, call }) => {
      const argument = call.arguments[source.index];
      return argument !== undefined && isClosedKey(model, at, argument, key, depth + 1);
    });
  }
  const values = model.values.of(file, holder);
  return values.length > 0 && values.every((value) => {
    if (value.kind !== "object" || value.node.members.some(({ kind }) => kind !== "property")) return false;
    const given = propertyOf(value.node, key);
    return given === undefined || isClosed(model, value.file, given, depth + 1);
  });
}

/** `ids.map((_, i) => `$${i + 1}`)`, `new Array(3).fill("?")` */
function makesPlaceholders(node: Expression): boolean {
  if (node.kind !== "call" || node.callee.kind !== "member") return false;
  const [argument] = node.arguments;
  if (node.callee.property === "fill") return argument?.kind === "literal";
  if (node.callee.property !== "map" || argument?.kind !== "function") return false;
  const body = argument.function.body?.[0];
  const value = body?.kind === "return" ? body.value : undefined;
  if (value?.kind === "literal") return true;
  return value?.kind === "template" && value.texts.every((text) => /^[$:@?\w\s(),.:-]*$/.test(text)) && value.values.every((part) => part.kind === "binary" || (part.kind === "name" && /^(i|index|idx|n|position)$/i.test(part.name)) || part.kind === "unary");
}
