import { compareText, type EditDraft, type RuleFinding } from "../../src/base/finding.js";
import { baseName, folderOf, isWithin } from "../../src/base/paths.js";
import { kindOf, reachesStore } from "../../src/catalogue/index.js";
import { allowedLayers, forbiddenImport } from "../../src/kit/layering.js";
import { chainText, findingAt, relatedAt, relatedChain } from "../../src/kit/project-finding.js";
import { isPlainData } from "../../src/kit/plain-data.js";
import { isPort } from "../../src/kit/ports.js";
import { defineRule } from "../../src/kit/rule.js";
import { storeUses } from "../../src/kit/store-uses.js";
import type { Declaration, Edge, EdgeKind, LinkedName, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly typeImports: "allow" | "report";
  readonly throughShared: boolean;
  readonly everyImporter: boolean;
}

/** More files of one layer than this import the same thing wrongly: it lies in the wrong place, and is one finding. */
const fewImporters = 5;

export default defineRule<Options>({
  name: "layer-imports",
  section: "architecture",
  clauses: ["ARCH-1", "ARCH-3", "ARCH-5"],
  description: "Forbid imports from one layer to a layer it must not know",
  presets: { recommended: "error", strict: ["error", { typeImports: "report", throughShared: true, everyImporter: true }], legacy: "off" },
  messages: {
    forbidden: "{{from}} must not import {{to}}: `{{name}}` is declared in {{target}}{{via}}. {{from}} may import {{allowed}}; move the code, or import a port that {{to}} implements.",
    misplaced: "{{count}} files of {{from}} import {{target}}, which is {{to}} ({{evidence}}); here `{{name}}`{{via}}. {{from}} may import {{allowed}}; move what they need out of {{target}}, or pass it in.",
    module: "{{from}} must not import {{to}}: this loads {{target}}. {{from}} may import {{allowed}}; move the code, or import a port that {{to}} implements.",
    throughShared: "{{from}} must not reach {{to}} through shared code: {{chain}}. Move {{end}} out of what shared code imports.",
  },
  optionsSchema: {
    typeImports: { enum: ["allow", "report"], description: "Whether imports that exist only for types count, and imports of plain data: enumerations, constants, error classes, schemas." },
    throughShared: { type: "boolean", description: "Also report the import that reaches a forbidden layer through shared code." },
    everyImporter: { type: "boolean", description: "Report every import of a file that more than five files of a layer import, and not the first alone." },
  },
  defaultOptions: { typeImports: "allow", throughShared: false, everyImporter: false },
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const { layer } = model.layerOf(file);
        if (layer === undefined || layer === "tests" || layer === "migrations" || layer === "composition") continue;
        // Code in a shared place that uses a store is no shared code, and no-sql-outside-repository or missing-layer says so.
        if (layer === "shared" && !options.everyImporter && storeUses(model, file).length > 0) continue;
        for (const edge of model.edgesFrom(file)) if (!isBarrelOf(edge)) yield* checkEdge(model, edge, options);
      }
    },
  },
});

function* checkEdge(model: ProjectModel, edge: Edge, options: Options): Iterable<RuleFinding> {
  if (edge.names.length === 0) {
    if (edge.target.kind === "file" && counts(edge.kind, options)) yield* reportModule(model, edge, edge.target.file);
    return;
  }
  let clean = true;
  for (const linked of edge.names) {
    if (!counts(linked.kind, options)) continue;
    const finding = options.typeImports === "allow" && (isPlainData(model, linked) || belongsToUse(model, edge, linked)) ? undefined : checkName(model, edge, linked, options);
    if (finding) {
      clean = false;
      const fix = options.typeImports === "allow" ? typeImport(edge, linked) : undefined;
      yield { ...finding, ...(fix && { fix }) };
    }
  }
  if (clean && options.throughShared) yield* checkThroughShared(model, edge);
}

/** `utils/index.ts` hands on what lies beside it, of whatever layer that is, by itself or in a list. */
function isBarrelOf({ from, target }: Edge): boolean {
  return target.kind === "file" && /^index\.[cm]?[jt]s$/.test(baseName(from)) && isWithin(folderOf(from), target.file);
}

/** Makes an import for types a type-only one. One that decorator metadata keeps is of another kind, and stays. */
function typeImport({ from, fact, names }: Edge, { name, kind }: LinkedName): EditDraft[] | undefined {
  if (fact.form !== "import" || kind !== "runtime" || name.use !== "type" || !/\.[cm]?tsx?$/.test(from)) return undefined;
  const isForTypes = names.every((linked) => linked.name.use === "type" && linked.kind === "runtime" && linked.name.typeOnly === undefined);
  const hasDefault = names.some((linked) => linked.name.imported === "default" && linked.name.span[1] - linked.name.span[0] === linked.name.local.length);
  const behindKeyword = fact.span[0] + "import".length;
  if (isForTypes && (names.length === 1 || !hasDefault)) return [{ start: behindKeyword, end: behindKeyword, text: " type" }];
  return hasDefault || name.imported === "*" ? undefined : [{ start: name.span[0], end: name.span[0], text: "type " }];
}

