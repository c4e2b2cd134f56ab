import { baseName, isDeclarationFile, joinPath } from "../../../base/paths.js";
import { oncePer } from "../../../base/once-per.js";
import type { Expression } from "../../../facts/syntax.js";
import { defaultExpression } from "../../modules/file-index.js";
import { isNitro, serverFolders } from "../../modules/nitro.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue } from "../../values/value.js";
import type { RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { isForSomePaths, looksAtPath } from "../by-path.js";
import { behaviourOf } from "../behaviour.js";

export const code = /\.[cm]?[jt]sx?$/;

/** A file whose place and name are a path and method. */
export interface NitroFile {
  readonly file: string;
  readonly exported: Expression;
  /** Its place within the folder of its kind, whose prefix stands before it. */
  readonly name: string;
  readonly prefix: string;
  /** Middleware that runs before every route. */
  readonly global: readonly RawStep[];
}

/** The files of routes of all packages that Nitro serves. */
export const nitroFiles = oncePer((model: ProjectModel): readonly NitroFile[] =>
  model.packages.flatMap((unit) => {
    if (!isNitro(model, unit)) return [];
    const files = model.filesOf(unit).filter((file) => !isDeclarationFile(file));
    return serverFolders(model, unit).flatMap((folder) => {
      const inside = (name: string): readonly string[] => files.filter((file) => file.startsWith(`${joinPath(folder, name)}/`) && code.test(file));
      const global = inside("middleware").map((file) => middlewareStep(model, file)).filter((step) => step !== undefined);
      return ([["api", "/api"], ["routes", ""]] as const).flatMap(([name, prefix]) =>
        inside(name).flatMap((file) => {
          const exported = exportedBy(model, file);
          return exported ? [{ file, exported, name: file.slice(joinPath(folder, name).length + 1), prefix, global }] : [];
        }),
      );
    });
  }),
);

/** A router of H3 that a file of Nitro hands all requests below a path to. */
interface ServedRouter {
  readonly file: string;
  readonly router: ExternalValue;
  readonly prefix: string;
  readonly steps: readonly RawStep[];
}

/** `export default useBase("/api", router.handler)` in `api/[...].ts`. */
export const servedByNitro = oncePer((model: ProjectModel): readonly ServedRouter[] =>
  nitroFiles(model).flatMap(({ file, exported, global }) => {
    const [prefix, handler] = exported.kind === "call" && exported.callee.kind === "name" && /^(useBase|withBase)$/.test(exported.callee.name) ? exported.arguments : [];
    const [text] = (prefix && pathTexts(model, file, prefix)) ?? [];
    if (!text || handler?.kind !== "member" || handler.property !== "handler") return [];
    return model.values.of(file, handler.object).flatMap((value) => (value.kind === "external" ? [{ file, router: value, prefix: text.text, steps: global }] : []));
  }),
);

function exportedBy(model: ProjectModel, file: string): Expression | undefined {
  return defaultExpression(model.facts(file)) ?? functionExport(model, file);
}

/** `export default function` has no expression of its own. */
function functionExport(model: ProjectModel, file: string): Expression | undefined {
  const value = model.values.ofExport(file, "default").find((candidate) => candidate.kind === "function");
  return value?.kind === "function" && value.file === file ? { kind: "function", span: value.node.span, function: value.node } : undefined;
}

/** Middleware runs before every route; where it looks at the path itself, for which ones cannot be told. */
function middlewareStep(model: ProjectModel, file: string): RawStep | undefined {
  const exported = exportedBy(model, file);
  if (!exported) return undefined;
  const [inner] = exported.kind === "call" ? exported.arguments : [exported];
  if (!inner) return undefined;
  // Numbers in front say the order: `2.auth.ts`.
  const name = baseName(file).replace(code, "").replace(/^\d+[.-]/, "");
  const value = model.values.of(file, inner).find((candidate) => candidate.kind === "function");
  const step: RawStep = { file, node: inner, origin: "global", name };
  // What turns nobody away does so for no path.
  const decides = value?.kind === "function" && looksAtPath(value.node) && !isForSomePaths(model, value.file, value.node) && behaviourOf(model.values, value.file, value.node).stops;
  return decides ? { ...step, judged: { role: "unknown" } } : step;
}
