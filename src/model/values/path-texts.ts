import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import { computedText } from "./computed.js";

/** What stands in a path for a part of it that is not known. */
export const unknownPart = ":unknown";

/** The text of a path, and whether a part of it is unknown. */
export interface PathText {
  readonly text: string;
  readonly partial: boolean;
}

/** The text of a path argument; constants, enums and templates are followed. Undefined if nothing of it is known. */
export function pathTexts(model: ProjectModel, file: string, node: Expression): readonly PathText[] | undefined {
  if (node.kind === "literal" && typeof node.value === "string") return [{ text: node.value, partial: node.value.includes(unknownPart) }];
  if (node.kind === "function") return undefined;
  if (node.kind === "cast") return pathTexts(model, file, node.value);
  if (node.kind === "array") {
    const all = node.elements.map((element) => pathTexts(model, file, element));
    return all.every((texts) => texts !== undefined) ? all.flat() : undefined;
  }
  if (node.kind === "regex") return [{ text: `/*${"regex"}`, partial: true }];
  if (node.kind === "template" && node.values.some((value) => isEmptyVersion(model, file, value))) return [{ text: outlineOf(model, file, node) ?? unknownPart, partial: true }];
  const values = model.values.of(file, node);
  // What a function makes of what it is given here says more than what it may return.
  const built = values.length === 1 && values[0]?.kind === "constant" ? undefined : computedText(model, file, node);
  if (built !== undefined) return [{ text: built, partial: built.includes(unknownPart) }];
  const texts = values.flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value] : []));
  if (texts.length > 0) return texts.map((text) => ({ text, partial: values.length > 1 || text.includes(unknownPart) }));
  const arrays = values.flatMap((value) => (value.kind === "array" ? (pathTexts(model, value.file, value.node) ?? []) : []));
  if (arrays.length > 0) return arrays;
  const text = outlineOf(model, file, node);
  return text === undefined ? undefined : [{ text, partial: true }];
}

/** `config.apiVersion` that is empty where nothing is set: which one it is, the environment says. */
function isEmptyVersion(model: ProjectModel, file: string, node: Expression): boolean {
  return (node.kind === "name" || node.kind === "member") && /version$/i.test(lastName(node)) && knownText(model, file, node) === "";
}

/** How far names of texts that are put together are followed. */
const deepestOutline = 8;

/** A text of which a part is unknown keeps that part as `:unknown`: a template, what `+` joins, and the name of either. Undefined if nothing of it is written out. */
function outlineOf(model: ProjectModel, file: string, node: Expression, depth = 0): string | undefined {
  if (depth > deepestOutline) return undefined;
  const part = (inner: Expression): string => (isEmptyVersion(model, file, inner) ? unknownPart : undefined) ?? knownText(model, file, inner) ?? outlineOf(model, file, inner, depth + 1) ?? unknownPart;
  if (node.kind === "cast") return outlineOf(model, file, node.value, depth + 1);
  if (node.kind === "template" && !node.tag) return node.texts.map((text, index) => text + (node.values[index] ? part(node.values[index]) : "")).join("");
  if (node.kind === "binary" && node.operator === "+") {
    const [left, right] = [part(node.left), part(node.right)];
    // What stands before a path is the path of a mount, with a slash at its end or without.
    return left + right === unknownPart + unknownPart ? undefined : left === unknownPart ? `${left}/${right}` : left + right;
  }
  if (node.kind !== "name" || node.binding === undefined) return undefined;
  const declaration = model.declarationOfBinding(file, node.binding);
  const source = declaration.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
  return declaration.kind === "binding" && source?.kind === "value" && source.value && source.path.length === 0 ? outlineOf(model, declaration.file, source.value, depth + 1) : undefined;
}

/** What a part is for sure; of `prefix ? `/${prefix}` : ""` what is written out. */
function knownText(model: ProjectModel, file: string, node: Expression): string | undefined {
  const texts = model.values.of(file, node).flatMap((value) => (value.kind === "constant" && typeof value.value === "string" ? [value.value] : []));
  return texts.length === 1 ? texts[0] : undefined;
}
