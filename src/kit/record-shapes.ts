import { wordTable } from "../base/word-table.js";
import { oncePer } from "../base/once-per.js";
import { describe, isFor } from "../catalogue/index.js";
import { lastName, propertyOf } from "../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, MemberExpression, NewExpression, ObjectMember, TypeMember, TypeNode } from "../facts/syntax.js";
import type { StoreOperation } from "../model/data-access.js";
import type { BindingSource, PatternStep } from "../model/file-index.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Value } from "../model/value.js";
import { rowsAsked } from "./asked-fields.js";
import { declaredType } from "./declared-types.js";
import { givenByBase, givenByTypeArguments } from "./inherited-types.js";
import { listAround } from "./list-elements.js";

const deepest = 8;

/**
 * What an expression is known to give by the schema that checked it, the return type of the function that made it, or
 * the table, model or entity it was read from; empty if none of them tells.
 */
export function recordValues(model: ProjectModel, file: string, node: Expression, taken?: string, depth = 0): readonly Value[] {
  if (depth > deepest) return [];
  const inner = (part: Expression, key = taken): readonly Value[] => recordValues(model, file, part, key, depth + 1);
  switch (node.kind) {
    case "await":
      return inner(node.value);
    case "cast": {
      // `JSON.parse(text) as Profile`
      const known = inner(node.value);
      const stated = known.length === 0 && node.type ? model.values.ofType(file, node.type).filter(({ kind }) => kind === "typed" || kind === "instance") : known;
      return taken === undefined || known.length > 0 ? stated : model.values.ofMember(stated, taken);
    }
    case "index":
      return taken === undefined ? model.values.ofElement(inner(node.object)) : [];
    case "member":
      return taken === undefined ? (ofCarrier(model, file, node) ?? ofRequestPart(model, file, node) ?? inner(node.object, node.property)) : [];
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      if (source?.kind === "parameter" && source.path.length === 1 && taken === undefined) return ofProcedure(model, file, source.function, source.path[0]);
      const parameter = source?.kind === "parameter" && source.path.length === 0 && taken === undefined ? ofParameter(model, file, source, depth) : [];
      if (parameter.length > 0) return parameter;
      const around = listAround(model, file, node);
      if (around && !around.place) {
        const elements = model.values.ofElement(recordValues(model, file, around.list, undefined, depth + 1));
        return taken === undefined ? elements : model.values.ofMember(elements, taken);
      }
      if (!source && node.binding !== undefined) return ofImported(model, file, node.binding, taken, depth);
      if (source?.kind !== "value" || !source.value) return [];
      // `const mail: Mail = JSON.parse(text)`
      if (source.type) {
        const stated = source.path.length === 0 ? model.values.ofType(file, source.type) : [];
        return taken === undefined ? stated : model.values.ofMember(stated, taken);
      }
      const [step, ...others] = source.path;
      if (step === undefined) return inner(source.value);
      // `const [rows, total] = await users.findAndCount()`
      if (step.kind === "element" && countsToo(source.value)) return step.index === 0 && others.length === 0 && taken === undefined ? inner(source.value) : [];
      const together = step.kind === "element" && others.length === 0 && taken === undefined ? gathered(source.value)?.[step.index] : undefined;
      if (together) return inner(together);
      if (step.kind === "element" && others.length === 0 && taken === undefined) return model.values.ofElement(inner(source.value));
      return step.kind === "property" && others.length === 0 && taken === undefined ? inner(source.value, step.key) : [];
    }
    case "call": {
      // `await users.create(row).catch(report)`
      if (node.callee.kind === "member" && /^(?:catch|finally)$/.test(node.callee.property) && node.callee.object.kind === "call") return inner(node.callee.object);
      const listed = taken === undefined && node.callee.kind === "member" ? ofList(model, file, node.callee, depth) : [];
      if (listed.length > 0) return listed;
      const checked = ofValidation(model, file, node, taken);
      if (checked.length > 0) return checked;
      const set = ofSettings(model, file, node, taken);
      if (set.length > 0) return set;
      const sent = taken === undefined ? ofCheckedPart(model, file, node) : [];
      if (sent.length > 0) return sent;
      // `const { data } = await axios.get<Profile>(url)`
      if (taken === "data" && node.typeArguments?.[0]) return model.values.ofType(file, node.typeArguments[0]);
      const picked = taken === "data" ? ofSupabase(model, file, node) : [];
      if (picked.length > 0) return picked;
      const related = ofRelation(model, node);
      if (related.length > 0) return taken === undefined ? related : [];
      const stored = ofStore(model, file, node);
      const selected = stored.length === 0 ? ofStatement(model, file, node) : [];
      // `const { rows } = await pool.query(…)`
      if (selected.length > 0) return taken === undefined || taken === "rows" ? [{ kind: "list", of: selected }] : [];
      // `const { rows, count } = await User.findAndCountAll()`
      if (taken !== undefined && countsToo(node)) return taken === "rows" ? stored : [];
      const made = [...ofFunction(model, file, node), ...(stored.length > 0 ? stored : ofNamedFields(model, file, node))];
      return taken === undefined ? made : model.values.ofMember(made, taken);
    }
    case "template":
      // `prisma.$queryRaw\`SELECT id, email FROM members\``
      return taken === undefined && node.tag && /^\$queryRaw$/.test(node.tag.kind === "member" ? node.tag.property : "") ? listOf(ofText(file, node, node.texts.join("?"))) : [];
    default:
      return [];
  }
}

