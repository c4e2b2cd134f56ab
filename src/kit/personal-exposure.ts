import { kindOf } from "../catalogue/index.js";
import { containerOf, isSanitiserName, type PersonalDataCategory, personalDataOf } from "../catalogue/lexicon/personal-data.js";
import type { Span } from "../base/position.js";
import type { CallExpression, Expression } from "../facts/syntax.js";
import type { BindingSource } from "../model/file-index.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Value } from "../model/value.js";
import { shapeOf } from "./personal-shapes.js";

/** Personal data or a credential that an expression carries. */
export interface Exposure {
  readonly span: Span;
  /** What it is called, as a reader would find it: `user.email`. */
  readonly field: string;
  readonly category: PersonalDataCategory;
  /** Where it stands in the object that is logged, for redaction paths; absent outside objects. */
  readonly path?: readonly string[];
}

interface Look {
  readonly model: ProjectModel;
  readonly file: string;
  readonly path: readonly string[] | undefined;
  readonly depth: number;
}

const deepest = 6;
/** Methods that give back the text they are called on, changed a little. */
const sameText = new Set(["trim", "toLowerCase", "toUpperCase", "toString", "normalize", "valueOf", "padEnd", "padStart", "concat"]);
/** Calls that give back their argument in another form. */
const sameData = /^(JSON\.stringify|String|inspect|util\.inspect|format|util\.format|stringify|safeStringify|Object\.assign|structuredClone|plainToInstance|instanceToPlain|Object\.entries|Object\.values|encodeURIComponent|btoa)$/;
const requestParts = new Set(["body", "headers", "cookies", "rawHeaders", "rawBody"]);

/** The personal data and credentials in an expression that is written to a log. */
export function exposures(model: ProjectModel, file: string, node: Expression, path?: readonly string[]): readonly Exposure[] {
  return look({ model, file, path, depth: 0 }, node);
}

function look(at: Look, node: Expression): readonly Exposure[] {
  if (at.depth > deepest) return [];
  switch (node.kind) {
    case "template":
      return node.tag ? [] : node.values.flatMap((value) => look({ ...at, path: undefined }, value));
    case "binary":
      if (node.operator === "+") return [...look({ ...at, path: undefined }, node.left), ...look({ ...at, path: undefined }, node.right)];
      if (node.operator === "||" || node.operator === "??") return [...look(at, node.left), ...look(at, node.right)];
      return node.operator === "&&" ? look(at, node.right) : [];
    case "conditional": {
      // `typeof customer === "string" ? customer : customer.id`: a text in place of a record is its id.
      const narrowed = node.test.kind === "binary" && node.test.left.kind === "unary" && node.test.left.operator === "typeof";
      return [...(narrowed ? [] : look(at, node.then)), ...look(at, node.else)];
    }
    case "await":
    case "cast":
    case "spread":
      return look(at, node.value);
    case "array":
      return node.elements.flatMap((element) => look(at, element));
    case "object":
      return node.members.flatMap((member): readonly Exposure[] => {
        if (member.kind === "spread") return look(at, member.value);
        if (member.kind !== "property") return [];
        return ofNamed({ ...at, path: [...(at.path ?? []), member.key] }, member.key, member.value, member.span);
      });
    case "member":
      return ofMember(at, node);
    case "name":
      return ofName(at, node);
    case "call":
      return ofCall(at, node);
    default:
      return [];
  }
}

/** A property of a logged object: its key says what the value is, unless the value says otherwise. */
function ofNamed(at: Look, key: string, value: Expression, span: Span): readonly Exposure[] {
  const named = personalDataOf(key);
  const inside = look(at, value);
  if (inside.length > 0) return inside;
  if (named && !named.onlyOfPerson && isData(at, value)) return [{ span, field: key, category: named.category, ...(at.path && { path: at.path }) }];
  return [];
}

function ofMember(at: Look, node: Extract<Expression, { kind: "member" }>): readonly Exposure[] {
  const { property } = node;
  const named = personalDataOf(property);
  const holder = nameOf(node.object);
  if (named && (!named.onlyOfPerson || containerOf(holder) === "person" || isPersonShape(at, node.object)) && isData(at, node)) return [expose(at, node, `${holder}.${property}`, named.category)];
  if (requestParts.has(property) && isRequest(at, node.object)) return [expose(at, node, `${holder}.${property}`, property === "headers" || property === "cookies" || property === "rawHeaders" ? "token" : "contact")];
  return whole(at, node, property);
}

function ofName(at: Look, node: Extract<Expression, { kind: "name" }>): readonly Exposure[] {
  if (node.binding === undefined) return [];
  const source = at.model.values.index(at.file).sources[node.binding];
  if (source?.kind === "catch" || source?.kind === "function" || source?.kind === "class" || source?.kind === "enum") return [];
  const named = personalDataOf(node.name);
  const flowed = source ? flow(at, source) : undefined;
  if (flowed === "clean") return [];
  if (flowed && flowed.length > 0) return flowed.map((exposure) => ({ ...exposure, span: node.span, ...(at.path && { path: at.path }) }));
  if (named && !named.onlyOfPerson && isData(at, node)) return [expose(at, node, node.name, named.category)];
  if (isRequest(at, node)) return [expose(at, node, node.name, "token")];
  return whole(at, node, node.name);
}

