import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { afterEach, describe, expect, it } from "vitest";
import type * as fixing from "../../src/engine/fix.js";
import type * as engine from "../../src/engine/run.js";
import type * as plugin from "../../src/index.js";
import { isSourceFile } from "../../src/base/paths.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { planFixes, writeFixes } = await built<typeof fixing>("src/engine/fix.js");
const { run } = await built<typeof engine>("src/engine/run.js");
const { default: std } = await built<typeof plugin>("src/index.js");

const written: { remove(): void }[] = [];
afterEach(() => {
  for (const one of written.splice(0)) one.remove();
});

function project(rule: string, files: Readonly<Record<string, string>>): string {
  const one = writeProject({ "std-check.config.json": JSON.stringify({ root: true, extends: [], rules: { [rule]: "error" } }), ...files });
  written.push(one);
  return one.root;
}

/** Fixes a project, holds ESLint's fix against ours, checks again, and gives the new texts. */
async function fixed(rule: string, files: Readonly<Record<string, string>>, { left = 0, eslint = true } = {}): Promise<Record<string, string>> {
  const root = project(rule, files);
  const plan = await planFixes({ cwd: root, cache: false, date: "2026-01-15" });
  const after = Object.fromEntries(plan.files.map((one) => [one.file, one.after]));
  const code = Object.fromEntries(Object.entries(after).filter(([file]) => isSourceFile(file)));
  if (eslint) expect(await fixedByEslint(root, Object.keys(code))).toEqual(code);
  expect(writeFixes(root, plan.files)).toEqual([]);
  const { result } = await run({ cwd: root, cache: false, date: "2026-01-15" });
  expect(result.findings.filter((finding) => finding.rule === rule || finding.rule === "parse")).toHaveLength(left);
  expect((await planFixes({ cwd: root, cache: false, date: "2026-01-15" })).files).toEqual([]);
  return after;
}

async function fixedByEslint(root: string, files: readonly string[]): Promise<Record<string, string | undefined>> {
  if (files.length === 0) return {};
  const eslint = new ESLint({ cwd: root, fix: true, overrideConfigFile: true, overrideConfig: [...std.fromSettings(root), { settings: { "std-check": { per: "site" } } }] });
  const results = await eslint.lintFiles([...files]);
  return Object.fromEntries(results.map(({ filePath, output }) => [path.relative(root, filePath), output]));
}

