import { describe, expect, it } from "vitest";
import type { ProjectLiteral } from "../../support/model.js";
import { checkProject } from "../../support/project.js";

const rule = "no-pii-in-logs";
const file = "src/services/member.service.ts";
const check = async (files: ProjectLiteral): Promise<string[]> => (await checkProject(files, { rule })).map((line) => line.replace(/^([^:]*:\d+).*/, "$1"));
const at = (line: number): string[] => [`${file}:${String(line)}`];
const pino = 'import pino from "pino";\nconst logger = pino();\n';

describe("where a call stands and what it takes", () => {
  it.each([
    ["what stands behind a check by an expression", `${pino}export const f = (code: string, email: string) => {\n  if (!/^\\d+$/.test(code)) return;\n  logger.info({ email }, "x");\n};`, 5],
    ["one of several addresses", `${pino}export const f = (emails: string[], index: number) => logger.warn({ to: emails[index] }, "x");`, 3],
    ["an address beside a browser", `${pino}export const f = (event: string, ip: string | null, userAgent: string | null) => logger.info({ event, ip, userAgent }, "x");`, 3],
    ["a document of Mongoose's in a text", `${pino}import { model, Schema } from "mongoose";\nconst Tenant = model("Tenant", new Schema({ email: String, plan: String }));\nexport const f = async (id: string) => { const tenant = await Tenant.findById(id); logger.info(\`found \${tenant}\`); };`, 5],
    ["whom the mail of a job goes to", `${pino}import type { Job } from "bullmq";\ninterface InviteMail { to: string; space: string }\nexport const f = (job: Job<InviteMail>) => logger.info(\`to \${job.data.to}\`);`, 5],
    ["a number of people's", `${pino}export const f = (id: string, bvn: string) => logger.info({ id, bvn }, "x");`, 3],
    ["a body of which nothing is taken out", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => logger.info({ ...req.body, at: 1 }, "x");`, 4],
    ["a token that stands behind counts", `${pino}export const f = (tokens: string[]) => logger.info({ tokens }, "x");`, 3],
  ])("reports %s", async (_name, text, line) => {
    expect(await check({ [file]: text })).toEqual(at(line));
  });

  it.each([
    ["what stands behind a check for tests", `${pino}export const f = (settings: { isTest: boolean }, email: string) => {\n  if (!settings.isTest) return;\n  logger.info({ email }, "x");\n};`],
    ["one of several labels", `${pino}export const f = (labels: string[], index: number) => logger.warn({ label: labels[index] }, "x");`],
    ["where a server is", `${pino}export const f = (ip: string, port: number) => logger.info({ ip, port }, "x");`],
    ["an object in a text", `${pino}export const f = (tenant: { email: string }) => logger.info(\`found \${tenant}\`);`],
    ["where the money of a job goes to", `${pino}import type { Job } from "bullmq";\ninterface Transfer { to: string; amount: number }\nexport const f = (job: Job<Transfer>) => logger.info(\`to \${job.data.to}\`);`],
    ["a body out of which its sender's secret is taken", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => { const safe = { ...req.body, password: undefined }; logger.info({ safe }, "x"); };`],
    ["headers that are overwritten", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => logger.info({ headers: { ...req.headers, authorization: "[redacted]" } }, "x");`],
    ["tokens that are counted", `${pino}export const f = (usage?: { total_tokens: number }) => { const tokens = usage?.total_tokens ?? 0; logger.info({ tokens }, \`\${tokens}\`); };`],
    ["the id that a header holds", `${pino}import type { Request } from "express";\nexport const f = (req: Request) => { let correlationId: unknown = null; for (const [key, value] of Object.entries(req.headers)) if (key === "x-correlation-id") correlationId = value; logger.info({ correlationId }, "x"); };`],
  ])("leaves %s alone", async (_name, text) => {
    expect(await check({ [file]: text })).toEqual([]);
  });

  it("does not know a body by what a function gives back for it", async () => {
    const routes = 'import type { Request, Response } from "express";\nimport { Hooks } from "../services/member.service";\nexport const hook = async (req: Request, res: Response) => { const hooks = new Hooks(); res.json(await hooks.take(req.body)); };';
    const service = `${pino}export class Hooks { async take(payload: any) { logger.error(\`got \${JSON.stringify(payload)}\`); return { status: "kept" }; } }`;
    expect(await check({ [file]: service, "src/api/hook.ts": routes })).toEqual(["src/api/hook.ts:3"]);
  });
});
