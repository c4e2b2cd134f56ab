import { expect, it } from "vitest";
import { checkProject } from "../support/project.js";

it("takes a member for capped that is compared with a size, and not where only its lower end is looked at", async () => {
  const code = `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const app = express();
const capped = (args) => {
  if (args.limit > 1000 && !args.all) args.limit = 1000;
  return prisma.person.findMany({ take: args.limit });
};
const open = (args) => {
  if (args.limit < 0) args.limit = 10;
  return prisma.person.findMany({ take: args.limit });
};
app.get("/v1/people", async (req, res) => { res.json(await capped({ limit: Number(req.query.limit) })); });
app.get("/v1/others", async (req, res) => { res.json(await open({ limit: Number(req.query.limit) })); });
`;
  const found = await checkProject({ "package.json": '{ "name": "people", "scripts": { "start": "node ." }, "dependencies": { "express": "5", "@prisma/client": "6" } }', "src/app.ts": code }, { rule: "bounded-queries", settings: { rules: { "paginated-lists": "off" } } });
  expect(found.map((line) => /app\.ts:(\d+):/.exec(line)?.[1])).toEqual(["11"]);
});
