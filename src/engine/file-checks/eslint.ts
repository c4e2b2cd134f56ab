import path from "node:path";
import { errorMessage } from "../../base/errors.js";
import { sourceExtensions } from "../../base/paths.js";
import type { Recorded } from "../../kit/recorded.js";
import plugin from "./plugin.js";
import { EngineFailure, type FileBatch, type FileResult } from "./types.js";

/** Runs file checks in ESLint's own process-internal linter, with nothing of the repo's configuration. */
export async function runEslint(root: string, batch: FileBatch): Promise<readonly FileResult[]> {
  const { Linter } = await load(() => import("eslint"), "eslint");
  const parser = await load(() => import("@typescript-eslint/parser"), "@typescript-eslint/parser");
  const linter = new Linter({ cwd: root, configType: "flat" });
  const rules = Object.fromEntries([...batch.rules].map(([name, options]) => [`std/${name}`, ["error", options] as ["error", object]]));
  const results: FileResult[] = [];
  for (const [file, text] of batch.files) {
    const jsx = !/\.[cm]?ts$/.test(file);
    try {
      const messages = linter.verify(text, [{ files: [`**/*{${sourceExtensions.join(",")}}`], plugins: { std: plugin }, rules, linterOptions: { noInlineConfig: true }, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx } } } }], { filename: path.join(root, file), allowInlineConfig: false });
      for (const message of messages) {
        const rule = message.ruleId?.startsWith("std/") ? message.ruleId.slice("std/".length) : undefined;
        // Syntax errors are the facts' to report; anything else without a rule means that the file was not looked at.
        if (message.ruleId === null && message.fatal !== true) throw new EngineFailure(`ESLint did not look at ${file}: ${message.message}`);
        if (rule !== undefined) results.push({ kind: "finding", file, rule, recorded: JSON.parse(message.message) as Recorded });
      }
    } catch (error) {
      if (error instanceof EngineFailure) throw error;
      const rule = /Rule: "std\/([\w-]+)"/.exec(errorMessage(error))?.[1] ?? "unknown";
      results.push({ kind: "crash", file, rule, message: errorMessage(error) });
    }
  }
  return results;
}

async function load<T>(importer: () => Promise<T>, name: string): Promise<T> {
  try {
    return await importer();
  } catch (error) {
    throw new EngineFailure(`${name} cannot be loaded: ${errorMessage(error)}`);
  }
}