const settings = 'import { z } from "zod";\nexport const env = z.object({ URL: z.string().url(), PORT: z.coerce.number(), NAME: z.string().default("x") }).parse(process.env);\n';
const bare = { "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }', "src/config/env.ts": settings, "src/server.ts": 'import { env } from "./config/env.js";\nexport const port = env.PORT;\n' };
const app = { ...bare, ".env.example": "URL=\nPORT=\n" };

describe("fixes", () => {
  it("make an import for types a type-only one (layer-imports)", async () => {
    const after = await fixed("layer-imports", {
      "tsconfig.json": '{ "compilerOptions": { "verbatimModuleSyntax": true } }',
      "src/repositories/order.repository.ts": "export class OrderRepository { find(): number { return 1; } }\nexport class Page {}\n",
      "src/domain/order.ts": 'import { OrderRepository, Page } from "../repositories/order.repository.js";\nexport type Find = OrderRepository["find"];\nexport const pages = (page: Page): Page => page;\n',
    });
    expect(after["src/domain/order.ts"]).toMatch(/^import type \{ OrderRepository, Page \} from/);
  });

  it("leave an import that a value or decorator metadata needs (layer-imports)", async () => {
    const repository = "export class OrderRepository { find(): number { return 1; } }\nexport const x = 1;\n";
    const metadata = { "tsconfig.json": '{ "compilerOptions": { "verbatimModuleSyntax": true, "experimentalDecorators": true, "emitDecoratorMetadata": true } }' };
    expect(await fixed("layer-imports", { ...metadata, "src/repositories/order.repository.ts": repository, "src/domain/order.ts": 'import { Injectable } from "@nestjs/common";\nimport { OrderRepository } from "../repositories/order.repository.js";\n@Injectable() export class Orders { constructor(readonly orders: OrderRepository) {} }\n' }, { left: 1 })).toEqual({});
    expect(await fixed("layer-imports", { ...metadata, "src/repositories/order.repository.ts": repository, "src/domain/order.ts": 'import { OrderRepository } from "../repositories/order.repository.js";\nexport const orders = new OrderRepository();\n' }, { left: 1 })).toEqual({});
  });

  it("import a class as a value, and other names as they were (no-erased-metadata-type)", async () => {
    const after = await fixed("no-erased-metadata-type", {
      "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
      "src/users.service.ts": "export class UsersService {}\nexport interface Clock { now(): number }\n",
      "src/a.controller.ts": 'import { Controller } from "@nestjs/common";\nimport type { Clock, UsersService } from "./users.service.js";\n@Controller() export class A { constructor(readonly users: UsersService, readonly clock?: Clock) {} }\n',
      "src/b.controller.ts": 'import { Controller } from "@nestjs/common";\nimport { type UsersService } from "./users.service.js";\n@Controller() export class B { constructor(readonly users: UsersService) {} }\n',
    });
    expect(after["src/a.controller.ts"]).toContain('import { type Clock, UsersService } from');
    expect(after["src/b.controller.ts"]).toContain('import { UsersService } from');
  });

  it("put fields and errors before the message (structured-logging)", async () => {
    const after = await fixed("structured-logging", {
      "src/services/order.service.ts": [
        'import pino from "pino";',
        "const logger = pino();",
        'export const done = (id: string) => logger.info("order done", { id });',
        "export const safe = (f: () => void) => {",
        "  try {",
        "    f();",
        "  } catch (error) {",
        '    logger.error("order failed", error);',
        "  }",
        "};",
        "",
      ].join("\n"),
    });
    expect(after["src/services/order.service.ts"]).toContain('logger.info({ id }, "order done");');
    expect(after["src/services/order.service.ts"]).toContain('logger.error({ err: error }, "order failed");');
  });

  it("read a key from the settings that export it (no-process-env)", async () => {
    const after = await fixed("no-process-env", { ...app, "src/services/call.service.ts": 'import { get } from "node:http";\nexport const a = () => get(process.env.URL ?? "");\nexport const b = () => get(process.env["URL"]!);\n', "src/services/known.service.ts": 'import { env as settings } from "../config/env.js";\nexport const c = () => [settings.NAME, process.env.URL];\n' });
    expect(after["src/services/call.service.ts"]).toBe('import { get } from "node:http";\nimport { env } from "../config/env.js";\nexport const a = () => get(env.URL ?? "");\nexport const b = () => get(env.URL!);\n');
    expect(after["src/services/known.service.ts"]).toContain("[settings.NAME, settings.URL]");
  });

  it("leave a key that the settings convert or default, a name that is taken, a file without imports (no-process-env)", async () => {
    const service = (text: string): string => `import { get } from "node:http";\nexport const a = ${text};\n`;
    const files = { "src/services/a.service.ts": service('() => get(process.env.PORT ?? "")'), "src/services/b.service.ts": service('() => get(process.env.NAME ?? "y")'), "src/services/c.service.ts": service("(env: string) => get(process.env.URL ?? env)"), "src/services/d.service.ts": "export const a = () => process.env.URL;\n" };
    expect(await fixed("no-process-env", { ...app, ...files }, { left: 4 })).toEqual({});
  });

  it("leave what the settings module itself needs (no-process-env)", async () => {
    expect(await fixed("no-process-env", { ...app, "src/config/env.ts": `import "../services/call.service.js";\n${settings}`, "src/services/call.service.ts": 'import { get } from "node:http";\nexport const a = () => get(process.env.URL ?? "");\n' }, { left: 1 })).toEqual({});
  });

  it("add lines to an example (env-example-in-sync)", async () => {
    const files = { ...app, "src/config/env.ts": 'import { z } from "zod";\nexport const env = z.object({ URL: z.string(), KEY: z.string(), PORT: z.string() }).parse(process.env);\n' };
    expect(await fixed("env-example-in-sync", { ...files, ".env.example": "PORT=1" }, { eslint: false })).toEqual({ ".env.example": "PORT=1\nURL=\nKEY=" });
    expect(await fixed("env-example-in-sync", { ...files, ".env.example": "PORT=1\r\n" }, { eslint: false })).toEqual({ ".env.example": "PORT=1\r\nURL=\r\nKEY=\r\n" });
  });

  it("make an example where there is none, in the package's folder (env-example-in-sync)", async () => {
    const schema = 'import { z } from "zod";\nexport const env = z.object({ URL: z.string(), KEY: z.string() }).parse(process.env);\n';
    expect(await fixed("env-example-in-sync", { ...bare, "src/config/env.ts": schema }, { eslint: false })).toEqual({ ".env.example": "URL=\nKEY=\n" });
    const workspace = { "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*"] }', "apps/api/package.json": app["package.json"], "apps/api/src/env.ts": schema };
    expect(await fixed("env-example-in-sync", workspace, { eslint: false })).toEqual({ "apps/api/.env.example": "URL=\nKEY=\n" });
  });

  it("are left alone where the file has changed since", async () => {
    const file = "src/services/order.service.ts";
    const root = project("structured-logging", { [file]: 'import pino from "pino";\nconst logger = pino();\nexport const done = (id: string) => logger.info("order done", { id });\n' });
    const { files } = await planFixes({ cwd: root, cache: false });
    writeFileSync(path.join(root, file), "export {};\n");
    expect(writeFixes(root, files)).toEqual([file]);
    expect(readFileSync(path.join(root, file), "utf8")).toBe("export {};\n");
  });

  it("keep a byte-order mark, and hold secrets back from what is shown", async () => {
    const secret = ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dcABCDEFGH"].join("_");
    const file = "src/services/order.service.ts";
    const text = `import pino from "pino";\nconst logger = pino();\nconst key = "${secret}";\nexport const done = (id: string) => logger.info("order done", { id });\nexport const bad = () => logger.info("key", { secret: "${secret}" });\n`;
    const root = project("structured-logging", { [file]: `\uFEFF${text}` });
    const { files } = await planFixes({ cwd: root, cache: false });
    expect(JSON.stringify(files.map(({ shown }) => shown))).not.toContain(secret);
    expect(files[0]?.after).toContain(`logger.info("key", { secret: "${secret}" })`);
    expect(writeFixes(root, files)).toEqual([]);
    expect(readFileSync(path.join(root, file), "utf8")).toBe(`\uFEFF${text.replace('("order done", { id })', '({ id }, "order done")')}`);
  });
});

