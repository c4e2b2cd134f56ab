import { repositoryCause } from "../../src/base/causes.js";
import { groupBy } from "../../src/base/group-by.js";
import { within } from "../../src/base/position.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { isLeftOpen } from "../../src/kit/input/left-open.js";
import { flowPlaces, freeText, isFreeText } from "../../src/kit/input/request-flows.js";
import { defineRule } from "../../src/kit/rule.js";
import { isClosed, isHarmless } from "../../src/kit/input/sql-holes.js";
import { handedInBy } from "../../src/kit/input/sql-sources.js";
import { handedStatements, isPutTogetherBefore, isWhole } from "../../src/kit/input/handed-statements.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Hole {
  readonly file: string;
  readonly node: Expression;
}

interface Options {
  readonly unknown: "open" | "each";
}

export default defineRule<Options>({
  name: "no-sql-injection",
  section: "security",
  clauses: ["SEC-1"],
  description: "Forbid SQL text that is put together from request data or unknown values",
  presets: { recommended: "error", strict: ["error", { unknown: "each" }], legacy: "error" },
  messages: {
    request: "`{{hole}}` comes from the request ({{source}}) and becomes part of the SQL text that `{{call}}` runs: whoever sends it can change the statement. Bind it as a parameter, or choose it from constants.",
    unknown: "`{{hole}}` becomes part of the SQL text that `{{call}}` runs, and nothing shows where it comes from. Bind it as a parameter, or choose it from constants.",
    identifier: "`{{hole}}` comes from the request ({{source}}) and names a column or table in `{{call}}`. Choose it from a constant list.",
  },
  optionsSchema: { unknown: { enum: ["open", "each"], description: "Whether values that nothing explains are reported only where whoever hands them in is not known, or each." } },
  defaultOptions: { unknown: "open" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        if (isBackendCode(model, file)) yield* alikeAsOne([...findingsIn(model, file, options)]);
      }
    },
  },
});

/** Of so many statements that take one value in one way each is a finding; more are one. */
const fewAlike = 3;

/** A value that a whole list of statements takes, one for each operator that a client may ask with, is mended where it is read. */
function alikeAsOne(found: readonly RuleFinding[]): readonly RuleFinding[] {
  const keyOf = ({ messageId, data: { hole = "", source = "", call = "" } = {} }: RuleFinding): string => `${messageId} ${hole} ${source} ${call}`;
  const alike = groupBy(found, keyOf);
  return found.map((one) => ((alike.get(keyOf(one))?.length ?? 0) > fewAlike ? { ...one, cause: keyOf(one) } : one));
}

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  for (const operation of model.dataAccess.of(file)) {
    for (const text of operation.text) yield* checkText(model, operation, text, options);
    for (const name of operation.identifiers) yield* checkIdentifier(model, operation, name);
  }
  for (const { operation, text } of handedStatements(model, file)) yield* checkText(model, operation, text, options);
}

function* checkText(model: ProjectModel, operation: StoreOperation, text: Expression, options: Options): Iterable<RuleFinding> {
  const { file } = operation;
  const call = callText(operation);
  for (const hole of model.dataAccess.holesIn(file, text)) {
    if (isHarmless(model, hole.file, hole.node) || isGivenBy(model, operation, hole) || isBuiltPair(operation, hole.node)) continue;
    const place = hole.file === file && within(hole.node.span, operation.span) ? hole.node.span : text.span;
    // What callers put together is judged where they do.
    if (isWhole(model, file, text) && !model.dataAccess.isPiece(operation) && isPutTogetherBefore(model, hole)) continue;
    const flow = isLeftOpen(model, file, text, { piece: hole, matters: (part) => isFreeText(model, part, "sql"), use: "sql" }) ? freeText(model, hole.file, hole.node, "sql") : undefined;
    const name = receiverText(hole.node);
    if (flow) yield findingAt(model, file, place, "request", { hole: name === "…" ? flow.source.text : name, source: flow.source.text, call }, { cause: isWhole(model, file, text) ? repositoryCause(`statement ${flow.source.file} ${flow.source.span[0]}`) : causeOf(operation, text), related: flowPlaces(model, flow) });
    // What a request brought and was checked is known.
    else if (isToJudge(model, operation, text, hole, options) && model.requestData.flows(hole.file, hole.node).length === 0 && !isClosed(model, hole.file, hole.node)) {
      const cause = options.unknown === "each" ? causeOf(operation, text) : handedInBy(model, { file, node: text }, hole);
      if (cause !== undefined) yield findingAt(model, file, place, "unknown", { hole: name, call }, { cause, severity: "warn" });
    }
  }
}

/**
 * Whether an unknown part of a text is judged at its statement. A text that is handed in whole is built elsewhere, and judged there;
 * for what is put into a statement unbound, `sql.raw(column)`, and where nobody is known to call, there is no other place.
 */
function isToJudge(model: ProjectModel, operation: StoreOperation, text: Expression, hole: Hole, { unknown }: Options): boolean {
  if ((hole.node !== text && !isWhole(model, operation.file, text)) || model.dataAccess.isPiece(operation)) return true;
  // With values beside it, a text has places for them.
  return unknown === "each" && operation.parameters.length === 0 && model.requestData.handedIn(hole.file, hole.node).length > 0;
}

/** A statement with several holes is one cause, and so is a text under a name that several calls run; one that a request sends whole to several drivers is told once. */
function causeOf({ span }: StoreOperation, text: Expression): string {
  return text.kind === "name" && text.binding !== undefined ? `text ${text.binding}` : `${span[0]}`;
}

function* checkIdentifier(model: ProjectModel, operation: StoreOperation, node: Expression): Iterable<RuleFinding> {
  const flow = freeText(model, operation.file, node, "sql");
  // A whole object lists columns: what is written is the matter of another rule.
  if (flow && !flow.whole) yield findingAt(model, operation.file, node.span, "identifier", { hole: receiverText(node), source: flow.source.text, call: callText(operation) }, { cause: `${operation.span[0]}`, related: flowPlaces(model, flow) });
}

function callText({ node }: StoreOperation): string {
  return node.kind === "template" ? (node.tag ? receiverText(node.tag) : "template") : receiverText(node.callee);
}

/** `where(condition.clause, condition.parameters)`: whoever put the two together bound the values; what the text was made of is judged there. */
function isBuiltPair({ node }: StoreOperation, text: Expression): boolean {
  if (text.kind !== "member" || node.kind === "template") return false;
  const holder = receiverText(text.object);
  return holder !== "…" && node.arguments.some((argument) => argument !== text && argument.kind === "member" && argument.property !== text.property && receiverText(argument.object) === holder);
}

/** What a library hands to the function that makes its text: `Raw((alias) => …)`. */
function isGivenBy(model: ProjectModel, operation: StoreOperation, { file, node }: { readonly file: string; readonly node: Expression }): boolean {
  const { functions, sources } = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? sources[node.binding] : undefined;
  return source?.kind === "parameter" && functions.get(source.function)?.passedTo?.call === operation.node;
}
