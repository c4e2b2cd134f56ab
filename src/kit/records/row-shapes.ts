import { oncePer } from "../../base/once-per.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, ObjectMember, TypeMember } from "../../facts/syntax.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { rowsAsked } from "./asked-fields.js";
import { declaredType } from "./declared-types.js";
import { loadedRelations } from "./loaded-relations.js";
import { listOf, record } from "./known-records.js";

const givesCount = /^(?:findAndCount|getManyAndCount)/;

/** A query that gives the number of rows beside them. */
export function countsToo(node: Expression): boolean {
  if (node.kind === "await") return countsToo(node.value);
  return node.kind === "call" && node.callee.kind === "member" && givesCount.test(node.callee.property);
}

/** A read of an unknown store that names the fields it wants: `{ select: { id: true } }`, `{ attributes: ["id"] }`. */
export function rowsOfNamedFields(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  const options = node.arguments.flatMap((argument) => (argument.kind === "object" ? argument.members : []));
  const wanted = options.find((member) => member.kind === "property" && (member.key === "select" || member.key === "attributes"));
  if (wanted?.kind !== "property") return [];
  const { value } = wanted;
  const names = value.kind === "object" ? value.members.map((member) => (member.kind === "property" ? member.key : undefined)) : value.kind === "array" ? value.elements.map((element) => fieldAsked(model, file, element)) : [undefined];
  return names.includes(undefined) ? [] : record(file, node, names.flatMap((name) => (name === undefined ? [] : [{ span: value.span, name }])));
}

/** `"email"`; of `["email", "contact"]`, which gives a column another name, the column; of `[fn("COUNT", col("id")), "members"]` the name. */
function fieldAsked(model: ProjectModel, file: string, node: Expression): string | undefined {
  if (node.kind !== "array") return model.values.text(file, node);
  const [column, alias] = node.elements;
  return (column && model.values.text(file, column)) ?? (alias && model.values.text(file, alias));
}

/** The rows that a read gives, by the table, model, entity or document it reads. */
export function rowsOfStore(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  const operation = model.dataAccess.at(file, node);
  if (!operation) return ofBuilder(model, file, node);
  if ((operation.role !== "read" && operation.role !== "list" && !givesWhatItWrote(operation)) || operation.methods.some((method) => !givesCount.test(method) && /count|exist|aggregate|distinct|^(?:sum|avg|min|max|average|minimum|maximum)$/i.test(method))) return [];
  const named = rowsOfNamedFields(model, file, node);
  const rows = ofSelected(model, file, node) ?? ofKysely(model, file, node, operation) ?? ofKnex(model, file, node, operation) ?? ofPrisma(model, operation) ?? (named.length > 0 ? named : ofEntityAsked(model, file, node, operation));
  return (operation.role === "list" || operation.methods.at(-1) === "returning") && !operation.single && rows.length > 0 ? [{ kind: "list", of: rows }] : rows;
}

function ofEntityAsked(model: ProjectModel, file: string, node: CallExpression, operation: StoreOperation): readonly Value[] {
  const rows = ofEntity(model, file, node, operation);
  return [...rowsAsked(model, file, node, rows), ...loadedRelations(model, file, node, rows)];
}

/** `const query = members.createQueryBuilder("m"); …; await query.getMany()`: the statement was begun where the variable was given it. */
function ofBuilder(model: ProjectModel, file: string, { callee }: CallExpression): readonly Value[] {
  if (callee.kind !== "member" || !/^get(?:One|OneOrFail|Many|ManyAndCount)$/.test(callee.property) || callee.object.kind !== "name" || callee.object.binding === undefined) return [];
  const source = model.values.index(file).sources[callee.object.binding];
  const begun = source?.kind === "value" && source.path.length === 0 && source.value?.kind === "call" ? source.value : undefined;
  const operation = begun && model.dataAccess.at(file, begun);
  if (!begun || !operation || operation.methods.includes("select")) return [];
  const rows = ofEntity(model, file, begun, operation);
  return rows.length > 0 && callee.property.startsWith("getMany") ? [{ kind: "list", of: rows }] : rows;
}

