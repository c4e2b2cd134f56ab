import { baseName, moduleName } from "../../base/paths.js";
import { compositionNames } from "../../catalogue/lexicon/layers.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import type { FolderVerdict } from "./by-folder.js";
import { makesApplication } from "./wiring.js";

export function byName(model: ProjectModel, file: string, path: string, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  // `config/app.ts` and `models/index.ts` are what lies there; `api/server.ts` starts what lies there.
  if (folder?.layer !== undefined && folder.layer !== "composition" && !/^(api|web|http|rest)$/.test(folder.word)) return undefined;
  const { body, exports } = model.facts(file);
  const name = moduleName(path).toLowerCase();
  const depth = path.split("/").length - 1;
  const startsSomething = body.some((statement) => statement.kind === "expression" && statement.value.kind !== "assign");
  const library = model.packageOf(file).kind === "library";
  // `translations/server.ts` is what the server has of translations.
  const atTop = depth === 0 || (depth === 1 && (makesApplication(model.facts(file)) || /^(src|source|app|server|backend)\//.test(path)));
  // `server/src/server.ts` of a package that has the user interface beside it.
  // What others import is started by nobody: `packages/logger/src/main.ts`.
  if (library && !makesApplication(model.facts(file))) return undefined;
  const outermost = startsSomething ? depth <= 1 || (depth === 2 && (path.startsWith("src/") || makesApplication(model.facts(file)))) : atTop || (depth === 2 && path.startsWith("src/") && makesApplication(model.facts(file)));
  // `packages/config/server.ts` has the settings of the server.
  if (compositionNames.includes(name) && depth === 0 && !body.some((statement) => statement.kind === "expression" && /^(?:call|await|new)$/.test(statement.value.kind)) && !makesApplication(model.facts(file)) && /^(?:config|settings|env)s?$/.test(baseName(model.packageOf(file).folder))) return { layer: "settings", evidence: [`package ${model.packageOf(file).folder}`] };
  if (compositionNames.includes(name) && outermost) return { layer: "composition", evidence: [`name ${baseName(path)}`] };
  if (name === "index" && folder === undefined && depth <= 1 && startsSomething && (exports.length === 0 || makesApplication(model.facts(file)))) return { layer: "composition", evidence: [`name ${baseName(path)}`, "runs at load"] };
  return undefined;
}
