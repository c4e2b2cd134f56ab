import { oncePer } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { AssignExpression, Expression } from "../../facts/syntax.js";
import { type CodeNode, someNode, walk, walkAll } from "../../facts/walk.js";
import type { FileIndex } from "../../model/modules/file-index.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { directlyIn } from "./given-values.js";
import { receiverText } from "../project/store-uses.js";
import { rowOf } from "./write-rows.js";
import type { Write } from "./write-subjects.js";

/** Counts that nothing depends on: how often something was tried, looked at or used. */
const statistic = /attempt|retr(y|ies)|fail|views?$|clicks?$|visits?$|hits$|impressions?$|downloads?(count)?$|usage/i;

/** A value that is counted up or down belongs to what it is counted for. */
const counting = /^(\$inc|\$mul|increment|decrement|incrementing|multiply|divide)$/;

/** Whether a write counts something up or down. */
export function isCounted(model: ProjectModel, file: string, write: Write): boolean {
  const { node, operation } = write;
  // A function of the project counts what its statement does.
  if (node !== operation.node && isCounted(model, operation.file, { ...write, node: operation.node })) return true;
  // `seats.update(row, { left: row.left - 1 })`
  if (node !== operation.node && node.kind === "call" && node.arguments.some((row) => row.kind === "object" && row.members.some((member) => member.kind === "property" && !statistic.test(member.key) && isMoved(model, file, member.value, member.key)))) return true;
  // `account.balance -= amount; await account.save()`
  const counted = countedObjects(model.values.index(file)).flatMap((object) => directlyIn(model, file, object));
  if (counted.length > 0 && rowOf(model, file, write).some((row) => counted.some((value) => value.binding === row.binding && value.path.length === row.path.length))) return true;
  if (operation.data.flatMap(fieldsOf).some(({ key, value }) => !statistic.test(key) && (isMoved(model, operation.file, value, key) || (operation.write !== "insert" && isSteppedFrom(model, operation.file, value, key))))) return true;
  if (isMovedInText(model, operation)) return true;
  // `eb("pets", "+", 1)`
  if (someNode([operation.node], (part) => part.kind === "call" && part.arguments.length === 3 && part.arguments[1]?.kind === "literal" && /^[-+]$/.test(String(part.arguments[1].value)))) return true;
  // sql`${wallets.cents} + ${cents}`
  if (someNode([operation.node], (part) => part.kind === "template" && part.texts.some((text, at) => at > 0 && /^\s*[-+]\s*\d*\s*$/.test(text)))) return true;
  return operation.methods.some((method) => counting.test(method)) || countedKeys([node, operation.node]).some((key) => !statistic.test(key)) || countsInText([node, operation.node, ...operation.text].map(textIn).join(" "));
}

/** The fields that a row sets, also below `$set`. */
function fieldsOf(row: Expression): readonly { readonly key: string; readonly value: Expression }[] {
  if (row.kind === "cast") return fieldsOf(row.value);
  return row.kind === "object" ? row.members.flatMap((member) => (member.kind !== "property" ? [] : member.key === "$set" ? fieldsOf(member.value) : [member])) : [];
}

/** Whether a value is that of a field, moved: `row.left - 1` of `{ left: row.left - 1 }`, also behind a name, or `FieldValue.increment(-1)`. */
function isMoved(model: ProjectModel, file: string, value: Expression, key: string): boolean {
  const source = value.kind === "name" && value.binding !== undefined ? model.values.index(file).sources[value.binding] : undefined;
  const made = source?.kind === "value" && source.value && source.path.length === 0 ? source.value : value;
  if (made.kind === "call" && /^(increment|decrement)$/.test(lastName(made.callee))) return true;
  return made.kind !== "object" && someNode([made], (part) => part.kind === "binary" && /^[-+]$/.test(part.operator) && someNode([part.left], (inner) => inner.kind === "member" && inner.property === key));
}

