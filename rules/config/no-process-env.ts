import { baseName } from "../../src/base/paths.js";
import { describe } from "../../src/catalogue/index.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { type EnvironmentRead, environmentReads } from "../../src/kit/environment.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { readFromSettings } from "../../src/kit/settings-fix.js";
import { settingsOf } from "../../src/kit/settings-modules.js";
import type { ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "no-process-env",
  section: "config",
  clauses: ["CONF-1"],
  description: "Forbid reading the environment outside the settings module",
  presets: { recommended: "error", strict: "error", legacy: "warn" },
  messages: {
    read: "`{{key}}` is read from the environment here: nothing checks that it is set or what it holds, and no type says so. Read it from {{settings}}.",
    loaded: "`{{call}}` loads the environment here, so what other modules see depends on the order of imports. Load it in the settings module or in the file that starts the application.",
  },
  optionsSchema: {},
  defaultOptions: {},
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        const { layer } = model.layerOf(file);
        if (layer === "settings" || isLoader(file)) continue;
        const { modules } = settingsOf(model, model.packageOf(file));
        if (modules.some((module) => module.file === file)) continue;
        const settings = modules[0] ? `the settings of ${modules[0].file}` : "a settings module that puts the environment through a schema";
        for (const read of environmentReads(model, file)) {
          if (read.whole || isPutInAtBuild(read)) continue;
          const fix = readFromSettings(model, file, read, modules);
          yield findingAt(model, file, read.node.span, "read", { key: read.keys?.join("`, `") ?? "process.env", settings }, { cause: "environment", ...(fix && { fix }) });
        }
        if (layer !== "composition") yield* loads(model, file);
      }
    },
  },
});

/** A module that does nothing but load the environment, for settings to import: `dotenv.ts`, `load-env.ts`. */
function isLoader(file: string): boolean {
  return /^(?:load[-.]?)?dot-?env\.|^load[-.]?env\./i.test(baseName(file));
}

/** Keys that a bundler replaces by their text: nothing is read at run time. */
function isPutInAtBuild({ keys }: EnvironmentRead): boolean {
  return keys !== undefined && keys.length > 0 && keys.every((key) => /^(VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|REACT_APP|GATSBY)_|^NEXT_RUNTIME$/.test(key));
}

/** `dotenv.config()` and `import "dotenv/config"`. */
function* loads(model: ProjectModel, file: string) {
  for (const fact of model.facts(file).imports) if (fact.specifier !== undefined && /^(dotenv|dotenv-flow|@dotenvx\/dotenvx)\/(config|register)(\.js)?$/.test(fact.specifier)) yield findingAt(model, file, fact.span, "loaded", { call: `import "${fact.specifier}"` });
  for (const { node } of model.values.index(file).calls) {
    const isLoader = model.values.of(file, node.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.settings?.does === "load" && /dotenv|@next\/env/.test(callee.provenance.package));
    if (isLoader) yield findingAt(model, file, node.span, "loaded", { call: node.callee.kind === "member" ? `dotenv.${node.callee.property}()` : "config()" });
  }
}
