import { wordTable } from "../../../../base/word-table.js";
import { propertyOf } from "../../../../facts/names.js";
import type { ClassNode } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { ExternalValue } from "../../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts, type PathText, unknownPart } from "../../../values/path-texts.js";
import { type EffectiveDecorator, effectiveDecorators, routeMethods, routeOfMethod } from "../../decorators.js";
import { operationsOnParameter } from "../../operations.js";
import { joinRoutePath } from "../../path.js";
import type { Application, UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { mayServe } from "../../serving-package.js";
import { flatten } from "../../stack-steps.js";
import { stepOf } from "./bindings.js";
import { isOurs, packages } from "./packages.js";
import { describeMethod } from "./parameters.js";

const name = "inversify";
const verbs: Readonly<Record<string, string>> = wordTable({ get: "GET", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE", head: "HEAD", options: "OPTIONS", all: "ALL" });

/** A server, and what it adds to all controllers. */
interface Server extends Application {
  /** Undefined where the root path is not known. */
  readonly prefix: string | undefined;
  readonly steps: readonly RawStep[];
}

/** InversifyJS on Express and others: decorated classes that a container is given, and a server that is made of it. */
export const inversify: Adapter = { framework: name, packages, find };

function find(model: ProjectModel): AdapterResult {
  const servers = model.files.filter((file) => model.layerOf(file).layer !== "tests").flatMap((file) => serversIn(model, file));
  const unresolved: UnresolvedRoute[] = servers.filter(({ prefix }) => prefix === undefined).map(({ file, span }) => ({ file, span, reason: "the root path of the server is not a constant; its routes are listed without it" }));
  const places = servers.map(({ file }) => file);
  const routes = model.files.flatMap((file) =>
    model.values.index(file).classes.flatMap((node) => {
      const decorators = effectiveDecorators(model, file, node.decorators);
      const controller = decorators.find((decorator) => isOurs(decorator, /^controller$/i));
      return controller ? controllerRoutes(model, { file, node }, controller, decorators, servers.find((server) => mayServe(model, file, server.file, places))) : [];
    }),
  );
  return { routes, unresolved, applications: servers.map(({ file, span, errorHandler }) => ({ framework: name, file, span, errorHandler })) };
}

function serversIn(model: ProjectModel, file: string): readonly Server[] {
  const { calls } = model.values.index(file);
  return calls.flatMap(({ node }) => {
    if (node.kind !== "new" || !model.values.of(file, node.callee).some((value) => value.kind === "external" && packages.includes(value.provenance.package) && /^Inversify\w+(Server|HttpAdapter)$/.test(value.provenance.path.at(-1) ?? ""))) return [];
    const options = node.arguments.flatMap((argument) => model.values.of(file, argument)).flatMap((value) => (value.kind === "object" ? [value] : []));
    const [root] = options.flatMap((value): readonly Located[] => {
      const path = propertyOf(value.node, "rootPath");
      return path ? [{ file: value.file, node: path }] : [];
    });
    const configured = (method: string): readonly RawStep[] => calls.flatMap((one) => (one.node.kind === "call" && one.node.callee.kind === "member" && one.node.callee.property === method ? usedIn(model, file, one.node.arguments[0]) : []));
    const handlesErrors = calls.some(({ node: call }) => call.callee.kind === "member" && /^(setErrorConfig|useGlobalFilters)$/.test(call.callee.property));
    return [{ framework: name, file, span: node.span, errorHandler: handlesErrors, prefix: root ? pathTexts(model, root.file, root.node)?.[0]?.text : "", steps: configured("setConfig") }];
  });
}

/** What `server.setConfig((app) => { app.use(helmet()); })` puts before every route; below a path of its own it is left out. */
function usedIn(model: ProjectModel, file: string, given: Located["node"] | undefined): readonly RawStep[] {
  return (given ? model.values.of(file, given) : []).flatMap((value) => {
    if (value.kind !== "function") return [];
    const receiver: ExternalValue = { kind: "external", provenance: { package: "express", subpath: "", path: ["default", "()"] } };
    return operationsOnParameter(model, value.file, value.node, receiver).flatMap(({ method, arguments: used }) => (method === "use" && used[0]?.node.kind !== "literal" ? flatten(model, used).map((one) => ({ ...one, origin: "global" as const })) : []));
  });
}

function controllerRoutes(model: ProjectModel, controller: { readonly file: string; readonly node: ClassNode }, own: EffectiveDecorator, decorators: readonly EffectiveDecorator[], server: Server | undefined): readonly RawRoute[] {
  const [base, ...middleware] = own.arguments;
  const bases = pathsOf(model, own.file, base);
  const around = [...(server?.steps ?? []), ...middleware.map((node) => stepOf(model, { file: own.file, node }, "controller")), ...stepsOf(model, decorators, "controller")];
  return routeMethods(model, controller.file, controller.node).flatMap(({ file, member }) => {
    const all = effectiveDecorators(model, file, member.decorators);
    return all.flatMap((decorator) => {
      const registration = registrationOf(model, decorator);
      if (!registration) return [];
      const chain = [...around, ...registration.middleware.map((node) => stepOf(model, { file: decorator.file, node }, "route")), ...stepsOf(model, all, "route")];
      return bases.flatMap((prefix) =>
        registration.paths.map(({ text, partial }): RawRoute => {
          const raw: RawRoute = {
            framework: name,
            method: registration.method,
            path: joinRoutePath(server?.prefix ?? "", prefix.text, text),
            ...routeOfMethod(decorator, file, member),
            mounts: server?.prefix ? [{ file: server.file, span: server.span, prefix: server.prefix }] : [],
            chain,
            ...((partial || prefix.partial || server?.prefix === undefined) && { partial: true as const }),
          };
          return { ...raw, describe: (handler, steps) => describeMethod(model, raw, handler, steps) };
        }),
      );
    });
  });
}

/** `@httpGet("/:id", requireUser)`, `@httpMethod("get", "/:id")`, and `@Get("/:id")` of later and earlier versions. */
function registrationOf(model: ProjectModel, decorator: EffectiveDecorator): { readonly method: string; readonly paths: readonly PathText[]; readonly middleware: readonly Located["node"][] } | undefined {
  if (!isOurs(decorator, /^(http)?(Get|Post|Put|Patch|Delete|Head|Options|Method)$|^all$/i)) return undefined;
  const named = (decorator.from?.name ?? "").replace(/^http/, "").toLowerCase();
  const [first, ...rest] = decorator.arguments;
  const method = named === "method" ? verbs[(first && model.values.text(decorator.file, first))?.toLowerCase() ?? ""] : verbs[named];
  const [path, middleware] = named === "method" ? [rest[0], rest.slice(1)] : [first, rest];
  return method === undefined ? undefined : { method, paths: pathsOf(model, decorator.file, path), middleware };
}

/** A path, also in options (`{ path: "/users" }`); none stands for the place itself. */
function pathsOf(model: ProjectModel, file: string, node: Located["node"] | undefined): readonly PathText[] {
  const given = node?.kind === "object" ? propertyOf(node, "path") : node;
  return given ? (pathTexts(model, file, given) ?? [{ text: `/${unknownPart}`, partial: true }]) : [{ text: "", partial: false }];
}

/** `@withMiddleware(limit)`, `@ApplyMiddleware(limit)` and `@UseGuard(RequireUser)`. */
function stepsOf(model: ProjectModel, decorators: readonly EffectiveDecorator[], origin: RawStep["origin"]): readonly RawStep[] {
  return decorators.flatMap((decorator) => (isOurs(decorator, /^(withMiddleware|ApplyMiddleware|UseGuard|UseInterceptor)$/) ? decorator.arguments.map((node) => stepOf(model, { file: decorator.file, node }, origin)) : []));
}