/** What the value that a variable was given carries; "clean" when a sanitiser, a flag or a constant stands there. */
function flow(at: Look, source: BindingSource): readonly Exposure[] | "clean" | undefined {
  if (source.kind !== "value" || !source.value) return undefined;
  const value = source.value;
  if (source.path.length === 0) {
    if (isClean(at, value)) return "clean";
    return value.kind === "name" || value.kind === "member" || value.kind === "template" || value.kind === "binary" || value.kind === "call" || value.kind === "await" || value.kind === "object" ? look({ ...at, depth: at.depth + 1 }, value) : undefined;
  }
  // `const { password, ...safe } = user`: what is left over has lost the names beside it.
  const last = source.path.at(-1);
  if (last?.kind !== "rest") return undefined;
  const shape = source.path.length === 1 ? shapeOf(at.model, at.model.values.of(at.file, value)) : undefined;
  const left = shape?.fields.filter(({ name }) => !last.without.includes(name)) ?? [];
  return left.length === 0 ? "clean" : left.map((field) => expose(at, value, `${nameOf(value)} (its ${field.name})`, field.category));
}

function ofCall(at: Look, node: CallExpression): readonly Exposure[] {
  const name = nameOf(node.callee);
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (isSanitiserName(last)) return [];
  if (node.callee.kind === "member" && sameText.has(node.callee.property)) return look({ ...at, path: undefined }, node.callee.object);
  if (sameData.test(name)) return node.arguments.flatMap((argument) => look({ ...at, path: undefined }, argument));
  // `getUser().email` is a member; a call that is logged whole is judged by what it is known to give.
  return at.depth < deepest ? whole({ ...at, depth: at.depth + 1 }, node, "") : [];
}

/** An object that is logged whole: by the fields of its declared shape, else by its name. */
function whole(at: Look, node: Expression, name: string): readonly Exposure[] {
  const values = at.model.values.of(at.file, node);
  if (values.length > 0 && values.every(isPlain)) return [];
  const shape = shapeOf(at.model, values);
  if (shape) {
    // Each field by itself: a logger may take some of them out.
    return shape.fields.map((field) => expose(at.path ? { ...at, path: [...at.path, field.name] } : at, node, `${nameOf(node) || shape.name} (its ${field.name})`, field.category));
  }
  const unsure = values.every((value) => value.kind === "parameter" || value.kind === "external" || value.kind === "primitive" || value.kind === "instance" || value.kind === "typed");
  const person = name !== "" && containerOf(name) === "person" && !/s$/.test(name) && unsure && !values.some((value) => value.kind === "primitive" && /^(string|number|boolean|bigint)$/.test(value.name));
  return person ? [expose(at, node, name, "identity")] : [];
}

function expose(at: Look, node: Expression, field: string, category: PersonalDataCategory): Exposure {
  return { span: node.span, field, category, ...(at.path && { path: at.path }) };
}

/** Not a constant, flag, count or comparison: something that is known when the program runs. */
function isData(at: Look, node: Expression): boolean {
  if (isClean(at, node)) return false;
  const values = at.model.values.of(at.file, node);
  return !(values.length > 0 && values.every((value) => isPlain(value) || (value.kind === "primitive" && (value.name === "boolean" || value.name === "number"))));
}

function isPlain(value: Value): boolean {
  return value.kind === "constant" || value.kind === "function" || value.kind === "class" || value.kind === "enum" || value.kind === "namespace";
}

function isClean(at: Look, node: Expression): boolean {
  switch (node.kind) {
    case "literal":
    case "regex":
    case "function":
    case "secret":
      return true;
    case "unary":
      return true;
    case "binary":
      return /^(===?|!==?|<=?|>=?|in|instanceof|[-*/%])$/.test(node.operator);
    case "conditional":
      return isClean(at, node.then) && isClean(at, node.else);
    case "await":
    case "cast":
      return isClean(at, node.value);
    case "member":
      return /^(length|size|count|id|_id|name\.length)$/.test(node.property);
    case "call": {
      const name = nameOf(node.callee);
      const last = name.slice(name.lastIndexOf(".") + 1);
      return isSanitiserName(last) || /^(Boolean|typeof|slice|substring|substr|replace|replaceAll|charAt|split|includes|startsWith|endsWith|indexOf|test|at|keys|has|pick|omit|digest|compare|compareSync|some|every|isArray)$/.test(last);
    }
    default:
      return false;
  }
}

function isRequest(at: Look, node: Expression): boolean {
  const values = at.model.values.of(at.file, node);
  return values.some((value) => value.kind === "external" && kindOf(value.provenance) === "request") || (values.every((value) => value.kind === "parameter" || value.kind === "primitive") && /^(req|request)$/.test(nameOf(node)));
}

function isPersonShape(at: Look, node: Expression): boolean {
  const shape = shapeOf(at.model, at.model.values.of(at.file, node));
  return shape !== undefined && containerOf(shape.name) === "person";
}

function nameOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "this") return "this";
  if (node.kind === "member") {
    const object = nameOf(node.object);
    return object === "" || object === "this" ? node.property : `${object}.${node.property}`;
  }
  return node.kind === "cast" || node.kind === "await" ? nameOf(node.value) : "";
}
