import { afterEach, describe, expect, it, vi } from "vitest";
import type * as commands from "../../src/cli/commands.js";
import type { ClauseStanding } from "../../src/engine/standard.js";
import { clauses } from "../../src/standard/clauses.js";
import { built } from "../support/built.js";
import { checkOut } from "../support/fixtures.js";
import { writeProject } from "../support/project.js";

const { runCommand } = await built<typeof commands>("src/cli/commands.js");

afterEach(() => {
  vi.restoreAllMocks();
});

async function command(root: string, ...args: readonly string[]): Promise<string> {
  let output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  await runCommand([...args, "--cwd", root]);
  vi.restoreAllMocks();
  return output;
}

async function standing(root: string): Promise<ReadonlyMap<string, ClauseStanding>> {
  const { clauses: all } = JSON.parse(await command(root, "standard", "--format", "json")) as { clauses: ClauseStanding[] };
  return new Map(all.map((one) => [one.clause, one]));
}

describe("standard", () => {
  it.each(["express-prisma/clean", "fastify-drizzle/clean", "hono-kysely/clean", "nestjs-typeorm/clean", "workspace/clean"])("accounts for every clause of %s under strict: kept, or left to a person", async (fixture) => {
    const { root, remove } = checkOut(fixture);
    try {
      const all = await standing(root);
      expect([...all.keys()]).toEqual(clauses.map(({ id }) => id));
      expect([...all.values()].filter(({ state }) => state !== "kept").map(({ clause, state }) => `${clause} ${state}`)).toEqual(["DONE-1 person"]);
    } finally {
      remove();
    }
  });

  it("does not take what it could not read, or what there is no use for, as kept", async () => {
    const { root, remove } = writeProject({
      "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node ." }, "dependencies": { "express": "^5.0.0", "pg": "^8.0.0" } }',
      "src/main.ts": 'import { readdirSync } from "node:fs";\nimport express from "express";\nconst app = express();\nfor (const file of readdirSync("./src/routes")) app.use("/" + file, (await import(`./routes/${file}`)).default);\n',
      "src/users.repository.ts": 'import { Pool } from "pg";\nexport const users = (pool: Pool) => pool.query("select id from users limit 10");\n',
    });
    try {
      const all = await standing(root);
      expect(all.get("API-1")).toMatchObject({ state: "not-checked", detail: "1 of 1 routes could not be read" });
      expect(all.get("STACK-5")).toMatchObject({ state: "broken", detail: "migrations-only 1" });
    } finally {
      remove();
    }
  });

  it("tells what is broken, accepted, not applicable and not checked", async () => {
    const { root, remove } = writeProject({
      "package.json": '{ "name": "app", "private": true, "scripts": { "start": "node .", "test": "vitest run" }, "dependencies": { "pg": "^8.0.0" } }',
      "std-check.config.json": '{ "root": true, "architecture": { "persistence": "services" }, "rules": { "structured-logging": "off", "standard-stack": "off", "no-pii-in-logs": "off" } }',
      "src/users.service.ts": 'import { Pool } from "pg";\nexport class Users {\n  constructor(private readonly pool: Pool) {}\n  list() {\n    return this.pool.query("select id from users limit 10");\n  }\n  size() {\n    return process.env.SIZE;\n  }\n}\n',
    });
    try {
      const all = await standing(root);
      expect(all.get("CONF-1")).toMatchObject({ state: "broken", errors: 1 });
      expect(all.get("ARCH-5")).toMatchObject({ state: "deviated", detail: 'architecture.persistence is "services"' });
      expect(all.get("API-1")).toMatchObject({ state: "not-applicable", detail: "no routes were found" });
      expect(all.get("STACK-4")).toMatchObject({ state: "not-applicable", detail: "no backend of its own stack was found" });
      expect(all.get("LOG-4")).toMatchObject({ state: "not-checked", detail: "no-pii-in-logs is off" });
      expect(all.get("DONE-3")).toMatchObject({ state: "broken", detail: "no command for lint, format" });
    } finally {
      remove();
    }
  });
});

describe("rules, stack and explain", () => {
  it("print tables, JSON and pages", async () => {
    const { root, remove } = checkOut("express-prisma/clean");
    try {
      expect(await command(root, "rules", "--format", "markdown")).toMatch(/^\| rule \| here \| clauses \| what it asks \|\n/);
      expect(await command(root, "stack")).toMatch(/framework +filled +Express +dependency express/);
      const stack = JSON.parse(await command(root, "stack", "--format", "json")) as { stacks: { slots: { slot: string; state: string }[] }[] };
      expect(stack.stacks[0]?.slots.find(({ slot }) => slot === "logger")?.state).toBe("filled");
      expect(await command(root, "explain", "std/no-db-in-api")).toMatch(/^# no-db-in-api\n/);
      expect(await command(root, "explain", "no-db-in-api")).not.toContain("<!--");
      await expect(command(root, "explain", "no-db-in-ap")).rejects.toThrow('There is no rule "no-db-in-ap" (did you mean "no-db-in-api"?).');
      await expect(command(root, "stack", "--format", "xml")).rejects.toThrow('There is no format "xml" for the stack.');
    } finally {
      remove();
    }
  });
});