function counts(kind: EdgeKind, options: Options): boolean {
  return kind === "runtime" || kind === "metadata" || options.typeImports === "report";
}

function checkName(model: ProjectModel, edge: Edge, linked: LinkedName, options: Options): RuleFinding | undefined {
  const target = fileOf(linked.declaration);
  if (target === undefined || isPort(model, edge.from, linked)) return undefined;
  const layers = violation(model, edge.from, target);
  if (!layers) return undefined;
  const via = linked.via.length === 0 ? "" : `, by way of ${linked.via.join(" → ")}`;
  const importers = options.everyImporter ? [] : importersOf(model, edge, target, options);
  if (importers.length > fewImporters && importers[0] !== edge.from) return undefined;
  const data = { ...layers, count: String(importers.length), evidence: model.layerOf(target).evidence.join(", "), name: linked.name.imported === "default" || linked.name.imported === "*" ? linked.name.local : linked.name.imported, target, via, allowed: allowedLayers(model.layerOf(edge.from), model.options) };
  const related = linked.declaration.kind === "binding" ? [relatedAt(model, target, bindingSpan(model, linked.declaration), `${linked.name.imported} is declared here`)] : [];
  return findingAt(model, edge.from, edge.fact.specifierSpan, importers.length > fewImporters ? "misplaced" : "forbidden", data, { cause: causeOf(edge, layers), related });
}

/** The files of the importer's layer that import what a file declares from where the importer does, sorted. */
function importersOf(model: ProjectModel, { from, target }: Edge, declaredIn: string, options: Options): readonly string[] {
  if (target.kind !== "file") return [];
  const { layer } = model.layerOf(from);
  const edges = model.edgesTo(target.file).filter((edge) => model.layerOf(edge.from).layer === layer && edge.names.some((linked) => counts(linked.kind, options) && fileOf(linked.declaration) === declaredIn && !isPlainData(model, linked)));
  return [...new Set(edges.map((edge) => edge.from))].sort(compareText);
}

function* reportModule(model: ProjectModel, edge: Edge, target: string): Iterable<RuleFinding> {
  const layers = violation(model, edge.from, target);
  if (!layers) return;
  const data = { ...layers, target, allowed: allowedLayers(model.layerOf(edge.from), model.options) };
  yield findingAt(model, edge.from, edge.fact.specifierSpan, "module", data, { cause: causeOf(edge, layers) });
}

/** Code that is for everybody and knows a layer is one cause, however much of the layer it knows. */
function causeOf(edge: Edge, layers: { readonly from: string; readonly to: string }): string {
  return layers.from === "shared" ? "shared" : `${edge.fact.specifier ?? ""} ${layers.to}`;
}

/** A forbidden edge; what no-db-in-api owns (api to repository) is left to it. */
function violation(model: ProjectModel, from: string, to: string): { readonly from: string; readonly to: string } | undefined {
  const layers = { from: model.layerOf(from), to: model.layerOf(to) };
  if (layers.from.layer === "api" && layers.to.layer === "repository") return undefined;
  // What lies in one folder is of one box, whatever each file of it does.
  if (layers.from.layer === "shared" && folderOf(from) === folderOf(to)) return undefined;
  if (layers.to.layer === "tests" || layers.to.layer === "migrations") return undefined;
  return forbiddenImport(layers.from, layers.to, model.options);
}

function* checkThroughShared(model: ProjectModel, edge: Edge): Iterable<RuleFinding> {
  const { target, from } = edge;
  if (target.kind !== "file" || edge.kind === "type-only" || edge.kind === "elided" || !isTransparent(model, target.file)) return;
  const reach = model.shortestPath(target.file, (file) => !isTransparent(model, file) && violation(model, from, file) !== undefined);
  if (!reach?.every((step) => isTransparent(model, step.from))) return;
  const end = reach.at(-1)?.target;
  const layers = end?.kind === "file" ? violation(model, from, end.file) : undefined;
  if (!layers || end?.kind !== "file") return;
  const chain = [edge, ...reach];
  yield findingAt(model, from, edge.fact.specifierSpan, "throughShared", { ...layers, chain: chainText(model, chain), end: end.file }, { cause: end.file, related: relatedChain(model, chain.slice(1)) });
}

/** Code that is of no layer, as far as anybody knows, hands on what it imports. */
function isTransparent(model: ProjectModel, file: string): boolean {
  const { layer } = model.layerOf(file);
  return layer === "shared" || layer === undefined;
}

/** A client or table that the file queries with: the use is what no-sql-outside-repository or missing-layer reports. */
function belongsToUse(model: ProjectModel, edge: Edge, { declaration }: LinkedName): boolean {
  if (declaration.kind !== "binding" && declaration.kind !== "default") return false;
  const reaches = model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && (reachesStore(value.provenance) || kindOf(value.provenance) === "table"));
  return reaches && storeUses(model, edge.from).length > 0;
}

function fileOf(declaration: Declaration): string | undefined {
  return declaration.kind === "package" || declaration.kind === "unresolved" ? undefined : declaration.file;
}

function bindingSpan(model: ProjectModel, declaration: { readonly file: string; readonly binding: number }) {
  return model.facts(declaration.file).bindings[declaration.binding]?.span ?? ([0, 0] as const);
}
