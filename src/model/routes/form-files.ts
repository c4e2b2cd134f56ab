import type { CallExpression, Expression, TypeNode } from "../../facts/syntax.js";
import { someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { usesIn } from "../values/uses.js";
import { bindingsOf } from "./verdicts.js";

/** Whether files are all that is taken out of a form: `const form = await request.formData(); const file = form.get("file") as File`. A file has no fields that a schema could describe. */
export function takesFilesAlone(model: ProjectModel, file: string, read: Expression): boolean {
  if (read.kind !== "call" || read.callee.kind !== "member" || !/^(formData|parseBody)$/.test(read.callee.property)) return false;
  const form = namesOf(model, file, read);
  const uses = form && usesBehind(model, file, form, read);
  return uses !== undefined && uses.length > 0 && uses.every((use) => isFileTaken(model, file, use));
}

/** `form.get("file")` or `form["file"]` of which the code says or asks that it is a file. */
function isFileTaken(model: ProjectModel, file: string, use: Expression): boolean {
  const index = model.values.index(file);
  const member = index.parentOf(use);
  if (!member || !("kind" in member) || (member.kind !== "member" && member.kind !== "index") || member.object !== use) return false;
  const call = index.parentOf(member);
  const taken: Expression = call && isCallOf(call, member) ? call : member;
  const around = index.parentOf(taken);
  if (around && "kind" in around && around.kind === "cast" && isFileType(around.type)) return true;
  const names = namesOf(model, file, taken);
  const body = index.functionAround(use)?.node.body ?? [];
  return names !== undefined && someNode(body, (part) => part.kind === "binary" && part.operator === "instanceof" && part.left.kind === "name" && part.left.binding !== undefined && names.has(part.left.binding) && part.right.kind === "name" && files.test(part.right.name));
}

const files = /^(File|Blob)$/;

function isCallOf(node: SyntaxNode, callee: Expression): node is CallExpression {
  return "kind" in node && node.kind === "call" && node.callee === callee;
}

/** `File`, `File | null`, `File[]` */
function isFileType(type: TypeNode | undefined): boolean {
  if (type?.kind === "array") return isFileType(type.element);
  if (type?.kind === "union") return type.types.some(isFileType) && type.types.every((one) => isFileType(one) || /^(keyword|literal)$/.test(one.kind));
  return type?.kind === "reference" && files.test(type.name);
}

/** The names that a declaration gives to what is read there, also awaited. */
function namesOf(model: ProjectModel, file: string, read: Expression): ReadonlySet<number> | undefined {
  const index = model.values.index(file);
  let inner = read;
  let parent = index.parentOf(inner);
  while (parent && "kind" in parent && (parent.kind === "await" || parent.kind === "cast")) [inner, parent] = [parent, index.parentOf(parent)];
  const target = parent && "kind" in parent && parent.kind === "variable" ? parent.declarators.find(({ value }) => value === inner)?.target : undefined;
  return target?.kind === "binding" ? bindingsOf(target) : undefined;
}

function usesBehind(model: ProjectModel, file: string, names: ReadonlySet<number>, declared: Expression): readonly Expression[] {
  const around = model.values.index(file).functionAround(declared)?.node.span;
  return around ? usesIn(model.facts(file), names, [declared.span[1], around[1]]) : [];
}
