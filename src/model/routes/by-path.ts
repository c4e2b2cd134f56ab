import { answers } from "../../base/answers.js";
import { oncePerPart } from "../../base/once-per.js";
import type { Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import type { RawStep } from "./adapter.js";
import { definitionsOf } from "../values/definitions.js";

/** What a step that looks at the path of the request makes of one path. */
export type PathVerdict =
  /** It is for other paths: `if (!request.url.startsWith("/admin")) return next()`. */
  | "elsewhere"
  /** It names the path among others; what it does for it is not told: `if (open.includes(request.path)) return next()`. */
  | "apart"
  /** It lets requests for the path go on at once: the path is on a list of those that are open. */
  | "open"
  | "alike";

interface Paths {
  /** Those that the step compares the path with, each with a slash at its end. */
  readonly named: readonly string[];
  /** It goes on at once for all others; undefined if it does not. */
  readonly only: readonly string[] | undefined;
  /** Those for which it goes on at once. */
  readonly open: readonly OpenPath[];
}

interface OpenPath {
  readonly text: string;
  /** It is the beginning of such paths. */
  readonly isPrefix: boolean;
}

/** Methods that are given a path, or the beginning of one, to compare with. */
const comparing = /^(startsWith|endsWith|includes|indexOf)$/;
const none: Paths = { named: [], only: undefined, open: [] };

/** What a step that runs before many routes says of the path of one; where several functions may be it, what the first says that says anything. */
export function verdictOnPath(model: ProjectModel, step: RawStep, path: string): PathVerdict {
  if (step.origin === "route" || step.origin === "handler" || step.origin === "controller") return "alike";
  const whole = `${path}/`.toLowerCase();
  const holds = (paths: readonly string[]): boolean => paths.some((one) => whole.includes(one));
  for (const { file, node } of codeOf(model, step)) {
    const { named, only, open } = pathsOf(model, file, node);
    if (only && !holds(only)) return "elsewhere";
    if (open.some(({ text, isPrefix }) => whole === text || (isPrefix && whole.startsWith(text)))) return "open";
    if (holds(open.map(({ text }) => text))) return "apart";
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
  const open: OpenPath[] = [];
  let only: readonly string[] | undefined;
  walkAll(body, (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "if" && !part.else && goesOn(part.then)) {
      const beside = besides(model, file, part.test);
      if (beside) {
        only ??= beside;
        return false;
      }
      open.push(...listed(model, file, part.test));
    }
    if (part.kind === "binary" && /^===?$/.test(part.operator)) for (const path of [part.left, part.right].flatMap(written)) named.add(path);
    if (part.kind === "call" && part.callee.kind === "member" && comparing.test(part.callee.property)) for (const path of part.arguments.slice(0, 1).flatMap(written)) named.add(path);
    if (part.kind === "array" || part.kind === "name") for (const value of model.values.of(file, part)) if (value.kind === "array") for (const path of value.node.elements.flatMap(written)) named.add(path);
    return undefined;
  });
  // What it is for is no exception from it.
  return { named: [...named].filter((path) => only?.includes(path) !== true), only, open };
}

/** Lists are looked for in functions that a test calls so far: `if (isOpen(request.path)) return next()`. */
const deepest = 2;

/** The paths of the lists that a test looks a path up in: `open.includes(path)`, `open.has(path)`, `open.some((one) => path.startsWith(one))`, `patterns.some((one) => one.test(path))`. */
function listed(model: ProjectModel, file: string, test: SyntaxNode, depth = 0): readonly OpenPath[] {
  const found: OpenPath[] = [];
  // `!closed.includes(path)` lets those pass that are not on the list.
  walkAll([test], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "unary" && part.operator === "!") return false;
    if (part.kind !== "call") return undefined;
    const { callee } = part;
    if (callee.kind === "member" && /^(includes|has|some)$/.test(callee.property)) {
      const begins = callee.property === "some" && someNode(part.arguments, (inner) => inner.kind === "call" && inner.callee.kind === "member" && inner.callee.property === "startsWith");
      found.push(...elementsOf(model, file, callee.object).flatMap((element) => beginning(element) ?? written(element).map((text) => ({ text, isPrefix: begins }))));
      return undefined;
    }
    if (callee.kind === "name" && depth < deepest) for (const value of model.values.of(file, callee)) if (value.kind === "function") for (const returned of model.values.returned(value.node)) found.push(...listed(model, value.file, returned, depth + 1));
    return undefined;
  });
  return found;
}

/** The elements of a list that is written out, or of the one that a set is made of. */
function elementsOf(model: ProjectModel, file: string, list: Expression): readonly Expression[] {
  const found = model.values.of(file, list).flatMap((value) => {
    if (value.kind === "array") return value.node.elements;
    const [given] = value.kind === "external" && value.provenance.package === "global" && value.provenance.path[0] === "Set" && value.site ? value.site.node.arguments : [];
    return given?.kind === "array" ? given.elements : [];
  });
  // Of `{ ...defaults, ...options }` the values may say no more than the type of the options.
  return found.length > 0 ? found : definitionsOf(model, file, list).flatMap(({ node }) => (node.kind === "array" ? node.elements : []));
}

/** What paths begin with that a pattern matches: `/^\/catalogue/`. */
function beginning(element: Expression): readonly OpenPath[] | undefined {
  if (element.kind !== "regex") return undefined;
  const text = /^\^((?:\\\/[\w.-]+)+)/.exec(element.pattern)?.[1];
  return text === undefined ? [] : [{ text: `${text.replaceAll("\\", "")}/`.toLowerCase(), isPrefix: true }];
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
