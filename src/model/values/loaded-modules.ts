import { folderOf, isDeclarationFile, relativeTo } from "../../base/paths.js";
import type { Span } from "../../base/position.js";
import { propertyOf } from "../../facts/names.js";
import type { ArrayExpression, CallExpression, Expression, ObjectExpression } from "../../facts/syntax.js";
import { isFunctionNode, walkAll } from "../../facts/walk.js";
import { computedFolder, placeOfFile } from "./computed.js";
import type { BindingSource, FileIndex } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { matched } from "./pure-methods.js";
import { returnedExpressions } from "../modules/returns.js";
import { globbedFiles, listedFiles } from "./listed-files.js";
import { bindings, inRound, requiredPath, type Round } from "./round.js";
import { walkedRounds } from "./walked-folders.js";

/** Constants are followed to the variable of a loop this far. */
const deepest = 4;
const loaders: ReadonlySet<string> = new Set(["require-all", "include-all", "require-directory", "require-dir", "requiredir"]);
const iterating = /^(forEach|map|flatMap|filter|some|every|each)$/;

interface Loop {
  readonly subject: Expression;
  readonly isDeclaredFor: (source: BindingSource) => boolean;
}

/** Whether a package loads the modules of a folder: `require-all`, `require-directory`. */
export function loadsFolders(name: string): boolean {
  return loaders.has(name);
}

/** What a loop over files of the project loads: the specifiers that `require(path.join(dir, file))` and `import(file)` have in its rounds. */
export function loadedInLoop(model: ProjectModel, file: string, load: Expression): readonly string[] {
  const loop = loopOf(model.values.index(file), load);
  const rounds = (loop && roundsOf(model, file, loop)) ?? walkedRounds(model, file, load, loop !== undefined);
  return [...new Set(rounds.flatMap((round) => specifierIn(model, file, load, round) ?? []))];
}

/** What is loaded in one round, as the file that loads it would write it. */
function specifierIn(model: ProjectModel, file: string, load: Expression, round: Round): string | undefined {
  const loaded = inRound(model, file, load, round)?.node;
  const path = loaded?.kind === "import" ? loaded.argument : loaded?.kind === "call" ? requiredPath(loaded) : undefined;
  return path?.kind === "literal" && typeof path.value === "string" ? path.value : undefined;
}

/** The rounds of a loop over files, once for each round of the loop around it that decides which folder is read. */
function roundsOf(model: ProjectModel, file: string, loop: Loop, depth = 0): readonly Round[] | undefined {
  const around = depth < deepest ? loopOf(model.values.index(file), loop.subject) : undefined;
  const outer = around && around.subject !== loop.subject ? roundsOf(model, file, around, depth + 1) : undefined;
  const whole: Round = new Map();
  const rounds = (outer ?? [whole]).map((round) => listedFiles(model, file, loop.subject, round)?.map((element): Round => new Map([...round, ...bindings(model, file, loop.isDeclaredFor, element)])));
  return rounds.some((one) => one !== undefined) ? rounds.flatMap((one) => one ?? []) : undefined;
}

/** The loop whose variable decides what is loaded; of several the innermost. */
function loopOf(index: FileIndex, load: Expression): Loop | undefined {
  let found: Loop | undefined;
  const visit = (node: Expression, depth: number): void => {
    walkAll([node], (part) => {
      if (isFunctionNode(part)) return false;
      if (!("kind" in part) || part.kind !== "name" || part.binding === undefined) return undefined;
      const source = index.sources[part.binding];
      if (source?.kind === "value" && source.value && depth < deepest) visit(source.value, depth + 1);
      else {
        const loop = source && loopBehind(index, source);
        if (loop && (!found || found.subject.span[0] < loop.subject.span[0])) found = loop;
      }
      return undefined;
    });
  };
  visit(load, 0);
  return found;
}

/** The loop that declares a name: `for (const name of list)`, `list.forEach((name) => …)`. */
export function loopBehind(index: FileIndex, source: BindingSource): Loop | undefined {
  if (source.kind === "element") return { subject: source.subject, isDeclaredFor: (other) => other.kind === "element" && other.subject === source.subject };
  if (source.kind !== "parameter" || source.index !== 0) return undefined;
  const callee = index.functions.get(source.function)?.passedTo?.call.callee;
  if (callee?.kind !== "member" || !iterating.test(callee.property)) return undefined;
  return { subject: callee.object, isDeclaredFor: (other) => other.kind === "parameter" && other.function === source.function && other.index === 0 };
}

/** Whether all that a list holds is loaded from files: `Object.values(import.meta.glob(…))`, `names.map((name) => require(name))`. */
export function isModuleList(model: ProjectModel, file: string, list: Expression): boolean {
  const held = list.kind === "call" && list.callee.kind === "member" && list.callee.object.kind === "name" && list.callee.object.name === "Object" ? list.arguments[0] : undefined;
  return model.values.of(file, held ?? list).some((value) => {
    const parts = value.kind === "array" && !held ? value.node.elements : value.kind === "object" && held ? value.node.members.map((member) => (member.kind === "property" ? member.value : undefined)) : [];
    return parts.length > 0 && parts.every((part) => part !== undefined && isLoad(part));
  });
}

