import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterEach, describe, expect, it } from "vitest";
import type * as dependencyCruiser from "../../src/engine/dependency-cruiser.js";
import { built } from "../support/built.js";
import { writeProject } from "../support/project.js";

const { forbiddenImports } = await built<typeof dependencyCruiser>("src/engine/dependency-cruiser.js");

let remove = (): void => undefined;
afterEach(() => { remove(); });

function project(files: Readonly<Record<string, string>>): string {
  const written = writeProject(files);
  remove = written.remove;
  return written.root;
}

const settings = JSON.stringify({
  root: true,
  layers: {
    mail: { as: "service", files: ["src/mail/**"], mayImport: ["settings"] },
    contracts: { as: "domain", files: ["src/contracts/**"], ports: ["src/contracts/ports/**"], mayImport: [] },
    api: ["src/http/**", "!src/http/errors.ts"],
    service: ["src/use-cases/**"],
    repository: ["src/db/**"],
    settings: ["src/settings.ts"],
  },
});

describe("rules for dependency-cruiser from the settings", () => {
  it("forbid what the layers must not import, and nothing else", async () => {
    const root = project({
      "std-check.config.json": settings,
      "tsconfig.json": "{}",
      "src/http/users.ts": 'import { users } from "../db/users.js";\nimport { create } from "../use-cases/create.js";\nimport { port } from "../settings.js";\nexport default [users, create, port];\n',
      "src/http/types.ts": 'import type { User } from "../db/users.js";\nexport type Answer = User;\n',
      "src/http/errors.ts": 'import { users } from "../db/users.js";\nexport default users;\n',
      "src/use-cases/create.ts": 'import { users } from "../db/users.js";\nimport { send } from "../mail/send.js";\nexport const create = [users, send];\n',
      "src/db/users.ts": 'import { store } from "../contracts/ports/store.js";\nimport { create } from "../use-cases/create.js";\nexport type User = string;\nexport const users = [store, create];\n',
      "src/mail/send.ts": 'import { users } from "../db/users.js";\nimport { port } from "../settings.js";\nexport const send = [users, port];\n',
      "src/contracts/ports/store.ts": "export const store = 1;\n",
      "src/contracts/order.ts": 'import { port } from "../settings.js";\nexport const order = port;\n',
      "src/settings.ts": "export const port = 1;\n",
    });
    const { output } = await cruise(["src"], { baseDir: root, ruleSet: { forbidden: forbiddenImports(root) }, validate: true, tsPreCompilationDeps: true });
    const { summary } = output as ICruiseResult;
    expect(summary.violations.map(({ rule, from, to }) => `${from} ${to}: ${rule.name}`).sort()).toEqual([
      "src/contracts/order.ts src/settings.ts: contracts must not import settings",
      "src/db/users.ts src/use-cases/create.ts: repository must not import service",
      "src/http/users.ts src/db/users.ts: api must not import repository",
      "src/mail/send.ts src/db/users.ts: mail must not import repository",
    ]);
  });

  it("need settings that name layers, and their root", () => {
    expect(() => forbiddenImports(project({ "std-check.config.json": '{ "root": true, "extends": ["recommended"] }' }))).toThrow(expect.objectContaining({ code: "no-layers" }) as Error);
    const root = project({ "std-check.config.json": settings, "src/settings.ts": "" });
    expect(() => forbiddenImports(`${root}/src`)).toThrow(expect.objectContaining({ code: "not-the-root" }) as Error);
  });
});
