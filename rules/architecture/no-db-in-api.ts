import type { RuleFinding } from "../../src/base/finding.js";
import { isFor, isHarmless } from "../../src/catalogue/index.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { storeUses } from "../../src/kit/store-uses.js";
import type { Edge, LinkedName, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly types: "allow" | "report";
}

export default defineRule<Options>({
  name: "no-db-in-api",
  section: "architecture",
  clauses: ["ARCH-3", "ARCH-5"],
  description: "Forbid data access and the repository layer in the api layer",
  presets: { recommended: "error", strict: ["error", { types: "report" }], legacy: "off" },
  messages: {
    package: "The api layer imports {{name}} from {{package}}, a data-access package. Let a service do this and call it from here, so that the handler can be tested without a database.",
    repository: "The api layer imports {{name}} from the repository layer ({{target}}{{via}}). Call a service, which may use the repository.",
    use: "The api layer uses the database through `{{receiver}}` ({{package}}). Move this into a repository, and call a service from here.",
  },
  optionsSchema: { types: { enum: ["allow", "report"], description: "Whether imports of types, enumerations, error classes and entities count." } },
  defaultOptions: { types: "allow" },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        if (model.layerOf(file).layer !== "api") continue;
        const imported = new Map<string, string>();
        for (const edge of model.edgesFrom(file)) yield* checkEdge(model, edge, options, imported);
        for (const use of storeUses(model, file)) {
          const cause = imported.get(use.cause.replace(/^this\./, "")) ?? use.cause;
          yield findingAt(model, file, use.span, "use", { receiver: use.receiver, package: use.package }, { cause });
        }
      }
    },
  },
});

/** `imported` takes the local names that the findings are about, so that their uses are the same cause. */
function* checkEdge(model: ProjectModel, edge: Edge, options: Options, imported: Map<string, string>): Iterable<RuleFinding> {
  const cause = edge.fact.specifier ?? "";
  if (edge.names.length === 0) {
    const bare = edge.target.kind === "package" ? isFor(edge.target.package, edge.target.subpath, "data-access") : false;
    if (edge.kind !== "runtime") return;
    if (bare && edge.target.kind === "package") yield findingAt(model, edge.from, edge.fact.specifierSpan, "package", { name: "it", package: edge.target.package }, { cause });
    if (edge.target.kind === "file" && model.layerOf(edge.target.file).layer === "repository") yield findingAt(model, edge.from, edge.fact.specifierSpan, "repository", { name: "it", target: edge.target.file, via: "" }, { cause });
    return;
  }
  for (const linked of edge.names) {
    const finding = checkName(model, edge, linked, options, cause);
    if (!finding) continue;
    imported.set(linked.name.local, cause);
    yield finding;
  }
}

function checkName(model: ProjectModel, edge: Edge, linked: LinkedName, options: Options, cause: string): RuleFinding | undefined {
  const { declaration, name, kind, via } = linked;
  const harmless = kind === "type-only" || kind === "elided";
  if (harmless && options.types === "allow") return undefined;
  if (declaration.kind === "package") {
    if (!isFor(declaration.package, declaration.subpath, "data-access")) return undefined;
    if (options.types === "allow" && isHarmless({ package: declaration.package, subpath: declaration.subpath, path: declaration.path })) return undefined;
    return findingAt(model, edge.from, edge.fact.specifierSpan, "package", { name: `\`${name.local}\``, package: declaration.package + declaration.subpath }, { cause });
  }
  if (declaration.kind === "unresolved" || model.layerOf(declaration.file).layer !== "repository") return undefined;
  if (options.types === "allow" && isModelType(model, linked)) return undefined;
  const related = declaration.kind === "binding" ? [relatedAt(model, declaration.file, model.facts(declaration.file).bindings[declaration.binding]?.span ?? [0, 0], `${name.imported} is declared here`)] : [];
  const data = { name: `\`${name.local}\``, target: declaration.file, via: via.length === 0 ? "" : `, by way of ${via.join(" → ")}` };
  return findingAt(model, edge.from, edge.fact.specifierSpan, "repository", data, { cause, related });
}

/** Entities, enumerations, error classes and constants of the repository layer describe data; reading and writing is not in them. */
function isModelType(model: ProjectModel, { declaration }: LinkedName): boolean {
  if (declaration.kind !== "binding") return false;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  if (source?.kind === "enum" || source?.kind === "type") return true;
  if (source?.kind === "value") return source.value?.kind === "literal" || source.value?.kind === "object" || source.value?.kind === "array";
  if (source?.kind !== "class") return false;
  const entity = source.class.decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && /^(Entity|Schema|Table|ViewEntity|ChildEntity|ObjectType|Embeddable)$/.test(value.callee.name)) ?? false;
  const base = source.class.extends?.value;
  return entity || (base?.kind === "name" && /(Error|Exception)$/.test(base.name));
}
