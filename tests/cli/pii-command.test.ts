import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root as ownRoot } from "../contract/project-files.js";
import { writeProject } from "../support/project.js";

const files = {
  "src/user.ts": "export interface User { id: string; email: string; passwordHash: string; active: boolean }\nexport class Patient { id!: string; diagnosis!: string }\nexport interface Order { id: string; total: number }\n",
  "prisma/schema/person.prisma": "model Person {\n  id    String @id\n  phone String\n  boss  Person @relation(fields: [bossId], references: [id])\n  bossId String\n}\n",
  "src/schema.ts": 'import { z } from "zod";\nexport const card = z.object({ cardNumber: z.string(), brand: z.string() });\n',
  "src/clients.js": 'const { Pool } = require("pg");\nconst settings = require("./settings.js");\nconst pool = new Pool({ host: "db", user: "app", password: settings.password });\nmodule.exports = { pool };\n',
  "src/settings.js": 'module.exports = { password: process.env.DB_PASSWORD };\n',
  "src/staff.ts": "export interface Warden { id: string; name: string; email: string; password: string }\n",
  "src/texts.ts": 'export class Texts {\n  INVALID_TOKEN = "The token is no longer valid";\n  NO_SUCH_EMAIL = "Nobody has this address";\n}\n',
  "src/run.ts": 'import pino from "pino";\nconst logger = pino();\nexport const run = (user: { email: string }) => logger.info({ to: user.email }, "sent");\n',
};

function pii(...args: readonly string[]): string {
  const { root, remove } = writeProject(files);
  try {
    return execFileSync(process.execPath, [path.join(ownRoot, "dist/src/cli/main.js"), "pii", ...args], { cwd: root, encoding: "utf8" });
  } finally {
    remove();
  }
}

describe("std-check pii", () => {
  it("lists shapes with their categories, and where they are logged", () => {
    expect(JSON.parse(pii("--format", "json"))).toEqual({
      version: 1,
      shapes: [
        { name: "Person", file: "prisma/schema/person.prisma", line: 1, fields: [{ name: "phone", category: "contact" }] },
        { name: "card", file: "src/schema.ts", line: 2, fields: [{ name: "cardNumber", category: "payment" }] },
        { name: "Warden", file: "src/staff.ts", line: 1, fields: [{ name: "name", category: "identity" }, { name: "email", category: "contact" }, { name: "password", category: "credential" }] },
        { name: "User", file: "src/user.ts", line: 1, fields: [{ name: "email", category: "contact" }] },
        { name: "Patient", file: "src/user.ts", line: 2, fields: [{ name: "diagnosis", category: "health" }] },
      ],
      logged: [{ field: "user.email", category: "contact", file: "src/run.ts", line: 3 }],
    });
  });

  it("prints tables", () => {
    expect(pii()).toContain("| User | src/user.ts:1 | email (contact) |");
  });
});