/** `import { config } from "./config.js"`: what is known of it where it is made. */
function ofImported(model: ProjectModel, file: string, binding: number, taken: string | undefined, depth: number): readonly Value[] {
  const declaration = model.declarationOfBinding(file, binding);
  if (declaration.kind === "default" && declaration.member === undefined) {
    const { defaultExport, body } = model.facts(declaration.file);
    const made = defaultExport === undefined ? undefined : body[defaultExport];
    return made?.kind === "expression" ? recordValues(model, declaration.file, made.value, taken, depth + 1) : [];
  }
  const source = declaration.kind === "binding" && declaration.file !== file ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return declaration.kind === "binding" && source?.kind === "value" && source.path.length === 0 && source.value ? recordValues(model, declaration.file, source.value, taken, depth + 1) : [];
}

function listOf(rows: readonly Value[]): readonly Value[] {
  return rows.length > 0 ? [{ kind: "list", of: rows }] : [];
}

/** `input` of `procedure.input(schema).mutation(({ input }) => …)`, as tRPC and oRPC hand it over. */
function ofProcedure(model: ProjectModel, file: string, node: FunctionNode, step: PatternStep | undefined): readonly Value[] {
  if (step?.kind !== "property") return [];
  const call = model.values.index(file).functions.get(node)?.passedTo?.call;
  if (call && /^(?:body|query|params|headers)$/.test(step.key)) return ofRouteSchema(model, file, call, step.key);
  if (step.key !== "input") return [];
  for (let at: Expression | undefined = call?.callee; at?.kind === "member" && at.object.kind === "call"; at = at.object.callee) {
    const { callee, arguments: [schema] } = at.object;
    if (callee.kind === "member" && callee.property === "input" && schema) return record(file, schema, model.values.schemaFields(file, schema));
  }
  return [];
}

/** `app.post(path, ({ body }) => …, { body: t.Object({ … }) })`, `app.post(path, { schema: { body } }, ({ body }) => …)`. */
function ofRouteSchema(model: ProjectModel, file: string, call: CallExpression | NewExpression, part: string): readonly Value[] {
  for (const options of call.arguments) {
    const inner = options.kind === "object" ? propertyOf(options, "schema") : undefined;
    const schema = options.kind === "object" ? propertyOf(inner?.kind === "object" ? inner : options, part) : undefined;
    if (schema) return record(file, schema, model.values.schemaFields(file, schema));
  }
  return [];
}

function record(file: string, node: Expression, members: readonly TypeMember[] | undefined, name?: string): readonly Value[] {
  return members ? [{ kind: "typed", file, type: { kind: "object", span: node.span, members }, ...(name !== undefined && { name }) }] : [];
}

/** `Schema.parse(x)`, `v.parse(Schema, x)`, `schema.validate(x).value`. */
function ofValidation(model: ProjectModel, file: string, node: CallExpression, taken: string | undefined): readonly Value[] {
  for (const callee of model.values.of(file, node.callee)) {
    const validation = callee.kind === "external" ? describe(callee.provenance, model.packageOf(file).dependencies.get(callee.provenance.package))?.validation : undefined;
    if (!validation || validation.schema === "type-argument") continue;
    const [, key] = validation.output.split(".");
    if (validation.output === "input" || (key !== taken && !(key === undefined && /^(?:data|value|output)$/.test(taken ?? "")))) continue;
    const schema = validation.schema === undefined ? (node.callee.kind === "member" ? node.callee.object : undefined) : model.values.argumentsAt(file, node, [validation.schema])[0];
    return schema ? record(file, schema, model.values.schemaFields(file, schema), schema.kind === "name" ? schema.name : undefined) : [];
  }
  return [];
}

