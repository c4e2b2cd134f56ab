import { baseName, folderOf, isWithin } from "../../base/paths.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { computedFolder, computedText, type Given, givenKey, isLeftOut, placeOfFile } from "./computed.js";
import type { BindingSource } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { entry, filesBelow, isReaddir, isSet, literal, nameOf, seesBuiltFiles } from "./listed-files.js";
import type { Located } from "./located.js";

/** All files below the folder that a function of the project is called with, which reads it and calls itself for the folders in it. */
export function walkedBy(model: ProjectModel, file: string, call: CallExpression): readonly Located[] | undefined {
  const [callee] = model.values.of(file, call.callee);
  const [first] = call.arguments;
  if (callee?.kind !== "function" || !first) return undefined;
  const reading = readsItself(model, callee.file, callee.node);
  const folder = reading && computedFolder(model, file, first);
  if (folder === undefined || !reading) return undefined;
  const asBuilt = seesBuiltFiles(model, callee.file, reading);
  const text = computedText(model, file, first);
  return filesBelow(model, file, folder).filter((other) => isGathered(model, callee.file, callee.node, reading, folder, nameOf(other, asBuilt))).map((other) => literal(file, call.span, pathFrom(text, folder, nameOf(other, asBuilt))));
}

/** A path of the project as a walk gives it that began at a folder by that text. */
function pathFrom(text: string | undefined, folder: string, path: string): string {
  return text === undefined ? placeOfFile(path) : [text, path.slice(folder === "" ? 0 : folder.length + 1)].filter(Boolean).join("/");
}

/** The `readdir` of a function that walks through folders. */
function readsItself(model: ProjectModel, file: string, node: FunctionNode): CallExpression | undefined {
  let reading: CallExpression | undefined;
  let isAgain = false;
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "call") return undefined;
    if (isReaddir(model, file, part.callee)) reading ??= part;
    else isAgain ||= (lastName(part.callee) === node.name && node.name !== undefined) || (part.callee.kind === "name" && model.values.of(file, part.callee).some((value) => value.kind === "function" && value.node === node));
    return undefined;
  });
  return isAgain ? reading : undefined;
}

/** Whether a walk through folders puts a file into what it gives: no test around `found.push(path)` leaves its name out. */
function isGathered(model: ProjectModel, file: string, node: FunctionNode, reading: CallExpression, folder: string, path: string): boolean {
  const given = entryInLoops(model, file, reading, path);
  let isLeft = false;
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "member" && part.callee.property === "push") isLeft ||= isLeftOut(model, file, part, given);
    return undefined;
  });
  return !isLeft && (folder === "" || isWithin(folder, path));
}

/** What the variables of the loops of a file stand for where they run through the folder of a file. */
function entryInLoops(model: ProjectModel, file: string, reading: CallExpression, path: string): Given {
  const index = model.values.index(file);
  const name = isSet(reading.arguments[1], "withFileTypes") ? entry(file, reading, folderOf(path), baseName(path)) : literal(file, reading.span, baseName(path));
  return new Map(index.sources.flatMap((source, binding) => {
    const isOfLoop = source?.kind === "element" || (source?.kind === "parameter" && source.index === 0 && index.functions.get(source.function)?.passedTo !== undefined);
    return isOfLoop && source.path.length === 0 ? [[givenKey(file, binding), name] as const] : [];
  }));
}

/**
 * The rounds of what stands in a function that walks through folders: for each file below the folder that it is first called
 * with, what its parameter and the variable of its loop stand for. `isOfEntry` says that the file itself is what the loop has.
 */
export function walkedRounds(model: ProjectModel, file: string, node: Expression, isOfEntry: boolean): readonly Given[] {
  const index = model.values.index(file);
  for (let context = index.functionAround(node); context; context = context.parent) {
    const walker = context.node;
    const reading = readsItself(model, file, walker);
    const position = reading ? parameterIn(index.sources, reading.arguments[0], walker) : undefined;
    const parameter = position === undefined ? undefined : walker.parameters[position];
    if (!reading || position === undefined || parameter?.target.kind !== "binding") continue;
    const key = givenKey(file, parameter.target.binding);
    const asBuilt = seesBuiltFiles(model, file, reading);
    const first = model.values.callSites.all(file, walker).filter(({ file: at, call: { span } }) => at !== file || !(walker.span[0] <= span[0] && span[1] <= walker.span[1]));
    return first.flatMap(({ file: at, call }): readonly Given[] => {
      const argument = call.arguments[position] ?? parameter.default;
      const given = argument && { file: call.arguments[position] ? at : file, node: argument };
      const [readFrom] = reading.arguments;
      const folder = given && readFrom && computedFolder(model, file, readFrom, new Map([[key, given]]));
      if (!given || folder === undefined) return [];
      const text = computedText(model, given.file, given.node);
      return filesBelow(model, file, folder).map((other): Given => {
        const path = nameOf(other, asBuilt);
        const below = isOfEntry ? folderOf(path) : path;
        return new Map([...entryInLoops(model, file, reading, path), [key, literal(file, reading.span, pathFrom(text, folder, below))]]);
      });
    });
  }
  return [];
}

/** Which parameter of a function the folder is made of that it reads. */
function parameterIn(sources: readonly (BindingSource | undefined)[], read: Expression | undefined, walker: FunctionNode): number | undefined {
  let position: number | undefined;
  walkAll(read ? [read] : [], (part) => {
    const source = "kind" in part && part.kind === "name" && part.binding !== undefined ? sources[part.binding] : undefined;
    if (source?.kind === "parameter" && source.function === walker) position ??= source.index;
    return undefined;
  });
  return position;
}
