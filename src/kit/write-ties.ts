import { lastName } from "../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walk } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import { type GivenValue, givenTo, isPartOf } from "./given-values.js";
import { keptIn } from "./transactions.js";
import { targetOf, wordsOf, type Write } from "./write-subjects.js";

/** What comes with every call as a whole, and says nothing of what is written. */
const ambient = /^(req|request|res|response|reply|ctx|context|c|event|env|opts|options|config|limit|batchSize|metadata)$/;

/** How something is done; what it is done to is not among it. */
const manner = /^(opts|options|config|settings)$/;

/** Times, what notes what is done, and what a request is sent with. */
const beside = /^(now|today|date|time|timestamp|since|before|after|until|cutoff|deadline|threshold|log|logger|metadata|signal|cookies|headers|method|url|ip|error|issues)(?![a-z])|(At|Date|Time|Log|Logger)$/;

/** Who asks, and for whom: given to nearly every write. */
const actor = /^(user|session|auth|actor|viewer|principal|account|member|organi[sz]ation|org|team|workspace|tenant|company|project|owner|creator|created_?by|updated_?by)(_?id|_?key|_?uuid)?$/i;

/** A value that is counted up or down belongs to what it is counted for. */
const counting = /^(\$inc|\$mul|increment|decrement|incrementing|multiply|divide)$/;

/** Why two writes are one change, as the end of a sentence; undefined where nothing in the code shows that they are. */
export function tieBetween(model: ProjectModel, file: string, first: Write, second: Write): string | undefined {
  const [before, after] = [givenTo(model, file, first), givenTo(model, file, second)];
  const made = resultOf(model, file, first);
  const [one, other] = [first.operation.write, second.operation.write];
  const direct = first.node === first.operation.node && second.node === second.operation.node;
  const sameTable = targetOf(first.operation) !== "" && targetOf(first.operation) === targetOf(second.operation);
  const sameTarget = direct && sameTable;
  const result = after.find(({ binding }) => made.includes(binding));
  // A row that is changed again notes how far its own work has come, or is made where it could not be changed.
  if (sameTarget && one !== "delete" && other === "update" && !second.operation.many && (result || sharesCondition(first, second))) return undefined;
  if ((sameTarget && one === "update" && other === "insert") || isExpired(first)) return undefined;
  // What was made or changed goes again.
  if (sameTarget && other === "delete" && one !== "delete" && !result) return undefined;
  if (result) return `with \`${result.text}\` of the first`;
  if (sameTarget && one === "delete" && other === "insert") return "in the place of what the first took away";
  if (sameTarget && one === "update" && other === "update") return "to another row";
  if (isCounted(first) || isCounted(second)) return "with a count that belongs to both";
  if (direct && first.operation.receiver.kind === "document" && second.operation.receiver.kind === "document") return "of a row that was changed beside it";
  // Two changes of one row note how far its work has come.
  if (!direct && sameTable && one === "update" && other === "update") return undefined;
  if (!direct && first.operation === second.operation && after.every((given) => before.some((value) => isPartOf(value, given)))) return undefined;
  const shared = before.flatMap((value) => after.flatMap((given) => sharedOf(value, given) ?? [])).find((value) => isTelling(value, first, second));
  return shared && `for the same \`${shared.text}\``;
}

/** What two values have in common: the one that is a part of the other, or the key of the row that the other is a part of. */
function sharedOf(one: GivenValue, other: GivenValue): GivenValue | undefined {
  if (isPartOf(one, other)) return one.path.length > other.path.length ? one : other;
  const isKey = ({ path }: GivenValue): boolean => /^_?(id|uuid)$/.test(path.at(-1) ?? "");
  if (one.path.length !== other.path.length || !isPartOf({ ...one, path: one.path.slice(0, -1) }, other)) return undefined;
  return isKey(one) ? one : isKey(other) ? other : undefined;
}