/** `users.save(input)`, `prisma.user.update(…)`, `User.findByIdAndUpdate(…)`: writes that give the row back. */
function givesWhatItWrote({ role, methods, package: name }: StoreOperation): boolean {
  if (role !== "write" && role !== "build") return false;
  const last = methods.findLast((method) => !/^(?:exec|lean|populate|orFail|session)$/.test(method)) ?? "";
  return /^(?:save|create|preload|returning|findOneAnd\w+|findByIdAnd\w+|\w+AndFetch(?:ById)?)$/.test(last) || (/^(?:@prisma\/client|\.prisma)/.test(name) && /^(?:update|upsert|delete)$/.test(last));
}

/** `db.select({ … }).from(table)`: the fields that are named, else those of the table. */
function ofSelected(model: ProjectModel, file: string, node: CallExpression): readonly Value[] | undefined {
  let table: Expression | undefined;
  const returning = node.callee.kind === "member" && node.callee.property === "returning";
  const [wanted] = node.arguments;
  for (let at: Expression = node; at.kind === "call" && at.callee.kind === "member"; at = at.callee.object) {
    const [first] = at.arguments;
    if (at.callee.property === "from") table = first;
    // `db.insert(table).values(row).returning()`
    if (returning && /^(?:insert|update|delete)$/.test(at.callee.property) && first) return record(file, node, model.values.schemaFields(file, wanted?.kind === "object" ? wanted : first));
    if (!/^select(?:Distinct)?$/.test(at.callee.property) || !table) continue;
    return record(file, node, model.values.schemaFields(file, first?.kind === "object" ? first : table));
  }
  return undefined;
}

/** `db.selectFrom("members").select(["id", "m.email as login"])`: the columns that are named, else those of the table. */
function ofKysely(model: ProjectModel, file: string, node: CallExpression, { receiver }: StoreOperation): readonly Value[] | undefined {
  let wanted: readonly Expression[] = [];
  let all = false;
  for (let at: Expression = node; at.kind === "call" && at.callee.kind === "member"; at = at.callee.object) {
    const { property } = at.callee;
    if (/^(?:select|returning)$/.test(property)) wanted = [...wanted, ...at.arguments.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument]))];
    all ||= /^(?:selectAll|returningAll)$/.test(property);
    if (!/^(?:selectFrom|insertInto|updateTable|deleteFrom)$/.test(property)) continue;
    const table = at.arguments[0] && model.values.text(file, at.arguments[0])?.split(/\s/)[0];
    const rows = table === undefined ? [] : model.values.ofMember(typeArgument(model, file, receiver.root), table);
    if (all) return rows;
    const names = wanted.map((column) => model.values.text(file, column)?.split(/[\s.]/).at(-1));
    if (names.length === 0 || names.includes(undefined)) return [];
    return record(file, node, names.flatMap((name) => (name === undefined ? [] : [{ span: node.span, name }])), table);
  }
  return undefined;
}

/** `db("members").select("id", "m.email as login").first()`: the columns that are named, and of which table; undefined where no table is named. */
function ofKnex(model: ProjectModel, file: string, node: CallExpression, { package: name }: StoreOperation): readonly Value[] | undefined {
  if (name !== "knex") return undefined;
  const wanted: Expression[] = [];
  let named: Expression | undefined;
  let at: Expression = node;
  for (; at.kind === "call" && at.callee.kind === "member"; at = at.callee.object) {
    const { property } = at.callee;
    if (/^(?:select|columns?|first|returning)$/.test(property)) wanted.push(...at.arguments.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])));
    if (/^(?:from|table|into)$/.test(property)) named ??= at.arguments[0];
  }
  if (at.kind === "call") named ??= at.arguments[0];
  const table = named && model.values.text(file, named)?.split(/\s/)[0];
  if (table === undefined) return undefined;
  const columns = wanted.flatMap((column) => model.values.text(file, column)?.split(/[\s.]/).at(-1) ?? []);
  return columns.length === 0 || columns.includes("*") ? undefined : record(file, node, columns.map((column) => ({ span: node.span, name: column })), table);
}

function ofPrisma(model: ProjectModel, { file, node, receiver }: StoreOperation): readonly Value[] | undefined {
  const { provenance } = receiver.value;
  if (node.kind !== "call" || node.callee.kind !== "member" || !/^(?:@prisma\/client|\.prisma)/.test(provenance.package)) return undefined;
  const delegate = node.callee.object.kind === "member" ? node.callee.object.property : "";
  const name = delegate.charAt(0).toUpperCase() + delegate.slice(1);
  const [options] = node.arguments;
  const members = rowMembers(model, file, name, options);
  return record(file, node, members, name);
}

