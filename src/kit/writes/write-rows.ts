import { within } from "../../base/position.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, type SyntaxNode, walk } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { directlyIn, type GivenValue, keyFormOf } from "./given-values.js";
import { keptIn } from "./transactions.js";
import { targetOf, wordsOf, type Write } from "./write-subjects.js";

/** What a write does to its row, as far as what it calls says it. */
export type Effect = "insert" | "update" | "upsert" | "delete";

const upserting = /^(upsert|ensure|sync|merge|put)(?![a-z])|Or(Create|Update|Make|Insert|Upsert)|If(Missing|Absent|Needed|NotExists?)(?![a-z])/;
const inserting = /^(create|add|insert|register|duplicate|clone|copy|place|import)(?![a-z])/;
const deleting = /^(delete|remove|destroy|purge)(?![a-z])/;

/** What a write does: its own statement says it, and what a function of the project is called. */
export function effectOf(model: ProjectModel, file: string, { node, operation }: Write): Effect {
  const direct = node === operation.node;
  const name = !direct && node.kind === "call" ? lastName(node.callee) : "";
  // Where putting is all there is, it makes rows.
  const write = operation.write === "upsert" && /^(dynamodb|firestore)$/.test(operation.family) ? "insert" : operation.write;
  if (upserting.test(name) || write === "upsert") return "upsert";
  // `removeTagFromPosts(tag)` takes a reference out of rows that stay, by a key that is given again.
  if (write === "update" && deleting.test(name) && /(From|In)[A-Z]/.test(name)) return "update";
  if (deleting.test(name) || write === "delete") return "delete";
  if (write === "insert" || (write === "save" && (direct ? [...operation.data, operation.receiver.root].some((row) => isMade(model, file, row)) : inserting.test(name)))) return "insert";
  // What is called after making something and changes a row keeps a copy or a state up to date: `createSnapshot(canvasId)`.
  return /^(create|store)(?![a-z])/.test(name) && write === "update" ? "upsert" : "update";
}

/** Whether a row was made right here and is not kept yet: `{ … }`, `new Order(…)`, `orders.create(…)`. */
function isMade(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "object" || node.kind === "new") return true;
  if (node.kind === "call") return /^(create|build|make|map)$/.test(lastName(node.callee));
  const made = node.kind === "name" ? madeAs(model, file, node.binding) : undefined;
  return made !== undefined && made.kind !== "name" && isMade(model, file, made);
}

/** What a name was made as. */
function madeAs(model: ProjectModel, file: string, binding: number | undefined): Expression | undefined {
  const source = binding === undefined ? undefined : model.values.index(file).sources[binding];
  let value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  while (value?.kind === "await" || value?.kind === "cast") ({ value } = value);
  return value;
}

/**
 * What stands for the row that a write makes or changes: what it gave, the document that keeps itself, what it was found by, and the
 * values of its own key, `id` of `update({ where: { id } })` and `orderId` of `orders.insert({ orderId })`. Keys of other rows are left out.
 */
export function rowOf(model: ProjectModel, file: string, write: Write): readonly GivenValue[] {
  const { node, operation } = write;
  const isNew = effectOf(model, file, write) === "insert";
  // What a row gave that is gone is not to be had again: `const loan = await loans.delete(id)`.
  const gives = isNew || effectOf(model, file, write) === "delete" || (operation.write === "save" && node === operation.node);
  const made = gives ? resultOf(model, file, write).map((binding): GivenValue => ({ binding, path: [], text: model.facts(file).bindings[binding]?.name ?? "" })) : [];
  if (node !== operation.node) {
    if (node.kind === "template") return made;
    if (isNew) return [...made, ...keysIn(model, file, write, node.arguments.filter(({ kind }) => kind === "object"))];
    return [...made, ...(changesOne(model, operation) ? withKeys(model, file, write, [...keysIn(model, file, write, node.arguments), ...rowsIn(model, file, write)]) : [])];
  }
  const self = operation.receiver.kind === "document" ? directlyIn(model, file, operation.receiver.root) : [];
  const rows = isNew || operation.write === "save" ? operation.data : [];
  // `findByIdAndUpdate(id)`, `update(id, …)`
  const keys = operation.methods.some((method) => /where/i.test(method)) ? [] : operation.filter.filter((filter) => (filter.kind === "name" && !/where|filter|query|condition|criteria|selector/i.test(filter.name)) || filter.kind === "member").flatMap((filter) => directlyIn(model, file, filter));
  const whole = operation.write === "save" || keys.length === 0 ? rows.filter(({ kind }) => kind === "name").flatMap((row) => directlyIn(model, file, row)) : [];
  return [...made, ...withKeys(model, file, write, [...self, ...whole]), ...keys, ...keysIn(model, file, write, [...operation.filter, ...rows]), ...comparedIn(model, file, write)];
}

