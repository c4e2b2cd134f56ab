import { expect, it } from "vitest";
import { callGraphOf } from "../../src/model/calls/call-graph.js";
import type { FunctionNode } from "../../src/facts/syntax.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import { modelOf } from "../support/model.js";

function callersOf(model: ProjectModel, file: string, name: string): readonly string[] {
  const node = [...model.values.index(file).functions.keys()].find((one: FunctionNode) => one.name === name);
  return node ? callGraphOf(model).callers(file, node).map(({ file: from }) => from) : ["no such function"];
}

const actions = "export async function open(input: Input) { return input; }\nexport async function close(input: Input) { return input; }\n";

it.each([
  ["an object of them", `import { open, close } from "./actions.js";\nconst table = { open, close };\nexport const run = (name: string, input: Input) => table[name](input);\n`],
  ["a module", `import * as table from "./actions.js";\nexport async function run(name: string, input: Input) { const action = table[name as keyof typeof table]; if (!action) throw new Error(name); return action(input); }\n`],
  ["what callers hand over", `import * as all from "./actions.js";\nconst runner = (table: Record<string, Action>) => async ([name, input]: [string, Input]) => { const action = table[name]; return action?.(input); };\nexport const run = runner({ ...all });\n`],
  ["entries with more to them", `import { open, close } from "./actions.js";\nconst table = { open: { title: "Open", handle: open }, close: { title: "Close", handle: close } };\nexport async function run(name: string, input: Input) { const { handle } = table[name] ?? table.open; return handle(input); }\n`],
])("knows who calls the functions of a table that is %s", (_, text) => {
  const model = modelOf({ "src/actions.ts": actions, "src/run.ts": text });
  expect(callersOf(model, "src/actions.ts", "open")).toEqual(["src/run.ts"]);
  expect(callersOf(model, "src/actions.ts", "close")).toEqual(["src/run.ts"]);
});

it("follows a key that is known to the one function that it names", () => {
  const model = modelOf({ "src/actions.ts": actions, "src/run.ts": `import * as table from "./actions.js";\nexport const run = (input: Input) => table["open"](input);\n` });
  expect(callersOf(model, "src/actions.ts", "open")).toEqual(["src/run.ts"]);
  expect(callersOf(model, "src/actions.ts", "close")).toEqual([]);
});

it("takes no element of a list for a function", () => {
  const model = modelOf({ "src/actions.ts": actions, "src/run.ts": `import { open } from "./actions.js";\nexport const run = (rows: { save(input: Input): void }[], at: number, input: Input) => rows[at]?.save(input) ?? open;\n` });
  expect(callersOf(model, "src/actions.ts", "open")).toEqual([]);
});
