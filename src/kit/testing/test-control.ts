import { oncePer, oncePerPart } from "../../base/once-per.js";
import { baseName, folderOf, isWithin, joinPath } from "../../base/paths.js";
import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { TestCase } from "./test-cases.js";

/** What tests have taken into their own hands, so that it is the same in each run. */
export interface TestControl {
  readonly time: boolean;
  readonly randomness: boolean;
  readonly network: boolean;
}

const configuration = /^(jest|vitest|vite|ava)[\w.-]*\.config\.[cm]?[jt]s$|^\.mocharc\.[cm]?js$/;
const timePackages = /^(@sinonjs\/fake-timers|mockdate|timekeeper|lolex|jest-date-mock)$/;
const networkPackages = /^(msw|nock|fetch-mock|jest-fetch-mock|vitest-fetch-mock|axios-mock-adapter|@mswjs\/|undici\/mock|pollyjs|@pollyjs\/)/;
const clients = /^(axios|got|undici|node-fetch|ky|superagent|openai|stripe|@aws-sdk\/|cross-fetch)/;

/** What a test file controls, itself or through the set-up files of its package. */
export const controlOf = oncePerPart((model: ProjectModel, file: string): TestControl => [file, ...setUpFiles(model, file), ...importedHelpers(model, file)].map((one) => readControl(model, one)).reduce(either));

function either(left: TestControl, right: TestControl): TestControl {
  return { time: left.time || right.time, randomness: left.randomness || right.randomness, network: left.network || right.network };
}

/** Support code of tests that a test imports. */
function importedHelpers(model: ProjectModel, file: string): string[] {
  return model.edgesFrom(file).flatMap(({ target, kind }) => (target.kind === "file" && kind === "runtime" && model.layerOf(target.file).layer === "tests" ? [target.file] : []));
}

/** The runner's configuration of the packages around a file, and the files that it names. */
function setUpFiles(model: ProjectModel, file: string): string[] {
  return configurationsOf(model).flatMap(({ folder, files }) => (isWithin(folder, file) ? files : []));
}

/** The configurations of test runners, each with the files that it names. */
const configurationsOf = oncePer((model: ProjectModel) =>
  model.files.flatMap((one) => {
    if (!configuration.test(baseName(one))) return [];
    const named: string[] = [];
    walkAll(model.facts(one).body, (node) => {
      if ("kind" in node && node.kind === "literal" && typeof node.value === "string" && /[./]/.test(node.value)) {
        const path = joinPath(folderOf(one), node.value.replace(/^<rootDir>\//, "").replace(/^\.\//, ""));
        for (const candidate of [path, `${path}.ts`, `${path}.js`]) if (model.has(candidate)) named.push(candidate);
      }
      return undefined;
    });
    return [{ folder: folderOf(one), files: [one, ...named] }];
  }),
);

const readControl = oncePerPart((model: ProjectModel, file: string): TestControl => {
  const { imports, body } = model.facts(file);
  let time = imports.some(({ specifier }) => timePackages.test(specifier ?? ""));
  let network = imports.some(({ specifier }) => networkPackages.test(specifier ?? ""));
  let randomness = false;
  walkAll(body, (node) => {
    if (!("kind" in node)) return undefined;
    if (node.kind === "object") time ||= node.members.some((member) => member.kind === "property" && (member.key === "fakeTimers" || (member.key === "timers" && isText(member.value, "fake"))));
    if (node.kind === "assign" && node.target.kind === "member" && node.target.property === "fetch") network = true;
    if (node.kind !== "call" || node.callee.kind !== "member") return undefined;
    const { property } = node.callee;
    const [first, second] = node.arguments;
    time ||= setsClock(node);
    if (property === "seed") randomness = true;
    if (/^(spyOn|stub|replace|method)$/.test(property) && first && second?.kind === "literal") {
      if (isName(first, "Math") || isName(first, "crypto")) randomness = true;
      if (second.value === "fetch" || second.value === "request") network = true;
    }
    if (property === "stubGlobal" && first?.kind === "literal") network ||= first.value === "fetch";
    if (/^(mock|doMock|unstable_mockModule|module)$/.test(property) && first?.kind === "literal" && typeof first.value === "string") network ||= clients.test(first.value);
    return undefined;
  });
  return { time, randomness, network };
});

/** Whether a call takes the clock into the test's hands. */
function setsClock({ callee, arguments: [first, second] }: CallExpression): boolean {
  if (callee.kind !== "member") return false;
  const { property, object } = callee;
  if (/^(useFakeTimers|setSystemTime|install)$/.test(property)) return property !== "install" || (object.kind === "name" && /clock|timers/i.test(object.name));
  if (property === "enable") return object.kind === "member" && object.property === "timers";
  if (property === "stubGlobal") return first?.kind === "literal" && first.value === "Date";
  return /^(spyOn|stub|replace|method)$/.test(property) && first !== undefined && second?.kind === "literal" && (isName(first, "Date") || isName(first, "performance"));
}

/** What gives the clock back. */
const givesBack = /^(useRealTimers|restore|restoreAll|restoreAllMocks|unstubAllGlobals|uninstall|reset)$/;

/** The tests, and the groups by a hook of theirs, that take the clock into their own hands and give it back, where nothing does so for all of a file: the others run by the real one. */
export function frozenCases(model: ProjectModel, file: string, cases: readonly TestCase[]): readonly TestCase[] | undefined {
  if ([...setUpFiles(model, file), ...importedHelpers(model, file)].some((one) => readControl(model, one).time)) return undefined;
  const calls = model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" ? [node] : []));
  const frozen: TestCase[] = [];
  for (const call of calls.filter(setsClock)) {
    const around = frozenBy(cases, call);
    if (!around) return undefined;
    frozen.push(around);
  }
  return frozen.length > 0 && calls.some(({ callee }) => givesBack.test(lastName(callee))) ? frozen : undefined;
}

/** The test around a call that sets the clock, or the innermost group whose hook it stands in; what stands in no test and no hook is done once for all of them. */
function frozenBy(cases: readonly TestCase[], { span }: CallExpression): TestCase | undefined {
  const around = cases.filter(({ body }) => within(span, body.span));
  const inner = around.find(({ kind }) => kind !== "group");
  if (inner?.kind === "test") return inner;
  return inner && around.filter(({ kind }) => kind === "group").sort((left, right) => right.body.span[0] - left.body.span[0])[0];
}

/** Whether a place in a test lies behind the call that gives the clock back: `vi.useRealTimers(); await sleep(1000);`. */
export function isBackInTime(model: ProjectModel, file: string, { span }: CallExpression | NewExpression, cases: readonly TestCase[]): boolean {
  const around = cases.find(({ kind, body }) => kind === "test" && within(span, body.span));
  if (!around) return false;
  const before = model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && within(node.span, around.body.span) && node.span[1] <= span[0] ? [node] : []));
  const last = before.findLast((call) => setsClock(call) || isRealTimers(call));
  return last !== undefined && isRealTimers(last);
}

function isRealTimers({ callee }: CallExpression): boolean {
  return callee.kind === "member" && callee.property === "useRealTimers";
}

function isText(node: Expression, text: string): boolean {
  return node.kind === "literal" && node.value === text;
}

function isName(node: Expression, name: string): boolean {
  return node.kind === "name" && node.name === name;
}
