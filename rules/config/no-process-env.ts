import type { RuleFinding } from "../../src/base/finding.js";
import { describe } from "../../src/catalogue/index.js";
import { decidedByProduction } from "../../src/kit/environment-decisions.js";
import { environmentTests } from "../../src/kit/environment-tests.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { readFromSettings } from "../../src/kit/settings-fix.js";
import { settingsOf } from "../../src/kit/settings-modules.js";
import { isOfRead, mayRead, strayEnvironmentReads } from "../../src/kit/stray-environment-reads.js";
import type { ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "no-process-env",
  section: "config",
  clauses: ["CONF-1"],
  description: "Forbid reading the environment outside the settings module",
  presets: { recommended: "error", strict: "error", legacy: "warn" },
  messages: {
    read: "`{{key}}` is read from the environment here: nothing checks that it is set or what it holds, and no type says so. Read it from {{settings}}.",
    decides: "`{{key}}` is read from the environment here, and whether it is production decides {{what}}: every other environment, also the stage before production, gets the other behaviour. Make that a setting of its own, with a value for each environment, in {{settings}}.",
    loaded: "`{{call}}` loads the environment here, so what other modules see depends on the order of imports. Load it in the settings module or in the file that starts the application.",
  },
  optionsSchema: {},
  defaultOptions: {},
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (mayRead(model, file)) continue;
        yield* reads(model, file);
        if (model.layerOf(file).layer !== "composition") yield* loads(model, file);
      }
    },
  },
});

function* reads(model: ProjectModel, file: string): Iterable<RuleFinding> {
  const stray = strayEnvironmentReads(model, file);
  if (stray.length === 0) return;
  const { modules } = settingsOf(model, model.packageOf(file));
  const settings = modules[0] ? `the settings of ${modules[0].file}` : "a settings module that puts the environment through a schema";
  const tests = environmentTests(model, file);
  for (const read of stray) {
    const key = read.keys?.join("`, `") ?? "process.env";
    const [what] = tests.flatMap((test) => (isOfRead(test.read.span, read) ? (decidedByProduction(model, file, test) ?? []) : []));
    const fix = readFromSettings(model, file, read, modules);
    if (what !== undefined) yield findingAt(model, file, read.node.span, "decides", { key, what: `\`${what}\``, settings }, { cause: "decides" });
    else yield findingAt(model, file, read.node.span, "read", { key, settings }, { cause: "environment", ...(fix && { fix }) });
  }
}

/** `dotenv.config()` and `import "dotenv/config"`. */
function* loads(model: ProjectModel, file: string) {
  for (const fact of model.facts(file).imports) if (fact.specifier !== undefined && /^(dotenv|dotenv-flow|@dotenvx\/dotenvx)\/(config|register)(\.js)?$/.test(fact.specifier)) yield findingAt(model, file, fact.span, "loaded", { call: `import "${fact.specifier}"` });
  for (const { node } of model.values.index(file).calls) {
    const isLoader = model.values.of(file, node.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.settings?.does === "load" && /dotenv|@next\/env/.test(callee.provenance.package));
    if (isLoader) yield findingAt(model, file, node.span, "loaded", { call: node.callee.kind === "member" ? `dotenv.${node.callee.property}()` : "config()" });
  }
}
