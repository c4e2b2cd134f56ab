import { wordTable } from "../../../../base/word-table.js";
import { joinPath } from "../../../../base/paths.js";
import type { ClassNode } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import { placeOfSite } from "../../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { type EffectiveDecorator, effectiveDecorators, routeMethods, routeOfMethod } from "../../decorators.js";
import { joinRoutePath } from "../../path.js";
import { stepsBefore } from "../../steps-before.js";
import type { Mount, StepOrigin, UnresolvedRoute } from "../../route.js";
import { describeTsoa } from "./parameters.js";

const packages = ["tsoa", "@tsoa/runtime", "tsoa-next", "@tsoa-next/runtime"];
const verbs: Readonly<Record<string, string>> = wordTable({ Get: "GET", Post: "POST", Put: "PUT", Patch: "PATCH", Delete: "DELETE", Head: "HEAD", Options: "OPTIONS" });

/** What tsoa.json says, as far as routes depend on it. */
interface Configuration {
  readonly file: string;
  readonly basePath: string;
  /** The file that tsoa writes; its routes are the controllers'. */
  readonly generated: string | undefined;
  readonly authentication: boolean;
  readonly rootSecurity: boolean;
}

/** The application that all routes are added to: what it uses before, and where it is made. */
interface Server {
  readonly steps: readonly RawStep[];
  readonly application: string | undefined;
}

/** tsoa: decorated classes, whose types are compiled into checks of the request. */
export const tsoa: Adapter = { framework: "tsoa", packages, find };

function find(model: ProjectModel): AdapterResult {
  const unresolved: UnresolvedRoute[] = [];
  const configurations = new Map<string, Configuration | undefined>();
  const configurationFor = (file: string): Configuration | undefined => {
    const { folder } = model.packageOf(file);
    if (!configurations.has(folder)) configurations.set(folder, readConfiguration(model, folder) ?? (folder === "" ? undefined : readConfiguration(model, "")));
    return configurations.get(folder);
  };
  // One function that tsoa writes adds all routes to an application.
  const adding = model.files.flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && node.callee.kind === "name" && node.callee.name === "RegisterRoutes" ? [{ file, node }] : [])));
  const server: Server = { steps: adding.flatMap(({ file, node }) => stepsBefore(model, file, node)), application: adding.flatMap(({ file, node: { arguments: [app] } }) => (app ? model.values.of(file, app).flatMap((value) => (value.kind === "external" && value.site ? [placeOfSite(value.site)] : [])) : []))[0] };
  const routes = model.files.flatMap((file) =>
    model.values.index(file).classes.flatMap((node) => {
      const decorators = effectiveDecorators(model, file, node.decorators);
      const route = decorators.find((decorator) => isTsoa(decorator, /^Route$/));
      if (!route) return [];
      const configuration = configurationFor(file);
      const [path] = route.arguments;
      const bases = path ? (pathTexts(model, route.file, path) ?? [{ text: ":unknown", partial: true }]) : [{ text: "", partial: false }];
      if (!configuration) unresolved.push({ file, span: node.nameSpan ?? node.span, reason: "there is no tsoa.json; the base path is taken for empty" });
      return bases.flatMap((base) => controllerRoutes(model, { file, node }, decorators, base, configuration, server));
    }),
  );
  const generated = new Set([...configurations.values()].flatMap((configuration) => configuration?.generated ?? []));
  return { routes, unresolved, applications: [], replaces: (file) => generated.has(file) };
}

function isTsoa(decorator: EffectiveDecorator, wanted: RegExp): boolean {
  return decorator.from !== undefined && packages.includes(decorator.from.package) && wanted.test(decorator.from.name);
}

