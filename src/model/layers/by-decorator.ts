import { layerDecorators, modelDecorators } from "../../catalogue/lexicon/layers.js";
import type { FileFacts } from "../../facts/facts.js";
import { decoratorName } from "../../facts/names.js";
import type { ClassNode, Decorator } from "../../facts/syntax.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { liesInDomain } from "./domain-folder.js";

export function byDecorator(model: ProjectModel, file: string, path: string, suffix: LayerVerdict | undefined): LayerVerdict | undefined {
  for (const statement of model.facts(file).body) {
    if (statement.kind !== "class") continue;
    for (const decorator of statement.class.decorators ?? []) {
      const name = decoratorName(decorator);
      // `@OwnEntity()` of the project's own wraps those of its ORMs.
      const layer = layerDecorators[name] ?? (/Entity$/.test(name) && isCalled(decorator) && /entity\.[cm]?[jt]s$/i.test(path) ? "repository" : undefined);
      if (!layer || (name === "Repository" && !isCalled(decorator)) || (name === "EntityRepository" && suffix?.layer === "service")) continue;
      // An entity in the folder of the domain is the domain's, with a decorator that does not belong there.
      if ((modelDecorators.includes(name) || /Entity$/.test(name)) && liesInDomain(model, file, path)) return { layer: "domain", evidence: ["folder domain/"] };
      return { layer, evidence: [`decorator @${name}`, ...className(statement.class)] };
    }
  }
  return undefined;
}

/** Whether a file wires a module of Nest; a guard that only it uses may stand beside it. */
export function declaresModule(facts: FileFacts): boolean {
  return facts.body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).some((decorator) => decoratorName(decorator) === "Module"));
}

function isCalled({ value }: Decorator): boolean {
  return value.kind === "call";
}

function className(node: ClassNode): string[] {
  return node.name === undefined ? [] : [`class ${node.name}`];
}
