import { wordTable } from "../../base/word-table.js";
import { describe, isFor } from "../../catalogue/index.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, MemberExpression, NewExpression, TypeNode } from "../../facts/syntax.js";
import type { PatternStep } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { declaredType } from "./declared-types.js";
import { record } from "./known-records.js";

/** `input` of `procedure.input(schema).mutation(({ input }) => …)`, as tRPC and oRPC hand it over. */
export function shapeOfInput(model: ProjectModel, file: string, node: FunctionNode, step: PatternStep | undefined): readonly Value[] {
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

/** `Schema.parse(x)`, `v.parse(Schema, x)`, `schema.validate(x).value`. */
export function shapeOfValidated(model: ProjectModel, file: string, node: CallExpression, taken: string | undefined): readonly Value[] {
  for (const callee of model.values.of(file, node.callee)) {
    const validation = callee.kind === "external" ? describe(callee.provenance, model.packageOf(file).dependencies.get(callee.provenance.package))?.validation : undefined;
    if (!validation || validation.schema === "type-argument") continue;
    const [, key] = validation.output.split(".");
    // `const result = Joi.validate(body, schema)` keeps what was checked, whether it holds or not.
    const kept = taken === undefined && key === "value" ? key : undefined;
    // `Schema.parse(x).card`
    const within = key === undefined && taken !== undefined && !/^(?:data|value|output)$/.test(taken) ? taken : undefined;
    if (kept === undefined && within === undefined && (validation.output === "input" || (key !== taken && key !== undefined))) continue;
    const schema = validation.schema === undefined ? (node.callee.kind === "member" ? node.callee.object : undefined) : model.values.argumentsAt(file, node, [validation.schema])[0];
    const members = schema && model.values.schemaFields(file, schema);
    const name = schema?.kind === "name" ? schema.name : undefined;
    if (!schema || !members) return [];
    if (within !== undefined) return validation.output === "input" ? [] : model.values.ofMember(record(file, schema, members, name), within);
    return kept === undefined ? record(file, schema, members, name) : record(file, schema, [{ span: schema.span, name: kept, type: { kind: "object", span: schema.span, members } }]);
  }
  return [];
}

/** `cleanEnv(process.env, { PORT: port(), PASSWORD: str() })` */
export function shapeOfSettings(model: ProjectModel, file: string, node: CallExpression, taken: string | undefined): readonly Value[] {
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
export function shapeOfCheckedPart(model: ProjectModel, file: string, { callee, arguments: [first] }: CallExpression): readonly Value[] {
  if (callee.kind !== "member" || !first) return [];
  if (callee.property === "validateUsing") return record(file, first, model.values.schemaFields(file, first));
  const route = callee.property === "valid" ? model.values.index(file).functionAround(callee)?.passedTo?.call : undefined;
  const part = model.values.text(file, first);
  const validator = route?.arguments.find((argument) => argument.kind === "call" && argument.arguments[0] !== undefined && model.values.text(file, argument.arguments[0]) === part);
  const schema = part !== undefined && validator?.kind === "call" ? validator.arguments[1] : undefined;
  return schema ? record(file, schema, model.values.schemaFields(file, schema), schema.kind === "name" ? schema.name : undefined) : [];
}

/** What a package's generic type hands on: `job.data` of `Job<Mail>`, `event.detail` of `EventBridgeEvent<"signed-up", Profile>`. */
export function shapeOfCarried(model: ProjectModel, file: string, { object, property }: Extract<Expression, { kind: "member" }>): readonly Value[] | undefined {
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
export function shapeOfRequestPart(model: ProjectModel, file: string, { object, property }: MemberExpression): readonly Value[] | undefined {
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
  if (placed) return model.values.ofType(file, placed);
  // `app.post(path, { schema: { body: SignUp } }, (request) => request.body)`
  const checked = route ? [...new Set([property, part.key.toLowerCase()])].flatMap((key) => ofRouteSchema(model, file, route, key)) : [];
  return checked.length > 0 ? checked : undefined;
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
