import type { RuleFinding } from "../../src/base/finding.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { isHarmlessImport } from "../../src/kit/layering/harmless-imports.js";
import { handsOn, isBarrelOf, isIndex } from "../../src/kit/project/index-files.js";
import { allowedLayers, isLayered, violation } from "../../src/kit/layering/layering.js";
import { chainText, findingAt, relatedAt, relatedChain } from "../../src/kit/project-finding.js";
import { isPort } from "../../src/kit/layering/ports.js";
import { defineRule } from "../../src/kit/rule.js";
import { reachThroughShared } from "../../src/kit/layering/shared-reach.js";
import { makesClient, storeUses } from "../../src/kit/project/store-uses.js";
import { takenNames } from "../../src/kit/layering/taken-names.js";
import { together } from "../../src/kit/layering/together.js";
import { typeImport } from "../../src/kit/layering/type-imports.js";
import type { Declaration, Edge, EdgeKind, LinkedName, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly typeImports: "allow" | "report";
  readonly throughShared: boolean;
  readonly guesses: boolean;
  readonly everyFile: boolean;
}

export default defineRule<Options>({
  name: "layer-imports",
  section: "architecture",
  clauses: ["ARCH-1", "ARCH-3", "ARCH-5"],
  description: "Forbid imports from one layer to a layer it must not know",
  presets: { recommended: "warn", strict: ["error", { typeImports: "report", throughShared: true, guesses: true, everyFile: true }], legacy: "off" },
  messages: {
    forbidden: "{{from}} must not import {{to}}: `{{name}}` is declared in {{target}}{{via}}. {{from}} may import {{allowed}}; move the code, or import a port that {{to}} implements.",
    module: "{{from}} must not import {{to}}: this loads {{target}}. {{from}} may import {{allowed}}; move the code, or import a port that {{to}} implements.",
    several: "{{from}} must not import {{to}}: {{count}} modules of it are imported here, `{{name}}` first ({{target}}; then {{others}}). {{from}} may import {{allowed}}; move what needs them to where it may know them, or import ports that {{to}} implements.",
    spread: "{{count}} files of {{from}} import {{to}}, here first ({{target}}; then {{others}}). {{from}} may import {{allowed}}; move what is shared to where both may know it.",
    throughShared: "{{from}} must not reach {{to}} through shared code: {{chain}}. Move {{end}} out of what shared code imports.",
  },
  optionsSchema: {
    typeImports: { enum: ["allow", "report"], description: "Whether imports that exist only for types count, and imports of plain data: enumerations, constants, error classes, schemas." },
    throughShared: { type: "boolean", description: "Also report the import that reaches a forbidden layer through shared code." },
    guesses: { type: "boolean", description: "Also judge files whose layer is a guess from what they do, settings, and code that no server runs." },
    everyFile: { type: "boolean", description: "Report every file where more than ten of one layer import the same other layer, and not the first alone." },
  },
  defaultOptions: { typeImports: "allow", throughShared: false, guesses: false, everyFile: false },
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope, options) {
      const habit: Habit = { key: `layer-imports ${JSON.stringify(options)}`, files: model.files, findingsIn: (file) => findingsIn(model, file, options), kindOf, dataOf };
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habit);
    },
  },
});

/** What one decision brought about: shared code that knows layers, one module of the composition that many use, one layer that knows another. */
function kindOf({ cause, data }: RuleFinding): string {
  if (cause === "shared") return cause;
  return data?.["to"] === "composition" ? `>${data["target"] ?? ""}` : `${data?.["from"] ?? ""}>${data?.["to"] ?? ""}`;
}

