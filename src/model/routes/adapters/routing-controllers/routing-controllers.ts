import { wordTable } from "../../../../base/word-table.js";
import { propertyOf } from "../../../../facts/names.js";
import type { ClassNode } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { propertiesOf } from "../../../values/definitions.js";
import { type EffectiveDecorator, effectiveDecorators, routeMethods, routeOfMethod } from "../../decorators.js";
import { joinRoutePath } from "../../path.js";
import { stepsBefore } from "../../steps-before.js";
import type { StepOrigin, UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { describeController } from "./parameters.js";

const name = "routing-controllers";
const verbs: Readonly<Record<string, string>> = wordTable({ Get: "GET", Post: "POST", Put: "PUT", Patch: "PATCH", Delete: "DELETE", Head: "HEAD", All: "ALL", Options: "OPTIONS" });

/** What a server is made with. */
interface Server {
  readonly file: string;
  readonly span: readonly [number, number];
  readonly prefix: string | undefined;
  /** The classes that it lists; undefined if it finds its controllers by pattern. */
  readonly controllers: ReadonlySet<ClassNode> | undefined;
  readonly checksAuthorization: boolean;
  readonly validates: boolean;
  readonly steps: readonly RawStep[];
}

/** routing-controllers on Express and Koa: decorated classes below the prefix of the server. */
export const routingControllers: Adapter = { framework: name, packages: [name], find };

function find(model: ProjectModel): AdapterResult {
  const unresolved: UnresolvedRoute[] = [];
  const servers = model.files.filter((file) => model.layerOf(file).layer !== "tests").flatMap((file) => serversIn(model, file));
  const routes = model.files.flatMap((file) =>
    model.values.index(file).classes.flatMap((node) => {
      const decorators = effectiveDecorators(model, file, node.decorators);
      const controller = decorators.find((decorator) => isOurs(decorator, /^(Json)?Controller$/));
      if (!controller) return [];
      const own = servers.filter(({ controllers }) => controllers?.has(node) ?? true);
      const [path] = controller.arguments;
      const bases = path ? (pathTexts(model, controller.file, path) ?? [{ text: ":unknown", partial: true }]) : [{ text: "", partial: false }];
      if (own.length === 0 && servers.length > 0) unresolved.push({ file, span: node.nameSpan ?? node.span, reason: "no server lists this controller" });
      return (own.length > 0 ? own : servers.length > 0 ? [] : [undefined]).flatMap((server) => bases.flatMap((base) => controllerRoutes(model, { file, node }, decorators, base, server)));
    }),
  );
  for (const server of servers) if (server.prefix === undefined) unresolved.push({ file: server.file, span: server.span, reason: "the prefix of the routes is not a constant; they are listed without it" });
  return { routes, unresolved, applications: servers.map(({ file, span }) => ({ framework: name, file, span, errorHandler: true })) };
}

function isOurs(decorator: EffectiveDecorator, wanted: RegExp): boolean {
  return decorator.from?.package === name && wanted.test(decorator.from.name);
}

function serversIn(model: ProjectModel, file: string): readonly Server[] {
  return model.values.index(file).calls.flatMap(({ node }) => {
    const made = node.kind === "call" ? model.values.of(file, node.callee).find((value) => value.kind === "external" && value.provenance.package === name && /^(create|use)(Express|Koa)Server$|^createServer$/.test(value.provenance.path.at(-1) ?? "")) : undefined;
    if (!made || node.kind !== "call") return [];
    const options = node.arguments.map((argument) => propertiesOf(model, file, argument)).find((properties) => properties.size > 0) ?? new Map<string, Located>();
    const prefix = options.get("routePrefix");
    const validation = options.get("validation");
    return [{
      file,
      span: node.span,
      prefix: prefix ? pathTexts(model, prefix.file, prefix.node)?.[0]?.text : "",
      controllers: classesIn(model, options.get("controllers")),
      checksAuthorization: options.has("authorizationChecker"),
      validates: !(validation?.node.kind === "literal" && validation.node.value === false),
      steps: [...stepsBefore(model, file, node), ...globalSteps(model, options.get("middlewares"))],
    }];
  });
}

function classesIn(model: ProjectModel, list: Located | undefined): ReadonlySet<ClassNode> | undefined {
  if (!list) return undefined;
  const found = model.values.of(list.file, list.node).flatMap((value) => (value.kind === "array" ? value.node.elements.flatMap((element) => model.values.of(value.file, element).flatMap((one) => (one.kind === "class" ? [one.node] : []))) : []));
  return found.length > 0 ? new Set(found) : undefined;
}

/** Classes with `@Middleware({ type: "before" })` that the server lists, or all of them where it finds them by pattern. */
function globalSteps(model: ProjectModel, list: Located | undefined): readonly RawStep[] {
  if (!list) return [];
  const listed = classesIn(model, list);
  return model.files.flatMap((file) =>
    model.values.index(file).classes.flatMap((node) => {
      const middleware = effectiveDecorators(model, file, node.decorators).find((decorator) => isOurs(decorator, /^Middleware$/));
      const [options] = middleware?.arguments ?? [];
      const type = options?.kind === "object" ? propertyOf(options, "type") : undefined;
      if (!middleware || (type?.kind === "literal" && type.value !== "before") || (listed && !listed.has(node))) return [];
      return [{ file, node: { kind: "class" as const, span: node.nameSpan ?? node.span, class: node }, origin: "global" as const, name: node.name ?? "middleware" }];
    }),
  );
}

function controllerRoutes(model: ProjectModel, controller: { readonly file: string; readonly node: ClassNode }, decorators: readonly EffectiveDecorator[], base: { readonly text: string; readonly partial: boolean }, server: Server | undefined): readonly RawRoute[] {
  const around = [...(server?.steps ?? []), ...stepsOf(decorators, "controller", server)];
  return routeMethods(model, controller.file, controller.node).flatMap(({ file, member }) => {
    const own = effectiveDecorators(model, file, member.decorators);
    return own.flatMap((decorator) => {
      const registration = registrationOf(model, decorator);
      if (!registration) return [];
      const required = member.function.parameters.flatMap((parameter) => effectiveDecorators(model, file, parameter.decorators).filter((one) => isOurs(one, /^CurrentUser$/) && isRequired(one)));
      const steps = [...around, ...stepsOf(own, "route", server), ...required.map((one) => ({ file: one.file, node: one.node, origin: "route" as const, name: "CurrentUser", judged: { role: "auth" as const } }))];
      return registration.paths.map(({ text, partial }): RawRoute => ({
        framework: name,
        method: registration.method,
        path: joinRoutePath(server?.prefix ?? "", base.text, text),
        ...routeOfMethod(decorator, file, member),
        mounts: server?.prefix ? [{ file: server.file, span: server.span, prefix: server.prefix }] : [],
        chain: steps,
        describe: (handler) => describeController(model, handler, own, server?.validates ?? true),
        ...((partial || base.partial || server?.prefix === undefined) && { partial: true as const }),
      }));
    });
  });
}

function isRequired({ arguments: [options] }: EffectiveDecorator): boolean {
  const required = options?.kind === "object" ? propertyOf(options, "required") : undefined;
  return required?.kind === "literal" && required.value === true;
}

function registrationOf(model: ProjectModel, decorator: EffectiveDecorator): { readonly method: string; readonly paths: readonly { readonly text: string; readonly partial: boolean }[] } | undefined {
  if (decorator.from?.package !== name) return undefined;
  const [first, second] = decorator.arguments;
  const named = decorator.from.name === "Method" && first ? model.values.text(decorator.file, first)?.toUpperCase() : undefined;
  const method = named ?? verbs[decorator.from.name];
  const path = named === undefined ? first : second;
  if (method === undefined) return undefined;
  return { method, paths: path ? (pathTexts(model, decorator.file, path) ?? [{ text: ":unknown", partial: true }]) : [{ text: "", partial: false }] };
}

/** `@Authorized()` asks the server's checker, and says nothing without one. */
function stepsOf(decorators: readonly EffectiveDecorator[], origin: StepOrigin, server: Server | undefined): readonly RawStep[] {
  return decorators.flatMap((decorator): readonly RawStep[] => {
    if (isOurs(decorator, /^Use(Before|Interceptor)$/)) return decorator.arguments.map((node) => ({ file: decorator.file, node, origin }));
    if (!isOurs(decorator, /^Authorized$/)) return decorator.from === undefined ? [{ ...decorator.written, origin }] : [];
    if (server && !server.checksAuthorization) return [{ file: decorator.file, node: decorator.node, origin, judged: { role: "unknown" } }];
    const step = { file: decorator.file, node: decorator.node, origin, name: "Authorized" };
    return [{ ...step, judged: { role: "auth" } }, ...(decorator.arguments.length > 0 ? [{ ...step, judged: { role: "authz" as const } }] : [])];
  });
}
