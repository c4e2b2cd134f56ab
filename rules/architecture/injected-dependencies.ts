import type { RuleFinding } from "../../src/base/finding.js";
import { within } from "../../src/base/position.js";
import { wordTable } from "../../src/base/word-table.js";
import { type ApiKind, kindOf } from "../../src/catalogue/index.js";
import type { CallExpression, NewExpression } from "../../src/facts/syntax.js";
import { someNode } from "../../src/facts/walk.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { isHandedIn, isOnlyHandedIn } from "../../src/kit/layering/handed-dependencies.js";
import { isRepository, madeDependency } from "../../src/kit/layering/made-dependencies.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import type { Edge, PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly loaded: "leave" | "report";
  readonly everyFile: boolean;
}

/** What stands for the findings of a way to get a repository that many services have in common. */
const sums: Readonly<Record<string, string>> = wordTable({ made: "allMake", fetched: "allMake", singleton: "allImport" });

export default defineRule<Options>({
  name: "injected-dependencies",
  section: "architecture",
  clauses: ["ARCH-6"],
  description: "Require services to be given their repositories and clients",
  presets: { recommended: "warn", strict: ["error", { loaded: "report", everyFile: true }], legacy: "off" },
  messages: {
    made: "This service makes its own {{what}} (`{{name}}`), so a test cannot put another in its place. Take it as a constructor or function parameter.",
    fetched: "This service fetches its {{what}} itself (`{{name}}`), so a test cannot put another in its place. Take it as a constructor or function parameter.",
    singleton: "This service imports the {{what}} `{{name}}`, made in {{target}}, so a test cannot put another in its place. Take it as a constructor or function parameter.",
    allMake: "{{count}} services make their own repositories, here first `{{name}}`, so that no test can put others in their place. Take them as constructor or function parameters, and make them in one place.",
    allImport: "{{count}} services import repositories or clients that are made already, here first the {{what}} `{{name}}` from {{target}}, so that no test can put others in their place. Take them as constructor or function parameters, and make them in one place.",
  },
  optionsSchema: {
    loaded: { enum: ["leave", "report"], description: "Whether services count whose layer is a guess, imported queues, mailers, stores of files and caches, and a client that an adapter of another system is about." },
    everyFile: { type: "boolean", description: "Report every service where more than ten of a package make their repositories, or import them, and not the first alone." },
  },
  defaultOptions: { loaded: "leave", everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file), options));
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit, options: Options): Habit {
  return {
    key: `injected-dependencies ${unit.folder} ${JSON.stringify(options)}`,
    files: model.filesOf(unit),
    findingsIn: (file) => findingsIn(model, file, options),
    kindOf: ({ messageId, data }) => (data?.["what"] === "repository" || messageId === "singleton" ? sums[messageId] : undefined),
    sums,
  };
}

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  const { layer, guessed } = model.layerOf(file);
  if (layer !== "service" || (guessed && options.loaded === "leave")) return;
  for (const { node } of model.values.index(file).calls) {
    const what = madeDependency(model, file, node, options.loaded === "report");
    if (what !== undefined && !isHandedIn(model, file, node) && !isGivenBack(model, file, node)) yield findingAt(model, file, node.span, node.kind === "call" && what === "repository" ? "fetched" : "made", { what, name: `${node.kind === "new" ? "new " : ""}${receiverText(node.callee)}` }, { cause: receiverText(node.callee) });
  }
  for (const edge of model.edgesFrom(file)) yield* singletons(model, edge, options);
}

/** A function that gives back what it makes is a factory: who is given that is given what it depends on. A method is one if it makes that of what it is given. */
function isGivenBack(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const index = model.values.index(file);
  const parent = index.parentOf(node);
  if (parent === undefined || !("kind" in parent) || parent.kind !== "return") return false;
  return !index.classes.some(({ span }) => within(node.span, span)) || isMadeOfGiven(model, file, node);
}

function isMadeOfGiven(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const { sources } = model.values.index(file);
  return someNode(node.arguments, (part) => part.kind === "name" && part.binding !== undefined && sources[part.binding]?.kind === "parameter");
}

/** Clients of other systems than stores, each with a place of its own to be put into another's hands. */
const others: ReadonlySet<ApiKind> = new Set<ApiKind>(["queue", "mailer", "storage", "cache"]);

function isClient(kind: ApiKind | undefined, all: boolean): boolean {
  return kind === "client" || (all && kind !== undefined && others.has(kind));
}

function* singletons(model: ProjectModel, edge: Edge, { loaded }: Options): Iterable<RuleFinding> {
  for (const { name, kind, declaration } of edge.names) {
    if (kind !== "runtime" || (declaration.kind !== "binding" && declaration.kind !== "default")) continue;
    for (const value of model.values.ofDeclaration(declaration)) {
      const client = value.kind === "external" && value.site !== undefined && isClient(kindOf(value.provenance), loaded === "report");
      const repository = value.kind === "instance" && isRepository(model, value.file, value.class);
      if (!client && !repository) continue;
      if (isOnlyHandedIn(model, edge.from, name.binding)) continue;
      const span = declaration.kind === "binding" ? (model.facts(declaration.file).bindings[declaration.binding]?.span ?? ([0, 0] as const)) : ([0, 0] as const);
      yield findingAt(model, edge.from, edge.fact.specifierSpan, "singleton", { what: client ? "client" : "repository", name: name.local, target: declaration.file }, { cause: name.local, related: [relatedAt(model, declaration.file, span, "made here")] });
      break;
    }
  }
}