/** What stands for the imports of all files, of shared code and into the composition root without the layer of the first. */
function dataOf({ cause, data }: RuleFinding): RuleFinding["data"] {
  return { ...data, ...(cause === "shared" ? { to: "other layers" } : data?.["to"] === "composition" && { from: "other layers" }) };
}

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  const { layer } = model.layerOf(file);
  if (layer === undefined || layer === "tests" || layer === "migrations" || layer === "composition" || (!options.guesses && !isLayered(model, file))) return;
  // Code in a shared place that uses a store is no shared code, and no-sql-outside-repository or missing-layer says so; what makes the client knows its tables.
  if (layer === "shared" && !options.everyFile && (storeUses(model, file).length > 0 || model.dataAccess.of(file).length > 0 || makesClient(model, file))) return;
  const found = model.edgesFrom(file).flatMap((edge) => (isBarrelOf(edge) || (!options.everyFile && handsOn(edge)) ? [] : [...checkEdge(model, edge, options)]));
  yield* options.everyFile ? found : together(found, "forbidden", ({ data }) => data?.["to"] ?? "");
}

function* checkEdge(model: ProjectModel, edge: Edge, options: Options): Iterable<RuleFinding> {
  if (edge.names.length === 0) {
    if (edge.target.kind === "file" && counts(edge.kind, options)) yield* reportModule(model, edge, edge.target.file, options);
    return;
  }
  let clean = true;
  for (const linked of takenNames(model, edge)) {
    if (!counts(linked.kind, options)) continue;
    const finding = options.typeImports === "allow" && isHarmlessImport(model, edge.from, linked) ? undefined : checkName(model, edge, linked, options);
    if (finding) {
      clean = false;
      const fix = options.typeImports === "allow" ? typeImport(edge, linked) : undefined;
      yield { ...finding, ...(fix && { fix }) };
    }
  }
  const reach = clean && options.throughShared ? reachThroughShared(model, edge, options.guesses) : undefined;
  if (reach) yield findingAt(model, edge.from, edge.fact.specifierSpan, "throughShared", { ...reach.layers, chain: chainText(model, reach.chain), end: reach.end }, { cause: reach.end, related: relatedChain(model, reach.chain.slice(1)) });
}

function counts(kind: EdgeKind, options: Options): boolean {
  return kind === "runtime" || kind === "metadata" || options.typeImports === "report";
}

function checkName(model: ProjectModel, edge: Edge, linked: LinkedName, options: Options): RuleFinding | undefined {
  const { declaration, name } = linked;
  const target = fileOf(declaration);
  // Of all that a list of a folder hands on, nobody knows what is used.
  if (target === undefined || isPort(model, edge.from, linked) || (declaration.kind === "namespace" && isIndex(target))) return undefined;
  const layers = violation(model, edge.from, target, options.guesses);
  if (!layers) return undefined;
  const via = linked.via.length === 0 ? "" : `, by way of ${linked.via.join(" → ")}`;
  const data = { ...layers, name: name.imported === "default" || name.imported === "*" ? name.local : name.imported, target, via, allowed: allowedLayers(model.layerOf(edge.from), model.options) };
  const span = declaration.kind === "binding" ? (model.facts(target).bindings[declaration.binding]?.span ?? [0, 0]) : undefined;
  return findingAt(model, edge.from, edge.fact.specifierSpan, "forbidden", data, { cause: causeOf(edge, layers), related: span ? [relatedAt(model, target, span, `${name.imported} is declared here`)] : [] });
}

function* reportModule(model: ProjectModel, edge: Edge, target: string, options: Options): Iterable<RuleFinding> {
  const layers = violation(model, edge.from, target, options.guesses);
  if (!layers) return;
  const data = { ...layers, target, allowed: allowedLayers(model.layerOf(edge.from), model.options) };
  yield findingAt(model, edge.from, edge.fact.specifierSpan, "module", data, { cause: causeOf(edge, layers) });
}

/** Code that is for everybody and knows a layer is one cause, however much of the layer it knows. */
function causeOf(edge: Edge, layers: { readonly from: string; readonly to: string }): string {
  return layers.from === "shared" ? "shared" : `${edge.fact.specifier ?? ""} ${layers.to}`;
}

function fileOf(declaration: Declaration): string | undefined {
  return declaration.kind === "package" || declaration.kind === "unresolved" ? undefined : declaration.file;
}
