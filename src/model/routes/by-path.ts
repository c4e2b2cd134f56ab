import { answers } from "../../base/answers.js";
import { oncePerPart } from "../../base/once-per.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { RawStep } from "./adapter.js";

/** What a step that looks at the path of the request makes of one path. */
export type PathVerdict =
  /** It is for other paths: `if (!request.url.startsWith("/admin")) return next()`. */
  | "elsewhere"
  /** It names the path among others; what it does for it is not told: `if (open.includes(request.path)) return next()`. */
  | "apart"
  | "alike";

interface Paths {
  /** Those that the step compares the path with, each with a slash at its end. */
  readonly named: readonly string[];
  /** It goes on at once for all others; undefined if it does not. */
  readonly only: readonly string[] | undefined;
}

/** Methods that are given a path, or the beginning of one, to compare with. */
const comparing = /^(startsWith|endsWith|includes|indexOf)$/;
const none: Paths = { named: [], only: undefined };

/** What a step that runs before many routes says of the path of one; where several functions may be it, what the first says that says anything. */
export function verdictOnPath(model: ProjectModel, step: RawStep, path: string): PathVerdict {
  if (step.origin === "route" || step.origin === "handler" || step.origin === "controller") return "alike";
  const whole = `${path}/`.toLowerCase();
  const holds = (paths: readonly string[]): boolean => paths.some((one) => whole.includes(one));
  for (const { file, node } of codeOf(model, step)) {
    const { named, only } = pathsOf(model, file, node);
    if (only && !holds(only)) return "elsewhere";
    if (holds(named)) return "apart";
  }
  return "alike";
}

/** The function that runs: the step itself, or a method of its class. */
function codeOf(model: ProjectModel, { file, node }: RawStep): readonly { readonly file: string; readonly node: FunctionNode }[] {
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "function") return [{ file: value.file, node: value.node }];
    if (value.kind !== "class" && value.kind !== "instance") return [];
    const { members } = value.kind === "class" ? value.node : value.class;
    return members.flatMap((member) => (member.kind === "method" && /^(handle|use|canActivate)$/.test(member.name) ? [{ file: value.file, node: member.function }] : []));
  });
}

const known = oncePerPart((_model: ProjectModel, _node: FunctionNode) => answers<string, Paths>());

/** Whether a step goes on at once for all paths but some. */
export function isForSomePaths(model: ProjectModel, file: string, node: FunctionNode): boolean {
  return pathsOf(model, file, node).only !== undefined;
}

function pathsOf(model: ProjectModel, file: string, node: FunctionNode): Paths {
  return known(model, node).of(file, () => (looksAtPath(node) ? readPaths(model, file, node) : none));
}

function readPaths(model: ProjectModel, file: string, { body = [] }: FunctionNode): Paths {
  const named = new Set<string>();
  let only: readonly string[] | undefined;
  walkAll(body, (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "if" && !part.else && goesOn(part.then)) {
      const beside = besides(model, file, part.test);
      if (beside) {
        only ??= beside;
        return false;
      }
    }
    if (part.kind === "binary" && /^===?$/.test(part.operator)) for (const path of [part.left, part.right].flatMap(written)) named.add(path);
    if (part.kind === "call" && part.callee.kind === "member" && comparing.test(part.callee.property)) for (const path of part.arguments.slice(0, 1).flatMap(written)) named.add(path);
    if (part.kind === "array" || part.kind === "name") for (const value of model.values.of(file, part)) if (value.kind === "array") for (const path of value.node.elements.flatMap(written)) named.add(path);
    return undefined;
  });
  // What it is for is no exception from it.
  return { named: [...named].filter((path) => only?.includes(path) !== true), only };
}

/** `next(); return;`, `return next();` */
function goesOn(statements: readonly Statement[]): boolean {
  return statements.length <= 2 && statements.every((statement) => (statement.kind === "return" || statement.kind === "expression") && (statement.value === undefined || statement.value.kind === "call" || statement.value.kind === "await")) && statements.at(-1)?.kind === "return" && !JSON.stringify(statements).includes('"kind":"literal"');
}

/** The paths of a test that holds for all others: `!url.startsWith("/a") && url !== "/b"`. */
function besides(model: ProjectModel, file: string, test: Expression): readonly string[] | undefined {
  if (test.kind === "unary" && test.operator === "!") return among(model, file, test.value);
  if (test.kind !== "binary") return undefined;
  if (/^!==?$/.test(test.operator)) return some([test.left, test.right].flatMap(written));
  const [left, right] = test.operator === "&&" ? [besides(model, file, test.left), besides(model, file, test.right)] : [];
  return left && right && [...left, ...right];
}

/** The paths of a test that holds for them: `url === "/a" || url.startsWith("/a/")`, also by the name of such a test. */
function among(model: ProjectModel, file: string, test: Expression): readonly string[] | undefined {
  if (test.kind === "call") return test.callee.kind === "member" && comparing.test(test.callee.property) ? some(test.arguments.slice(0, 1).flatMap(written)) : undefined;
  if (test.kind === "name") {
    const source = test.binding === undefined ? undefined : model.values.index(file).sources[test.binding];
    return source?.kind === "value" && source.value && source.value.kind !== "name" ? among(model, file, source.value) : undefined;
  }
  if (test.kind !== "binary") return undefined;
  if (/^===?$/.test(test.operator)) return some([test.left, test.right].flatMap(written));
  const [left, right] = test.operator === "||" ? [among(model, file, test.left), among(model, file, test.right)] : [];
  return left && right && [...left, ...right];
}

function some(paths: readonly string[]): readonly string[] | undefined {
  return paths.length > 0 ? paths : undefined;
}

/** A path that is written out, at least its end: `"/login"`, `` `${prefix}/login` ``. */
function written(part: Expression): readonly string[] {
  const text = part.kind === "literal" ? part.value : part.kind === "template" ? part.texts.at(-1) : undefined;
  return typeof text === "string" && /^\/[\w.-]/.test(text) ? [`${text.replace(/\/$/, "")}/`.toLowerCase()] : [];
}

/** Whether a function decides by the path of the request. */
export function looksAtPath(node: FunctionNode): boolean {
  let looks = false;
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "member" && /^(path|pathname|url|originalUrl|nextUrl)$/.test(part.property)) looks = true;
    if (part.kind === "call" && part.callee.kind === "name" && /^getRequest(URL|Path)$/.test(part.callee.name)) looks = true;
    return undefined;
  });
  return looks;
}
