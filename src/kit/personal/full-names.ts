import { oncePerPart } from "../../base/once-per.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { Look } from "./exposure.js";

const ofThing = /\b(?:pkg|package|repo|repository|module|plugin|manifest)\.full_?name\b/i;
const ofPerson = /\b\w{0,30}(?:user|person|customer|client|member|employee|student|patient|profile|author|contact|owner|guest|account)\.full_?name\b/i;

/** Who has an address, a number or a birthday beside their full name is a person, whatever the type is called. */
const besidePerson = /\b(?:e_?mail|phone_?(?:number)?|birth_?da(?:y|te)|date_?of_?birth|password)\b[?!]?:[^{}/]{0,200}\bfull_?name\b[?!]?:|\bfull_?name\b[?!]?:[^{}/]{0,200}\b(?:e_?mail|phone_?(?:number)?|birth_?da(?:y|te)|date_?of_?birth|password)\b[?!]?:/i;

interface Said {
  readonly things: boolean;
  readonly persons: boolean;
}

/** Whose full names a package of the project speaks of. */
const saidIn = oncePerPart((model: ProjectModel, unit: PackageUnit): Said => {
  const texts = model.filesOf(unit).map((file) => model.text(file) ?? "").filter((text) => /full_?name/i.test(text));
  return { things: texts.some((text) => ofThing.test(text)), persons: texts.some((text) => ofPerson.test(text) || besidePerson.test(text)) };
});

/** Whether a package speaks of the full names of packages or repositories, and of nobody's; where its own files do not say, all of the project together do. */
function speaksOfThings(model: ProjectModel, unit: PackageUnit): boolean {
  const own = saidIn(model, unit);
  if (own.things || own.persons) return own.things && !own.persons;
  const all = model.packages.map((other) => saidIn(model, other));
  return all.some(({ things }) => things) && !all.some(({ persons }) => persons);
}

/** Whether what is called so is the full name of a thing, as `@acme/orders` is of a package. */
export function isFullNameOfThing({ model, file }: Pick<Look, "model" | "file">, name: string): boolean {
  return /^full_?name$/i.test(name) && speaksOfThings(model, model.packageOf(file));
}
