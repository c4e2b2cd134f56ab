import type { CallExpression, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { definitionsOf, propertiesOf } from "../../../values/definitions.js";
import { type Surroundings, surroundingsOfArgument, surroundingsOfRouter } from "../../hosts.js";
import { marksIn } from "../../metadata.js";
import { joinRoutePath } from "../../path.js";
import type { Application, StepOrigin, UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { type ContractRoute, contractRoutes, describeContract } from "./contract.js";

const servers = /^@ts-rest\/(express|fastify|serverless|next|hono|koa)$|^ts-rest-hono$/;

/** A contract that is served, with its implementation and the place that serves it. */
interface Server {
  readonly file: string;
  readonly call: CallExpression;
  readonly contract: Located;
  readonly implementation: Located;
  readonly options: Located | undefined;
  readonly around: readonly Surroundings[];
}

/** ts-rest on Express, Fastify, fetch and Next.js; the Nest adapter reads its own contracts. A contract alone is a client's. */
export const tsRest: Adapter = { framework: "ts-rest", packages: ["@ts-rest/express", "@ts-rest/fastify", "@ts-rest/serverless", "@ts-rest/next", "ts-rest-hono"], find };

function find(model: ProjectModel): AdapterResult {
  const unresolved: UnresolvedRoute[] = [];
  const found = model.files.flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" ? serverOf(model, file, node) : [])));
  const routes = found.flatMap((server) => {
    const all = contractRoutes(model, server.contract.file, server.contract.node);
    if (all.length === 0) unresolved.push({ file: server.file, span: server.call.span, reason: "the contract that is served here could not be followed" });
    return all.flatMap((route) => routesOf(model, server, route));
  });
  const applications: Application[] = found.map(({ file, call }) => ({ framework: "ts-rest", file, span: call.span, errorHandler: undefined }));
  return { routes, unresolved, applications };
}

function serverOf(model: ProjectModel, file: string, call: CallExpression): readonly Server[] {
  const name = servingName(model, file, call.callee);
  if (name === undefined) return [];
  const at = (node: Expression | undefined): Located | undefined => node && { file, node };
  const [first, second, third, fourth] = call.arguments;
  const around = (router: Expression | undefined): readonly Surroundings[] => {
    const found = router ? surroundingsOfRouter(model, file, router, call) : surroundingsOfArgument(model, (where, argument) => where === file && (argument === call || (argument.kind === "function" && argument.span[0] <= call.span[0] && call.span[1] <= argument.span[1])));
    return found.length > 0 ? found : [{ prefix: "", mounts: [], steps: [] }];
  };
  const made = (contract: Located | undefined, implementation: Located | undefined, options: Located | undefined, router: Expression | undefined): readonly Server[] => {
    if (!implementation) return [];
    const [own] = routerParts(model, implementation);
    const served = contract ?? own?.contract;
    return served ? [{ file, call, contract: served, implementation: own?.implementation ?? implementation, options, around: around(router) }] : [];
  };
  if (/^(createExpressEndpoints|registerRouter)$/.test(name)) return made(at(first), at(second), at(fourth), third);
  if (/^(createNextRouter|createNextRoute|createNextHandler|createLambdaHandler|createAzureHandler|createServerlessHandler|createHonoEndpoints)$/.test(name)) return name === "createHonoEndpoints" ? made(at(first), at(second), at(fourth), third) : made(at(first), at(second), at(third), undefined);
  if (name === "plugin") return made(undefined, at(first), at(second), undefined);
  if (name !== "fetchRequestHandler" || !first) return [];
  const options = propertiesOf(model, file, first);
  return made(options.get("contract"), options.get("router"), options.get("options"), undefined);
}

function servingName(model: ProjectModel, file: string, callee: Expression): string | undefined {
  for (const value of model.values.of(file, callee)) if (value.kind === "external" && servers.test(value.provenance.package)) return value.provenance.path.at(-1);
  return undefined;
}

/** The contract and the object of `s.router(contract, { … })`. */
function routerParts(model: ProjectModel, { file, node }: Located): readonly { readonly contract: Located; readonly implementation: Located }[] {
  return definitionsOf(model, file, node).flatMap((definition) => {
    const [contract, implementation] = definition.node.kind === "call" ? definition.node.arguments : [];
    return contract && implementation ? [{ contract: { file: definition.file, node: contract }, implementation: { file: definition.file, node: implementation } }] : [];
  });
}

function routesOf(model: ProjectModel, server: Server, route: ContractRoute): readonly RawRoute[] {
  const implementation = implementationOf(model, server.implementation, route.keys);
  const options = server.options ? propertiesOf(model, server.options.file, server.options.node) : new Map<string, Located>();
  const validates = options.get("responseValidation");
  const enforced = validates?.node.kind === "literal" && validates.node.value === true;
  const steps = [...listed(model, options.get("globalMiddleware") ?? options.get("requestMiddleware"), "group"), ...(implementation?.steps ?? []), ...route.metadata.flatMap((metadata) => marksIn(model, metadata))];
  return server.around.map((around) => ({
    framework: "ts-rest",
    method: route.method,
    // Servers on fetch see the whole address: a contract that has the prefix in its paths is not put below it once more.
    path: route.path.startsWith(`${around.prefix}/`) ? route.path : joinRoutePath(around.prefix, route.path),
    file: route.file,
    span: route.span,
    mounts: around.mounts,
    chain: [...around.steps, ...steps],
    handler: implementation?.handler,
    describe: () => describeContract(model, route, enforced),
  }));
}

/** The function behind the keys of an operation, with the middleware beside it. */
export function implementationOf(model: ProjectModel, root: Located, keys: readonly string[]): { readonly handler: Located; readonly steps: readonly RawStep[] } | undefined {
  let at: Located | undefined = root;
  for (const key of keys) {
    const [part]: readonly { readonly implementation: Located }[] = at ? routerParts(model, at) : [];
    at = at && propertiesOf(model, (part?.implementation ?? at).file, (part?.implementation ?? at).node).get(key);
  }
  if (!at) return undefined;
  const properties = propertiesOf(model, at.file, at.node);
  const handler = properties.get("handler");
  return handler ? { handler, steps: [...listed(model, properties.get("middleware"), "route"), ...listed(model, properties.get("hooks"), "route")] } : { handler: at, steps: [] };
}

function listed(model: ProjectModel, list: Located | undefined, origin: StepOrigin): readonly RawStep[] {
  if (!list) return [];
  return definitionsOf(model, list.file, list.node).flatMap(({ file, node }) => (node.kind === "array" ? node.elements.map((element) => ({ file, node: element, origin })) : []));
}
