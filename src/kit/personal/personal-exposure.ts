import { kindOf } from "../../catalogue/index.js";
import { containerOf, isSanitiserName } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import type { Expression, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { ofCall } from "./call-exposure.js";
import { letsDevelopmentIn } from "../project/development-branches.js";
import { deepest, expose, type Exposure, keyOf, type Look, nameOf, respan, type Search } from "./exposure.js";
import { tellsRecipient } from "./mail-recipients.js";
import { isLogForm, keptParameters, shapeOf } from "./personal-shapes.js";
import { isQuery, queryCredentials } from "./query-credentials.js";
import { requestParts } from "./request-exposure.js";
import { isData } from "./unrevealing-values.js";
import { ofVariable } from "./variable-exposure.js";
import { ofWhole } from "./whole-exposure.js";
import { ofNamed, ofObject } from "./object-exposure.js";
import { ofMember } from "./member-exposure.js";

/** The personal data and credentials in an expression that is written to a log. */
export function exposures(model: ProjectModel, file: string, node: Expression, path?: readonly string[], inText = false): readonly Exposure[] {
  return look({ model, file, path, depth: 0, search, ...(inText && { inText }) }, node);
}

const search: Search = { of: look, ofProperty: ofNamed, ofWhole };

function look(at: Look, node: Expression): readonly Exposure[] {
  if (at.depth > deepest) return [];
  switch (node.kind) {
    case "template":
      // A tag of the project's or of a library of texts joins what it is given; that of a query binds it.
      return node.tag && (isSanitiserName(lastName(node.tag)) || isStatement(at, node)) ? [] : node.values.flatMap((value, place) => {
        const found = look({ ...at, path: undefined, inText: true }, value);
        return found.length === 0 && tellsRecipient(node, place) && isData(at, value, "contact") ? [expose(at, value, nameOf(value), "contact")] : found;
      });
    case "binary":
      if (node.operator === "+") return [node.left, node.right].flatMap((part) => look({ ...at, path: undefined, inText: true }, part));
      // One value is written, whichever of them is there.
      if (node.operator === "||" || node.operator === "??") return tellsError(node.left, node.right) ? look(at, node.left) : firstFound(isWord(node.right) ? look(at, node.left).filter((exposure) => !isSomeone(exposure)) : look(at, node.left), () => look(at, node.right));
      return node.operator === "&&" && !letsDevelopmentIn(node.left) ? look(at, node.right) : [];
    case "conditional": {
      // `typeof customer === "string" ? customer : customer.id`: a text in place of a record is its id.
      const narrowed = node.test.kind === "binary" && node.test.left.kind === "unary" && node.test.left.operator === "typeof" && !(node.then.kind === "member" && requestParts.has(node.then.property));
      return [...(narrowed || letsDevelopmentIn(node.test) ? [] : look(at, node.then)), ...(letsDevelopmentIn(node.test, false) ? [] : look(at, node.else))];
    }
    case "await":
    case "spread":
      return look(at, node.value);
    case "cast":
      // `request.body as { sku: string }`: what a body is said to hold.
      return node.value.kind === "member" && requestParts.has(node.value.property) && !at.inText && shapeOf(at.model, at.file, node) ? ofWhole(at, node, "") : look(at, node.value);
    case "array":
      return node.elements.flatMap((element) => look(at, element));
    case "object":
      return ofObject(at, node);
    case "member":
      // `user.email.yellow`
      if (colour.test(node.property) && at.model.packageOf(at.file).dependencies.has("colors")) return look(at, node.object);
      return ofMember(at, node);
    case "this":
      return ofWhole(at, node, "");
    case "index": {
      const header = splitHeader(node);
      if (header) return look(at, header).filter(({ category }) => category === "token");
      // `rows[0]`
      if (node.index.kind === "literal" && typeof node.index.value === "number") return ofWhole(at, node, "");
      // `emails[index]`
      if (isPosition(node.index) && /s$/.test(lastName(node.object))) return look(at, node.object);
      return node.index.kind === "literal" && typeof node.index.value === "string" ? ofMember(at, { kind: "member", span: node.span, object: node.object, property: node.index.value, propertySpan: node.index.span }) : [];
    }
    case "name":
      return ofVariable(at, node);
    case "call":
      return ofCall(at, node);
    case "new":
      if (isQuery(node)) return queryCredentials(at, node);
      // `[...new Set(users.map((user) => user.email))]`
      if (node.callee.kind === "name" && /^(?:Set|Map)$/.test(node.callee.name)) return node.arguments.flatMap((argument) => look({ ...at, path: undefined }, argument));
      return node.callee.kind === "name" && /Error$|^URL$/.test(node.callee.name) ? node.arguments.flatMap((argument) => look(asText(at, argument), argument)) : ofMade(at, node);
    default:
      return [];
  }
}

/** What an error or an address is made of is written as a text, but for its options. */
function asText({ inText: _, ...at }: Look, argument: Expression): Look {
  return { ...at, path: undefined, ...(argument.kind !== "object" && { inText: true as const }) };
}

/** What the package `colors` adds to every text. */
const colour = /^(?:black|red|green|yellow|blue|magenta|cyan|white|gr[ae]y|bold|dim|italic|underline|inverse|bright[A-Z]\w+)$/;

/** `socket.user || "nobody"`: where a word stands for somebody who is not there, somebody is a text, an id more often than not. */
function isWord(node: Expression): boolean {
  return node.kind === "literal" && typeof node.value === "string" && node.value !== "";
}

/** `error.message || error`: each error of an HTTP client has a message, so nothing else of it is written. */
function tellsError(left: Expression, right: Expression): boolean {
  return left.kind === "member" && /^(?:message|stack)$/.test(left.property) && nameOf(right) !== "" && nameOf(left.object) === nameOf(right);
}

function isSomeone(exposure: Exposure): boolean {
  return exposure.category === "identity" && exposure.inside === undefined && containerOf(keyOf(exposure)) === "person";
}

function firstFound(found: readonly Exposure[], others: () => readonly Exposure[]): readonly Exposure[] {
  return found.length > 0 ? found : others();
}

/** `new LogEvent(name, { user })`: what the constructor of a class of the project keeps of what it is given. */
function ofMade(at: Look, node: NewExpression): readonly Exposure[] {
  if (at.inText) return [];
  const path = at.path ?? [];
  const made = at.model.values.of(at.file, node).flatMap((value) => (value.kind === "instance" ? [value] : []));
  // `new PolicyFailedLoggable(user)`: the logger asks it what is to be written.
  const asked = made.flatMap(({ file, class: { members } }) => members.flatMap((member) => (member.kind === "method" && isLogForm(member.name) ? at.model.values.returned(member.function).map((value) => ({ file, value })) : [])));
  if (asked.length > 0) return at.depth >= deepest ? [] : respan(node, asked.flatMap(({ file, value }) => look({ ...at, file, path: undefined, depth: at.depth + 1 }, value)));
  return made.flatMap((value) => keptParameters(at.model, value.file, value.class)).flatMap(({ index, property }) => {
    const given = node.arguments[index];
    return given ? ofNamed({ ...at, path: [...path, property] }, property, given, given.span) : [];
  });
}

/** A place in a list, by what it is called: `index`, `i`, `i + 1`. */
function isPosition(node: Expression): boolean {
  return node.kind === "binary" ? isPosition(node.left) : node.kind === "name" && /^(?:[ijkn]|idx|pos|position)$|(?:^i|I)ndex$/.test(node.name);
}

/** The header of which `header.split(" ")[1]` takes what stands behind the scheme. */
function splitHeader({ object, index }: Extract<Expression, { kind: "index" }>): Expression | undefined {
  const [separator] = object.kind === "call" ? object.arguments : [];
  return object.kind === "call" && object.callee.kind === "member" && object.callee.property === "split" && separator?.kind === "literal" && separator.value === " " && index.kind === "literal" && index.value === 1 ? object.callee.object : undefined;
}

/** A piece of a query, whose values a library binds. */
function isStatement(at: Look, node: Expression): boolean {
  return at.model.values.of(at.file, node).some((value) => value.kind === "external" && /^(?:sql|statement)$/.test(kindOf(value.provenance) ?? ""));
}
