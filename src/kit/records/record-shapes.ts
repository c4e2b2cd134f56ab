import type { CallExpression, Expression, MemberExpression, NameExpression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { shapeOfCarried, shapeOfCheckedPart, shapeOfInput, shapeOfRequestPart, shapeOfSettings, shapeOfValidated } from "./checked-shapes.js";
import { valueOfMap } from "./generic-types.js";
import { givenByBase, givenByTypeArguments } from "./inherited-types.js";
import { listOf } from "./known-records.js";
import { listAround } from "./list-elements.js";
import { countsToo, rowsOfNamedFields, rowsOfRelation, rowsOfStore, rowsOfSupabase } from "./row-shapes.js";
import { rowsOfStatement, rowsOfText } from "./statement-shapes.js";

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
      return taken === undefined ? (shapeOfCarried(model, file, node) ?? shapeOfRequestPart(model, file, node) ?? inner(node.object, node.property)) : model.values.ofMember(recordValues(model, file, node, undefined, depth + 1), taken);
    case "name":
      return ofName(model, file, node, taken, depth);
    case "call":
      return ofCall(model, file, node, taken, depth);
    case "template":
      // `prisma.$queryRaw\`SELECT id, email FROM members\``
      return taken === undefined && node.tag && /^\$queryRaw$/.test(node.tag.kind === "member" ? node.tag.property : "") ? listOf(rowsOfText(file, node, node.texts.join("?"))) : [];
    default:
      return [];
  }
}

function ofName(model: ProjectModel, file: string, node: NameExpression, taken: string | undefined, depth: number): readonly Value[] {
  const inner = (part: Expression, key?: string): readonly Value[] => recordValues(model, file, part, key, depth + 1);
  const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
  if (source?.kind === "parameter" && source.path.length === 1) {
    const input = shapeOfInput(model, file, source.function, source.path[0]);
    return taken === undefined ? input : model.values.ofMember(input, taken);
  }
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
  if (step === undefined) return inner(source.value, taken);
  // `const [rows, total] = await users.findAndCount()`
  if (step.kind === "element" && countsToo(source.value)) return step.index === 0 && others.length === 0 && taken === undefined ? inner(source.value, taken) : [];
  const together = step.kind === "element" && others.length === 0 && taken === undefined ? gathered(source.value)?.[step.index] : undefined;
  if (together) return inner(together, taken);
  if (step.kind === "element" && others.length === 0 && taken === undefined) return model.values.ofElement(inner(source.value, taken));
  return step.kind === "property" && others.length === 0 && taken === undefined ? inner(source.value, step.key) : [];
}

function ofCall(model: ProjectModel, file: string, node: CallExpression, taken: string | undefined, depth: number): readonly Value[] {
  // `await users.create(row).catch(report)`
  if (node.callee.kind === "member" && /^(?:catch|finally)$/.test(node.callee.property) && node.callee.object.kind === "call") return recordValues(model, file, node.callee.object, taken, depth + 1);
  const mapped = taken === undefined ? valueOfMap(model, file, node) : [];
  if (mapped.length > 0) return mapped;
  const listed = taken === undefined && node.callee.kind === "member" ? ofList(model, file, node.callee, depth) : [];
  if (listed.length > 0) return listed;
  const checked = shapeOfValidated(model, file, node, taken);
  if (checked.length > 0) return checked;
  const set = shapeOfSettings(model, file, node, taken);
  if (set.length > 0) return set;
  const sent = taken === undefined ? shapeOfCheckedPart(model, file, node) : [];
  if (sent.length > 0) return sent;
  // `const { data } = await axios.get<Profile>(url)`
  if (taken === "data" && node.typeArguments?.[0]) return model.values.ofType(file, node.typeArguments[0]);
  const picked = taken === "data" ? rowsOfSupabase(model, file, node) : [];
  if (picked.length > 0) return picked;
  const related = rowsOfRelation(model, node);
  if (related.length > 0) return taken === undefined ? related : [];
  const stored = rowsOfStore(model, file, node);
  const selected = stored.length === 0 ? rowsOfStatement(model, file, node) : [];
  // `const { rows } = await pool.query(…)`
  if (selected.length > 0) return taken === undefined || taken === "rows" ? [{ kind: "list", of: selected }] : [];
  // `const { rows, count } = await User.findAndCountAll()`
  if (taken !== undefined && countsToo(node)) return taken === "rows" ? stored : [];
  const made = [...ofFunction(model, file, node), ...(stored.length > 0 ? stored : rowsOfNamedFields(model, file, node))];
  return taken === undefined ? made : model.values.ofMember(made, taken);
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
