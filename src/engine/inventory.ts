import { type PersonalInventory, personalInventory } from "../kit/personal-inventory.js";
import { open } from "./run.js";

export { personalInventory };

/** What the project around a folder holds of persons, and where it writes it to logs. */
export function inventoryOf(cwd: string): PersonalInventory {
  const { project } = open({ cwd, paths: [] });
  return personalInventory(project.model);
}
