import { repositoryCause } from "../../src/base/causes.js";
import { counted } from "../../src/base/words.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { isLeftToApi, lacksRepositoryLayer, packageStoreUses } from "../../src/kit/layering/persistence.js";
import { defineRule } from "../../src/kit/rule.js";
import { databaseUses } from "../../src/kit/project/store-uses.js";

const remedies = {
  api: "Move queries out of the handlers into repositories, and let services call those",
  service: 'Move queries into repositories, or record the deviation with `"architecture": { "persistence": "services" }` in the settings',
};

interface Options {
  readonly apiAlone: "leave" | "report";
}

/** In an application of more files than this, the one file that reaches a store is no architecture. */
const manyFiles = 20;

export default defineRule<Options>({
  name: "missing-layer",
  section: "architecture",
  clauses: ["ARCH-1", "ARCH-5"],
  description: "Require a repository layer in an application that has data access",
  presets: { recommended: "error", strict: ["error", { apiAlone: "report" }], legacy: "off" },
  messages: {
    missing:
      "{{package}} has data access and {{layer}}: {{uses}} of a database in {{files}} of other layers. Heaviest: {{heaviest}}. {{remedy}}.",
  },
  optionsSchema: { apiAlone: { enum: ["leave", "report"], description: "Whether an application counts whose data access lies in at most ten files of the api, which `no-db-in-api` reports one by one, or in one file of many." } },
  defaultOptions: { apiAlone: "leave" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const unit of model.packages) {
        const { outside, repositories } = packageStoreUses(model, unit);
        const [heaviest] = outside;
        if (!heaviest || !scope.has(heaviest[0]) || !lacksRepositoryLayer(model, heaviest[0]) || (options.apiAlone === "leave" && (isLeftToApi(model, unit) || (outside.length === 1 && model.filesOf(unit).length > manyFiles)))) continue;
        const [first] = databaseUses(model, heaviest[0]);
        const uses = outside.reduce((sum, [, count]) => sum + count, 0);
        const list = outside.slice(0, 10).map(([file, count]) => `${file} (${count})`);
        const inApi = outside.filter(([file]) => model.layerOf(file).layer === "api").length;
        const layer = repositories === 0 ? "no repository layer" : `goes past its repository layer (${counted(repositories, "file")})`;
        const data = { package: unit.name ?? "This application", layer, uses: counted(uses, "use"), files: counted(outside.length, "file"), heaviest: list.join(", "), remedy: inApi * 2 > outside.length ? remedies.api : remedies.service };
        if (first) yield findingAt(model, heaviest[0], first.span, "missing", data, { cause: repositoryCause("no repository layer") });
      }
    },
  },
});
