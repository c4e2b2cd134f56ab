import { errorCodeKeys } from "../../catalogue/lexicon/http.js";
import type { Span } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression, ObjectExpression } from "../../facts/syntax.js";
import { isClassNode, type SyntaxNode, walk, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";

/** A code by which callers tell errors apart. */
export interface ErrorCode {
  readonly code: string;
  readonly file: string;
  readonly span: Span;
  /** What it is called in the code, if it has a name there: the member of an enumeration or list of codes. */
  readonly name?: string;
}

/** Names of enumerations and constants that list codes. */
const listName = /(err(or)?|exception|failure|problem).*(code|type|key|reason)s?$|^(error_?)?codes$/i;
/** Files that list codes one constant at a time, and what such a constant is called. */
const listFile = /(^|\/)[\w.-]*(error|exception)[\w-]*\.[cm]?[jt]s$/i;
const constantName = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;
const errorName = /(Error|Exception|Problem|Failure)$/;
/** A code, not a sentence: one word, or words joined by marks. */
const codeText = /^[A-Za-z][A-Za-z\d]*(?:[._:/-][A-Za-z\d]+)*$/;
/** A text that is plainly a code wherever an error is given it. */
const shouted = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

/** The error codes that a file declares or sends, each once. */
export function errorCodes(model: ProjectModel, file: string): readonly ErrorCode[] {
  if (!isBackendCode(model, file)) return [];
  const found = new Map<string, ErrorCode>();
  const add = (node: Expression | undefined, name?: string): void => {
    if (node?.kind === "cast") add(node.value, name);
    if (node?.kind !== "literal" || typeof node.value !== "string" || !codeText.test(node.value) || node.value.length < 3 || found.has(node.value)) return;
    found.set(node.value, { code: node.value, file, span: node.span, ...(name !== undefined && { name }) });
  };
  const addKeys = (object: ObjectExpression): void => {
    for (const member of object.members) {
      if (member.kind !== "property") continue;
      if (errorCodeKeys.has(member.key.toLowerCase())) add(member.value);
      else if (member.value.kind === "object") addKeys(member.value);
    }
  };
  const visit = (node: SyntaxNode): undefined => {
    if (isClassNode(node)) {
      if (!errorName.test(node.name ?? "") && !(node.extends && errorName.test(lastName(node.extends.value)))) return undefined;
      for (const member of node.members) if (member.kind === "property" && errorCodeKeys.has(member.name.toLowerCase())) add(member.value);
      walkAll(node.members.flatMap((member) => (member.kind === "method" ? (member.function.body ?? []) : [])), (part) => {
        if ("kind" in part && part.kind === "call" && part.callee.kind === "super") for (const argument of part.arguments) if (argument.kind === "literal" && typeof argument.value === "string" && shouted.test(argument.value)) add(argument);
        return undefined;
      });
      return undefined;
    }
    if (!("kind" in node)) return undefined;
    if (node.kind === "enum" && listName.test(node.name)) for (const member of node.members) add(member.value, member.name);
    if (node.kind === "variable")
      for (const { target, value } of node.declarators) {
        const object = value?.kind === "cast" ? value.value : value?.kind === "call" ? value.arguments[0] : value;
        // `export const USER_NOT_FOUND = "user/not_found"`
        if (target.kind === "binding" && listFile.test(file) && constantName.test(target.name) && model.facts(file).exports.some(({ name }) => name === target.name)) add(value, target.name);
        if (target.kind === "binding" && object?.kind === "object" && (listName.test(target.name) || object.members.some(isDescribedError))) for (const member of object.members) if (member.kind === "property") addListed(member.value, member.key, add);
      }
    if (node.kind === "new" && errorName.test(lastName(node.callee))) {
      for (const argument of node.arguments) {
        if (argument.kind === "object") addKeys(argument);
        else if (argument.kind === "literal" && typeof argument.value === "string" && shouted.test(argument.value)) add(argument);
      }
    }
    if (node.kind === "call" && node.callee.kind === "member" && /^(json|send)$/.test(node.callee.property) && isErrorStatus(node.callee.object, node.arguments[1])) for (const argument of node.arguments) if (argument.kind === "object") addKeys(argument);
    return undefined;
  };
  for (const statement of model.facts(file).body) walk(statement, visit);
  return [...found.values()];
}

/** `{ code: "not_found", status: 404 }` as a member of a list. */
function isDescribedError(member: ObjectExpression["members"][number]): boolean {
  const keys = member.kind === "property" && member.value.kind === "object" ? member.value.members.flatMap((one) => (one.kind === "property" ? [one.key.toLowerCase()] : [])) : [];
  return keys.some((key) => errorCodeKeys.has(key)) && keys.some((key) => /^(http)?_?status(code)?$/.test(key));
}

/** `NOT_FOUND: "not_found"` and `NOT_FOUND: { code: "not_found", status: 404 }`. */
function addListed(value: Expression, key: string, add: (node: Expression, name: string) => void): void {
  if (value.kind !== "object") {
    add(value, key);
    return;
  }
  for (const member of value.members) if (member.kind === "property" && errorCodeKeys.has(member.key.toLowerCase())) add(member.value, key);
}

/** `res.status(404)`, and `c.json(body, 404)`. */
function isErrorStatus(receiver: Expression, second: Expression | undefined): boolean {
  const status = receiver.kind === "call" && receiver.callee.kind === "member" && /^(status|code)$/.test(receiver.callee.property) ? receiver.arguments[0] : second;
  return status?.kind === "literal" && typeof status.value === "number" && status.value >= 400;
}
