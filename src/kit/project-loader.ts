import { createRequire } from "node:module";
import type { ProjectHost } from "./project-host.js";

let loaded: ProjectHost | undefined;

/** The project of a file. The model and all it needs are loaded at the first question, not with the plugin. */
export const projectHost: ProjectHost = {
  askProject: (...question) => load().askProject(...question),
  passedByBaseline: (...question) => load().passedByBaseline(...question),
};

function load(): ProjectHost {
  // The module's own type, which `require` does not know.
  return (loaded ??= createRequire(import.meta.url)("../engine/editor-host.js") as ProjectHost);
}
