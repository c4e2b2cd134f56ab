import { createRequire } from "node:module";
import path from "node:path";
import type { Plugin, TreeshakingOptions } from "rolldown";

/** The compiler that ts-morph carries, beside the main file of its package. */
const compiler = path.join(path.dirname(createRequire(createRequire(import.meta.url).resolve("ts-morph")).resolve("@ts-morph/common")), "typescript.js");

/**
 * Takes TypeScript as the ES module that it was before it was put together, so that only what the facts need of it is
 * bundled: nothing is left of services and transformers that nobody calls. Throws where it is put together in another way.
 */
export const typescriptAsModule: Plugin = {
  name: "typescript-as-module",
  transform(code, id) {
    if (id === compiler) return asModule(code);
    if (!id.endsWith("/facts/typescript.js")) return undefined;
    return replaced(replaced(code, 'const tsMorph = __require("ts-morph");', `import * as ts from ${JSON.stringify(compiler)};`), "export var ts = tsMorph.ts;", "export { ts };");
  },
};

/** What TypeScript calls to list its exports and to register what editors offer, which is for nothing where nobody asks for it. */
export const typescriptApart: TreeshakingOptions = { manualPureFunctions: ["__export", "registerCodeFix", "registerRefactor"], propertyReadSideEffects: false };

/** What its names stand for is listed at its start, as getters. */
function asModule(code: string): string {
  const [, exported] = /\n__export\(typescript_exports, \{([^}]*)\}\);\nmodule\.exports = /.exec(code) ?? [];
  const names = exported?.split(",").map((one) => /^\s*(\w+): \(\) => (\w+)\s*$/.exec(one) ?? []);
  if (!names?.every(([, name, local]) => name !== undefined && local !== undefined)) throw new Error("The exports of TypeScript are not written as they were.");
  const opened = replaced(code, "var ts = {}; ((module) => {", "");
  const inner = replaced(opened.slice(0, opened.indexOf("// Annotate the CommonJS export names")), "module.exports = __toCommonJS(typescript_exports);", "");
  return `${inner}\nexport { ${names.map(([, name, local]) => `${local} as ${name}`).join(", ")} };\n`;
}

function replaced(code: string, part: string, by: string): string {
  if (!code.includes(part)) throw new Error(`\`${part}\` is not in the code any more.`);
  return code.replace(part, () => by);
}