/** `cleanEnv(process.env, { PORT: port(), PASSWORD: str() })` */
function ofSettings(model: ProjectModel, file: string, node: CallExpression, taken: string | undefined): readonly Value[] {
  for (const callee of model.values.of(file, node.callee)) {
    const settings = callee.kind === "external" ? describe(callee.provenance)?.settings : undefined;
    if (settings?.does !== "validate" || settings.schema === undefined) continue;
    const [schema] = model.values.argumentsAt(file, node, [settings.schema]);
    const made = schema ? record(file, schema, model.values.schemaFields(file, schema)) : [];
    return taken === undefined ? made : model.values.ofMember(made, taken);
  }
  return [];
}

/** `c.req.valid("json")` behind the validator that stands before the handler, `request.validateUsing(validator)`. */
function ofCheckedPart(model: ProjectModel, file: string, { callee, arguments: [first] }: CallExpression): readonly Value[] {
  if (callee.kind !== "member" || !first) return [];
  if (callee.property === "validateUsing") return record(file, first, model.values.schemaFields(file, first));
  const route = callee.property === "valid" ? model.values.index(file).functionAround(callee)?.passedTo?.call : undefined;
  const part = model.values.text(file, first);
  const validator = route?.arguments.find((argument) => argument.kind === "call" && argument.arguments[0] !== undefined && model.values.text(file, argument.arguments[0]) === part);
  const schema = part !== undefined && validator?.kind === "call" ? validator.arguments[1] : undefined;
  return schema ? record(file, schema, model.values.schemaFields(file, schema), schema.kind === "name" ? schema.name : undefined) : [];
}

/** What a package's generic type hands on: `job.data` of `Job<Mail>`, `event.detail` of `EventBridgeEvent<"signed-up", Profile>`. */
function ofCarrier(model: ProjectModel, file: string, { object, property }: Extract<Expression, { kind: "member" }>): readonly Value[] | undefined {
  if (!/^(data|payload|value|detail|content|request)$/.test(property)) return undefined;
  const { type, file: written = file } = declaredType(model, file, object) ?? {};
  // `call.request` of `ServerUnaryCall<SignUp, Reply>`
  if (property === "request" && !(type?.kind === "reference" && /^(?:\w+\.)?Server(?:Unary|Readable|Writable|Duplex)(?:Call|Stream)$/.test(type.name))) return undefined;
  const made = type ? undefined : makerOf(model, file, object);
  if (made) return model.values.ofType(made.file, made.type);
  if (type?.kind !== "reference" || type.binding === undefined || model.declarationOfBinding(written, type.binding).kind !== "package") return undefined;
  const carried = type.arguments?.find((argument) => argument.kind === "reference" || argument.kind === "object");
  return carried && model.values.ofType(written, carried);
}

/** Where the types of the parts of a request stand: `FastifyRequest<{ Querystring: Q }>`, `app.get<{ Querystring: Q }>(…)`, Express's `Request<P, B, C, Q>`. */
const requestTypes: Readonly<Record<string, { readonly key: string; readonly place: number }>> = wordTable({ params: { key: "Params", place: 0 }, body: { key: "Body", place: 2 }, query: { key: "Querystring", place: 3 }, headers: { key: "Headers", place: -1 } });

/** `request.query` of a request whose parts are declared. */
function ofRequestPart(model: ProjectModel, file: string, { object, property }: MemberExpression): readonly Value[] | undefined {
  const part = requestTypes[property];
  if (!part || object.kind !== "name" || object.binding === undefined) return undefined;
  const index = model.values.index(file);
  const source = index.sources[object.binding];
  if (source?.kind !== "parameter" || source.path.length > 0) return undefined;
  const isCall = property === "params" && source.type?.kind === "reference" && source.type.binding !== undefined && isFromMoleculer(model, file, source.type.binding);
  const stated = source.type?.kind === "reference" && (isCall || /Request$/.test(source.type.name)) ? (source.type.arguments ?? []) : [];
  if (isCall) return stated[0] && model.values.ofType(file, stated[0]);
  const route = source.type === undefined ? index.functions.get(source.function)?.passedTo?.call : undefined;
  const generic = stated[0] ?? route?.typeArguments?.[0];
  const written = generic && model.values.ofType(file, generic).flatMap((value) => (value.kind === "typed" && value.type.kind === "object" ? value.type.members.filter(({ name }) => name === part.key).flatMap(({ type }) => (type ? [{ file: value.file, type }] : [])) : []))[0];
  if (written) return model.values.ofType(written.file, written.type);
  const placed = stated[part.place];
  return placed && model.values.ofType(file, placed);
}

