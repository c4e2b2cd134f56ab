import { type PersonalInventory, personalInventory } from "../kit/personal/personal-inventory.js";
import type { Project } from "./project.js";
import { open } from "./run.js";

/** What the project around a folder holds of persons, and where it writes it to logs. */
export function inventoryOf(cwd: string): PersonalInventory {
  return inventoryOfProject(open({ cwd, paths: [] }).project);
}

/** The same of a project that is open. */
export function inventoryOfProject({ model }: Pick<Project, "model">): PersonalInventory {
  return personalInventory(model);
}
