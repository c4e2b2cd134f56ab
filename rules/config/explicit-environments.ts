import { repositoryCause } from "../../src/base/causes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { decidedByProduction } from "../../src/kit/settings/environment-decisions.js";
import { type EnvironmentTest, environmentTests } from "../../src/kit/settings/environment-tests.js";
import { decidedNames } from "../../src/kit/settings/guarded-code.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { settingsOf } from "../../src/kit/settings/settings-modules.js";
import { isOfRead, strayEnvironmentReads } from "../../src/kit/settings/stray-environment-reads.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly everywhere: boolean;
}

const environmentKey = /(^|_)(env|environment|stage)$/i;
const inCapitals = /^[A-Z][A-Z_]*$/;
const logging = /log(ger|ging)?$|pino|winston|transport|pretty|morgan/i;

export default defineRule<Options>({
  name: "explicit-environments",
  section: "config",
  clauses: ["CONF-4"],
  description: "Require behaviour that depends on the environment to be a setting, and names of environments that exist",
  presets: { recommended: "warn", strict: ["error", { everywhere: true }], legacy: "off" },
  messages: {
    unlisted: "`{{key}}` is compared with \"{{text}}\", which the settings schema does not list ({{values}}): this branch never runs. Use a listed name, or add this one to the schema.",
    twoWay: "Whether this is production decides {{what}} here, so every other environment, also the stage before production, gets the other behaviour. Make it a setting of its own, with a value for each environment.",
    outside: "`{{key}}` is compared outside the settings module, so what differs between environments is spread over the code. Make it a setting, such as `settings.prettyLogs`, and decide there.",
  },
  optionsSchema: { everywhere: { type: "boolean", description: "Report every comparison with the environment's name outside the settings module." } },
  defaultOptions: { everywhere: false },
  project: {
    reads: "model",
    *check(model, scope, { everywhere }) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file) || model.layerOf(file).layer === "settings") continue;
        const tests = environmentTests(model, file);
        if (tests.length === 0) continue;
        const use = settingsOf(model, model.packageOf(file));
        // A module of Nest's loads the settings, and sets other things up with them.
        const loads = use.modules.some((module) => module.file === file);
        if (loads && !/\.module\.[cm]?[jt]s$/.test(file)) continue;
        const named = use.modules.flatMap(({ keys = [] }) => keys.filter(({ name }) => environmentKey.test(name)));
        for (const test of tests) {
          // A name in capitals has a list of its own: what `ENVIRONMENT` may be says nothing of `NODE_ENV`.
          const listed = new Set(named.flatMap(({ name, values = [] }) => (inCapitals.test(test.key) && inCapitals.test(name) && name !== test.key ? [] : values)));
          const finding = judge(model, file, test, listed, everywhere && !loads);
          if (finding) yield finding;
        }
      }
    },
  },
});

/** The gravest of what is wrong with a test; one finding a test. */
function judge(model: ProjectModel, file: string, test: EnvironmentTest, listed: ReadonlySet<string>, everywhere: boolean): RuleFinding | undefined {
  const { node, key, texts } = test;
  // `config.get("tracing.env")` has a list of its own.
  const isNested = /^(?!app\.|server\.)\w+\./.test(key);
  const unknown = listed.size > 0 && !isNested ? texts.find(({ value }) => !listed.has(value)) : undefined;
  if (unknown) return findingAt(model, file, unknown.span, "unlisted", { key, text: unknown.value, values: [...listed].join(", ") });
  // A read of the environment outside the settings is reported by no-process-env, with what it decides.
  if (strayEnvironmentReads(model, file).some((stray) => isOfRead(test.read.span, stray))) return undefined;
  const what = decidedByProduction(model, file, test);
  if (what !== undefined) return findingAt(model, file, node.span, "twoWay", { what: `\`${what}\`` }, { cause: repositoryCause(`${model.packageOf(file).folder} ${what}`) });
  if (!everywhere || isLoggingOfTests(model, file, test)) return undefined;
  return findingAt(model, file, node.span, "outside", { key });
}

/** `enabled: env.NODE_ENV !== "test"` in the set-up of a logger. */
function isLoggingOfTests(model: ProjectModel, file: string, { node, texts }: EnvironmentTest): boolean {
  return texts.every(({ value }) => value === "test") && (logging.test(file.replace(/\.[cm]?[jt]s$/, "")) || decidedNames(model, file, node).some((name) => logging.test(name)));
}