/** The variables that hold what a write gave: `const order = await create()`, `create().then((order) => …)`, `.then(() => create()).then((order) => …)`. */
function resultOf(model: ProjectModel, file: string, { node }: Write): readonly number[] {
  const { parentOf, functions, sources } = model.values.index(file);
  const kept = keptIn((part) => parentOf(part), node)?.bindings ?? [];
  let at: SyntaxNode = node;
  for (let parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent)) return kept;
    if (isFunctionNode(parent)) {
      const call: CallExpression | NewExpression | undefined = functions.get(parent)?.passedTo?.call;
      if (call?.callee.kind !== "member" || call.callee.property !== "then") return kept;
      parent = call;
    } else if (parent.kind === "member") {
      const call = parentOf(parent);
      if (parent.property !== "then" || !call || !("kind" in call) || call.kind !== "call") return kept;
      return [...kept, ...sources.flatMap((source, binding) => (source?.kind === "parameter" && call.arguments.some((argument) => argument.kind === "function" && argument.function === source.function) ? [binding] : []))];
    } else if (parent.kind !== "await" && parent.kind !== "return") return kept;
  }
  return kept;
}

/** Whether a value that two writes are given says that they are about one thing. */
function isTelling({ text, path }: GivenValue, first: Write, second: Write): boolean {
  const parts = text.split(".");
  const last = parts.at(-1) ?? "";
  if (beside.test(last) || (ambient.test(last) && path.length < 2) || (manner.test(parts[0] ?? "") && !/id$/i.test(last))) return false;
  const who = parts.find((part) => actor.test(part));
  if (who === undefined || takesAway(first) || takesAway(second)) return true;
  const [stem = ""] = wordsOf(who);
  return [first, second].some(({ text: written, operation }) => wordsOf(`${written} ${targetOf(operation)}`).some((word) => word === stem || word === `${stem}s`));
}

/** Whether rows go because their time is over: `lt(drafts.expiresAt, now)`. */
function isExpired({ operation }: Write): boolean {
  return operation.write === "delete" && someNode(operation.filter, (part) => (part.kind === "member" && /expir/i.test(part.property)) || (part.kind === "object" && part.members.some((member) => member.kind === "property" && /expir/i.test(member.key))));
}

function takesAway({ node, operation }: Write): boolean {
  return operation.write === "delete" || (node.kind === "call" && /^(delete|remove|destroy)(?![a-z])/.test(lastName(node.callee)));
}

/** Whether a value is what a caller says of what is to be done, and not who asks, when, or how. */
export function isNamed({ text, path }: GivenValue): boolean {
  const parts = text.split(".");
  return !beside.test(parts.at(-1) ?? "") && (path.length > 0 || !ambient.test(text)) && !parts.some((part) => actor.test(part));
}

/** Whether a write counts something up or down. */
export function isCounted({ node, operation }: Write): boolean {
  // `{ left: row.left - 1 }`
  if (operation.data.some((row) => row.kind === "object" && row.members.some((member) => member.kind === "property" && member.value.kind === "binary" && /^[-+]$/.test(member.value.operator) && member.value.left.kind === "member" && member.value.left.property === member.key))) return true;
  // sql`${wallets.cents} + ${cents}`
  if (someNode([operation.node], (part) => part.kind === "template" && part.texts.some((text, at) => at > 0 && /^\s*[-+]\s*$/.test(text)))) return true;
  return operation.methods.some((method) => counting.test(method)) || someNode([node, operation.node], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && counting.test(member.key))) || /\bset\b[^;]*?\b(\w+)\s*=\s*\1\s*[-+]/i.test([node, operation.node, ...operation.text].map(textIn).join(" "));
}

function textIn(node: Expression): string {
  const texts: string[] = [];
  walk(node, (part) => {
    if ("kind" in part && part.kind === "template") texts.push(...part.texts);
    if ("kind" in part && part.kind === "literal" && typeof part.value === "string") texts.push(part.value);
    return true;
  });
  return texts.join(" ").slice(0, 2000);
}

/** Whether two filters have a condition in common: `{ id }` and `{ id, status: "running" }`. */
function sharesCondition(first: Write, second: Write): boolean {
  const conditions = (part: Expression): readonly string[] => (part.kind === "object" ? part.members.map(shapeOf) : part.kind === "call" && lastName(part.callee) === "and" ? part.arguments.flatMap(conditions) : [shapeOf(part)]);
  const known = new Set(first.operation.filter.flatMap(conditions));
  return second.operation.filter.flatMap(conditions).some((condition) => known.has(condition));
}

/** A piece of code without its places, to compare it with another. */
export function shapeOf(node: object): string {
  return JSON.stringify(node, (key, value: unknown) => (/span$/i.test(key) ? undefined : value));
}
