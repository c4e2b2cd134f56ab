import { exitCode } from "../base/errors.js";
import type { Diagnosis, DiagnosisState } from "../engine/doctor.js";
import { diagnose } from "../engine/doctor.js";
import { readDoctorFacts } from "../engine/doctor-facts.js";
import { registry } from "../engine/registry.js";
import { cacheFolder } from "../engine/cache-folder.js";
import { open } from "../engine/run.js";
import { startFolder } from "./start-folder.js";

const marks: Readonly<Record<DiagnosisState, string>> = { works: "ok", off: "off", limited: "limited", broken: "BROKEN" };

/** `std-check doctor`: what is active and what is not, and why. Gives 1 if something does not work. */
export function doctorCommand(options: Readonly<Record<string, unknown>>): number {
  const { settings, project } = open({ cwd: startFolder(options) });
  const facts = readDoctorFacts(settings.root, project.model, cacheFolder(settings.root.folder));
  const diagnoses = diagnose(settings, [...registry.rules.values()], facts);
  for (const one of diagnoses) process.stdout.write(lineOf(one));
  return diagnoses.some(({ state }) => state === "broken") ? exitCode.findings : exitCode.clean;
}

function lineOf({ topic, state, what, why, mend }: Diagnosis): string {
  const more = [why === undefined ? "" : ` (${why})`, mend === undefined ? "" : `\n${" ".repeat(21)}${mend}`];
  return `${marks[state].padEnd(8)} ${topic.padEnd(11)} ${what}${more.join("")}.\n`;
}
