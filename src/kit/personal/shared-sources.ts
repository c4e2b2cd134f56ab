import { Gathered } from "../../base/gathered.js";
import { groupBy } from "../../base/group-by.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";
import type { Exposure } from "./exposure.js";
import { loggedExposures } from "./logged-exposures.js";

/** A log call that writes what stands somewhere else. */
interface Logging {
  readonly made: Span;
  readonly file: string;
  readonly exposure: Exposure;
}

/** A place that gives personal data to many log calls: `{ ip: request.ip }` of a function that makes the fields of all of them. */
export interface SharedSource {
  readonly span: Span;
  readonly calls: readonly Logging[];
}

/** A place whose data more calls than this log is what has to be mended. */
const mostCalls = 3;

/** The shared places of a file, by where they begin. */
export const sharedSources = oncePerPart((model: ProjectModel, file: string): ReadonlyMap<number, SharedSource> => {
  const groups = groupBy(loggings(model).of(file), ({ made }) => made[0]);
  return new Map([...groups].flatMap(([start, all]) => {
    // A call that writes several fields of it is one.
    const calls = [...groupBy(all, ({ file: where, exposure }) => `${where} ${String(exposure.span[0])}`).values()].flatMap(([first]) => first ?? []);
    return calls[0] && calls.length > mostCalls ? [[start, { span: calls[0].made, calls }] as const] : [];
  }));
});

/** Whether what a log call writes is told once for all, where it is made. */
export function isOfSharedSource(model: ProjectModel, { made }: Exposure): boolean {
  return made !== undefined && sharedSources(model, made.file).has(made.span[0]);
}

/** By file: what log calls anywhere write of what it makes. */
const loggings = oncePer((model: ProjectModel) => new Gathered<string, Logging>(model.files, (file) => (isBackendCode(model, file) ? loggedExposures(model, file).flatMap(({ exposure }) => (exposure.made ? [[exposure.made.file, { made: exposure.made.span, file, exposure }] as const] : [])) : [])));
