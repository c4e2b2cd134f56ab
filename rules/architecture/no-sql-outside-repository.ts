import { findingAt } from "../../src/kit/project-finding.js";
import { acceptedPersistence, hasRepositoryLayer } from "../../src/kit/persistence.js";
import { defineRule } from "../../src/kit/rule.js";
import { databaseUses, storeCauses } from "../../src/kit/store-uses.js";
import type { LayerName } from "../../src/model/project-model.js";

interface Options {
  readonly readModels: readonly string[];
}

const confined: ReadonlySet<LayerName> = new Set<LayerName>(["service", "domain", "shared"]);

export default defineRule<Options>({
  name: "no-sql-outside-repository",
  section: "architecture",
  clauses: ["ARCH-5"],
  description: "Keep SQL, query builders and ORM sessions in the repository layer",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: {
    use: "The {{layer}} layer uses the database through `{{receiver}}` ({{package}}). Give the repository a method with a name of the business and call that, so that this code can be tested without a database.",
  },
  optionsSchema: { readModels: { type: "array", items: { type: "string" }, description: "Folders whose services may query directly (a declared read model)." } },
  defaultOptions: { readModels: [] },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const { layer } = model.layerOf(file);
        if (layer === undefined || !confined.has(layer) || options.readModels.some((folder) => file.startsWith(`${folder}/`))) continue;
        const accepted = acceptedPersistence(model, file);
        if (layer === "service" && (accepted === "services" || accepted === "active-record")) continue;
        if (layer === "domain" && accepted === "active-record") continue;
        // Without a repository layer the one finding is missing-layer's; a library's is the application's that uses it.
        if (accepted === undefined && !hasRepositoryLayer(model, file)) continue;
        for (const { use, cause } of storeCauses(databaseUses(model, file).filter(({ lifecycle }) => !lifecycle))) yield findingAt(model, file, use.span, "use", { layer, receiver: use.receiver, package: use.package }, { cause });
      }
    },
  },
});