/** Rows, and the keys by which they were found: `const order = await orders.findById(id)`. */
function withKeys(model: ProjectModel, file: string, write: Write, rows: readonly GivenValue[]): readonly GivenValue[] {
  return rows.flatMap((row) => (row.path.length === 0 ? [row, ...foundBy(model, file, write, row)] : [row]));
}

/** The keys that a row was found by. */
export function foundBy(model: ProjectModel, file: string, write: Write, value: GivenValue): readonly GivenValue[] {
  const asked = askedFor(model, file, value);
  // `findByPk(Number(id))`
  const bare = asked.filter(isNamedKey).flatMap((argument) => directlyIn(model, file, argument));
  return [...bare, ...keysIn(model, file, write, asked)];
}

/** What a row was asked for with: the arguments of `findOne({ id, state: "open" }).populate("owner").orFail()`. */
export function askedFor(model: ProjectModel, file: string, { binding }: GivenValue): readonly Expression[] {
  const finds = /^(find|get|load|fetch|read|by)(?![a-z])/;
  let found = madeAs(model, file, binding);
  while (found?.kind === "call" && !finds.test(lastName(found.callee)) && found.callee.kind === "member") found = found.callee.object;
  return found?.kind === "call" && finds.test(lastName(found.callee)) ? found.arguments : [];
}

/** What a row was made of that is not kept yet: `seat` of `Ticket.create({ seat })` and of `new Ticket({ seat })`. */
export function madeOf(model: ProjectModel, file: string, { binding, path }: GivenValue): readonly GivenValue[] {
  const made = path.length === 0 ? madeAs(model, file, binding) : undefined;
  return made && (made.kind === "new" || made.kind === "call") && isMade(model, file, made) ? made.arguments.flatMap((argument) => directlyIn(model, file, argument)) : [];
}

/** Whether a statement changes one row, by its own key or as a document. */
function changesOne(model: ProjectModel, operation: StoreOperation): boolean {
  const write: Write = { node: operation.node, text: "", operation };
  return operation.receiver.kind === "document" || operation.write === "save" || rowOf(model, operation.file, write).length > 0;
}

/** `{ id }`, `{ where: { orderId: order.id } }`, and an argument that is a key itself: `findByIdAndUpdate(id)`. */
function keysIn(model: ProjectModel, file: string, write: Write, nodes: readonly Expression[]): readonly GivenValue[] {
  return nodes.flatMap((node) => {
    const direct = (node.kind === "name" || node.kind === "member") && isOwnKey(node.kind === "name" ? node.name : node.property, write) ? directlyIn(model, file, node) : [];
    const found: GivenValue[] = [...direct];
    walk(node, (part) => {
      if (!("kind" in part)) return false;
      if (part.kind === "object") for (const member of part.members) if (member.kind === "property" && isOwnKey(member.key, write) && isNamedKey(member.value)) found.push(...directlyIn(model, file, member.value));
      return true;
    });
    return found;
  });
}

/** `id`, `order.id`, `Number(req.params.id)` */
function isNamedKey(node: Expression): boolean {
  const form = node.kind === "call" || node.kind === "new" ? keyFormOf(node) : undefined;
  return form ? isNamedKey(form) : node.kind === "name" || node.kind === "member";
}

