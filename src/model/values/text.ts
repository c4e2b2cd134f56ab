import { kindOf } from "../../catalogue/index.js";
import type { CallExpression, Expression, ObjectExpression } from "../../facts/syntax.js";
import { type BindingSource, defaultExpression } from "../modules/file-index.js";
import { mutationsOf } from "./mutations.js";
import { returnedExpressions } from "../modules/returns.js";
import type { Values } from "./values.js";
import { listOf, mapOf } from "./written-lists.js";

/** A stretch of text that is put together in code. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  /** One of these constants: a look-up in a constant table, a conditional of constants. */
  | { readonly kind: "choice"; readonly texts: readonly string[] }
  /** A piece of SQL whose values are bound, made by a library. */
  | { readonly kind: "bound"; readonly file: string; readonly expression: Expression }
  /** What only run time knows. */
  | { readonly kind: "hole"; readonly file: string; readonly expression: Expression };

const deepest = 16;
const mostChoices = 64;
/** Methods that leave the origin of a text as it is, as `replace` of constants does. */
const transparent = new Set(["trim", "trimStart", "trimEnd", "toLowerCase", "toUpperCase", "toString", "normalize", "slice", "substring"]);

/**
 * The text that an expression makes, with constants of this and other files folded: templates, concatenation, `join`,
 * conditionals, look-ups in constant tables, functions that return text. What is not known stays a hole. Bounded in depth.
 */
export function textOf(values: Values, file: string, node: Expression, depth = 0): readonly TextPart[] {
  const hole: readonly TextPart[] = [{ kind: "hole", file, expression: node }];
  if (depth > deepest) return hole;
  const inner = (part: Expression, at = file): readonly TextPart[] => textOf(values, at, part, depth + 1);
  switch (node.kind) {
    case "literal":
      return [{ kind: "text", text: node.value === null ? "" : String(node.value) }];
    case "template":
      return node.tag ? [{ kind: isRawTag(node.tag) ? "hole" : "bound", file, expression: node }] : merged(node.texts.flatMap((text, index): readonly TextPart[] => [{ kind: "text", text }, ...(node.values[index] ? inner(node.values[index]) : [])]));
    case "binary":
      if (node.operator === "+") return merged([...inner(node.left), ...inner(node.right)]);
      return node.operator === "??" || node.operator === "||" ? (either(inner(node.left), inner(node.right)) ?? hole) : hole;
    case "conditional":
      return either(inner(node.then), inner(node.else)) ?? hole;
    case "cast":
    case "await":
      return inner(node.value);
    case "name":
      return ofName(values, file, node, depth) ?? hole;
    case "member":
    case "index":
      return ofMember(values, file, node, depth) ?? hole;
    // `query(...statement(id))`: of what is spread in the place of a text, the first is the text.
    case "spread":
      return ofElement(values, file, node.value, 0, depth) ?? hole;
    case "call":
      return ofCall(values, file, node, depth) ?? (isBound(values, file, node) ? [{ kind: "bound", file, expression: node }] : hole);
    default:
      return hole;
  }
}

/** The whole text, if nothing in it is unknown; of choices the first. */
export function constantText(parts: readonly TextPart[]): string | undefined {
  if (parts.some((part) => part.kind === "hole" || part.kind === "bound")) return undefined;
  return parts.map((part) => (part.kind === "text" ? part.text : part.kind === "choice" ? (part.texts[0] ?? "") : "")).join("");
}

/** The text with what is unknown left as `?`, good enough to see what a statement does. */
export function outlineOf(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === "text" ? part.text : part.kind === "choice" ? (part.texts[0] ?? "") : " ? ")).join("");
}

function ofName(values: Values, file: string, node: Extract<Expression, { kind: "name" }>, depth: number): readonly TextPart[] | undefined {
  if (node.binding === undefined) return undefined;
  const declaration = values.model.declarationOfBinding(file, node.binding);
  if (declaration.kind === "default") {
    const whole = defaultExpression(values.model.facts(declaration.file));
    return whole && textOf(values, declaration.file, whole, depth + 1);
  }
  if (declaration.kind !== "binding") return undefined;
  const source = values.index(declaration.file).sources[declaration.binding];
  // A name that is assigned again has more than one value.
  if (values.model.facts(declaration.file).bindings[declaration.binding]?.reassigned) return undefined;
  return source && ofSource(values, declaration.file, source, depth);
}