function readConfiguration(model: ProjectModel, folder: string): Configuration | undefined {
  const file = joinPath(folder, "tsoa.json");
  const text = model.text(file);
  if (text === undefined) return undefined;
  const record = (value: unknown, key: string): unknown => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const routes = record(parsed, "routes");
  const basePath = record(routes, "basePath") ?? record(record(parsed, "spec"), "basePath");
  const routesDir = record(routes, "routesDir");
  const fileName = record(routes, "routesFileName");
  return {
    file,
    basePath: typeof basePath === "string" ? basePath : "",
    generated: typeof routesDir === "string" ? joinPath(folder, routesDir.replace(/^\.\//, "").replace(/\/$/, ""), typeof fileName === "string" ? fileName : "routes.ts") : undefined,
    authentication: typeof record(routes, "authenticationModule") === "string",
    rootSecurity: record(parsed, "rootSecurity") !== undefined || record(record(parsed, "spec"), "rootSecurity") !== undefined,
  };
}

function controllerRoutes(model: ProjectModel, controller: { readonly file: string; readonly node: ClassNode }, decorators: readonly EffectiveDecorator[], base: { readonly text: string; readonly partial: boolean }, configuration: Configuration | undefined, server: Server): readonly RawRoute[] {
  const mounts: readonly Mount[] = configuration && configuration.basePath !== "" ? [{ file: configuration.file, span: [0, 0], prefix: configuration.basePath }] : [];
  return routeMethods(model, controller.file, controller.node).flatMap(({ file, member }) => {
    const own = effectiveDecorators(model, file, member.decorators);
    return own.flatMap((decorator) => {
      const method = isTsoa(decorator, /./) ? verbs[decorator.from?.name ?? ""] : undefined;
      if (method === undefined) return [];
      const [path] = decorator.arguments;
      const texts = path ? (pathTexts(model, decorator.file, path) ?? [{ text: ":unknown", partial: true }]) : [{ text: "", partial: false }];
      const guards = securityOf(own, "route", configuration);
      // What stands on the method replaces what stands on the class.
      const steps = [...server.steps, ...middlewareOf(decorators, "controller"), ...(guards.length > 0 ? guards : securityOf(decorators, "controller", configuration)), ...middlewareOf(own, "route")];
      return texts.map(({ text, partial }): RawRoute => {
        const full = joinRoutePath(configuration?.basePath ?? "", base.text, text);
        return {
          framework: "tsoa",
          method,
          path: full,
          ...routeOfMethod(decorator, file, member),
          mounts,
          chain: steps,
          ...(server.application !== undefined && { application: server.application }),
          describe: (handler) => describeTsoa(model, handler, method, full),
          ...((partial || base.partial) && { partial: true as const }),
        };
      });
    });
  });
}

function middlewareOf(decorators: readonly EffectiveDecorator[], origin: StepOrigin): readonly RawStep[] {
  return decorators.flatMap((decorator): readonly RawStep[] => {
    if (isTsoa(decorator, /^Middlewares$/)) return decorator.arguments.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])).map((node) => ({ file: decorator.file, node, origin }));
    return decorator.from === undefined ? [{ ...decorator.written, origin }] : [];
  });
}

/** `@Security("jwt", ["admin"])` runs the authentication module; without one tsoa generates no routes. */
function securityOf(decorators: readonly EffectiveDecorator[], origin: StepOrigin, configuration: Configuration | undefined): readonly RawStep[] {
  return decorators.flatMap((decorator): readonly RawStep[] => {
    const step = { file: decorator.file, node: decorator.node, origin };
    if (isTsoa(decorator, /^NoSecurity$/)) return [{ ...step, name: "NoSecurity", judged: { role: "public" } }];
    if (!isTsoa(decorator, /^Security$/)) return [];
    const named = { ...step, name: "Security" };
    const [, scopes] = decorator.arguments;
    return [{ ...named, judged: { role: configuration?.authentication === false ? "unknown" : "auth" } }, ...(scopes?.kind === "array" && scopes.elements.length > 0 ? [{ ...named, judged: { role: "authz" as const } }] : [])];
  });
}
