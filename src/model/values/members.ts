import { isNothing } from "../../facts/names.js";
import { describe } from "../../catalogue/index.js";
import { callStep, newStep } from "../../catalogue/provenance.js";
import type { ClassNode, Expression, FunctionNode, ObjectExpression, TypeMember, TypeNode } from "../../facts/syntax.js";
import { addedFunction } from "./added-functions.js";
import { constructorFunctionsOf, functionNamed } from "./constructor-functions.js";
import { loadedModel } from "./loaded-models.js";
import { staticOf } from "./model-statics.js";
import { behind, external, type ExternalValue, globalValue, type Value } from "./value.js";
import type { Values } from "./values.js";

/** The member `name` of a value; empty if unknown. */
export function memberOf(values: Values, object: Value, name: string): readonly Value[] {
  switch (object.kind) {
    case "external":
      if (isGlobalObject(object)) return [globalValue(name)];
      return values.ofDecoration(object.provenance, name) ?? givenAt(values, object, name) ?? staticOf(values, object, name) ?? addedFunction(values, object, name) ?? [behind(object, name)];
    case "object":
      return memberOfObject(values, object.file, object.node, name);
    case "instance":
      return memberOfClass(values, object.file, object.class, name, false);
    case "class":
      return memberOfClass(values, object.file, object.node, name, true);
    case "function":
      return memberOfFunction(values, object.file, object.node, name);
    case "namespace":
      return values.ofExport(object.file, name);
    case "enum": {
      const member = object.node.members.find((candidate) => candidate.name === name);
      if (!member) return [];
      return member.value ? values.of(object.file, member.value) : [{ kind: "primitive", name: "number" }];
    }
    case "typed":
      return memberOfType(values, object.file, object.type, name);
    case "parameter":
      return values.ofNamedCarrier(object, name) ?? [{ ...object, path: [...object.path, name] }];
    default:
      return [];
  }
}

/** `globalThis.setInterval` is `setInterval`. */
function isGlobalObject({ provenance: { package: name, path } }: ExternalValue): boolean {
  return name === "global" && path.length === 1 && /^(?:globalThis|global|self)$/.test(path[0] ?? "");
}

/** `expressWs(app).app` is the application that was handed over. */
function givenAt(values: Values, { provenance, site }: ExternalValue, name: string): readonly Value[] | undefined {
  const place = site && provenance.path.at(-1) === callStep ? describe(provenance)?.given?.[name] : undefined;
  const argument = place === undefined ? undefined : site?.node.arguments[place];
  return argument && site ? values.of(site.file, argument) : undefined;
}

function memberOfObject(values: Values, file: string, node: ObjectExpression, name: string): readonly Value[] {
  let vague: readonly Value[] = [];
  for (const member of node.members.toReversed()) {
    if (member.kind === "property" && member.key === name) return values.of(file, member.value);
    if (member.kind === "getter" && member.key === name) return values.ofReturn(file, member.value.function);
    if (member.kind === "spread") {
      const spread = values.ofMember(values.of(file, member.value), name);
      if (spread.some((value) => value.kind !== "parameter")) return spread;
      // What a caller passes may have the member too; a property that is written out says more.
      vague = [...vague, ...spread];
    }
  }
  const added = assignedTo(values, file, node, name);
  if (added.length > 0) return added.flatMap((value) => values.of(file, value));
  return vague.length > 0 ? vague : loadedModel(values, file, node, name);
}

/** What is assigned to a property of an object behind its declaration: `const db = {}; db.client = client;`. */
export function assignedTo(values: Values, file: string, node: ObjectExpression, name: string): readonly Expression[] {
  return values
    .index(file)
    .memberAssignments.filter(({ property, object }) => property === name && object.kind === "name" && object.binding !== undefined && isSourceOf(values, file, object.binding, node))
    .map(({ value }) => value);
}

function isSourceOf(values: Values, file: string, binding: number, node: ObjectExpression): boolean {
  const source = values.index(file).sources[binding];
  let value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  while (value?.kind === "cast") ({ value } = value);
  return value === node;
}