function ofSource(values: Values, file: string, source: BindingSource, depth: number): readonly TextPart[] | undefined {
  if (source.kind === "value" && source.value && source.path.length === 0) return textOf(values, file, source.value, depth + 1);
  if (source.kind === "value" && source.value && source.path.every((step) => step.kind === "property") && !source.default) {
    const table = tableOf(values, file, source.value);
    const [step, ...others] = source.path;
    if (table && step?.kind === "property" && others.length === 0) return ofProperty(values, table, step.key, depth);
  }
  // `const [text, parameters] = statement(id)`
  const [first, ...further] = source.kind === "value" ? source.path : [];
  if (source.kind === "value" && source.value && first?.kind === "element" && further.length === 0 && !source.default) return ofElement(values, file, source.value, first.index, depth);
  // `for (const column of ["a", "b"])`
  if (source.kind === "element" && source.path.length === 0) return choiceOf(listOf(values, file, source.subject)?.map(({ file: at, element }) => textOf(values, at, element, depth + 1)));
  return undefined;
}

interface Table {
  readonly file: string;
  readonly node: ObjectExpression;
}

function ofMember(values: Values, file: string, node: Extract<Expression, { kind: "member" | "index" }>, depth: number): readonly TextPart[] | undefined {
  const key = node.kind === "member" ? node.property : constantText(textOf(values, file, node.index, depth + 1));
  const table = tableOf(values, file, node.object);
  if (table) return key === undefined ? choiceOf(membersOf(table)?.map((value) => textOf(values, table.file, value, depth + 1))) : ofProperty(values, table, key, depth);
  for (const value of values.of(file, node.object)) {
    if (value.kind === "enum") {
      const members = key === undefined ? value.node.members : value.node.members.filter(({ name }) => name === key);
      return choiceOf(members.map((member) => (member.value ? textOf(values, value.file, member.value, depth + 1) : [{ kind: "text", text: "0" }])));
    }
    if (value.kind === "namespace" && key !== undefined) {
      const declaration = values.model.declarationOfExport(value.file, key);
      const source = declaration.kind === "binding" ? values.index(declaration.file).sources[declaration.binding] : undefined;
      return source && declaration.kind === "binding" ? ofSource(values, declaration.file, source, depth) : undefined;
    }
    if ((value.kind === "class" || value.kind === "instance") && key !== undefined) {
      const owner = value.kind === "class" ? value.node : value.class;
      const member = owner.members.find((candidate) => candidate.kind === "property" && candidate.name === key);
      const assigned = values.index(value.file).memberAssignments.some((assignment) => assignment.property === key);
      return member?.kind === "property" && member.value && !assigned ? textOf(values, value.file, member.value, depth + 1) : undefined;
    }
  }
  const place = node.kind === "index" && node.index.kind === "literal" ? node.index.value : undefined;
  if (typeof place === "number") return ofElement(values, file, node.object, place, depth);
  const elements = node.kind === "index" ? listOf(values, file, node.object) : undefined;
  return choiceOf(elements?.map(({ file: at, element }) => textOf(values, at, element, depth + 1)));
}

/** One element of the list that an expression is, which is written out where it is made; what a function is given stays a hole there. */
function ofElement(values: Values, file: string, node: Expression, place: number, depth: number): readonly TextPart[] | undefined {
  const [list, ...others] = values.of(file, node);
  const element = list?.kind === "array" && others.length === 0 ? list.node.elements[place] : undefined;
  return list?.kind === "array" && element && !list.node.elements.slice(0, place + 1).some(({ kind }) => kind === "spread") ? textOf(values, list.file, element, depth + 1) : undefined;
}

function ofCall(values: Values, file: string, node: CallExpression, depth: number): readonly TextPart[] | undefined {
  const { callee } = node;
  if (callee.kind === "member") {
    if (callee.property === "join") return ofJoin(values, file, callee.object, node.arguments[0], depth);
    if (callee.property === "concat") return merged([callee.object, ...node.arguments].flatMap((part) => textOf(values, file, part, depth + 1)));
    if (callee.property === "get") {
      const texts = mapOf(values, file, callee.object)?.map(({ file: at, value: element }) => textOf(values, at, element, depth + 1));
      if (texts) return choiceOf(texts);
    }
    if (transparent.has(callee.property) || (/^replace(All)?$/.test(callee.property) && node.arguments.every(({ kind }) => kind === "literal" || kind === "regex"))) {
      const parts = textOf(values, file, callee.object, depth + 1);
      if (parts.some((part) => part.kind === "hole") && node.arguments.some(takesOut)) return undefined;
      return parts.some((part) => part.kind === "text" || part.kind === "choice") ? parts : undefined;
    }
  }
  for (const value of values.of(file, callee)) {
    if (value.kind === "external" && value.provenance.package === "global" && value.provenance.path.join(".") === "String") return node.arguments[0] && textOf(values, file, node.arguments[0], depth + 1);
    if (value.kind !== "function") continue;
    // Its parameters stay holes: what the caller passes is looked at where it is passed. What is unknown as a whole is what this call gives.
    const [returned, ...others] = returnedExpressions(value.node);
    const parts = returned && others.length === 0 ? textOf(values, value.file, returned, depth + 1) : undefined;
    return parts?.length === 1 && parts[0]?.kind === "hole" ? undefined : parts;
  }
  return undefined;
}

