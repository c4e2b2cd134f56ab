import { oncePerPart } from "../../base/once-per.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { Look } from "./exposure.js";

const ofThing = /\b(?:pkg|package|repo|repository|module|plugin|manifest)\.full_?name\b/i;
const ofPerson = /\b\w{0,30}(?:user|person|customer|client|member|employee|student|patient|profile|author|contact|owner|guest|account)\.full_?name\b/i;

/** Whether a package of the project speaks of the full names of packages or repositories, and of nobody's. */
const speaksOfThings = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => {
  const texts = model.filesOf(unit).map((file) => model.text(file) ?? "");
  return texts.some((text) => ofThing.test(text)) && !texts.some((text) => ofPerson.test(text));
});

/** Whether what is called so is the full name of a thing, as `@acme/orders` is of a package. */
export function isFullNameOfThing({ model, file }: Pick<Look, "model" | "file">, name: string): boolean {
  return /^full_?name$/i.test(name) && speaksOfThings(model, model.packageOf(file));
}
