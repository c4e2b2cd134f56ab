import { oncePer } from "../base/once-per.js";
import type { ProjectModel } from "../model/project-model.js";
import { isBackendCode } from "./backend-files.js";
import type { Exposure } from "./exposure.js";
import { loggedExposures } from "./logged-exposures.js";

/** A log call that writes the whole body of a request, or a call that hands it to one. */
export interface LoggedBody {
  readonly file: string;
  readonly exposure: Exposure;
}

/** What more files than this do is the way of the application, and is told once. */
const mostFiles = 10;

/** The log calls of an application that writes whole bodies of requests all over; none where few files do. */
export const bodiesLogged = oncePer((model: ProjectModel): readonly LoggedBody[] => {
  const all = model.files.filter((file) => isBackendCode(model, file)).flatMap((file) => loggedExposures(model, file).flatMap(({ exposure }) => (exposure.isBody ? [{ file, exposure }] : [])));
  return new Set(all.map(({ file }) => file)).size > mostFiles ? all : [];
});
