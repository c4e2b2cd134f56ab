import { kindOf } from "../../catalogue/index.js";
import { callStep, newStep } from "../../catalogue/provenance.js";
import { within } from "../../base/position.js";
import type { CallExpression, ClassNode, Expression } from "../../facts/syntax.js";
import { extendedBy, valuesOfCallExpression, valuesOfNew } from "./call-values.js";
import { defaultExpression } from "../modules/file-index.js";
import { valuesOfLoad } from "./loaded-values.js";
import { autoImported } from "../modules/nitro.js";
import { behind, collect, distinct, external, globalValue, type Value } from "./value.js";
import type { Values } from "./values.js";

/** What an expression stands for, by its form. */
export function valuesOfExpression(values: Values, file: string, node: Expression): readonly Value[] {
  switch (node.kind) {
    case "literal":
      return [{ kind: "constant", value: node.value }];
    case "template":
      return node.tag ? collect(values.of(file, node.tag), (tag) => (tag.kind === "external" ? [behind(tag, callStep)] : [])) : joined(values, file, node.texts, node.values);
    case "name":
      if (node.binding !== undefined) return values.ofBinding(file, node.binding);
      return node.name === "undefined" ? [] : ofUndeclared(values, file, node.name);
    case "this": {
      const around = values.classAround(file, node);
      if (around && isInStatic(around, node)) return [{ kind: "class", file, node: around }];
      return around ? [{ kind: "instance", file, class: around }] : extendedBy(values, file, node);
    }
    case "super": {
      const around = values.classAround(file, node);
      const base = around?.extends?.value;
      // In a static method it is the class itself.
      if (base && around && isInStatic(around, node)) return values.of(file, base);
      return base ? collect(values.of(file, base), (value) => (value.kind === "class" ? [{ kind: "instance", file: value.file, class: value.node }] : value.kind === "external" ? [external(value.provenance, newStep)] : [])) : [];
    }
    case "member":
      // What a script exports is a namespace to itself as well: `const helpers = module.exports`.
      if (isModuleExports(node) && defaultExpression(values.model.facts(file)) === undefined) return [{ kind: "namespace", file }];
      return values.ofMember(values.of(file, node.object), node.property);
    case "index": {
      const key = values.text(file, node.index);
      const object = values.of(file, node.object);
      return key === undefined ? [...values.ofElement(object), ...ofConstantTable(values, object)] : values.ofMember(object, key);
    }
    case "call":
      return promisedBy(values, file, node) ?? valuesOfCallExpression(values, file, node);
    case "new":
      return valuesOfNew(values, file, node);
    case "await":
      return values.of(file, node.value);
    case "cast": {
      const known = values.of(file, node.value);
      // `{} as Services` is filled later: the type says with what.
      const unsure = known.every((value) => value.kind === "parameter" || value.kind === "primitive" || (value.kind === "object" && value.node.members.length === 0));
      if (!node.type || node.form !== "as") return known;
      if (unsure) return values.ofType(file, node.type);
      // `request as Request & { knex: Knex }`: the same, with what else it has.
      const stated = known.every(({ kind }) => kind === "external") ? values.ofType(file, node.type) : [];
      return stated.length > known.length && known.every((value) => stated.some((one) => isSame(one, value))) ? stated : known;
    }
    case "assign":
      return values.of(file, node.value);
    case "conditional":
      return distinct([...values.of(file, node.then), ...values.of(file, node.else)]);
    case "binary":
      if (node.operator === "||" || node.operator === "??") return distinct([...values.of(file, node.left), ...values.of(file, node.right)]);
      if (node.operator === "&&") return values.of(file, node.right);
      return node.operator === "+" ? joined(values, file, ["", "", ""], [node.left, node.right]) : [];
    case "function":
      return [{ kind: "function", file, node: node.function }];
    case "class":
      return [{ kind: "class", file, node: node.class }];
    case "object":
      return [{ kind: "object", file, node }];
    case "array":
      return [{ kind: "array", file, node }];
    case "import":
      return valuesOfLoad(values, file, node, node.argument);
    default:
      return [];
  }
}

/** A name that nothing in the file declares: one that a framework imports by itself, else a global. */
function ofUndeclared(values: Values, file: string, name: string): readonly Value[] {
  const declaration = autoImported(values.model, file, name);
  return declaration ? values.ofDeclaration(declaration) : [globalValue(name)];
}

/** `labels[name]` with an object of constants: one of them. */
function ofConstantTable(values: Values, objects: readonly Value[]): readonly Value[] {
  return collect(objects, (object) => {
    if (object.kind !== "object") return [];
    const { members } = object.node;
    const isConstant = members.every((member) => member.kind === "property" && isWord(member.value));
    return isConstant ? collect(members, (member) => (member.kind === "property" ? values.of(object.file, member.value) : [])) : [];
  });
}

/** Whether something stands in a static method of a class. */
function isInStatic({ members }: ClassNode, { span }: Expression): boolean {
  return members.some((member) => member.kind === "method" && member.static === true && within(span, member.span));
}

/** The text that parts make together, if it is sure. */
function joined(values: Values, file: string, texts: readonly string[], parts: readonly Expression[]): readonly Value[] {
  let text = texts[0] ?? "";
  for (const [index, part] of parts.entries()) {
    const [value, ...others] = values.of(file, part);
    // What begins as null is set before it is put into a text.
    if (value?.kind !== "constant" || value.value === null || others.length > 0) return [{ kind: "primitive", name: "string" }];
    text += String(value.value) + (texts[index + 1] ?? "");
  }
  return [{ kind: "constant", value: text }];
}

/** What was promised before a failure is dealt with, `connect().catch(report)`; schemas have a `catch` of their own. */
function promisedBy(values: Values, file: string, { callee }: CallExpression): readonly Value[] | undefined {
  if (callee.kind !== "member" || !/^(catch|finally)$/.test(callee.property) || callee.object.kind !== "call") return undefined;
  const promised = values.of(file, callee.object);
  const isPromise = promised.length > 0 && promised.every((value) => value.kind !== "external" || /^(client|database|connection|document)$/.test(kindOf(value.provenance) ?? ""));
  return isPromise ? promised : undefined;
}

/** Whether two values are the same one of a package. */
function isSame(left: Value, right: Value): boolean {
  return left.kind === "external" && right.kind === "external" && left.provenance.package === right.provenance.package && left.provenance.path.join(".") === right.provenance.path.join(".");
}

function isWord(node: Expression): boolean {
  return node.kind === "literal" || (node.kind === "cast" && isWord(node.value));
}

/** `module.exports` */
export function isModuleExports(node: Expression): boolean {
  return node.kind === "member" && node.property === "exports" && node.object.kind === "name" && node.object.name === "module" && node.object.binding === undefined;
}