describe("suggestions", () => {
  it("await a statement of a transaction (use-transaction-handle)", async () => {
    const file = "src/services/order.service.ts";
    const text = 'import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();\nexport const f = () => db.$transaction(async (tx) => {\n  tx.order.create({ data: {} });\n  await tx.user.create({ data: {} });\n});\n';
    const root = project("use-transaction-handle", { "package.json": app["package.json"], [file]: text });
    const findings = async () => (await run({ cwd: root, cache: false })).result.findings.filter(({ rule }) => rule === "use-transaction-handle");
    const [finding] = await findings();
    expect(finding?.suggestions).toEqual([{ message: "Await `tx.order.create`.", edits: [{ start: text.indexOf("tx.order"), end: text.indexOf("tx.order"), text: "await " }] }]);
    const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: std.fromSettings(root) });
    const [linted] = await eslint.lintFiles([file]);
    expect(linted?.messages.filter(({ ruleId }) => ruleId === "std/use-transaction-handle").map(({ suggestions }) => suggestions?.map(({ desc, fix }) => [desc, fix.text]))).toEqual([[["Await `tx.order.create`.", "await "]]]);
    writeFileSync(path.join(root, file), text.replace("  tx.order", "  await tx.order"));
    expect(await findings()).toEqual([]);
  });
});