function memberOfClass(values: Values, file: string, node: ClassNode, name: string, ofClass: boolean): readonly Value[] {
  for (const member of node.members) {
    if (member.kind === "static-block" || (member.static ?? false) !== ofClass || member.name !== name) continue;
    if (member.kind === "method") return member.function.form === "getter" ? values.ofReturn(file, member.function) : [{ kind: "function", file, node: member.function }];
    const known = member.value && !isNothing(member.value) ? values.of(file, member.value) : assigned(values, file, node, name, ofClass);
    const sure = known.filter((value) => value.kind !== "parameter");
    if (sure.length > 0) return sure;
    return member.type ? values.ofType(file, member.type) : known;
  }
  const constructor = node.members.find((member) => member.kind === "method" && member.name === "constructor");
  if (!ofClass && constructor?.kind === "method") {
    const index = constructor.function.parameters.findIndex((parameter) => parameter.property && parameter.target.kind === "binding" && parameter.target.name === name);
    if (index !== -1) return values.ofParameter(file, constructor.function, index);
  }
  const own = assigned(values, file, node, name, ofClass);
  if (own.length > 0) return own;
  return inherited(values, file, node, name, ofClass);
}

/** What the class's own code assigns to `this.name`, and to `Server.name` of the class itself: `Server.instance = new Server()`. */
function assigned(values: Values, file: string, node: ClassNode, name: string, ofClass: boolean): readonly Value[] {
  const { memberAssignments, sources } = values.index(file);
  const isIt = (object: Expression): boolean => {
    const source = object.kind === "name" && object.binding !== undefined ? sources[object.binding] : undefined;
    return object.kind === "this" || (ofClass && source?.kind === "class" && source.class === node);
  };
  return memberAssignments
    .filter(({ property, object }) => property === name && isIt(object) && object.span[0] >= node.span[0] && object.span[1] <= node.span[1])
    .flatMap((assignment) => values.of(file, assignment.value));
}

/** The prototype of a function made for `new`, and what else its name is given: `Store.open = function () { … }`. */
function memberOfFunction(values: Values, file: string, node: FunctionNode, name: string): readonly Value[] {
  const index = values.index(file);
  const made = constructorFunctionsOf(index).classes.get(node);
  if (name === "prototype") return made ? [{ kind: "instance", file, class: made }] : [];
  return index.memberAssignments.filter(({ property, object }) => property === name && functionNamed(index, object) === node).flatMap(({ value }) => values.of(file, value));
}

function inherited(values: Values, file: string, node: ClassNode, name: string, ofClass: boolean): readonly Value[] {
  if (!node.extends) return [];
  return values.of(file, node.extends.value).flatMap((base) => {
    if (base.kind === "class" && ofClass) return values.ofMember([base], name);
    if (base.kind === "class") return values.ofMember([{ kind: "instance", file: base.file, class: base.node }], name).map((value) => heldBy(value, base, { file, class: node }));
    return base.kind === "external" ? memberOf(values, external(base.provenance, ...(ofClass ? [] : [newStep])), name) : [];
  });
}

/** What a class makes for each of its instances, as an instance of a class that extends it has it. */
function heldBy(value: Value, base: Extract<Value, { kind: "class" }>, holder: { readonly file: string; readonly class: ClassNode }): Value {
  if (value.kind !== "external" || !value.site) return value;
  const { file, node } = value.site;
  const isMadeThere = file === base.file && node.span[0] >= base.node.span[0] && node.span[1] <= base.node.span[1];
  return isMadeThere || value.site.heldBy?.class === base.node ? { ...value, site: { ...value.site, heldBy: holder } } : value;
}

function memberOfType(values: Values, file: string, type: TypeNode, name: string): readonly Value[] {
  if (type.kind === "object") {
    const member = type.members.find((candidate: TypeMember) => candidate.name === name);
    if (member) return member.type ? values.ofType(file, member.type) : [];
  }
  const declaration = values.model.facts(file).types.find((candidate) => candidate.type === type);
  return declaration?.extends?.flatMap((base) => values.ofMember(values.ofType(file, base), name)) ?? [];
}
