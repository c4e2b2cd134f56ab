import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type InputOptions, type OutputChunk, type OutputOptions, type Plugin, rolldown } from "rolldown";
import { writeFileAtomically } from "../engine/atomic-file.js";
import { notices } from "./bundle-notices.js";
import { typescriptApart, typescriptAsModule } from "./bundle-typescript.js";

/**
 * Writes `dist/bundle` from the modules that `tsc` made: the command line in few files, which start sooner. `start` answers
 * an unchanged run, `facts` reads code with TypeScript, `checker` is all else. Runs from `dist/src/dev`.
 */
const dist = fileURLToPath(new URL("../../", import.meta.url));
const folder = path.join(dist, "bundle");
const entry = "program.cjs";

/** Programs of their own, binaries, and what few commands need. */
const external = ["dependency-cruiser", "eslint", "@typescript-eslint/parser", "oxc-resolver", "oxlint"];

/** Where a module of ours lies is where it lay before: what it reads beside itself is there, and not in the bundle. Other packages are imported by whoever runs the bundle. */
const hosted: Plugin = {
  name: "hosted",
  transform(code, id) {
    if (!id.startsWith(dist)) return undefined;
    const place = `require("node:url").pathToFileURL(require("node:path").join(__dirname, ${JSON.stringify(path.relative(folder, id))})).href`;
    return code.replaceAll("import.meta.url", place).replaceAll(/\bimport\((?="[^."])/g, "importOther(");
  },
};

/** What reads code is loaded from its own file when the first text is new, as `extraction` does; who imports it by itself is given that. */
function factsApart(file: string): Plugin {
  const loaded = 'createRequire(import.meta.url)("../facts/extract.js")';
  return {
    name: "facts-apart",
    resolveId: (id) => (id === file ? { id, external: true } : id.endsWith("/facts/extract.js") ? path.join(dist, "src/engine/extraction.js") : undefined),
    transform: (code, id) => (id.endsWith("/engine/extraction.js") ? code.replace(loaded, `require("${file}")`) : undefined),
  };
}

const facts = await chunks({ input: path.join(dist, "src/facts/extract.js"), plugins: [typescriptAsModule], treeshake: typescriptApart }, { entryFileNames: "facts-[hash].cjs", codeSplitting: false });
const program = await chunks({ input: path.join(dist, "src/cli/program.js"), plugins: [factsApart(`./${facts[0]?.fileName ?? ""}`), hosted] }, {
  entryFileNames: entry,
  chunkFileNames: "[name]-[hash].cjs",
  codeSplitting: { groups: [{ name: "start", tags: ["$initial"], priority: 1 }, { name: "checker" }] },
  strictExecutionOrder: true,
});
write([...facts, ...program]);

async function chunks(input: InputOptions, output: OutputOptions): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({
    platform: "node",
    external: [/^node:/, ...external],
    // Of packages that have both, what is written for bundlers.
    resolve: { mainFields: ["module", "main"] },
    // What is loaded when it is asked for may be loaded already.
    checks: { ineffectiveDynamicImport: false },
    ...input,
  });
  const { output: built } = await bundle.generate({
    format: "cjs",
    strict: true,
    // V8 keeps two bytes for each character of any other text.
    charset: "ascii",
    comments: { legal: true, annotation: false, jsdoc: false },
    // Names stand in the stack of an error, and dead code would be all of it, since each file is one function, which `src/cli/bundle.ts` calls.
    minify: false,
    banner: "(function (exports, require, __filename, __dirname, importOther) {",
    footer: "})",
    ...output,
  });
  await bundle.close();
  return built.filter((one) => one.type === "chunk");
}

/** The entry last, which says what else is read; then what is left of other builds goes. */
function write(chunks: readonly OutputChunk[]): void {
  const texts = new Map(chunks.map(({ fileName, code }) => [fileName, code]));
  texts.set("LICENSES.txt", notices(chunks.flatMap(({ moduleIds }) => moduleIds)));
  for (const [name, text] of [...texts].sort(([name]) => (name === entry ? 1 : -1))) writeFileAtomically(path.join(folder, name), text);
  for (const name of readdirSync(folder)) if (!texts.has(name)) rmSync(path.join(folder, name), { force: true });
}
