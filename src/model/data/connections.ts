import { oncePer } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { callStep, kindOf, newStep } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { dataAccessOf } from "./data-access.js";
import type { ProjectModel } from "../project-model.js";
import type { StoreReceiver } from "./store-chain.js";
import { type CreationSite, madeAt } from "../values/value.js";

/** Whether a client is made in a place; `source.getRepository(User)`, `getManager()` and `sequelize.define("User", fields)` give what belongs to one that is there. */
export function makesClient({ values }: ProjectModel, { file, node: { kind, callee, arguments: given } }: CreationSite): boolean {
  if (kind === "new") return true;
  // `User.init(fields, { sequelize })`
  if (callee.kind === "member" && (callee.property === "define" || (callee.property === "init" && given.length === 2))) return false;
  if (/^(get(Manager|Connection|Repository|DataSource)|(getF|f)irestore)$/.test(lastName(callee))) return false;
  return callee.kind !== "member" || !values.of(file, callee.object).some((value) => value.kind === "external" && kindOf(value.provenance) !== undefined);
}

/** Whether a function makes an operation's client itself, out of settings: `drizzle(env.DB)`, `makeDatabase(env)`. One that is made of a connection is in the transaction of that. */
export function isMadeIn(model: ProjectModel, at: string, node: FunctionNode, { value: { site }, session }: StoreReceiver): boolean {
  if (!site || session !== "client" || !makesClient(model, site)) return false;
  const made = madeAt(site);
  if (made.file !== at || !within(made.node.span, node.span)) return false;
  const isConnection = (argument: Expression): boolean => {
    if (argument.kind === "name" && argument.binding !== undefined && model.values.index(site.file).sources[argument.binding]?.kind === "parameter") return true;
    return model.values.of(site.file, argument).some((value) => value.kind === "external" && kindOf(value.provenance) === "handle");
  };
  return !site.node.arguments.some(isConnection);
}

/**
 * Whether an expression is a connection that is open and in no transaction yet: borrowed where it stands
 * (`const client = await pool.connect()`), or the one of the project (`const client = new Client()`) on which nobody begins any.
 * One that a caller passed, or that a function around this one took, may be in one: `session.withTransaction(() => pay(session))`.
 */
export function isPlainConnection(model: ProjectModel, file: string, root: Expression, node: FunctionNode): boolean {
  let base = root;
  while (base.kind === "member") base = base.object;
  return isBorrowed(model, file, base, node) || isMadeAlone(model, file, root);
}

function isBorrowed(model: ProjectModel, file: string, base: Expression, { span }: FunctionNode): boolean {
  const index = model.values.index(file);
  const source = base.kind === "name" && base.binding !== undefined ? index.sources[base.binding] : undefined;
  if (source?.kind === "value" && source.value && source.path.length === 0) return within(source.value.span, span) && isAcquire(model, file, source.value);
  // `pool.getConnection((error, connection) => …)`
  const call = source?.kind === "parameter" && source.path.length === 0 ? index.functions.get(source.function)?.passedTo?.call : undefined;
  return call !== undefined && isAcquire(model, file, call);
}

function isAcquire(model: ProjectModel, file: string, value: Expression): boolean {
  let made = value;
  while (made.kind === "await" || made.kind === "cast") made = made.value;
  return made.kind === "call" && dataAccessOf(model).at(file, made)?.role === "acquire";
}

function isMadeAlone(model: ProjectModel, file: string, root: Expression): boolean {
  return model.values.of(file, root).some((value) => {
    if (value.kind !== "external" || !value.site || kindOf(value.provenance) !== "handle") return false;
    const { path } = value.provenance;
    const steps = path.filter((step) => step === callStep || step === newStep);
    return steps.length === 1 && path.at(-1) === steps[0] && !begunConnections(model).has(value.site.node);
  });
}

/** Where the connections are made on which some code begins a transaction. */
const begunConnections = oncePer((model: ProjectModel): ReadonlySet<CallExpression | NewExpression> => {
  const sites = new Set<CallExpression | NewExpression>();
  for (const file of model.files)
    for (const { role, receiver } of dataAccessOf(model).of(file)) if ((role === "begin" || role === "transaction") && receiver.value.site) sites.add(receiver.value.site.node);
  return sites;
});
