import { baseName, extensionOf, folderOf, joinPath } from "../../base/paths.js";
import type { Expression } from "../../facts/syntax.js";

/** What an expression gives when it is worked out. */
export type Computed = string | number | boolean | null | undefined | readonly Computed[];

/** What is not one of a few pure operations on constants. */
export const unknown = Symbol("unknown");
export type Result = Computed | typeof unknown;

const longest = 2_000;

/** The results that are known. */
export function known(results: readonly Result[]): readonly Computed[] {
  return results.filter((result) => result !== unknown);
}

/** Parts put together to a text; unknown where one is, or is a list, or the text grows too long. */
export function text(parts: readonly Result[]): Result {
  let all = "";
  for (const part of parts) {
    if (part === unknown || Array.isArray(part)) return unknown;
    all += String(part);
  }
  return all.length > longest ? unknown : all;
}

/** What a method of a text gives; unknown where that grows too long. */
export function ofText(object: string, method: string, given: readonly Computed[]): Result {
  const result = methodOfText(object, method, given);
  return typeof result === "string" && result.length > longest ? unknown : result;
}

function methodOfText(object: string, method: string, given: readonly Computed[]): Result {
  const texts = given.filter((one) => typeof one === "string");
  const numbers = given.filter((one) => typeof one === "number");
  const [first, second] = texts;
  switch (method) {
    case "toString":
      return object;
    case "trim":
      return object.trim();
    case "toLowerCase":
      return object.toLowerCase();
    case "toUpperCase":
      return object.toUpperCase();
    case "concat":
      return texts.length === given.length ? object + texts.join("") : unknown;
    case "split":
      return first === undefined ? unknown : object.split(first);
    case "replace":
      return first === undefined || second === undefined ? unknown : object.replace(first, () => second);
    case "replaceAll":
      return first === undefined || second === undefined ? unknown : object.replaceAll(first, () => second);
    case "startsWith":
      return first === undefined ? unknown : object.startsWith(first);
    case "endsWith":
      return first === undefined ? unknown : object.endsWith(first);
    case "includes":
      return first === undefined ? unknown : object.includes(first);
    case "indexOf":
      return first === undefined ? unknown : object.indexOf(first);
    case "lastIndexOf":
      return first === undefined ? unknown : object.lastIndexOf(first);
    case "slice":
      return numbers.length === given.length ? object.slice(...numbers) : unknown;
    case "substring":
      return numbers[0] === undefined || numbers.length < given.length ? unknown : object.substring(numbers[0], numbers[1]);
    default:
      return unknown;
  }
}

/** What a method of a list gives that is `given` this; `written` is its first argument as it stands in the code. */
export function ofList(list: readonly Computed[], method: string, written: Expression | undefined, [given, ...others]: readonly Result[]): Result {
  const [first] = list;
  switch (method) {
    case "join": {
      const separator = written ? given : ",";
      return typeof separator === "string" ? text(list.flatMap((part, index) => (index === 0 ? [part] : [separator, part]))) : unknown;
    }
    case "filter":
      return written?.kind === "name" && written.name === "Boolean" ? list.filter(Boolean) : unknown;
    case "pop":
      return list.at(-1);
    case "shift":
      return first;
    case "at":
      return typeof given === "number" ? list.at(given) : unknown;
    case "slice":
      return typeof given === "number" && others.every((end) => typeof end === "number") ? list.slice(given, ...others) : unknown;
    default:
      return unknown;
  }
}

/** A pattern with one repetition at most, which is of no group: it is matched in a time that cannot run away. */
function isHarmless(pattern: string): boolean {
  return pattern.length <= 60 && !/\)[*+?{]|\(\?|\\\d/.test(pattern) && (pattern.match(/[*+{]/g)?.length ?? 0) <= 1;
}

/** What `replace` with a pattern of the checked code gives, where matching it is sure to end soon. */
export function replaced(object: string, { pattern, flags }: Extract<Expression, { kind: "regex" }>, replacement: Result): Result {
  if (typeof replacement !== "string" || object.length > 300 || !isHarmless(pattern)) return unknown;
  try {
    const result = object.replace(new RegExp(pattern, flags.replace(/[^gimsu]/g, "")), replacement);
    return result.length > longest ? unknown : result;
  } catch {
    return unknown;
  }
}

/** Whether a text matches a pattern of the checked code, where matching it is sure to end soon. */
export function matched(given: Result, { pattern, flags }: Extract<Expression, { kind: "regex" }>): Result {
  if (typeof given !== "string" || given.length > 300 || !isHarmless(pattern)) return unknown;
  try {
    return new RegExp(pattern, flags.replace(/[^imsu]/g, "")).test(given);
  } catch {
    return unknown;
  }
}

/** What a function of `node:path` gives for texts. */
export function ofPath(method: string | undefined, given: readonly string[]): Result {
  const [first = "", second] = given;
  const base = baseName(first);
  switch (method) {
    case "join":
    case "normalize":
      return joinPath(...given);
    case "resolve":
      return given.some((part) => part.startsWith("/")) ? joinPath(...given.slice(given.findLastIndex((part) => part.startsWith("/")))) : unknown;
    case "dirname":
      return folderOf(first);
    case "basename":
      return second !== undefined && base.endsWith(second) ? base.slice(0, base.length - second.length) : base;
    case "extname":
      return extensionOf(first);
    default:
      return unknown;
  }
}

/** What a property of the result of `path.parse` holds. */
export function ofParsedPath(path: string, property: string): Result {
  switch (property) {
    case "dir":
      return ofPath("dirname", [path]);
    case "ext":
      return ofPath("extname", [path]);
    case "base":
      return ofPath("basename", [path]);
    case "name":
      return ofPath("basename", [path, extensionOf(path)]);
    default:
      return unknown;
  }
}
