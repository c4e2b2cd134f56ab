import { capabilitiesOf, isFor } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { Value } from "../../model/values/value.js";
import { environmentReads } from "../project/environment.js";
import { elementsOf, listAround } from "../records/list-elements.js";
import { recordValues } from "../records/record-shapes.js";
import { roleOf } from "../roles.js";
import { isSettingsModule } from "../settings/settings-modules.js";
import { keepsText } from "./nest-conversion.js";
import { receiverText } from "../project/store-uses.js";

/** What libraries call the names of tables and columns. */
export const metadataName = /^(tableName|TABLE|table|tablePath|schema|columns?|metadata|alias|database(Name|Path)|propert(yName|yPath)|givenTableName|entityPrefix)$/i;

/** Numbers, closed sets, escaped names and lists of placeholders cannot change a statement. */
export function isHarmless(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "cast" || node.kind === "await") return isHarmless(model, file, node.value);
  if (node.kind === "unary" || node.kind === "regex") return true;
  if (node.kind === "binary" && /^[-*/%]$/.test(node.operator)) return true;
  if (node.kind === "member" && (node.property === "length" || (metadataName.test(node.property) && model.requestData.flows(file, node).length === 0))) return true;
  if (node.kind === "call") {
    const name = receiverText(node.callee);
    // `format("%I", name)` quotes; `%s` does not.
    if (/format$/i.test(name)) return !model.values.text(file, node.arguments[0] ?? node)?.includes("%s");
    if (/(escape|quote|ident|literal|placeholder|Number|parseInt|parseFloat|Math\.\w+|Date\.now|toISOString|toFixed|randomUUID|getTableName|get(?:UTC)?(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|Time))\w*$/i.test(name)) return true;
    // `${knex("orders").insert(rows).toQuery()} on conflict …`: what a builder writes is escaped.
    if (node.callee.kind === "member" && (node.arguments.length === 0 && /^(getQuery|getSql|getQueryAndParameters)$/.test(node.callee.property))) return true;
    if (node.callee.kind === "member" && /namingStrategy$/.test(receiverText(node.callee.object))) return true;
    if (node.callee.kind === "member" && /^(toQuery|toSQL|toString)$/.test(node.callee.property) && model.values.of(file, node.callee.object).some((value) => value.kind === "external" && capabilitiesOf(value.provenance.package).includes("data-access"))) return true;
    // `$${values.push(name)}` is how many there are.
    if (node.callee.kind === "member" && /^(push|unshift|indexOf)$/.test(node.callee.property)) return true;
    if (node.callee.kind === "member" && node.callee.property === "join" && makesPlaceholders(node.callee.object)) return true;
  }
  // `const [text, parameters] = builder.getQueryAndParameters()`
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind === "value" && source.value?.kind === "call" && lastName(source.value.callee) === "getQueryAndParameters") return true;
  // `const { tableName } = Link`
  const step = source?.kind === "value" ? source.path.at(-1) : undefined;
  if (step?.kind === "property" && metadataName.test(step.key) && model.requestData.flows(file, node).length === 0) return true;
  if (source?.kind === "parameter" && source.path.length === 0 && isKeptText(model, file, source)) return false;
  if (listAround(model, file, node)?.place) return true;
  const known = declaredValues(model, file, node) ?? model.values.of(file, node);
  // A number of a row, as its table declares it.
  const values = known.length > 0 && known.every(({ kind }) => kind !== "external") ? known : rowValues(model, file, node);
  return values.length > 0 && values.every((value) => value.kind === "enum" || (value.kind === "primitive" && /^(number|bigint|boolean|enum)$/.test(value.name)));
}

/** `@Param("id") id: number` where no pipe makes a number of it. */
function isKeptText(model: ProjectModel, file: string, { function: handler, index }: Extract<BindingSource, { kind: "parameter" }>): boolean {
  const parameter = handler.parameters[index];
  const decorator = parameter?.decorators ? model.requestData.decoratorOf(file, parameter) : undefined;
  return decorator !== undefined && decorator.arguments.length === 1 && decorator.arguments[0]?.kind === "literal" && keepsText(model, file, handler);
}

/** What a table says of a column of a row that was read from it. */
function rowValues(model: ProjectModel, file: string, node: Expression): readonly Value[] {
  return node.kind === "member" && model.requestData.flows(file, node).length === 0 ? recordValues(model, file, node) : [];
}

/** What the type of a parameter says, also of a field that is taken out of it: `({ days }: { days: number }) => …`. */
function declaredValues(model: ProjectModel, file: string, node: Expression): readonly Value[] | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const type = source?.kind === "parameter" ? source.function.parameters[source.index]?.type : undefined;
  if (source?.kind !== "parameter" || !type) return undefined;
  const values = source.path.reduce<readonly Value[]>((of, step) => (step.kind === "property" ? model.values.ofMember(of, step.key) : []), model.values.ofType(file, type));
  return values.length > 0 && values.every(({ kind }) => kind === "primitive") ? values : undefined;
}

/** Steps from one function or name to the next that are looked back on. */
const deepest = 8;