/** `Context<Params, Meta>` of an action. */
function isFromMoleculer(model: ProjectModel, file: string, binding: number): boolean {
  const declaration = model.declarationOfBinding(file, binding);
  return declaration.kind === "package" && declaration.package === "moleculer";
}

/** What a queue is declared to carry that hands a job to a function: `new Worker<Mail>(name, async (job) => …)`, `worker.on("failed", (job) => …)`. */
function makerOf(model: ProjectModel, file: string, node: Expression): { readonly file: string; readonly type: TypeNode } | undefined {
  const index = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  const call = source?.kind === "parameter" && source.path.length === 0 ? index.functions.get(source.function)?.passedTo?.call : undefined;
  if (!call) return undefined;
  const own = typeCarried(model, file, call);
  if (own || call.callee.kind !== "member") return own;
  for (const holder of model.values.of(file, call.callee.object)) {
    const carried = holder.kind === "external" && holder.site ? typeCarried(model, holder.site.file, holder.site.node) : undefined;
    if (carried) return carried;
  }
  return undefined;
}

function typeCarried(model: ProjectModel, file: string, call: CallExpression | NewExpression): { readonly file: string; readonly type: TypeNode } | undefined {
  const [type] = call.typeArguments ?? [];
  const carried = type ? { file, type } : ofProcessor(model, file, call);
  const isQueue = carried && model.values.of(file, call.callee).some((callee) => callee.kind === "external" && isFor(callee.provenance.package, callee.provenance.subpath, "queue"));
  return isQueue ? carried : undefined;
}

/** `new Worker(name, process)` with `process(job: Job<Mail>)`. */
function ofProcessor(model: ProjectModel, file: string, { arguments: given }: CallExpression | NewExpression): { readonly file: string; readonly type: TypeNode } | undefined {
  for (const value of given.slice(0, 2).flatMap((argument) => (argument.kind === "name" ? model.values.of(file, argument) : []))) {
    const stated = value.kind === "function" ? value.node.parameters[0]?.type : undefined;
    const type = stated?.kind === "reference" && /Job$/.test(stated.name) ? stated.arguments?.[0] : undefined;
    if (value.kind === "function" && type) return { file: value.file, type };
  }
  return undefined;
}

/** `find().then((row) => …)`, and a parameter that is declared to be a row of a library's: `HydratedDocument<Member>`. */
function ofParameter(model: ProjectModel, file: string, source: Extract<BindingSource, { kind: "parameter" }>, depth: number): readonly Value[] {
  const { type, function: node, index } = source;
  if (type?.kind === "reference" && /^(?:\w+\.)?(?:HydratedDocument|Document|LeanDocument|FlattenMaps|InferAttributes)$/.test(type.name) && type.arguments?.[0]) return model.values.ofType(file, type.arguments[0]);
  const { call, argument } = model.values.index(file).functions.get(node)?.passedTo ?? {};
  if (index !== 0 || argument !== 0 || call?.callee.kind !== "member" || call.callee.property !== "then") return [];
  const { object } = call.callee;
  const known = recordValues(model, file, object, undefined, depth + 1);
  return known.length > 0 ? known : model.values.of(file, object);
}

const givesCount = /^(?:findAndCount|getManyAndCount)/;

/** A query that gives the number of rows beside them. */
function countsToo(node: Expression): boolean {
  if (node.kind === "await") return countsToo(node.value);
  return node.kind === "call" && node.callee.kind === "member" && givesCount.test(node.callee.property);
}

/** `rows.find(…)`, `rows.at(0)`, `rows.filter(…)`: an element, or some, of a list that is known. */
function ofList(model: ProjectModel, file: string, { object, property }: MemberExpression, depth: number): readonly Value[] {
  const one = /^(?:find|findLast|at|pop|shift)$/.test(property);
  if (!one && !/^(?:filter|slice|sort|toSorted|reverse|toReversed)$/.test(property)) return [];
  const known = [...model.values.of(file, object), ...recordValues(model, file, object, undefined, depth + 1)].filter((value) => value.kind === "list" || value.kind === "array");
  return one ? model.values.ofElement(known) : known;
}

/** The promises of `await Promise.all([a, b])`. */
function gathered(node: Expression): readonly Expression[] | undefined {
  if (node.kind === "await") return gathered(node.value);
  const [list] = node.kind === "call" && node.callee.kind === "member" && node.callee.object.kind === "name" && node.callee.object.name === "Promise" && node.callee.property === "all" ? node.arguments : [];
  return list?.kind === "array" ? list.elements : undefined;
}

