import { describe, expect, it } from "vitest";
import type * as engine from "../../src/engine/run.js";
import { built } from "../support/built.js";
import { backends, checkOut } from "../support/fixtures.js";
import { writeProject } from "../support/project.js";
import { random } from "../support/secrets.js";

const { run } = await built<typeof engine>("src/engine/run.js");

/** All findings of the whole standard, with the file checks run by one program. */
async function findings(root: string, program: "oxlint" | "eslint"): Promise<readonly unknown[]> {
  const { result } = await run({ cwd: root, cache: false, date: "2026-01-15", preset: "strict", engine: program });
  expect(result.crashes).toEqual([]);
  // Where no text can hold what a file check looks for, none is run.
  expect([program, "none"]).toContain(result.fileEngine);
  return result.findings;
}

describe.each(backends)("%s", (backend) => {
  it("gives the same findings in oxlint and in ESLint", async () => {
    const { root, remove } = checkOut(backend);
    try {
      expect(await findings(root, "oxlint")).toEqual(await findings(root, "eslint"));
    } finally {
      remove();
    }
  });
});

it("gives the same findings for odd texts", async () => {
  const key = random(40);
  const read = "process.env.SIZE";
  const { root, remove } = writeProject({
    "std-check.config.json": '{ "root": true }',
    "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
    "src/bom.ts": `\uFEFFexport const size = ${read};\n`,
    "src/crlf.ts": `export const one = 1;\r\nexport const size = ${read};\r\nconst apiKey = "${key}";\r\n`,
    "src/emoji.ts": `export const face = "😀😀"; export const size = ${read}; /* 😀 */ export const password = "😀${key}";\n`,
    "src/empty.ts": "",
    "src/broken.ts": `export const size = ${read};\nexport const = ;\n`,
    "src/decorated.ts": `import type { Mail } from "./mail.js";\nimport { Injectable } from "@nestjs/common";\n@Injectable()\nexport class A { constructor(private readonly mail: Mail, @Inject() size = ${read}) {} }\n`,
    "src/mail.ts": "export class Mail {}\n",
    "src/page.tsx": `export const Page = () => <p title={${read}}>{console.log("x")}</p>;\n`,
    "src/script.cts": `const { env } = require("node:process");\nconsole.log(env.SIZE);\n`,
    "src/module.mts": `import { env } from "node:process";\nexport const size = env["SIZE"];\n`,
    "src/plain.js": `module.exports = ${read} || "x";\n`,
    "src/settings.ts": `import { z } from "zod";\nexport const settings = z.object({ JWT_SECRET: z.string().default("${key}") }).parse(process.env);\nexport const other = process.env.API_KEY ?? "😀${key}";\n`,
    "src/names with spaces/a [b].ts": `export const size = ${read};\n`,
    "src/long.ts": `export const a = [${"0, ".repeat(20_000)}${read}];\n`,
  });
  try {
    const inOxlint = await findings(root, "oxlint");
    expect(inOxlint).toEqual(await findings(root, "eslint"));
    expect(inOxlint.length).toBeGreaterThan(12);
    expect(JSON.stringify(inOxlint)).toContain('"no-secret-fallbacks"');
  } finally {
    remove();
  }
});