/** The fields of a model that a query asks for, and those of the models that it includes. */
function rowMembers(model: ProjectModel, file: string, name: string, options: Expression | undefined, depth = 0): readonly TypeMember[] | undefined {
  const given = (option: string): readonly ObjectMember[] | undefined => {
    const value = options?.kind === "object" ? propertyOf(options, option) : undefined;
    return value && (value.kind === "object" ? value.members : []);
  };
  const keys = (members: readonly ObjectMember[] | undefined): ReadonlySet<string> | undefined => members && new Set(members.flatMap((member) => (member.kind === "property" ? [member.key] : [])));
  const declared = model.prismaModel(name, file);
  const selected = keys(given("select"));
  const omitted = keys(given("omit"));
  const fields = declared?.fields.filter((field) => (selected?.has(field) ?? true) && omitted?.has(field) !== true);
  const span = options?.span ?? [0, 0];
  const related = [...(given("select") ?? []), ...(given("include") ?? [])].flatMap((member): readonly TypeMember[] => {
    const target = member.kind === "property" && depth < 2 ? declared?.relations.get(member.key) : undefined;
    const members = target !== undefined && member.kind === "property" ? rowMembers(model, file, target, member.value, depth + 1) : undefined;
    return members && member.kind === "property" ? [{ span: member.span, name: member.key, type: { kind: "object", span: member.span, members } }] : [];
  });
  return fields && [...fields.map((field): TypeMember => ({ span, name: field })), ...related];
}

/** `Repository<User>`, `em.findOne(User, …)`, `User.findByPk(…)`, `model<User>("User", schema)`. */
function ofEntity(model: ProjectModel, file: string, node: CallExpression, { receiver }: StoreOperation): readonly Value[] {
  const { values } = model;
  const instances = (part: Expression): readonly Value[] => values.of(file, part).flatMap((value) => (value.kind === "class" ? [{ kind: "instance", file: value.file, class: value.node }] : []));
  // `const Buyer = sequelize.define("buyer", { … })`
  const source = receiver.root.kind === "name" && receiver.root.binding !== undefined ? values.index(file).sources[receiver.root.binding] : undefined;
  const collection = ofCollection(model, file, source?.kind === "value" && source.value ? source.value : node);
  if (collection.length > 0) return collection;
  const defined = source?.kind === "value" && source.value?.kind === "call" ? attributesOf(file, source.value) : [];
  if (defined.length > 0) return defined;
  const initialised = values.of(file, receiver.root).flatMap((value) => (value.kind === "class" ? ofInitialised(model, value.file, value.node) : []));
  if (initialised.length > 0) return initialised;
  const given = [receiver.root, ...node.arguments.slice(0, 1)].flatMap(instances);
  if (given.length > 0) return given;
  const site = receiver.value.site;
  const attributes = site?.node.kind === "call" ? attributesOf(site.file, site.node) : [];
  if (attributes.length > 0) return attributes;
  const [argument] = site?.node.typeArguments ?? [];
  if (site && argument) return values.ofType(site.file, argument);
  const typed = typeArgument(model, file, receiver.root);
  if (typed.length > 0) return typed;
  // `mongoose.createConnection(address, { useNewUrlParser: true })` makes no model.
  return site && !/^(?:create)?(?:Connection|Pool|Client)$|^(?:connect|knex)$/i.test(lastName(site.node.callee)) ? site.node.arguments.flatMap((part) => (part.kind === "literal" || (part.kind === "member" && site.node.kind === "new") || isConnection(part) ? [] : [...record(site.file, part, values.schemaFields(site.file, part)), ...instances(part)])).slice(0, 1) : [];
}

/** `db.collection<Member>("members")` of MongoDB, wherever it stands in a chain of calls. */
function ofCollection(model: ProjectModel, file: string, node: Expression): readonly Value[] {
  for (let at = node; at.kind === "call" && at.callee.kind === "member"; at = at.callee.object) {
    const [stated] = at.callee.property === "collection" ? (at.typeArguments ?? []) : [];
    if (stated) return model.values.ofType(file, stated);
  }
  return [];
}

