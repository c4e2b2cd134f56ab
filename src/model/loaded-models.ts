import { oncePerPart } from "../base/once-per.js";
import { folderOf, isWithin } from "../base/paths.js";
import { callStep, newStep } from "../catalogue/provenance.js";
import { lastName, propertyOf } from "../facts/names.js";
import type { Expression, ObjectExpression } from "../facts/syntax.js";
import type { ProjectModel } from "./project-model.js";
import type { Value } from "./value.js";
import type { Values } from "./values.js";

/**
 * The model `name` of an object into which a file of the project puts what it loads from its folder, as Sequelize's command line
 * writes it: `readdirSync(__dirname).forEach((file) => { const model = require(join(__dirname, file))(sequelize, DataTypes); db[model.name] = model; })`.
 * Empty for any other object, and for names that no file of the folder defines.
 */
export function loadedModel(values: Values, file: string, node: ObjectExpression, name: string): readonly Value[] {
  const { model } = values;
  if (node.members.length > 0 || !fillsByName(model, file) || !modelNames(model, folderOf(file)).has(name)) return [];
  return [{ kind: "external", provenance: { package: "sequelize", subpath: "", path: ["Sequelize", newStep, "define", callStep] } }];
}

/** Whether a file uses Sequelize, lists a folder, and puts things under names that it computes. */
const fillsByName = oncePerPart((model: ProjectModel, file: string): boolean => {
  const { imports } = model.facts(file);
  if (!imports.some(({ specifier }) => specifier !== undefined && /^(sequelize|sequelize-typescript|@sequelize\/core)$/.test(specifier))) return false;
  const { calls, partAssignments } = model.values.index(file);
  return calls.some(({ node }) => /^(readdir|readdirSync|globSync|sync|requireDirectory)$/.test(lastName(node.callee))) && partAssignments.some(({ target }) => target.kind === "index");
});

/** The names under which the files below a folder define models: `sequelize.define("User", …)`, `User.init(fields, { modelName: "User" })`. */
const modelNames = oncePerPart((model: ProjectModel, folder: string): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const file of model.files) {
    if (!isWithin(folder, file)) continue;
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member") continue;
      const [first, second] = node.arguments;
      if (node.callee.property === "define") add(names, first);
      else if (node.callee.property === "init" && second?.kind === "object") add(names, propertyOf(second, "modelName") ?? node.callee.object);
    }
  }
  return names;
});

function add(names: Set<string>, node: Expression | undefined): void {
  if (node?.kind === "literal" && typeof node.value === "string") names.add(node.value);
  if (node?.kind === "name") names.add(node.name);
}
