import picomatch from "picomatch";
import { baseName, folderOf, isDeclarationFile, isWithin, relativeTo } from "../../base/paths.js";
import type { Span } from "../../base/position.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { computedFolder, computedText, computedTruth, type Given, givenKey, placeOfFile } from "./computed.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import { definitionsOf } from "./definitions.js";
import type { Located } from "./located.js";
import { walkedBy } from "./walked-folders.js";

/** Methods of a list that leave its elements as they are. */
const keeping = /^(filter|sort|toSorted|reverse|slice|flat|values)$/;
/** Functions that find files by patterns, by package. */
const globbing = /^(glob|fast-glob|tinyglobby|globby|fdir|tiny-glob|matched)$/;
const fileSystem = /^(node:fs(\/promises)?|fs-extra|graceful-fs)$/;
/** A name is followed to the list behind it this far. */
const deepest = 6;

/**
 * The elements that a list of files of the project has while it runs: `readdirSync(path.join(dir, "routes"))`,
 * `glob.sync("modules/*.js", { cwd })`, what a function gives that walks through folders; also filtered and mapped. Names
 * and paths are texts, entries of a folder objects. Undefined for any other list, and for a folder that is not constant
 * with what names stand for in the loop around it (`given`).
 */
export function listedFiles(model: ProjectModel, file: string, list: Expression, given: Given = new Map(), depth = 0): readonly Located[] | undefined {
  if (depth > deepest) return undefined;
  const walked = list.kind === "call" ? walkedBy(model, file, list) : undefined;
  if (walked) return walked;
  if (list.kind === "array") return spreadLists(model, file, list.elements, given, depth);
  const named = listBehind(model, file, list);
  if (named) return listedFiles(model, named.file, named.node, given, depth + 1);
  for (const { file: at, node } of definitionsOf(model, file, list)) {
    if (node.kind === "name") return handedToCallback(model, at, node, given);
    if (node.kind === "array") return spreadLists(model, at, node.elements, given, depth);
    const found = node.kind === "call" ? ofCall(model, at, node, given, depth) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The list that a constant of the same file holds, as it is written there. */
function listBehind(model: ProjectModel, file: string, node: Expression): Located | undefined {
  if (node.kind === "await" || node.kind === "cast") return { file, node: node.value };
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.value && source.path.length === 0 ? { file, node: source.value } : undefined;
}

/** `[...first, ...second]` */
function spreadLists(model: ProjectModel, file: string, elements: readonly Expression[], given: Given, depth: number): readonly Located[] | undefined {
  const lists = elements.map((element) => (element.kind === "spread" ? listedFiles(model, file, element.value, given, depth + 1) : undefined));
  return lists.length > 0 && lists.every((one) => one !== undefined) ? lists.flat() : undefined;
}

function ofCall(model: ProjectModel, file: string, node: CallExpression, given: Given, depth: number): readonly Located[] | undefined {
  const { callee, arguments: [first] } = node;
  if (callee.kind === "member" && (keeping.test(callee.property) || callee.property === "map")) {
    const before = listedFiles(model, file, callee.object, given, depth + 1);
    if (before && callee.property === "filter") return before.filter((name) => isKept(model, file, first, name, given));
    if (before) return callee.property === "map" ? mapped(model, file, first, before, given) : before;
  }
  if (callee.kind === "member" && callee.object.kind === "name" && callee.object.name === "Array" && callee.property.startsWith("from")) return first && listedFiles(model, file, first, given, depth + 1);
  return isReaddir(model, file, callee) ? namesIn(model, file, node, given) : globbed(model, file, node, given);
}

/** `readdir(folder, (error, names) => names.forEach(…))` */
function handedToCallback(model: ProjectModel, file: string, node: Extract<Expression, { kind: "name" }>, given: Given): readonly Located[] | undefined {
  const index = model.values.index(file);
  const source = node.binding === undefined ? undefined : index.sources[node.binding];
  const call = source?.kind === "parameter" && source.index === 1 && source.path.length === 0 ? index.functions.get(source.function)?.passedTo?.call : undefined;
  return call?.kind === "call" ? (isReaddir(model, file, call.callee) ? namesIn(model, file, call, given) : globbed(model, file, call, given)) : undefined;
}

/** Whether a call reads a folder. */
export function isReaddir(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => value.kind === "external" && fileSystem.test(value.provenance.package) && /^readdir(Sync)?$/.test(value.provenance.path.at(-1) ?? ""));
}

/** What `readdir` gives: names, with `recursive` paths below the folder, with `withFileTypes` entries that have a name. */
function namesIn(model: ProjectModel, file: string, call: CallExpression, given: Given): readonly Located[] | undefined {
  const [argument, options] = call.arguments;
  const folder = argument && computedFolder(model, file, argument, given);
  if (folder === undefined) return undefined;
  const asBuilt = seesBuiltFiles(model, file, call);
  const below = filesBelow(model, file, folder).map((other) => nameOf(other, asBuilt).slice(folder === "" ? 0 : folder.length + 1));
  const names = new Set(isSet(options, "recursive") ? below : below.map((path) => path.split("/")[0] ?? ""));
  return [...names].map((name) => (isSet(options, "withFileTypes") ? entry(file, call, folder, name) : literal(file, call.span, name)));
}

/** Whether an option is written to be true. */
export function isSet(options: Expression | undefined, key: string): boolean {
  const value = options?.kind === "object" ? propertyOf(options, key) : undefined;
  return value?.kind === "literal" && value.value === true;
}

/** A text where something stands. */
export function literal(file: string, span: Span, value: string): Located {
  return { file, node: { kind: "literal", span, value } };
}

/** An entry of a folder: `entry.name`, `entry.parentPath`. */
export function entry(file: string, { span }: Expression, folder: string, path: string): Located {
  const property = (key: string, value: string) => ({ kind: "property" as const, span, key, keySpan: span, value: { kind: "literal" as const, span, value } });
  const around = placeOfFile(folderOf(`${folder}/${path}`));
  return { file, node: { kind: "object", span, members: [property("name", baseName(path)), property("parentPath", around), property("path", around)] } };
}

/** The files of the project below a folder which code loads from there. */
export function filesBelow(model: ProjectModel, file: string, folder: string): readonly string[] {
  return model.files.filter((other) => other !== file && isWithin(folder, other) && !isDeclarationFile(other) && model.layerOf(other).layer !== "tests");
}

/** A file by its name, or by the one that it has when it is built. */
export function nameOf(file: string, asBuilt: boolean): string {
  return asBuilt ? file.replace(/\.([cm]?)tsx?$/, ".$1js") : file;
}

/** Code that tells files by `.js` and never by `.ts` runs among built files. */
export function seesBuiltFiles(model: ProjectModel, file: string, call: Expression): boolean {
  const texts: string[] = [];
  const around = model.values.index(file).functionAround(call)?.node;
  walkAll(around?.body ?? model.facts(file).body, (part) => {
    if ("kind" in part && part.kind === "literal" && typeof part.value === "string") texts.push(part.value);
    if ("kind" in part && part.kind === "regex") texts.push(part.pattern);
    return undefined;
  });
  return texts.some((text) => /\bjs\b|\bjs$/.test(text)) && !texts.some((text) => /ts\b|\[[jt]+\]s/.test(text));
}

/** `glob(pattern, { cwd })`, `fg.sync([first, second])`, `new Glob(pattern).scanSync({ cwd })`. */
function globbed(model: ProjectModel, file: string, call: CallExpression, given: Given): readonly Located[] | undefined {
  const { callee } = call;
  const made = callee.kind === "member" && /^scan(Sync)?$/.test(callee.property) ? definitionsOf(model, file, callee.object)[0]?.node : undefined;
  const isBun = made?.kind === "new" && model.values.of(file, made.callee).some((value) => value.kind === "external" && /^(bun|global)$/.test(value.provenance.package) && value.provenance.path.at(-1) === "Glob");
  if (!isBun && !isGlobbing(model, file, callee)) return undefined;
  const [patterns, options] = isBun ? [made.arguments[0], call.arguments[0]] : call.arguments;
  const settings = options?.kind === "object" ? options : undefined;
  const cwd = options && settings ? propertyOf(settings, "cwd") : isBun ? options : undefined;
  const folder = computedFolder(model, file, cwd ?? { kind: "literal", span: call.span, value: "" }, given);
  if (!patterns || folder === undefined) return undefined;
  const list = patterns.kind === "array" ? patterns.elements : [patterns];
  const found = list.map((pattern) => matching(model, file, call.span, pattern, folder, isSet(options, "absolute"), given));
  return found.every((one) => one !== undefined) ? found.flat() : undefined;
}

function isGlobbing(model: ProjectModel, file: string, callee: Expression): boolean {
  return model.values.of(file, callee).some((value) => {
    if (value.kind !== "external") return false;
    const { package: name, path } = value.provenance;
    return (globbing.test(name) && /^(default|glob|sync|async|globSync|globby|globbySync|)$/.test(path.at(-1) ?? "")) || (fileSystem.test(name) && /^glob(Sync)?$/.test(path.at(-1) ?? ""));
  });
}

/** The files that patterns name which are seen from a folder, as `file` would write them to load them. */
export function globbedFiles(model: ProjectModel, file: string, span: Span, patterns: Expression, folder: string): readonly string[] {
  const list = patterns.kind === "array" ? patterns.elements : [patterns];
  return list.flatMap((pattern) => matching(model, file, span, pattern, folder, true) ?? []).flatMap(({ node }) => (node.kind === "literal" ? [relativeTo(placeOfFile(folderOf(file)), String(node.value))] : [])).map((path) => (path.startsWith(".") ? path : `./${path}`));
}

/** The files that one pattern names: by their path from the folder, or by the whole path where the pattern is one. */
function matching(model: ProjectModel, file: string, span: Span, pattern: Expression, folder: string, absolute: boolean, given: Given = new Map()): readonly Located[] | undefined {
  const relative = computedText(model, file, pattern, given);
  const whole = relative === undefined || relative.startsWith("../") ? computedFolder(model, file, relative === undefined ? pattern : { kind: "literal", span, value: `${placeOfFile(folder)}/${relative}` }, given) : undefined;
  const text = whole ?? relative?.replace(/^\.\//, "");
  if (text === undefined) return undefined;
  if (text.startsWith("!")) return [];
  const from = whole === undefined ? folder : "";
  const matches = picomatch(text, { noextglob: true, nonegate: true });
  const asBuilt = /\bjs\b/.test(text) && !/ts\b|\[[jt]+\]s/.test(text);
  return filesBelow(model, file, from).flatMap((other) => {
    const path = nameOf(other, asBuilt).slice(from === "" ? 0 : from.length + 1);
    return matches(path) ? [literal(file, span, whole === undefined && !absolute ? path : placeOfFile(nameOf(other, asBuilt)))] : [];
  });
}

/** What `names.map((name) => path.join(dir, name))` makes of names; undefined where it makes something else of them. */
function mapped(model: ProjectModel, file: string, callback: Expression | undefined, names: readonly Located[], around: Given): readonly Located[] | undefined {
  const node = callback?.kind === "function" ? callback.function : undefined;
  const [parameter] = node?.parameters ?? [];
  const [returned, ...others] = node ? returnedExpressions(node) : [];
  if (parameter?.target.kind !== "binding" || !returned || others.length > 0) return undefined;
  const { binding } = parameter.target;
  const found = names.map((name): Located | undefined => {
    const given: Given = new Map([...around, [givenKey(file, binding), name]]);
    const text = computedText(model, file, returned, given);
    const path = text === undefined ? computedFolder(model, file, returned, given) : undefined;
    return text !== undefined ? literal(file, returned.span, text) : path === undefined ? undefined : literal(file, returned.span, placeOfFile(path));
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** Whether a filter, a function that is written out, lets a text pass. What cannot be told is kept. */
export function isKept(model: ProjectModel, file: string, test: Expression | undefined, name: Located, around: Given = new Map()): boolean {
  const predicate: FunctionNode | undefined = test?.kind === "function" ? test.function : undefined;
  const [parameter] = predicate?.parameters ?? [];
  const [returned, ...others] = predicate ? returnedExpressions(predicate) : [];
  if (parameter?.target.kind !== "binding" || !returned || others.length > 0) return true;
  const given: Given = new Map([...around, [givenKey(file, parameter.target.binding), name]]);
  return computedTruth(model, file, returned, given) !== false;
}
