import { inAllFiles } from "../../../../base/gathered.js";
import { folderOf, joinPath } from "../../../../base/paths.js";
import type { CallExpression, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { chainOf, definitionsOf, exportedExpression, propertiesOf } from "../../../values/definitions.js";
import { joinRoutePath } from "../../path.js";
import type { UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { cdkEvents } from "./cdk.js";
import { describeEvent } from "./events.js";
import { type FunctionEvent, readSam, readServerless } from "./infrastructure.js";
import { serverlessModuleEvents } from "./serverless-module.js";
import { sstEvents } from "./sst.js";

const marks = /^(serverless|serverless-.+|@middy\/.+|aws-lambda|@types\/aws-lambda|@aws-lambda-powertools\/.+|aws-cdk-lib|@aws-cdk\/.+|sst|@serverless-stack\/resources|aws-sam-cli|@serverless\/.+)$/;
const extensions = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", "/index.ts", "/index.js"];

/** AWS Lambda: functions behind API Gateway as serverless.yml, serverless.ts, a SAM template, a stack of the CDK or SST name them, and middy's router. */
export const lambda: Adapter = { framework: "lambda", packages: [], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const routers = routerTables(model);
  if (routers.length === 0 && !model.packages.some(({ dependencies }) => [...dependencies.keys()].some((name) => marks.test(name))) && !isServerless(model)) return { routes, unresolved, applications: [] };
  for (const event of eventsOf(model, unresolved)) {
    const handler = handlerOf(model, event);
    if (!handler) {
      unresolved.push({ file: event.file, span: event.span, reason: `the handler ${event.handler} is no file of the project` });
      continue;
    }
    // A function that answers every path hands on to what is inside it, as does one that an application was made into.
    if (isApplication(model, handler)) continue;
    if (event.path === undefined) {
      unresolved.push({ file: handler.file, span: handler.node.span, reason: "this function answers below every path; what it does with them is not listed" });
      continue;
    }
    const steps = [...authorizerStep(event), ...middyOf(model, handler)];
    routes.push({ framework: "lambda", method: event.method, path: event.path, file: handler.file, span: handler.node.span, mounts: [], chain: steps, handler: innerHandler(model, handler), describe: (found, judged) => describeEvent(model, found, judged) });
  }
  routes.push(...routers);
  return { routes, unresolved, applications: [] };
}

function isServerless(model: ProjectModel): boolean {
  return ["serverless.yml", "serverless.yaml", "template.yaml", "template.yml"].some((file) => model.text(file) !== undefined);
}

function eventsOf(model: ProjectModel, unresolved: UnresolvedRoute[]): readonly FunctionEvent[] {
  const folders = new Set<string>([""]);
  for (const file of model.files) for (let folder = folderOf(file); folder !== "" && !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  const ofCode = [...cdkEvents(model, unresolved), ...sstEvents(model, unresolved)];
  return [...ofCode, ...[...folders].sort().flatMap((folder) => [
    ...["serverless.yml", "serverless.yaml"].flatMap((name) => readServerless(model, joinPath(folder, name))),
    ...["template.yml", "template.yaml", "sam.yml", "sam.yaml"].flatMap((name) => readSam(model, joinPath(folder, name))),
    ...["serverless.ts", "serverless.js"].flatMap((name) => (model.has(joinPath(folder, name)) ? serverlessModuleEvents(model, joinPath(folder, name), unresolved) : [])),
  ])];
}

/** What makes an application of another framework into a function: `serverlessExpress({ app })`. */
const applicationAdapters = /^(@vendia\/serverless-express|@codegenie\/serverless-express|aws-serverless-express|serverless-express|serverless-http|@fastify\/aws-lambda|aws-lambda-fastify|hono)$/;

function isApplication(model: ProjectModel, { file, node }: Located): boolean {
  return node.kind === "call" && model.values.of(file, node.callee).some((value) => value.kind === "external" && applicationAdapters.test(value.provenance.package));
}

/** `src/users.create` is the export `create` of `src/users.ts`. */
function handlerOf(model: ProjectModel, event: FunctionEvent): Located | undefined {
  const dot = event.handler.lastIndexOf(".");
  const [path, name] = [event.handler.slice(0, dot).replace(/^\.\//, ""), event.handler.slice(dot + 1)];
  for (const base of event.bases)
    for (const candidate of [path, path.replace(/^(dist|build|lib|\.build)\//, "src/"), path.replace(/^(dist|build|lib|\.build)\//, "")])
      for (const extension of extensions) {
        const file = joinPath(base, `${candidate}${extension}`);
        if (!model.has(file)) continue;
        const written = exportedExpression(model, file, name);
        if (written) return written;
        const value = model.values.ofExport(file, name).find((one) => one.kind === "function");
        if (value?.kind === "function") return { file: value.file, node: { kind: "function", span: value.node.nameSpan ?? value.node.span, function: value.node } };
      }
  return undefined;
}

/** The function inside `middy(handler).use(…)` and `middy().use(…).handler(handler)`. */
function innerHandler(model: ProjectModel, located: Located): Located {
  const { links, start } = chainOf(model, located.file, located.node);
  const given = links.find(({ name }) => name === "handler");
  if (given?.arguments[0]) return { file: given.file, node: given.arguments[0] };
  const isMiddy = start.node.kind === "call" && model.values.of(start.file, start.node.callee).some((value) => value.kind === "external" && value.provenance.package === "@middy/core");
  const [inner] = isMiddy && start.node.kind === "call" ? start.node.arguments : [];
  // The parameter of a function that wraps its handler says nothing; the call of that function does.
  return inner && !isParameter(model, start.file, inner) ? { file: start.file, node: inner } : located;
}

function isParameter(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind === "name" && node.binding !== undefined && model.values.index(file).sources[node.binding]?.kind === "parameter";
}

/** An authorizer of the gateway turns requests away before the function runs. */
function authorizerStep(event: FunctionEvent): readonly RawStep[] {
  const { authorizer } = event;
  if (authorizer === undefined) return [];
  const node: Expression = { kind: "name", span: event.span, name: authorizer };
  return [{ file: event.file, node, origin: "mount", name: authorizer, judged: { role: authorizer === "NONE" ? "public" : "auth" } }];
}

/** `middy(handler).use(validator(…))`, also inside a function of the project that wraps the handler. */
function middyOf(model: ProjectModel, { file, node }: Located): readonly RawStep[] {
  return definitionsOf(model, file, node).flatMap((definition) => {
    const { links } = chainOf(model, definition.file, definition.node);
    return links.flatMap((link) => (link.name === "use" || link.name === "before" ? link.arguments.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])).map((one) => ({ file: link.file, node: one, origin: "route" as const })) : []));
  });
}

/** `httpRouterHandler([{ method, path, handler }])` of middy. */
function routerTables(model: ProjectModel): readonly RawRoute[] {
  if (routerImports(model).length === 0) return [];
  return model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      const [table] = node.arguments;
      if (node.kind !== "call" || !table || !model.values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package === "@middy/http-router")) return [];
      const steps = stepsAround(model, file, node);
      return definitionsOf(model, file, table).flatMap((list) => (list.node.kind === "array" ? list.node.elements.flatMap((element) => tableRoute(model, { file: list.file, node: element }, steps)) : []));
    }),
  );
}

/** What runs before a router: `middy().use(requireUser()).handler(httpRouterHandler(routes))`, `middy(httpRouterHandler(routes)).use(requireUser())`, also where the router has a name. */
function stepsAround(model: ProjectModel, file: string, router: CallExpression): readonly RawStep[] {
  const { calls, parentOf, sources } = model.values.index(file);
  const isRouter = (argument: Expression): boolean => {
    const source = argument.kind === "name" && argument.binding !== undefined ? sources[argument.binding] : undefined;
    return argument === router || (source?.kind === "value" && source.path.length === 0 && source.value === router);
  };
  return calls.flatMap(({ node }) => {
    if (node.kind !== "call" || !node.arguments.some(isRouter)) return [];
    let top: CallExpression = node;
    for (;;) {
      const member = parentOf(top);
      const call = member && "kind" in member && member.kind === "member" ? parentOf(member) : undefined;
      if (!call || !("kind" in call) || call.kind !== "call" || call.callee !== member) break;
      top = call;
    }
    return middyOf(model, { file, node: top });
  });
}

const routerImports = inAllFiles((model: ProjectModel, file) => model.facts(file).imports.flatMap(({ specifier }) => (specifier === "@middy/http-router" ? [file] : [])));

function tableRoute(model: ProjectModel, entry: Located, steps: readonly RawStep[]): readonly RawRoute[] {
  const properties = propertiesOf(model, entry.file, entry.node);
  const [method, path, handler] = ["method", "path", "handler"].map((key) => properties.get(key));
  const verb = method && model.values.text(method.file, method.node);
  const texts = path && pathTexts(model, path.file, path.node);
  if (verb === undefined || !texts || !handler) return [];
  return texts.map(({ text, partial }) => ({
    framework: "lambda",
    method: verb === "ANY" ? "ALL" : verb.toUpperCase(),
    path: joinRoutePath(text),
    file: entry.file,
    span: entry.node.span,
    mounts: [],
    chain: [...steps, ...middyOf(model, handler)],
    handler: innerHandler(model, handler),
    describe: (found, judged) => describeEvent(model, found, judged),
    ...(partial && { partial: true as const }),
  }));
}
