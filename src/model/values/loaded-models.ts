import { oncePerPart } from "../../base/once-per.js";
import { folderOf, isWithin } from "../../base/paths.js";
import { callStep, newStep } from "../../catalogue/provenance.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, ObjectExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { Value } from "./value.js";
import type { Values } from "./values.js";

/**
 * The model `name` of an object into which a file of the project puts what it loads from its folder, as Sequelize's command line
 * writes it: `readdirSync(__dirname).forEach((file) => { const model = require(join(__dirname, file))(sequelize, DataTypes); db[model.name] = model; })`.
 * Empty for any other object, and for names that no file of the folder defines.
 */
export function loadedModel(values: Values, file: string, node: ObjectExpression, name: string): readonly Value[] {
  const { model } = values;
  const site = node.members.length > 0 || !fillsByName(model, file) ? undefined : definitions(model, folderOf(file)).get(name);
  return site ? [{ kind: "external", provenance: { package: "sequelize", subpath: "", path: ["Sequelize", newStep, "define", callStep] }, site }] : [];
}

/** Whether a file uses Sequelize, lists a folder, and puts things under names that it computes. */
const fillsByName = oncePerPart((model: ProjectModel, file: string): boolean => {
  const { imports } = model.facts(file);
  if (!imports.some(({ specifier }) => specifier !== undefined && /^(sequelize|sequelize-typescript|@sequelize\/core)$/.test(specifier))) return false;
  const { calls, partAssignments } = model.values.index(file);
  return calls.some(({ node }) => /^(readdir|readdirSync|globSync|sync|requireDirectory)$/.test(lastName(node.callee))) && partAssignments.some(({ target }) => target.kind === "index");
});

/** Where the files below a folder define models, by their names: `sequelize.define("User", …)`, `User.init(fields, { modelName: "User" })`. */
const definitions = oncePerPart((model: ProjectModel, folder: string): ReadonlyMap<string, Definition> => {
  const found = new Map<string, Definition>();
  for (const file of model.files) {
    if (!isWithin(folder, file)) continue;
    for (const { node } of model.values.index(file).calls) {
      const name = node.kind === "call" ? nameGiven(node) : undefined;
      if (node.kind === "call" && name !== undefined) found.set(name, { file, node });
    }
  }
  return found;
});

interface Definition {
  readonly file: string;
  readonly node: CallExpression;
}

function nameGiven({ callee, arguments: [first, second] }: CallExpression): string | undefined {
  if (callee.kind !== "member") return undefined;
  const named = callee.property === "define" ? first : callee.property === "init" && second?.kind === "object" ? (propertyOf(second, "modelName") ?? callee.object) : undefined;
  if (named?.kind === "literal" && typeof named.value === "string") return named.value;
  return named?.kind === "name" ? named.name : undefined;
}
