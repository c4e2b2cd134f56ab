import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const silenced = "no-process-env";
const check = async (files: ProjectLiteral, settings: Readonly<Record<string, unknown>> = {}): Promise<string[]> =>
  checkProject(files, { cliOnly: true, settings: { ...settings, rules: { "justified-disable": "error", [silenced]: "error", "no-committed-env": "error", "no-hardcoded-secrets": "error", "validated-settings": "off", "tested-modules": "off" } } });
const file = "src/services/a.service.ts";
const read = "export const a = () => process.env.PORT;\n";
const password = ["x9Fq", "Lm2Z", "r7Tw"].join("");

describe("reports", () => {
  it.each([
    ["a comment without a reason", `// eslint-disable-next-line std/${silenced}\n${read}`, ["1:1 justified-disable noReason"]],
    ["a block without a reason", `/* eslint-disable std/${silenced} */\n${read}`, ["1:1 justified-disable noReason"]],
    ["one that silences nothing", `// eslint-disable-next-line std/${silenced} -- the port is set by the platform\nexport const a = 1;\n`, ["1:1 justified-disable unused"]],
    ["one that is over", `// eslint-disable-next-line std/${silenced} -- the port is set by the platform until:2025-12-31\n${read}`, ["1:1 justified-disable expired", "2:24 no-process-env"]],
    ["a bare one, which hides everything else", `// eslint-disable-next-line\n${read}`, ["1:1 justified-disable noReason"]],
  ])("%s", async (_name, code, expected) => {
    const found = await check({ [file]: code });
    expect(found.map((line) => line.slice(file.length + 1)).map((line) => (line.includes(silenced) && !line.includes("justified") ? line.split(" ").slice(0, 2).join(" ") : line))).toEqual(expected);
  });

  it("an exception that is over, where it is declared", async () => {
    const found = await check({ [file]: read }, { exceptions: [{ rule: silenced, files: [file], reason: "moved next month", owner: "@platform", expires: "2025-12-31" }] });
    expect(found.filter((line) => line.includes("expiredException"))).toHaveLength(1);
    expect(found.some((line) => line.startsWith(`${file}:1:24 ${silenced}`))).toBe(true);
  });

  it("a comment behind a hash that silences nothing or gives no reason", async () => {
    expect(await check({ "docker-compose.yml": "services:\n  # std-check-disable-next-line no-hardcoded-secrets -- a demonstration\n  app:\n    image: node\n" })).toEqual(["docker-compose.yml:2:3 justified-disable unused"]);
    expect(await check({ "docker-compose.yml": `services:\n  app:\n    environment:\n      # std-check-disable-next-line no-hardcoded-secrets\n      DB_PASSWORD: ${password}\n` })).toEqual(["docker-compose.yml:4:7 justified-disable noReason"]);
  });
});

describe("stays silent on", () => {
  it.each([
    ["a reason", `// eslint-disable-next-line std/${silenced} -- the port is set by the platform\n${read}`],
    ["a reason with an owner and a day to come", `// eslint-disable-next-line std/${silenced} -- the port is set by the platform @platform until:2099-01-01\n${read}`],
    ["a block that ends", `/* eslint-disable std/${silenced} -- the port is set by the platform */\n${read}/* eslint-enable std/${silenced} */\n`],
    ["the end of a line", `export const a = () => process.env.PORT; // eslint-disable-line std/${silenced} -- the port is set by the platform\n`],
    ["other plugins' rules", `// eslint-disable-next-line no-undef\nexport const a = 1;\n`],
  ])("%s", async (_name, code) => {
    expect(await check({ [file]: code })).toEqual([]);
  });

  it("an exception that holds", async () => {
    expect(await check({ [file]: read }, { exceptions: [{ rule: silenced, files: [file], reason: "moved next month", owner: "@platform", expires: "2099-01-01" }] })).toEqual([]);
  });

  it("a comment behind a hash with a reason, in YAML", async () => {
    expect(await check({ "docker-compose.yml": `services:\n  app:\n    environment:\n      # std-check-disable-next-line no-hardcoded-secrets -- the database of the demonstration\n      DB_PASSWORD: ${password}\n` })).toEqual([]);
  });
});
