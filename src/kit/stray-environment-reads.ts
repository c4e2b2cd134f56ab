import { oncePerPart } from "../base/once-per.js";
import { baseName } from "../base/paths.js";
import { type Span, within } from "../base/position.js";
import type { ProjectModel } from "../model/project-model.js";
import { isBackendCode } from "./backend-files.js";
import { isPublicKey } from "./env-files.js";
import { type EnvironmentRead, environmentReads } from "./environment.js";
import { isSettingsModule } from "./settings-modules.js";

/** The reads of keys of the environment in a file that is neither settings nor loads them, in source order; asked once for each file. */
export const strayEnvironmentReads = oncePerPart((model: ProjectModel, file: string): readonly EnvironmentRead[] => (mayRead(model, file) ? [] : environmentReads(model, file).filter((read) => !read.whole && !isPutInAtBuild(read))));

/** Whether a file may read the environment: it is no backend code, belongs to the settings, or does nothing but load. */
export function mayRead(model: ProjectModel, file: string): boolean {
  if (!isBackendCode(model, file) || model.layerOf(file).layer === "settings" || isLoader(file)) return true;
  return isSettingsModule(model, file);
}

/** A module that does nothing but load the environment, for settings to import: `dotenv.ts`, `load-env.ts`. */
function isLoader(file: string): boolean {
  return /^(?:load[-.]?)?dot-?env\.|^load[-.]?env\./i.test(baseName(file));
}

/** Keys that a bundler replaces by their text, so that nothing is read at run time, and those that npm sets by itself. */
function isPutInAtBuild({ keys, node }: EnvironmentRead): boolean {
  if (node.kind === "member" && node.object.kind === "member" && node.object.object.kind === "other" && /^(MODE|DEV|PROD|SSR|BASE_URL)$/.test(node.property)) return true;
  return keys !== undefined && keys.length > 0 && keys.every((key) => isPublicKey(key) || key === "NEXT_RUNTIME" || key.startsWith("npm_"));
}

/** Whether what stands at `span` is a read, or part of one. */
export function isOfRead(span: Span, { node }: EnvironmentRead): boolean {
  return within(span, node.span);
}
