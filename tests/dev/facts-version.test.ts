import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { factsVersion } from "../../src/dev/facts-version.js";

it("changes with any code that makes facts, also in what that imports, and with no other", () => {
  const root = mkdtempSync(path.join(tmpdir(), "facts-version-"));
  const write = (file: string, text: string): string => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    return factsVersionOf();
  };
  const factsVersionOf = (): string => factsVersion(root).text;
  try {
    mkdirSync(path.join(root, "src/catalogue"), { recursive: true });
    writeFileSync(path.join(root, "src/catalogue/tokens.ts"), "export const prefix = 1;");
    const first = write("src/facts/extract.ts", 'import { prefix } from "../catalogue/tokens.js";\nimport { factsVersion } from "./version.js";\nexport const all = [prefix, factsVersion];');
    expect(write("src/facts/version.ts", first)).toBe(first);
    expect(write("src/kit/rule.ts", "export const other = 1;")).toBe(first);
    expect(write("src/catalogue/tokens.ts", "export const prefix = 2;")).not.toBe(first);
    expect(write("src/catalogue/tokens.ts", "export const prefix = 1;")).toBe(first);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