/** Whether a pattern takes more than white space out of all of a text: what it holds there is another text then, `String(name || "all").replace(/[^a-z]/g, "")`. */
function takesOut(node: Expression): boolean {
  return node.kind === "regex" && node.flags.includes("g") && !/^(?:\\[sntr]|[ +*^$|()[\]])+$/.test(node.pattern);
}

function ofJoin(values: Values, file: string, list: Expression, separator: Expression | undefined, depth: number): readonly TextPart[] | undefined {
  const elements = listOf(values, file, list) ?? grownList(values, file, list);
  if (!elements) return undefined;
  const between: readonly TextPart[] = separator ? textOf(values, file, separator, depth + 1) : [{ kind: "text", text: "," }];
  return merged(elements.flatMap(({ file: at, element }, index) => [...(index === 0 ? [] : between), ...textOf(values, at, element, depth + 1)]));
}

/** The elements of a list that is written out and what is pushed to it, in the order of the text: all of them may be there. */
function grownList(values: Values, file: string, node: Expression): readonly { readonly file: string; readonly element: Expression }[] | undefined {
  const [list, ...others] = values.of(file, node);
  if (node.kind !== "name" || node.binding === undefined || list?.kind !== "array" || list.file !== file || others.length > 0) return undefined;
  const put = mutationsOf(values.model.facts(file)).get(node.binding) ?? [];
  const elements = [...list.node.elements, ...put.map(({ value }) => value)];
  return put.some(({ kind }) => kind !== "element") || elements.some((element) => element.kind === "spread") ? undefined : elements.map((element) => ({ file, element }));
}

/** The object literal behind an expression, if it is the only thing it can be. */
function tableOf(values: Values, file: string, node: Expression): Table | undefined {
  const [table, ...others] = values.of(file, node);
  return table?.kind === "object" && others.length === 0 ? { file: table.file, node: table.node } : undefined;
}

function membersOf(table: Table): readonly Expression[] | undefined {
  const found: Expression[] = [];
  for (const member of table.node.members) {
    if (member.kind !== "property") return undefined;
    found.push(member.value);
  }
  return found;
}

function ofProperty(values: Values, table: Table, key: string, depth: number): readonly TextPart[] | undefined {
  const member = table.node.members.findLast((candidate) => candidate.kind === "property" && candidate.key === key);
  const overwritten = table.node.members.at(-1)?.kind === "spread";
  return member?.kind === "property" && !overwritten ? textOf(values, table.file, member.value, depth + 1) : undefined;
}

/** Two alternatives as one part, where both are constants; otherwise whichever of them is not. */
function either(left: readonly TextPart[], right: readonly TextPart[]): readonly TextPart[] | undefined {
  const choice = choiceOf([left, right]);
  if (choice) return choice;
  // A fragment that may be there: what is unknown in either counts.
  const open = [...left, ...right].filter((part) => part.kind !== "text" && part.kind !== "choice");
  const text = [...left, ...right].filter((part) => part.kind === "text" || part.kind === "choice");
  return open.length > 0 && text.length > 0 ? [...left, ...right] : undefined;
}

function choiceOf(alternatives: readonly (readonly TextPart[])[] | undefined): readonly TextPart[] | undefined {
  if (!alternatives || alternatives.length === 0 || alternatives.length > mostChoices) return undefined;
  const texts = alternatives.flatMap((parts): readonly (string | undefined)[] => (parts.length === 1 && parts[0]?.kind === "choice" ? parts[0].texts : [constantText(parts)]));
  const known = texts.filter((text) => text !== undefined);
  if (known.length < texts.length) return undefined;
  return known.length === 1 ? [{ kind: "text", text: known[0] ?? "" }] : [{ kind: "choice", texts: [...new Set(known)] }];
}

function merged(parts: readonly TextPart[]): readonly TextPart[] {
  const joined: TextPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text") joined[joined.length - 1] = { kind: "text", text: last.text + part.text };
    else if (part.kind !== "text" || part.text !== "") joined.push(part);
  }
  return joined.length === 0 ? [{ kind: "text", text: "" }] : joined;
}

/** `String.raw` makes plain text. */
function isRawTag(tag: Expression): boolean {
  return tag.kind === "member" && tag.property === "raw";
}

function isBound(values: Values, file: string, node: Expression): boolean {
  return values.of(file, node).some((value) => value.kind === "external" && kindOf(value.provenance) === "sql");
}