/** Whether a name holds the value of a field and is counted up or down: `let place = Number(row.place); place--;` */
function isSteppedFrom(model: ProjectModel, file: string, value: Expression, key: string): boolean {
  const index = model.values.index(file);
  if (value.kind !== "name" || value.binding === undefined || !steppedNames(index).has(value.binding)) return false;
  const source = index.sources[value.binding];
  const held = [...(source?.kind === "value" && source.value && source.path.length === 0 ? [source.value] : []), ...model.requestData.assignedTo(file, value.binding)];
  return someNode(held, (part) => part.kind === "member" && part.property === key);
}

/** The names of a file that are counted up or down: `place--`, `place += 1`. */
const steppedNames = oncePer((index: FileIndex): ReadonlySet<number> => {
  const found = new Set<number>();
  walkAll(index.facts.body, (part) => {
    if (!("kind" in part)) return true;
    const target = part.kind === "unary" && /(\+\+|--)$/.test(part.operator) ? part.value : part.kind === "assign" && /^[-+]=$/.test(part.operator) ? part.target : undefined;
    if (target?.kind === "name" && target.binding !== undefined) found.add(target.binding);
    return true;
  });
  return found;
});

/** Whether a statement is given a field, moved: `run("update seats set left = ? where id = ?", row.left - 1, row.id)`. */
function isMovedInText(model: ProjectModel, { sql, text, parameters, file }: StoreOperation): boolean {
  if (!sql || parameters.length === 0) return false;
  const columns = new Set([...text.map(textIn).join(" ").matchAll(/\b(\w{1,80})"?\s{0,9}=\s{0,9}(?:\?|\$\d|[:@])/g)].map(([, column = ""]) => column));
  return parameters.flatMap((node) => (node.kind === "array" ? node.elements : [node])).some((value) => [...columns].some((column) => isMoved(model, file, value, column)));
}

/** `set left = left - 1`, `set left = greatest(0, left - 1)`, and `add #left :one` of DynamoDB. */
function countsInText(text: string): boolean {
  const set = /\bset\b/i.exec(text);
  return (set !== null && /\b(\w{1,80})\s{0,9}=\s{0,9}(?:\w{1,20}\(\s{0,9}(?:\d{1,9}\s{0,9},\s{0,9})?)?\1\s{0,9}[-+]/.test(text.slice(set.index))) || /\badd\s{1,9}#?\w{1,80}\s{1,9}:\w/i.test(text);
}

/** The objects of a file of which a part is counted up or down: `row` of `row.left -= 1` and of `row.left++`. */
const countedObjects = oncePer((index: FileIndex): readonly Expression[] => {
  const found = index.partAssignments.flatMap((part) => (part.target.kind === "member" && moves(part) ? [part.target.object] : []));
  walkAll(index.facts.body, (part) => {
    if ("kind" in part && part.kind === "unary" && /(\+\+|--)$/.test(part.operator) && part.value.kind === "member") found.push(part.value.object);
    return true;
  });
  return found;
});

/** `row.left -= 1`, `row.left = Math.max(0, row.left - 1)`, `row.total = Number(row.total) + amount` */
function moves({ operator, target, value }: AssignExpression): boolean {
  if (operator !== "=" || target.kind !== "member") return /^[-+]=$/.test(operator);
  const isSame = (part: CodeNode): boolean => part.kind === "member" && part.property === target.property && receiverText(part.object) === receiverText(target.object);
  return someNode([value], (part) => part.kind === "binary" && /^[-+]$/.test(part.operator) && someNode([part.left], isSame));
}

/** Whether a write takes from what the function asked whether it suffices: `if (coupon.left <= 0) throw …; await coupons.update({ left: { decrement: 1 } })`. */
export function isAskedFor(model: ProjectModel, file: string, { node, operation }: Write): boolean {
  const columns = [...[...operation.text, node].map(textIn).join(" ").matchAll(/\b(\w{1,80})\s{0,9}=\s{0,9}\1\s{0,9}[-+]/g)].map(([, column = ""]) => column);
  const moved = operation.data.flatMap(fieldsOf).flatMap(({ key, value }) => (isMoved(model, operation.file, value, key) ? [key] : []));
  const keys = new Set([...columns, ...moved, ...countedKeys([node, operation.node])]);
  const asks = (part: CodeNode): boolean => part.kind === "binary" && /^[<>]=?$/.test(part.operator) && [part.left, part.right].some((side) => side.kind === "member" && keys.has(side.property));
  const body = model.values.index(file).functionAround(node)?.node.body ?? [];
  return keys.size > 0 && someNode(body, (part) => part.kind === "if" && part.span[1] <= node.span[0] && /^(return|throw)$/.test(part.then.at(-1)?.kind ?? "") && someNode([part.test], asks));
}

/** Counts that a reader is shown of what others wrote. */
const shown = /^(total|num)_?(posts|comments|replies|likes|followers|messages|reactions|shares)$|^(post|comment|reply|replie|like|follower|message|reaction|share)s?_?count$/i;

/** Whether a write keeps a count that readers are shown: it may lag behind for some of many rows. */
export function countsShown({ node, operation }: Write): boolean {
  const named = operation.node.kind === "template" ? [] : operation.node.arguments.flatMap((argument) => (argument.kind === "literal" && typeof argument.value === "string" ? [argument.value] : []));
  return [...countedKeys([node, operation.node]), ...(operation.methods.some((method) => counting.test(method)) ? named : [])].some((key) => shown.test(key));
}

/** Whether a write counts how often something was done. */
export function countsUse({ node, operation }: Write): boolean {
  return countedKeys([node, operation.node]).some((key) => statistic.test(key));
}

/** Numbers that are given out in a row: one may be left out. */
const numbering = /^next\w{0,20}(no|num|number|seq|sequence|index|id)$/i;

/** Whether all that a write does is to take the next number: `{ $inc: { nextTurnNo: 1 } }`. */
export function takesNumber({ node, operation }: Write): boolean {
  const keys = countedKeys([node, operation.node]);
  return node === operation.node && keys.length > 0 && keys.every((key) => numbering.test(key));
}

/** Whether all that a write does is to count how often something was done. */
export function onlyCountsUse({ node, operation }: Write): boolean {
  const keys = countedKeys([node, operation.node]);
  const rows = operation.data.flatMap((row) => (row.kind === "object" ? row.members : []));
  return keys.length > 0 && keys.every((key) => statistic.test(key)) && new Set(keys).size >= rows.length;
}

/** What is counted up or down: `left` of `{ left: { decrement: 1 } }` and of `{ $inc: { left: -1 } }`. */
function countedKeys(nodes: readonly Expression[]): readonly string[] {
  const found: string[] = [];
  for (const node of nodes)
    walk(node, (part) => {
      if ("kind" in part && part.kind === "object")
        for (const member of part.members) {
          if (member.kind !== "property") continue;
          const inner = member.value.kind === "object" ? member.value.members.flatMap((one) => (one.kind === "property" ? [one.key] : [])) : [];
          if (movedInPipeline(member.key, member.value)) found.push(member.key);
          if (counting.test(member.key)) found.push(...(inner.length > 0 ? inner : member.key.startsWith("$") || member.value.kind === "object" ? [""] : []));
          else if (inner.some((key) => counting.test(key))) found.push(member.key);
        }
      return true;
    });
  return found;
}

/** `points: { $add: ["$points", amount] }` of an update that is a pipeline. */
function movedInPipeline(key: string, value: Expression): boolean {
  const [member] = value.kind === "object" ? value.members : [];
  const parts = member?.kind === "property" && /^\$(add|subtract|sum)$/.test(member.key) && member.value.kind === "array" ? member.value.elements : [];
  return parts.some((part) => part?.kind === "literal" && part.value === `$${key}`);
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
