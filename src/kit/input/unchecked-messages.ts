import { groupBy } from "../../base/group-by.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import type { RuleFinding } from "../../base/finding.js";
import type { Entry, UncheckedInput } from "../../model/entries/entry.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { isBackendCode } from "../project/backend-files.js";
import { isProducedHere } from "./produced-messages.js";

/** Consumers of one package that take messages as they come, where they are many: one decision, taken or forgotten for all of them. */
export interface MessageHabit {
  readonly entries: readonly Entry[];
  /** The project itself puts the messages there. */
  readonly own: boolean;
}

/** As many consumers of a project's own jobs, and more than so many of others' messages, are one habit. */
const ownJobs = 3;
const fewOthers = 10;

/** What an entry point takes in without a schema, or with one whose verdict nothing reads. */
export const uncheckedInput = oncePerPart((model: ProjectModel, entry: Entry): UncheckedInput | undefined => model.entries.uncheckedInput(entry));

/** The habits of a project, by package and library. */
export const messageHabits = oncePer((model: ProjectModel): readonly MessageHabit[] => {
  const messages = model.entries.all.filter((entry) => entry.kind === "message" && isBackendCode(model, entry.file) && uncheckedInput(model, entry));
  return [...groupBy(messages, ({ file, library }) => `${model.packageOf(file).folder}\0${library}`).values()].flatMap((entries) => {
    const own = entries.every((entry) => isProducedHere(model, entry));
    return entries.length > fewOthers || (own && entries.length >= ownJobs) ? [{ entries, own }] : [];
  });
});

/** The finding of input-schema that tells of the consumers which a message comes in by, where they are a habit. */
export function toldOfMessages(model: ProjectModel, { reader }: RequestFlow): RuleFinding["toldBy"] {
  const habit = reader && messageHabits(model).find(({ entries }) => entries.some(({ handler }) => handler?.node === reader));
  const [first] = habit?.entries ?? [];
  return habit && first && { rule: "input-schema", file: first.file, cause: causeOf(habit) };
}

/** The cause of the finding of a habit. */
export function causeOf({ own }: MessageHabit): string {
  return own ? "jobs" : "messages";
}
