import { findingAt } from "../../src/kit/project-finding.js";
import { lacksRepositoryLayer, packageStoreUses } from "../../src/kit/persistence.js";
import { defineRule } from "../../src/kit/rule.js";
import { storeUses } from "../../src/kit/store-uses.js";

export default defineRule({
  name: "missing-layer",
  section: "architecture",
  clauses: ["ARCH-1", "ARCH-5"],
  description: "Require a repository layer in an application that has data access",
  presets: { recommended: "error", strict: "error", legacy: "off" },
  messages: {
    missing:
      "{{package}} has data access and no repository layer: {{uses}} uses of a database in {{files}} files of other layers. Heaviest: {{heaviest}}. Move queries into repositories, or record the deviation with `\"architecture\": { \"persistence\": \"services\" }` in the settings.",
  },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const unit of model.packages) {
        const { outside } = packageStoreUses(model, unit);
        const [heaviest] = outside;
        if (!heaviest || !scope.has(heaviest[0]) || !lacksRepositoryLayer(model, heaviest[0])) continue;
        const [first] = storeUses(model, heaviest[0]);
        const uses = outside.reduce((sum, [, count]) => sum + count, 0);
        const list = outside.slice(0, 10).map(([file, count]) => `${file} (${count})`);
        const data = { package: unit.name ?? "This application", uses: String(uses), files: String(outside.length), heaviest: list.join(", ") };
        if (first) yield findingAt(model, heaviest[0], first.span, "missing", data, { cause: unit.folder });
      }
    },
  },
});