/** `eq(orders.id, id)`, `inArray(orders.id, ids)`, `where("id", id)`, `where("id", "=", id)`, sql`… where id = ${id}` */
function comparedIn(model: ProjectModel, file: string, write: Write): readonly GivenValue[] {
  const found: GivenValue[] = [];
  const add = (column: string, value: Expression | undefined): void => {
    if (value && isOwnKey(column, write)) found.push(...directlyIn(model, file, value));
  };
  const visit = (part: SyntaxNode): boolean => {
    if (!("kind" in part)) return false;
    if (part.kind === "template") for (const [at, value] of part.values.entries()) add(/\b(\w+)"?\s*=\s*$/.exec((part.texts[at] ?? "").slice(-80))?.[1] ?? "", value);
    if (part.kind === "call" && /^(eq|inArray|where|andWhere|whereIn)$/.test(lastName(part.callee)) && part.arguments.length > 1) {
      const [column] = part.arguments;
      add(column?.kind === "member" ? column.property : column?.kind === "literal" ? (String(column.value).split(".").at(-1) ?? "") : "", part.arguments.at(-1));
    }
    return true;
  };
  for (const node of [write.operation.node, ...write.operation.text]) walk(node, visit);
  const { sql, parameters } = write.operation;
  const given = parameters.flatMap((node) => (node.kind === "array" ? node.elements : [node]));
  const text = write.operation.text.map((node) => model.values.text(write.operation.file, node) ?? "").join(" ");
  // `where id = $1`, `where id = ?`
  // `where id = :id`, `where id = @id`
  const named = (name: string): Expression | undefined => given.flatMap((node) => (node.kind === "object" ? (propertyOf(node, name) ?? []) : []))[0];
  if (sql) for (const { 1: column = "", 2: name = "" } of text.slice(0, 4000).matchAll(/\b(\w+)"?\s*=\s*[:@]([a-z_]\w*)/gi)) add(column, named(name));
  if (sql) for (const { index, 1: column = "", 2: place } of text.slice(0, 4000).matchAll(/\b(\w+)"?\s*=\s*(?:\$(\d+)|\?)/g)) add(column, given[place === undefined ? text.slice(0, index).split("?").length - 1 : Number(place) - 1]);
  return found;
}

/** A whole row that a function of the project is given to change: `order` of `cancelOrder(order)`, and what a repository is to `save`. */
function rowsIn(model: ProjectModel, file: string, { node, ...write }: Write): readonly GivenValue[] {
  if (node.kind === "template") return [];
  const words = subjectWords({ node, ...write });
  const keeps = node.kind === "call" && /^(save|store|persist|update)$/.test(lastName(node.callee));
  return node.arguments.flatMap((argument) => (argument.kind === "name" && (keeps || isAmong(wordsOf(argument.name).slice(-1), words)) ? directlyIn(model, file, argument) : []));
}

/** Whether a key is that of the row which a write is about, and not that of another: `id`, and `orderId` of an order. */
export function isOwnKey(key: string, write: Write): boolean {
  if (/^_?(id|uuid|guid|pk)$/i.test(key)) return true;
  const words = wordsOf(key);
  const stem = words.filter((word) => !/^(id|uuid|guid|pk|key|)$/.test(word));
  if (stem.length === 0 || stem.length === words.length) return false;
  // A table of links is named after both of its sides.
  return write.node === write.operation.node ? targetOf(write.operation).split(" ").some((name) => isAmong(stem, nounOf(name)) && isAmong(nounOf(name), stem)) : isAmong(stem, subjectWords(write));
}

/** What a table, model or repository is named after. */
function nounOf(name: string): readonly string[] {
  return wordsOf(name).filter((word) => !/^(model|models|repository|repo|entity|table|schema|collection|db|dao|store|service|prisma|this|)$/.test(word));
}

function subjectWords({ text, operation }: Write): readonly string[] {
  return nounOf(`${text} ${targetOf(operation)}`);
}

/** Whether each of some words is among others, in the singular or the plural. */
function isAmong(some: readonly string[], others: readonly string[]): boolean {
  return some.length > 0 && some.every((word) => word.length > 1 && others.some((other) => other === word || pluralsOf(word).includes(other) || pluralsOf(other).includes(word)));
}

/** `orders`, `boxes`, `copies` */
function pluralsOf(word: string): readonly string[] {
  return [`${word}s`, `${word}es`, word.replace(/y$/, "ies")];
}

/** The variables that hold what a write gave: `const order = await create()`, `create().then((order) => …)`, `.then(() => create()).then((order) => …)`. */
export function resultOf(model: ProjectModel, file: string, { node, unit }: Write): readonly number[] {
  const { parentOf, functions, sources } = model.values.index(file);
  // A transaction gives what was made in it: `const order = await db.transaction(async (tx) => place(tx))`.
  const given = unit && within(node.span, unit.span) ? (keptIn((part) => parentOf(part), unit)?.bindings ?? []) : [];
  let kept: readonly number[] = [...(keptIn((part) => parentOf(part), node)?.bindings ?? []), ...given];
  let at: SyntaxNode = node;
  for (let parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
    if (isClassNode(parent)) return kept;
    if (isFunctionNode(parent)) {
      const call: CallExpression | NewExpression | undefined = functions.get(parent)?.passedTo?.call;
      if (call?.callee.kind !== "member" || call.callee.property !== "then") return kept;
      parent = call;
    } else if (parent.kind === "member") {
      const call = parentOf(parent);
      if (call && "kind" in call && call.kind === "call" && /^(exec|orFail|lean|populate|select)$/.test(parent.property)) {
        kept = keptIn((part) => parentOf(part), call)?.bindings ?? kept;
        parent = call;
        continue;
      }
      if (parent.property !== "then" || !call || !("kind" in call) || call.kind !== "call") return kept;
      return [...kept, ...sources.flatMap((source, binding) => (source?.kind === "parameter" && call.arguments.some((argument) => argument.kind === "function" && argument.function === source.function) ? [binding] : []))];
    } else if (parent.kind !== "await" && parent.kind !== "return") return kept;
  }
  return kept;
}

/** A piece of code without its places, to compare it with another. */
export function shapeOf(node: object): string {
  return JSON.stringify(node, (key, value: unknown) => (/span$/i.test(key) ? undefined : value));
}
