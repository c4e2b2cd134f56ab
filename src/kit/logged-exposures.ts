import type { Expression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import { accessLogExposures } from "./access-log-formats.js";
import { type LoggedData, loggedData } from "./logged-data.js";
import type { Exposure } from "./exposure.js";
import { exposures } from "./personal-exposure.js";
import { covers, redactionOf } from "./redaction.js";

/** Personal data or credentials that a call of a file writes to a log. */
export interface LoggedExposure {
  readonly logged: LoggedData;
  readonly exposure: Exposure;
}

/** What the calls of a file write to logs that personal data or credentials are among, once for each place; what the logger takes out is left out. */
export function loggedExposures(model: ProjectModel, file: string): readonly LoggedExposure[] {
  const reported = new Set<number>();
  const inFormats = [...accessLogExposures(model, file)].map(({ node, exposure }): LoggedExposure => ({ logged: { node, arguments: [], logger: undefined, below: [] }, exposure }));
  const written = loggedData(model, file).flatMap((logged) => {
    const redaction = redactionOf(model, logged.logger);
    return logged.arguments
      .flatMap((argument) => exposures(model, file, argument, isFields(argument) ? [] : undefined))
      .filter((exposure) => {
        const { path, span } = exposure;
        // A session's id that a query or the like hands on is a row's more often than a cookie's.
        if (logged.through && /session_?id$/i.test(exposure.field)) return false;
        if ((path && covers(redaction, [...logged.below, ...path])) || reported.has(span[0])) return false;
        reported.add(span[0]);
        return true;
      })
      .map((exposure) => ({ logged, exposure }));
  });
  return [...written, ...inFormats];
}

/** Redaction works on the object of fields, never on messages. */
function isFields(argument: Expression): boolean {
  return argument.kind === "object" || argument.kind === "name" || argument.kind === "member";
}
