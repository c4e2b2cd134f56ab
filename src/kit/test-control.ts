import { oncePer, oncePerPart } from "../base/once-per.js";
import { baseName, folderOf, isWithin, joinPath } from "../base/paths.js";
import type { Expression } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";

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

function readControl(model: ProjectModel, file: string): TestControl {
  const { imports, body } = model.facts(file);
  let time = imports.some(({ specifier }) => timePackages.test(specifier ?? ""));
  let network = imports.some(({ specifier }) => networkPackages.test(specifier ?? ""));
  let randomness = false;
  walkAll(body, (node) => {
    if (!("kind" in node)) return undefined;
    if (node.kind === "object") time ||= node.members.some((member) => member.kind === "property" && (member.key === "fakeTimers" || (member.key === "timers" && isText(member.value, "fake"))));
    if (node.kind === "assign" && node.target.kind === "member" && node.target.property === "fetch") network = true;
    if (node.kind !== "call" || node.callee.kind !== "member") return undefined;
    const { property, object } = node.callee;
    const [first, second] = node.arguments;
    if (/^(useFakeTimers|setSystemTime|install)$/.test(property)) time ||= property !== "install" || (object.kind === "name" && /clock|timers/i.test(object.name));
    if (property === "enable" && object.kind === "member" && object.property === "timers") time = true;
    if (property === "seed") randomness = true;
    if (/^(spyOn|stub|replace|method)$/.test(property) && first && second?.kind === "literal") {
      if (isName(first, "Date") || isName(first, "performance")) time = true;
      if (isName(first, "Math") || isName(first, "crypto")) randomness = true;
      if (second.value === "fetch" || second.value === "request") network = true;
    }
    if (property === "stubGlobal" && first?.kind === "literal") {
      time ||= first.value === "Date";
      network ||= first.value === "fetch";
    }
    if (/^(mock|doMock|unstable_mockModule|module)$/.test(property) && first?.kind === "literal" && typeof first.value === "string") network ||= clients.test(first.value);
    return undefined;
  });
  return { time, randomness, network };
}

function isText(node: Expression, text: string): boolean {
  return node.kind === "literal" && node.value === text;
}

function isName(node: Expression, name: string): boolean {
  return node.kind === "name" && node.name === name;
}
