import { afterEach, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import { project, removeProjects } from "../settings/support.js";
import { built } from "../support/built.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

afterEach(() => {
  vi.restoreAllMocks();
  removeProjects();
});

const files = {
  "package.json": '{ "dependencies": { "express": "^5", "node-cron": "^4" } }',
  "std-check.config.json": '{ "root": true }',
  "src/only-here.ts": 'import cron from "node-cron";\nimport express from "express";\nexport interface Person { readonly email: string }\nexport const app = express();\napp.get("/v1/people", (request, response) => { response.json([]); });\ncron.schedule("0 * * * *", () => {});\n',
};

it.each([["layers"], ["entries"], ["pii"], ["routes"]])("%s tells of the folder that --cwd names", async (command) => {
  let output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  await runCommand([command, "--cwd", project(files)]);
  expect(output).toContain("only-here");
});
