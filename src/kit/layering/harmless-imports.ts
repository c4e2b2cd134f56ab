import { isFor } from "../../catalogue/index.js";
import { decoratorName } from "../../facts/names.js";
import type { LinkedName, ProjectModel } from "../../model/project-model.js";
import { decoratingNames } from "./decorating-names.js";
import { isPlainData } from "./plain-data.js";
import { isQueriedWith } from "../project/store-uses.js";

/** Whether an imported name ties nobody to the layer that declares it: nothing of that layer runs through it, or another rule reports what does. */
export function isHarmlessImport(model: ProjectModel, from: string, linked: LinkedName): boolean {
  return (isPlainData(model, linked) && !isValueOfApi(model, linked)) || isQueriedWith(model, from, linked) || isMappedWith(model, from, linked) || isChannel(model, linked) || isBesideModule(model, linked) || isConstraint(model, from, linked);
}

/** A constant or a schema that a file of the api declares: whoever computes or checks with it depends on the api. */
function isValueOfApi(model: ProjectModel, { declaration }: LinkedName): boolean {
  return declaration.kind === "binding" && model.layerOf(declaration.file).layer === "api" && model.values.index(declaration.file).sources[declaration.binding]?.kind === "value";
}

/** What an entity's decorators name is told to the ORM, and nothing here works with it. Nor does anything with a decorator that another package of the repository offers. */
function isMappedWith(model: ProjectModel, from: string, { name, declaration }: LinkedName): boolean {
  if (name.binding === undefined || !decoratingNames(model, from).has(name.binding)) return false;
  const isOfOther = declaration.kind === "binding" && model.packageOf(declaration.file) !== model.packageOf(from) && model.packageOf(declaration.file).kind === "library";
  return isOfOther || /^(domain|repository)$/.test(model.layerOf(from).layer ?? "");
}

/** A decorator of the project that tells class-validator what a field must be (`@IsKnownUser()`) is named by whoever declares the field, and works with nothing there. */
function isConstraint(model: ProjectModel, from: string, { name, declaration }: LinkedName): boolean {
  if (name.binding === undefined || declaration.kind !== "binding" || !decoratingNames(model, from).has(name.binding)) return false;
  return model.facts(declaration.file).imports.some(({ specifier, names }) => specifier === "class-validator" && names.some(({ imported }) => /^(registerDecorator|ValidateBy|Validate)$/.test(imported)));
}

/** What a file of a Nest module declares beside the module is put together by nobody. */
function isBesideModule(model: ProjectModel, { declaration }: LinkedName): boolean {
  return declaration.kind === "binding" && model.values.index(declaration.file).classes.some(({ binding, decorators = [] }) => binding !== declaration.binding && decorators.some((decorator) => decoratorName(decorator) === "Module"));
}

/** A queue or an event bus that a file makes and works for may be handed work by anybody, as a client of another system may be asked. */
function isChannel(model: ProjectModel, { declaration }: LinkedName): boolean {
  return declaration.kind === "binding" && model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "queue", "event-bus", "http-client"));
}
