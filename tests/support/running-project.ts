import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import type { ProjectLiteral } from "./model.js";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Compiles a project literal, with decorators and their metadata, into a folder from which the packages of this
 * repository are found, loads `entry` and gives what it exports to `use`. The folder is removed afterwards.
 */
export async function withRunning<T>(files: ProjectLiteral, entry: string, use: (exports: Readonly<Record<string, unknown>>) => T | Promise<T>): Promise<T> {
  const cache = path.join(repository, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(path.join(cache, "running-"));
  try {
    writeFileSync(path.join(root, "package.json"), '{ "type": "module" }');
    for (const [file, text] of Object.entries(files)) {
      if (!file.endsWith(".ts")) continue;
      const { outputText } = ts.transpileModule(text, { fileName: file, compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false } });
      const target = path.join(root, file.replace(/\.ts$/, ".js"));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
    const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(path.join(root, entry.replace(/\.ts$/, ".js"))).href);
    // A module's exports are an object.
    return await use(loaded as Readonly<Record<string, unknown>>);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