/** Made of constants alone, one of some, or what whoever deploys it sets; of a parameter, what all callers pass. */
export function isClosed(model: ProjectModel, file: string, node: Expression, depth = 0): boolean {
  if (model.requestData.isConstant(file, node) || isSetting(model, file, node)) return true;
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind === "parameter" && source.path.length === 0 && depth < deepest) {
    const callers = model.transactions.callersOf(source.function);
    const passed = callers.map(({ file: at, call }) => ({ at, argument: call.arguments[source.index] }));
    if (passed.length > 0 && passed.every(({ at, argument }) => argument !== undefined && (isHarmless(model, at, argument) || isClosed(model, at, argument, depth + 1)))) return true;
  }
  if (depth < deepest && isMadeOfClosed(model, file, node, depth)) return true;
  const put = node.kind === "member" && node.object.kind === "this" && depth < deepest ? model.values.fieldGiven(file, node.object, node.property) : undefined;
  if (put && isClosed(model, put.file, put.node, depth + 1)) return true;
  // `constructor({ database }: Options = { database: settings.database })`
  const [step, ...further] = source?.kind === "parameter" ? source.path : [];
  if (source?.kind === "parameter" && step?.kind === "property" && further.length === 0 && isClosedField(model, file, source, step.key, depth)) return true;
  // A key of what all callers pass, `query.sortBy`.
  if (node.kind === "member" && isClosedKey(model, file, node.object, node.property, depth)) return true;
  const list = listOf(model, file, node);
  const elements = list && depth < deepest ? elementsOf(model, file, list) : undefined;
  if (elements && elements.every((element) => isHarmless(model, file, element) || isClosed(model, file, element, depth + 1))) return true;
  // `columns.join(", ")` of a list whose elements are one of some.
  const joined = node.kind === "call" && node.callee.kind === "member" && node.callee.property === "join" ? model.values.ofElement(model.values.of(file, node.callee.object)) : [];
  const values = joined.length > 0 ? joined : model.values.of(file, node);
  return values.length > 0 && values.every((value) => value.kind === "constant");
}

/** The list that an expression joins, is an element of, or goes through. */
function listOf(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "join") return node.callee.object;
  return node.kind === "index" ? node.object : listAround(model, file, node)?.list;
}

/** `Object.assign(Object.create(null), { … })`, `Object.freeze({ … })`: the objects that a global function is given. */
function assigned(model: ProjectModel, { provenance, site }: Extract<Value, { kind: "external" }>): readonly Value[] {
  const given = provenance.package === "global" && provenance.path[0] === "Object" && site ? site.node.arguments.flatMap((argument) => (argument.kind === "object" ? model.values.of(site.file, argument) : [])) : [];
  return given.length > 0 ? given : [{ kind: "external", provenance }];
}

/** Whether a key of a parameter is closed in what all callers pass, and in what stands in for it. */
function isClosedField(model: ProjectModel, file: string, source: Extract<BindingSource, { kind: "parameter" }>, key: string, depth: number): boolean {
  const fallback = source.function.parameters[source.index]?.default;
  const calls = model.values.callSites.of(file, source.function);
  if (depth >= deepest || (calls.length === 0 && !fallback)) return false;
  return calls.every(({ file: at, call }) => {
    const argument = call.arguments[source.index];
    return argument ? isClosedKey(model, at, argument, key, depth + 1) : fallback !== undefined && isClosedKey(model, file, fallback, key, depth + 1);
  });
}

/** A text whose parts are closed, a name that only such texts are given to, and what a function of the project gives of them. */
function isMadeOfClosed(model: ProjectModel, file: string, node: Expression, depth: number): boolean {
  const closed = (part: Expression, at = file): boolean => isHarmless(model, at, part) || isClosed(model, at, part, depth + 1);
  switch (node.kind) {
    case "cast":
    case "await":
      return closed(node.value);
    case "template":
      return node.tag === undefined && node.values.every((part) => closed(part));
    case "index": {
      // `functions[bucket]` of a table that is written out.
      const tables = model.values.of(file, node.object).flatMap((table) => (table.kind === "external" ? assigned(model, table) : [table]));
      return tables.length > 0 && tables.every((table) => table.kind === "object" && table.node.members.every((member) => (member.kind === "property" || member.kind === "computed") && closed(member.value, table.file)));
    }
    case "conditional":
      return closed(node.then) && closed(node.else);
    case "binary":
      return node.operator === "+" && closed(node.left) && closed(node.right);
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      if (node.binding === undefined || source?.kind !== "value" || source.path.length > 0) return false;
      const given = [...(source.value ? [source.value] : []), ...model.requestData.assignedTo(file, node.binding)];
      return given.length > 0 && given.every((part) => closed(part));
    }
    case "call": {
      const given = model.transactions.callees(file, node).flatMap(({ file: at, node: callee }) => model.values.returned(callee).map((part) => ({ at, part })));
      return given.length > 0 && given.every(({ at, part }) => closed(part, at));
    }
    default:
      return false;
  }
}

/** A read of the environment, or of what a settings file or library gives: `settings.database`, `configService.get("limit")`. */
function isSetting(model: ProjectModel, file: string, node: Expression): boolean {
  if (environmentReads(model, file).some(({ node: read }) => read === node)) return true;
  if (node.kind === "call" && model.values.of(file, node.callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "settings"))) return true;
  let root = node;
  while (root.kind === "member") root = root.object;
  const declaration = root.kind === "name" && root.binding !== undefined ? model.declarationOfBinding(file, root.binding) : undefined;
  if (declaration?.kind !== "binding") return false;
  return model.layerOf(declaration.file).layer === "settings" || roleOf(declaration.file) === "settings" || isSettingsModule(model, declaration.file);
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