/** What Sequelize is told of a model: `sequelize.define("buyer", { … })`, `Buyer.init({ … }, options)`. */
function attributesOf(file: string, { callee, arguments: [first, second] }: CallExpression, known?: string): readonly Value[] {
  if (callee.kind !== "member" || (callee.property !== "define" && callee.property !== "init")) return [];
  const attributes = callee.property === "define" ? second : first;
  const name = known ?? (callee.property === "define" && first?.kind === "literal" && typeof first.value === "string" ? first.value : lastName(callee.object));
  return attributes?.kind === "object" ? record(file, attributes, attributes.members.flatMap((member): readonly TypeMember[] => (member.kind === "property" ? [{ span: member.span, name: member.key }] : [])), name) : [];
}

/** `createPool({ host, user, password })`: how a store is reached says nothing of its rows. */
function isConnection(node: Expression): boolean {
  return node.kind === "object" && node.members.some((member) => member.kind === "property" && /^(?:host(?:name)?|connectionString|connectionLimit|connection|dialect|database|uri|url)$/.test(member.key));
}

/** `class Buyer extends Model {}` with `Buyer.init({ … }, { sequelize })`. */
function ofInitialised(model: ProjectModel, file: string, node: ClassNode): readonly Value[] {
  if (!node.extends || node.members.some(({ kind }) => kind === "property")) return [];
  return model.values.index(file).calls.flatMap(({ node: call }) => {
    if (call.kind !== "call" || call.callee.kind !== "member" || call.callee.property !== "init" || call.arguments.length < 2) return [];
    return model.values.of(file, call.callee.object).some((value) => value.kind === "class" && value.node === node) ? attributesOf(file, call, node.name) : [];
  });
}

/** `const { data } = await supabase.from("members").select("id, email").single()`: the columns that are named. */
export function rowsOfSupabase(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  let columns: string | undefined;
  let single = false;
  for (let at: Expression = node; at.kind === "call" && at.callee.kind === "member"; at = at.callee.object) {
    const [first] = at.arguments;
    single ||= /^(?:single|maybeSingle)$/.test(at.callee.property);
    if (at.callee.property === "select") columns = first ? model.values.text(file, first) : "*";
    if (at.callee.property !== "from" || !first || columns === undefined) continue;
    const names = columns.split(",").flatMap((column) => /^\s*(?:\w+:)?(\w+)\s*$/.exec(column)?.[1] ?? []);
    const rows = names.length === 0 ? [] : record(file, node, names.map((name) => ({ span: node.span, name })), model.values.text(file, first));
    return single ? rows : listOf(rows);
  }
  return [];
}

/** `db.query.members.findFirst(…)`: the table of Drizzle's that is called so. */
export function rowsOfRelation(model: ProjectModel, { callee, arguments: [options] }: CallExpression): readonly Value[] {
  if (callee.kind !== "member" || !/^find(?:First|Many)$/.test(callee.property) || callee.object.kind !== "member") return [];
  const { object, property } = callee.object;
  if (object.kind !== "member" || object.property !== "query" || (options?.kind === "object" && propertyOf(options, "columns"))) return [];
  const table = tables(model).get(property);
  return table ? record(table.file, table.node, model.values.schemaFields(table.file, table.node), property) : [];
}

/** The tables of Drizzle's, by the names of the constants that hold them. */
const tables = oncePer((model: ProjectModel): ReadonlyMap<string, { readonly file: string; readonly node: CallExpression }> => {
  const found = new Map<string, { readonly file: string; readonly node: CallExpression }>();
  for (const file of model.files) {
    for (const [binding, source] of model.values.index(file).sources.entries()) {
      const made = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
      const name = model.facts(file).bindings[binding]?.name;
      if (name !== undefined && made?.kind === "call" && made.callee.kind === "name" && /^(?:pg|mysql|sqlite)Table$/.test(made.callee.name)) found.set(name, { file, node: made });
    }
  }
  return found;
});

/** What a declared type such as `Repository<User>` is about. */
function typeArgument(model: ProjectModel, file: string, node: Expression): readonly Value[] {
  const stated = declaredType(model, file, node);
  const [argument] = stated?.type.kind === "reference" ? (stated.type.arguments ?? []) : [];
  return stated && argument ? model.values.ofType(stated.file, argument) : [];
}