/** A read of an unknown store that names the fields it wants: `{ select: { id: true } }`, `{ attributes: ["id"] }`. */
function ofNamedFields(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
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

/** The declared return type of the project's function. */
function ofFunction(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  const stated = givenByTypeArguments(model, file, node);
  if (stated.length > 0) return stated;
  const { functions } = model.callGraph.callees(file, node);
  return functions.flatMap((callee) => {
    const given = givenByBase(model, file, node, callee);
    return given.length > 0 || !callee.node.returns ? given : model.values.ofType(callee.file, callee.node.returns);
  });
}

/** The rows that a read gives, by the table, model, entity or document it reads. */
function ofStore(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  const operation = model.dataAccess.at(file, node);
  if (!operation) return ofBuilder(model, file, node);
  if ((operation.role !== "read" && operation.role !== "list" && !givesWhatItWrote(operation)) || operation.methods.some((method) => !givesCount.test(method) && /count|exist|aggregate|distinct|^(?:sum|avg|min|max|average|minimum|maximum)$/i.test(method))) return [];
  const named = ofNamedFields(model, file, node);
  const rows = ofSelected(model, file, node) ?? ofKysely(model, file, node, operation) ?? ofKnex(model, file, node, operation) ?? ofPrisma(model, operation) ?? (named.length > 0 ? named : rowsAsked(model, file, node, ofEntity(model, file, node, operation)));
  return (operation.role === "list" || operation.methods.at(-1) === "returning") && !operation.single && rows.length > 0 ? [{ kind: "list", of: rows }] : rows;
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
  return /^(?:save|create|preload|returning|findOneAnd\w+|findByIdAnd\w+)$/.test(last) || (/^(?:@prisma\/client|\.prisma)/.test(name) && /^(?:update|upsert|delete)$/.test(last));
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
  return site && !/^(?:create)?(?:Connection|Pool|Client)$|^connect$/i.test(lastName(site.node.callee)) ? site.node.arguments.flatMap((part) => (part.kind === "literal" || (part.kind === "member" && site.node.kind === "new") || isConnection(part) ? [] : [...record(site.file, part, values.schemaFields(site.file, part)), ...instances(part)])).slice(0, 1) : [];
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
function ofSupabase(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
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
function ofRelation(model: ProjectModel, { callee, arguments: [options] }: CallExpression): readonly Value[] {
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

/** `pool.query("SELECT id, email FROM users")`: the columns that a statement names. A statement that asks for all of a table says whose rows they are. */
function ofStatement(model: ProjectModel, file: string, node: CallExpression): readonly Value[] {
  const [statement] = node.arguments;
  if (!statement || node.callee.kind !== "member" || !/^(?:query|execute|raw|all|get|any|one|oneOrNone|many|manyOrNone|none)$/.test(node.callee.property)) return [];
  return ofText(file, node, model.values.text(file, statement) ?? (statement.kind === "template" ? statement.texts.join("?") : ""));
}

function ofText(file: string, node: Expression, text: string): readonly Value[] {
  const begin = text.slice(0, 6_000);
  const [, wanted = "", table = ""] = /^\s*select\s([\s\S]{1,5000}?)\sfrom\s+["`]?(?:\w{1,60}\.)?(\w{1,60})/i.exec(begin) ?? written(begin);
  if (table === "") return [];
  const columns = wanted.split(",").flatMap((column) => /(\w+|\*)["`]?\s*$/.exec(column)?.[1] ?? []);
  const named = columns.includes("*") ? [...columns, "name"] : columns;
  return record(file, node, named.map((name) => ({ span: node.span, name })), table.toLowerCase());
}

/** `UPDATE users SET … RETURNING id, email`: what is asked back, and of which table. */
function written(statement: string): readonly string[] {
  const [, table] = /^\s*(?:insert\s+into|update|delete\s+from)\s+["`]?(?:\w{1,60}\.)?(\w{1,60})/i.exec(statement) ?? [];
  const [, wanted] = /\sreturning\s([\s\S]{1,600}?);?\s*$/i.exec(statement) ?? [];
  return table !== undefined && wanted !== undefined ? ["", wanted, table] : [];
}

/** What a declared type such as `Repository<User>` is about. */
function typeArgument(model: ProjectModel, file: string, node: Expression): readonly Value[] {
  const stated = declaredType(model, file, node);
  const [argument] = stated?.type.kind === "reference" ? (stated.type.arguments ?? []) : [];
  return stated && argument ? model.values.ofType(stated.file, argument) : [];
}
