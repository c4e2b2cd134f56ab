import { baseName, folderOf, isDeclarationFile, isWithin } from "../../base/paths.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { computedFolder, computedTruth, type Given, givenKey } from "../computed.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../returns.js";
import { definitionsOf } from "./definitions.js";
import type { Located } from "./route.js";

/** Methods of a list that leave its elements as they are. */
const keeping = /^(filter|sort|toSorted|reverse|slice)$/;

/**
 * The names that a list of a folder of the project has while it runs, as texts: `readdirSync(path.join(dir, "routes"))`, also
 * filtered. Undefined for any other list, and for a folder that is not constant.
 */
export function listedNames(model: ProjectModel, file: string, list: Expression): readonly Located[] | undefined {
  for (const definition of definitionsOf(model, file, list)) {
    const { node } = definition;
    if (node.kind === "name") return handedToCallback(model, definition.file, node);
    if (node.kind !== "call") continue;
    if (node.callee.kind === "member" && keeping.test(node.callee.property)) {
      const names = listedNames(model, definition.file, node.callee.object);
      if (names) return node.callee.property === "filter" ? names.filter((name) => isKept(model, definition.file, node.arguments[0], name)) : names;
    }
    if (isReaddir(model, definition.file, node.callee)) return namesIn(model, definition.file, node, node.arguments[0]);
  }
  return undefined;
}

/** `readdir(folder, (error, names) => names.forEach(…))` */
function handedToCallback(model: ProjectModel, file: string, node: Extract<Expression, { kind: "name" }>): readonly Located[] | undefined {
  const index = model.values.index(file);
  const source = node.binding === undefined ? undefined : index.sources[node.binding];
  const call = source?.kind === "parameter" && source.index === 1 && source.path.length === 0 ? index.functions.get(source.function)?.passedTo?.call : undefined;
  return call?.kind === "call" && isReaddir(model, file, call.callee) ? namesIn(model, file, call, call.arguments[0]) : undefined;
}

function isReaddir(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && /^(node:fs(\/promises)?|fs-extra|graceful-fs)$/.test(value.provenance.package) && /^readdir(Sync)?$/.test(value.provenance.path.at(-1) ?? ""));
}

function namesIn(model: ProjectModel, file: string, call: Expression, argument: Expression | undefined): readonly Located[] | undefined {
  const folder = argument && computedFolder(model, file, argument);
  if (folder === undefined) return undefined;
  const below = model.files.filter((other) => other !== file && isWithin(folder, other) && !isDeclarationFile(other) && model.layerOf(other).layer !== "tests");
  const asBuilt = seesBuiltFiles(model, file, call);
  const names = below.map((other) => (folderOf(other) === folder ? nameOf(other, asBuilt) : (other.slice(folder === "" ? 0 : folder.length + 1).split("/")[0] ?? "")));
  return [...new Set(names)].map((value) => ({ file, node: { kind: "literal", span: call.span, value } }));
}

function nameOf(file: string, asBuilt: boolean): string {
  return asBuilt ? baseName(file).replace(/\.([cm]?)tsx?$/, ".$1js") : baseName(file);
}

/** Code that tells files by `.js` and never by `.ts` runs among built files. */
function seesBuiltFiles(model: ProjectModel, file: string, call: Expression): boolean {
  const texts: string[] = [];
  const around = model.values.index(file).functionAround(call)?.node;
  walkAll(around?.body ?? model.facts(file).body, (part) => {
    if ("kind" in part && part.kind === "literal" && typeof part.value === "string") texts.push(part.value);
    if ("kind" in part && part.kind === "regex") texts.push(part.pattern);
    return undefined;
  });
  return texts.some((text) => /\bjs\b|\bjs$/.test(text)) && !texts.some((text) => /ts\b|\[[jt]+\]s/.test(text));
}

/** Whether a filter, a function that is written out, lets a text pass. What cannot be told is kept. */
export function isKept(model: ProjectModel, file: string, test: Expression | undefined, name: Located): boolean {
  const predicate: FunctionNode | undefined = test?.kind === "function" ? test.function : undefined;
  const [parameter] = predicate?.parameters ?? [];
  const [returned, ...others] = predicate ? returnedExpressions(predicate) : [];
  if (parameter?.target.kind !== "binding" || !returned || others.length > 0) return true;
  const given: Given = new Map([[givenKey(file, parameter.target.binding), name]]);
  return computedTruth(model, file, returned, given) !== false;
}