/** The list of modules that `names.map((name) => require(name))` is, each written out. */
export function loadedList(model: ProjectModel, file: string, { span, callee, arguments: [callback] }: CallExpression): ArrayExpression | undefined {
  if (callee.kind !== "member" || callee.property !== "map" || callback?.kind !== "function") return undefined;
  const [returned, ...others] = returnedExpressions(callback.function);
  if (!returned || others.length > 0 || !isLoad(returned)) return undefined;
  const files = listedFiles(model, file, callee.object);
  const elements = files?.flatMap((element) => {
    const round = bindings(model, file, (source) => source.kind === "parameter" && source.function === callback.function && source.index === 0, element);
    const loaded = inRound(model, file, returned, round)?.node;
    return loaded ? [loaded] : [];
  });
  return elements && { kind: "array", span, elements };
}

/** `require(path)`, `await import(path)`, and what is taken of either. */
function isLoad(node: Expression): boolean {
  if (node.kind === "await" || node.kind === "cast") return isLoad(node.value);
  if (node.kind === "member") return isLoad(node.object);
  if (node.kind === "call") return requiredPath(node) !== undefined || (node.callee.kind === "member" && isLoad(node.callee.object));
  return node.kind === "import";
}

/** The modules by their names that `requireAll(folder)`, `requireDirectory(module, folder)` and `import.meta.glob(pattern)` give, each written out. */
export function moduleTable(model: ProjectModel, file: string, call: CallExpression): ObjectExpression | undefined {
  const { callee } = call;
  return callee.kind === "member" && callee.object.kind === "other" ? globTable(model, file, call) : folderTable(model, file, call);
}

/** `import.meta.glob("./routes/*.ts", { eager: true, import: "default" })`; what is loaded later stands for itself. */
function globTable(model: ProjectModel, file: string, call: CallExpression): ObjectExpression | undefined {
  const { callee, span, arguments: [patterns, options] } = call;
  if (callee.kind !== "member" || !callee.property.startsWith("glob") || callee.object.kind !== "other" || callee.object.syntax !== "MetaProperty" || !patterns) return undefined;
  const taken = options?.kind === "object" ? propertyOf(options, "import") : undefined;
  const files = globbedFiles(model, file, span, patterns, folderOf(file));
  return tableOf(call, files.map((path) => {
    const loaded: Expression = { kind: "import", span, argument: { kind: "literal", span, value: path } };
    return { key: path, value: taken?.kind === "literal" ? { kind: "member", span, object: loaded, property: String(taken.value), propertySpan: span } : loaded };
  }));
}

/** The modules that a pattern names which a package is given to load, each written out. */
export function globbedModules(model: ProjectModel, file: string, { span }: Expression, patterns: Expression, cwd: Expression | undefined): readonly Expression[] {
  const folder = computedFolder(model, file, cwd ?? { kind: "literal", span, value: "" });
  return folder === undefined ? [] : globbedFiles(model, file, span, patterns, folder).map((path) => required(span, path));
}

function folderTable(model: ProjectModel, file: string, call: CallExpression): ObjectExpression | undefined {
  const { callee, span, arguments: [first, second] } = call;
  const name = model.values.of(file, callee).flatMap((value) => (value.kind === "external" && loadsFolders(value.provenance.package) ? [value.provenance.package] : []))[0];
  if (name === undefined) return undefined;
  const settings = first?.kind === "object" ? first : undefined;
  const given = settings ? propertyOf(settings, "dirname") : name === "require-directory" ? second : first;
  // Without a folder it is that of the file itself; a relative one is seen from there.
  const text = given && model.values.text(file, given);
  const folder = !given || text !== undefined ? computedFolder(model, file, { kind: "literal", span, value: `${placeOfFile(folderOf(file))}/${text ?? ""}` }) : computedFolder(model, file, given);
  if (folder === undefined) return undefined;
  const filter = settings && propertyOf(settings, "filter");
  const inside = model.files.filter((other) => other !== file && folderOf(other) === folder && !isDeclarationFile(other) && (filter?.kind !== "regex" || matched(other.slice(folder.length + 1), filter) !== false));
  return tableOf(call, inside.map((other) => ({ key: other.slice(folder.length + 1).replace(/\.[^.]+$/, ""), value: required(span, relativeTo(folderOf(file), other)) })));
}

/** `require("./path")` */
function required(span: Span, path: string): Expression {
  return { kind: "call", span, callee: { kind: "name", span, name: "require" }, arguments: [{ kind: "literal", span, value: path.startsWith(".") ? path : `./${path}` }] };
}

function tableOf({ span }: CallExpression, entries: readonly { readonly key: string; readonly value: Expression }[]): ObjectExpression {
  return { kind: "object", span, members: entries.map(({ key, value }) => ({ kind: "property", span, key, keySpan: span, value })) };
}
