import { oncePer } from "../../../../base/once-per.js";
import { folderOf, joinPath } from "../../../../base/paths.js";
import type { Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import { definitionsOf, propertiesOf } from "../../../values/definitions.js";
import type { UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { unroll } from "../../unroll.js";
import { type FunctionEvent, gatewayRoute } from "./infrastructure.js";

const routeKey = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY)\s+\//;

/** SST, and what versions 0 and 1 of it were called. */
const packages = ["sst", "@serverless-stack/resources"];

/** The HTTP events of an API of SST: `api.route("GET /notes", "src/notes.list")` of version 3, `new Api(stack, "Api", { routes })` of version 2. */
export function sstEvents(model: ProjectModel, unresolved: UnresolvedRoute[]): readonly FunctionEvent[] {
  if (!model.packages.some(({ dependencies }) => packages.some((name) => dependencies.has(name))) && !model.files.some((file) => /(^|\/)sst\.config\.[cm]?[jt]s$/.test(file))) return [];
  return model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }): readonly FunctionEvent[] => {
      if (node.kind === "new" && isApi(node.callee)) {
        const options = node.arguments.at(-1);
        const properties = options && propertiesOf(model, file, options);
        const defaults = properties?.get("defaults");
        return listedRoutes(model, file, properties?.get("routes"), defaults && propertiesOf(model, defaults.file, defaults.node).get("authorizer"));
      }
      if (node.kind !== "call" || node.callee.kind !== "member" || node.arguments.length < 2) return [];
      const { object, property } = node.callee;
      if (property === "addRoutes") return listedRoutes(model, file, { file, node: node.arguments[1] ?? node }, undefined);
      if (property !== "route" || !definitionsOf(model, file, object).some((api) => api.node.kind === "new" && isApi(api.node.callee))) return [];
      const found = unroll(model, file, node, object, property).flatMap(({ arguments: [key, handler, options] }) => (key && handler ? routeOf(model, key, handler, options && propertiesOf(model, options.file, options.node).get("auth")) : []));
      if (found.length === 0) unresolved.push({ file, span: node.span, reason: "the path or the function that is put behind the API here could not be followed; its route is not listed" });
      return found;
    }),
  );
}

/** `new sst.aws.ApiGatewayV2(…)`, `new Api(…)` */
function isApi(callee: Expression): boolean {
  return callee.kind === "member" ? /^ApiGatewayV[12]$/.test(callee.property) : callee.kind === "name" && /^(Api|ApiGatewayV[12]Api)$/.test(callee.name);
}

/** `{ "GET /notes": "src/notes.list", "POST /notes": { function: "src/notes.add", authorizer: "iam" } }` */
function listedRoutes(model: ProjectModel, file: string, routes: Located | undefined, fallback: Located | undefined): readonly FunctionEvent[] {
  if (!routes) return [];
  return [...propertiesOf(model, routes.file, routes.node)].flatMap(([key, handler]) => routeOf(model, { file, node: { kind: "literal", span: handler.node.span, value: key } }, handler, propertiesOf(model, handler.file, handler.node).get("authorizer") ?? fallback));
}

function routeOf(model: ProjectModel, key: Located, handler: Located, auth: Located | undefined): readonly FunctionEvent[] {
  const text = model.values.text(key.file, key.node);
  const name = handlerName(model, handler);
  if (text === undefined || name === undefined || !routeKey.test(text)) return [];
  const none = auth && model.values.text(auth.file, auth.node) === "none";
  return [{ ...gatewayRoute(text), authorizer: none ? "NONE" : auth && "authorizer", file: handler.file, span: handler.node.span, handler: name, bases: [...new Set([model.packageOf(key.file).folder, "", folderOf(key.file), ...sourceFolders(model)])] }];
}

/** `"src/notes.list"`, `{ handler: "src/notes.list" }`, `{ function: { handler } }` */
function handlerName(model: ProjectModel, { file, node }: Located, depth = 0): string | undefined {
  const text = model.values.text(file, node);
  if (text !== undefined || depth > 2) return text;
  const properties = propertiesOf(model, file, node);
  const inner = properties.get("handler") ?? properties.get("function");
  return inner && handlerName(model, inner, depth + 1);
}

/** Where the code of functions lies as far as a stack says it for all of them: `app.setDefaultFunctionProps({ srcPath: "services" })`. */
const sourceFolders = oncePer((model: ProjectModel): readonly string[] =>
  model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      const [options] = node.callee.kind === "member" && node.callee.property === "setDefaultFunctionProps" ? node.arguments : [];
      const folder = options && propertiesOf(model, file, options).get("srcPath");
      const text = folder && model.values.text(folder.file, folder.node);
      return text === undefined ? [] : [joinPath(model.packageOf(file).folder, text.replace(/^\.\//, "").replace(/\/$/, ""))];
    }),
  ),
);
