import { wordTable } from "../../../base/word-table.js";
import { crudPackages, crudRoutes } from "../../../catalogue/sub-applications.js";
import { propertyOf } from "../../../facts/names.js";
import type { ClassNode, Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { type EffectiveDecorator, effectiveDecorators, type MethodMember, routeMethods } from "../decorators.js";
import { propertiesOf } from "../../values/definitions.js";
import { describeNest } from "../nest-schemas.js";
import { returnedExpressions } from "../../modules/returns.js";
import { behaviourOf } from "../behaviour.js";
import { joinRoutePath } from "../path.js";
import { judgeByName, stepName } from "../step-names.js";
import type { StepOrigin, UnresolvedRoute } from "../route.js";
import type { Located } from "../../values/located.js";
import { readNestApplications, type NestApplication } from "./nest-application.js";
import { type NestMiddleware, nestMiddleware } from "./nest-middleware.js";
import { type NestModules, nestModules } from "./nest-modules.js";
import { contractRoutesAt, describeContract } from "./ts-rest/contract.js";
import { implementationOf } from "./ts-rest/ts-rest.js";

const verbs: Readonly<Record<string, string>> = wordTable({ Get: "GET", Post: "POST", Put: "PUT", Patch: "PATCH", Delete: "DELETE", Head: "HEAD", Options: "OPTIONS", All: "ALL", Search: "SEARCH", Sse: "GET", TypedRoute: "" });
interface Controller {
  readonly file: string;
  readonly node: ClassNode;
  readonly paths: readonly string[];
  readonly versions: readonly string[] | undefined;
  readonly decorators: readonly EffectiveDecorator[];
}

/** NestJS 10 to 12: controllers, versions, prefixes, composed decorators, guards. */
export const nest: Adapter = { framework: "nestjs", packages: ["@nestjs/common"], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const applications = readNestApplications(model);
  const modules = nestModules(model);
  const middleware = nestMiddleware(model);
  for (const file of model.files) {
    if (model.layerOf(file).layer === "tests") continue;
    for (const node of model.values.index(file).classes) {
      const controller = readController(model, file, node);
      if (!controller) continue;
      const applied = middleware.filter((one) => model.packageOf(one.file) === model.packageOf(file));
      const own = new Map<string, RawRoute>();
      for (const application of applicationsOf(model, applications, modules, controller))
        for (const prefix of modules.prefixesOf(node))
          for (const route of routesOf(model, controller, application, prefix, applied)) {
            const key = `${route.method} ${route.path}`;
            if (!own.has(key)) own.set(key, route);
          }
      const unmounted = applications.length > 0 && applications.every(({ root }) => root !== undefined && modules.reaches(root, node) === false);
      routes.push(...[...own.values()].map((route) => (unmounted ? { ...route, unmounted: true as const } : route)));
      if (unmounted && own.size > 0) unresolved.push({ file, span: node.nameSpan ?? node.span, reason: "no module of an application lists this controller" });
    }
  }
  return { routes, unresolved, applications: applications.map(({ file, span, errorHandler }) => ({ framework: "nestjs", file, span, errorHandler })) };
}

/** The applications that have a controller: those whose modules lead to it, else the one of its package. */
function applicationsOf(model: ProjectModel, applications: readonly NestApplication[], modules: NestModules, { file, node }: Controller): readonly (NestApplication | undefined)[] {
  const reaching = applications.filter(({ root }) => root !== undefined && modules.reaches(root, node) === true);
  const listening = reaching.some(({ listens }) => listens) ? reaching.filter(({ listens }) => listens) : reaching;
  // The same module once more is a probe.
  const found = listening.filter(({ root }, place) => listening.findIndex((other) => other.root === root) === place);
  return found.length > 0 ? found : [applications.find((application) => model.packageOf(application.file) === model.packageOf(file)) ?? applications[0]];
}

function isNest(decorator: EffectiveDecorator, name: string): boolean {
  return decorator.from?.package === "@nestjs/common" && decorator.from.name === name;
}

function readController(model: ProjectModel, file: string, node: ClassNode): Controller | undefined {
  const decorators = effectiveDecorators(model, file, node.decorators);
  const controller = decorators.find((decorator) => isNest(decorator, "Controller"));
  if (!controller) return undefined;
  const [argument] = controller.arguments;
  const options = argument && model.values.of(controller.file, argument).find((value) => value.kind === "object");
  const pathNode = options?.kind === "object" ? propertyOf(options.node, "path") : argument;
  const at = options?.kind === "object" ? options.file : controller.file;
  const versionNode = options?.kind === "object" ? propertyOf(options.node, "version") : undefined;
  const classVersion = decorators.find((decorator) => isNest(decorator, "Version"));
  return {
    file,
    node,
    paths: pathNode ? (pathTexts(model, at, pathNode)?.map(({ text }) => text) ?? [":unknown"]) : [""],
    versions: versionNode ? versionsOf(model, at, versionNode) : classVersion?.arguments[0] && versionsOf(model, classVersion.file, classVersion.arguments[0]),
    decorators,
  };
}

/** The versions that an argument names; the empty text is the neutral version. */
function versionsOf(model: ProjectModel, file: string, node: Expression): readonly string[] {
  const nodes = node.kind === "array" ? node.elements : [node];
  return nodes.flatMap((element) => {
    if ((element.kind === "name" && element.name === "VERSION_NEUTRAL") || (element.kind === "member" && element.property === "VERSION_NEUTRAL")) return [""];
    return model.values.of(file, element).flatMap((value) => (value.kind === "constant" ? [String(value.value)] : []));
  });
}

function routesOf(model: ProjectModel, controller: Controller, application: NestApplication | undefined, modulePrefix: string, middleware: readonly NestMiddleware[]): RawRoute[] {
  const classSteps = stepsOf(controller.decorators, "controller");
  return [...crudRoutesOf(model, controller, application, modulePrefix, classSteps), ...methodRoutes(model, controller, application, modulePrefix, middleware, classSteps)];
}

/** What `@Crud({ model })` adds to a controller, less what `routes: { only, exclude }` leaves out and what the class overrides. */
function crudRoutesOf(model: ProjectModel, controller: Controller, application: NestApplication | undefined, modulePrefix: string, classSteps: readonly RawStep[]): readonly RawRoute[] {
  const crud = controller.decorators.find(({ from }) => from !== undefined && crudPackages.test(from.package) && from.name === "Crud");
  const [options] = crud?.arguments ?? [];
  if (!crud || !options) return [];
  const routes = propertiesOf(model, crud.file, options).get("routes");
  const choice = routes && propertiesOf(model, routes.file, routes.node);
  const named = (key: string): readonly string[] | undefined => {
    const list = choice?.get(key);
    return list && pathTexts(model, list.file, list.node)?.map(({ text }) => text);
  };
  const [only, exclude] = [named("only"), named("exclude")];
  return crudRoutes.flatMap(({ method, path, action }) => {
    if (only?.includes(action) === false || exclude?.includes(action)) return [];
    return controller.paths.flatMap((base) => {
      const resource = joinRoutePath(modulePrefix, base, path);
      return (application?.prefixesFor(method, resource, controller.versions) ?? [{ segment: "", prefix: "", version: undefined }]).map(({ prefix }): RawRoute => ({
        framework: "nestjs", method, path: joinRoutePath(prefix, resource), file: controller.file, span: crud.written.node.span, chain: [...(application?.steps ?? []), ...classSteps], handler: undefined, opaque: true, serves: "resources",
        mounts: application && prefix !== "" ? [{ file: application.file, span: application.span, prefix }] : [],
      }));
    });
  });
}

function methodRoutes(model: ProjectModel, controller: Controller, application: NestApplication | undefined, modulePrefix: string, middleware: readonly NestMiddleware[], classSteps: readonly RawStep[]): RawRoute[] {
  return routeMethods(model, controller.file, controller.node).flatMap(({ file, member }) => {
    const decorators = effectiveDecorators(model, file, member.decorators);
    const version = decorators.find((decorator) => isNest(decorator, "Version"));
    const own = version?.arguments[0] ? versionsOf(model, version.file, version.arguments[0]) : undefined;
    return decorators.flatMap((decorator) => registrationsOf(model, file, member, decorator).flatMap(({ verb, texts, handler, describe }) => {
      const steps = [...(application?.steps ?? []), ...classSteps, ...stepsOf(decorators, "route"), ...parameterSteps(model, file, member)];
      return controller.paths.flatMap((base) =>
        texts.flatMap((text) => {
          const resource = joinRoutePath(modulePrefix, base, text);
          return (application?.prefixesFor(verb, resource, own ?? controller.versions) ?? [{ segment: "", prefix: "", version: undefined }]).map(({ segment, prefix, version: value }) => ({
            framework: "nestjs",
            method: verb,
            path: joinRoutePath(prefix, resource),
            file,
            span: decorator.file === file ? decorator.node.span : member.nameSpan,
            mounts: application && prefix !== "" ? [{ file: application.file, span: application.span, prefix }] : [],
            chain: [...middleware.flatMap((applied) => (applied.covers(verb, resource, segment, controller.node) ? applied.steps : [])), ...steps],
            handler,
            describe,
            ...(value !== undefined && { version: { value, source: application?.versionSource ?? "decorator" } }),
            ...((base === ":unknown" || text === ":unknown") && { partial: true as const }),
          }));
        }),
      );
    }));
  });
}

/** What a decorator makes of its method: a verb with its paths, or the operations of a ts-rest contract. */
interface Registration {
  readonly verb: string;
  readonly texts: readonly string[];
  readonly handler: Located | undefined;
  readonly describe: NonNullable<RawRoute["describe"]>;
}

function registrationsOf(model: ProjectModel, file: string, member: MethodMember, { file: at, from, arguments: given }: EffectiveDecorator): readonly Registration[] {
  const handler: Located = { file, node: { kind: "function", span: member.function.span, function: member.function } };
  const [first, options] = given;
  if (from?.package === "@ts-rest/nest" && /^TsRest(Handler)?$/.test(from.name) && first) {
    const validates = options && propertiesOf(model, at, options).get("validateResponses");
    const enforced = validates?.node.kind === "literal" && validates.node.value === true;
    return contractRoutesAt(model, at, first).map((route) => ({
      verb: route.method,
      texts: [route.path],
      handler: from.name === "TsRestHandler" ? handlerOf(model, file, member, route.keys) : handler,
      describe: () => describeContract(model, route, enforced),
    }));
  }
  const verb = from?.package === "@nestjs/common" ? verbs[from.name] : undefined;
  if (verb === undefined || verb === "") return [];
  return [{ verb, texts: first ? (pathTexts(model, at, first)?.map(({ text }) => text) ?? [":unknown"]) : [""], handler, describe: (found, judged) => describeNest(model, found, judged) }];
}

/** The function of an operation in `return tsRestHandler(contract, { … })`. */
function handlerOf(model: ProjectModel, file: string, member: MethodMember, keys: readonly string[]): Located | undefined {
  const [implementation] = returnedExpressions(member.function).flatMap((value) => (value.kind === "call" && value.arguments[1] ? [value.arguments[1]] : []));
  return implementation && implementationOf(model, { file, node: implementation }, keys)?.handler;
}

/** Decorators of parameters that the project makes, and that turn callers without a principal away: `@CurrentUser() user`. */
function parameterSteps(model: ProjectModel, file: string, member: MethodMember): RawStep[] {
  return member.function.parameters.flatMap(({ decorators }) => decorators ?? []).flatMap(({ value }) => {
    const callee = value.kind === "call" ? value.callee : value;
    return model.values.of(file, callee).flatMap((made): RawStep[] => {
      if (made.kind !== "external" || made.provenance.package !== "@nestjs/common" || made.provenance.path[0] !== "createParamDecorator" || !made.site) return [];
      const { site } = made;
      const [reader] = site.node.arguments;
      const rejects = reader !== undefined && model.values.of(site.file, reader).some((found) => found.kind === "function" && behaviourOf(model.values, found.file, found.node).statuses.has(401));
      return rejects ? [{ file, node: callee, origin: "route", judged: { role: "auth" } }] : [];
    });
  });
}

/** Guards, pipes and interceptors one by one; other decorators as they are. */
function stepsOf(decorators: readonly EffectiveDecorator[], origin: StepOrigin): RawStep[] {
  return decorators.flatMap((decorator) => {
    if (decorator.from?.package === "@nestjs/common" && /^Use(Guards|Pipes|Interceptors|Filters)$/.test(decorator.from.name)) return decorator.arguments.map((node) => ({ file: decorator.file, node, origin }));
    if (decorator.from?.package === "@ts-rest/nest") return [];
    if (decorator.from?.package === "@nestjs/common" && (verbs[decorator.from.name] !== undefined || /^(Controller|HttpCode|Header|Render|Injectable|Inject)$/.test(decorator.from.name))) return [];
    // What a decorator combines is listed itself; its own name may still say that the route is public.
    if (decorator.combines) return judgeByName(stepName(decorator.written.node), decorator.written.node)?.role === "public" ? [{ ...decorator.written, origin, judged: { role: "public" } }] : [];
    return [{ ...decorator.written, origin }];
  });
}
