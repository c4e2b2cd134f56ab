import { oncePerPart } from "../../base/once-per.js";
import { isSanitiserName } from "../../catalogue/lexicon/personal-data.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { byNames, hiddenNames } from "./hidden-names.js";
import type { Redaction } from "./redaction.js";

/** What the formats of winston that the project wrote take out. */
export function ofFormat(model: ProjectModel, file: string, node: Expression): Redaction {
  if (node.kind === "name") {
    const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.value !== undefined ? ofFormat(model, file, source.value) : [];
  }
  if (node.kind !== "call") return [];
  if (lastName(node.callee) === "printf") return writtenAlone(node);
  const written = node.arguments.flatMap((argument) => (argument.kind === "function" ? [argument.function] : []));
  const found = written.length > 0 ? written.map((format) => takenOut(model, file, format)) : [node.callee, ...node.arguments].map((part) => ofFormat(model, file, part));
  return found.includes("everything") ? "everything" : found.flatMap((one) => (one === "everything" ? [] : one));
}

/** `printf(({ level, message }) => …)`: the fields that are written, and no others; nothing is known where it takes the rest of them, or them all. */
function writtenAlone({ arguments: [format] }: CallExpression): Redaction {
  const target = format?.kind === "function" ? format.function.parameters[0]?.target : undefined;
  if (target?.kind !== "object-pattern" || target.rest) return [];
  const names = target.properties.map(({ key }) => key);
  return names.includes(undefined) || names.includes("metadata") ? [] : [["^", ...names.flatMap((name) => name ?? [])]];
}

/** Whether a file makes a transport with a format of its own: `new transports.File({ filename, format: json() })`. */
export const hasOwnFormats = oncePerPart((model: ProjectModel, file: string): boolean => model.values.index(file).calls.some(({ node: { kind, arguments: given } }) => kind === "new" && given.some((argument) => argument.kind === "object" && propertyOf(argument, "format") !== undefined)));

/** The fields that a format deletes, overwrites or leaves aside, and those whose names it looks for; everything where it names none, or writes the message anew. */
function takenOut(model: ProjectModel, file: string, format: FunctionNode): Redaction {
  const { body = [], parameters: [info] } = format;
  const paths: (readonly string[])[] = [];
  let dynamic = false;
  walkAll(body, (part) => {
    if (!("kind" in part)) return true;
    const target = part.kind === "assign" ? part.target : part.kind === "unary" && part.operator === "delete" ? part.value : undefined;
    if (target?.kind === "member" || target?.kind === "index") {
      const path = pathFrom(target, info?.target.kind === "binding" ? info.target.binding : undefined);
      if (path === undefined || path[0] === "message") dynamic = true;
      else paths.push(path);
    }
    // `const { password, ...rest } = info;`
    if (part.kind === "variable") for (const { target: pattern } of part.declarators) if (pattern.kind === "object-pattern" && pattern.rest) paths.push(...pattern.properties.flatMap(({ key }) => (key === undefined ? [] : [[key]])));
    if (part.kind === "call" && isSanitiserName(lastName(part.callee))) dynamic = true;
    return true;
  });
  if (!dynamic) return paths;
  const names = hiddenNames(model, file, format);
  return names ? byNames(names) : "everything";
}

/** `info.meta.email` as parts behind the parameter; undefined for others. */
function pathFrom(node: Expression, binding: number | undefined): readonly string[] | undefined {
  if (node.kind === "name") return node.binding === binding ? [] : undefined;
  const key = node.kind === "member" ? node.property : node.kind === "index" && node.index.kind === "literal" && typeof node.index.value === "string" ? node.index.value : undefined;
  const holder = node.kind === "member" || node.kind === "index" ? pathFrom(node.object, binding) : undefined;
  return key === undefined || holder === undefined ? undefined : [...holder, key];
}

