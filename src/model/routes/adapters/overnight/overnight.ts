import { wordTable } from "../../../../base/word-table.js";
import type { ClassNode, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { ExternalValue } from "../../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts, unknownPart } from "../../../values/path-texts.js";
import { type EffectiveDecorator, effectiveDecorators, pushedTo, routeMethods, routeOfMethod } from "../../decorators.js";
import { inOrder } from "../../operation-order.js";
import { gatherOperations, type Operation } from "../../operations.js";
import { joinRoutePath } from "../../path.js";
import type { Application, Mount, StepOrigin, UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { flatten } from "../../stack-steps.js";

const name = "@overnightjs/core";
const verbs: Readonly<Record<string, string>> = wordTable({ Get: "GET", Post: "POST", Put: "PUT", Patch: "PATCH", Delete: "DELETE", Head: "HEAD", Options: "OPTIONS", All: "ALL" });

/** A class and where it is written. */
interface Controller {
  readonly file: string;
  readonly node: ClassNode;
}

/** What surrounds a controller where it is added. */
interface Frame {
  readonly prefix: string;
  readonly partial: boolean;
  readonly mounts: readonly Mount[];
  readonly steps: readonly RawStep[];
  readonly path: readonly ClassNode[];
}

/** OvernightJS on Express: decorated classes whose instances a `Server` is given by `addControllers`. */
export const overnight: Adapter = { framework: "overnightjs", packages: [name], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const applications = new Map<string, Application>();
  const added = new Set<ClassNode>();
  const steps: RawStep[] = [];
  let errorHandler = false;
  for (const operation of inOrder(model, [...gatherOperations(model, isServer).values()].flat(), new Map())) {
    if (operation.method === "use") {
      const used = flatten(model, operation.arguments);
      if (used.some((one) => mapsErrors(model, one))) errorHandler = true;
      // What is used below a path is left out: which routes lie there is told by Express alone.
      else if (used[0]?.node.kind !== "literal") steps.push(...used.map((one) => ({ ...one, origin: "global" as const })));
    }
    if (operation.method !== "addControllers") continue;
    const { site } = operation.receiver;
    if (site) applications.set(`${site.file}@${site.node.span[0]}`, { framework: "overnightjs", file: site.file, span: site.node.span, errorHandler: false });
    for (const controller of controllersIn(model, operation.arguments[0])) {
      added.add(controller.node);
      routes.push(...routesOf(model, controller, { prefix: "", partial: false, mounts: [], steps: [...steps, ...globalSteps(model, operation)], path: [] }, added));
    }
  }
  for (const file of model.files)
    for (const node of model.values.index(file).classes) {
      if (added.has(node) || !controllerOf(model, { file, node })) continue;
      unresolved.push({ file, span: node.nameSpan ?? node.span, reason: "no server is given this controller; its routes are listed without what the server adds" });
      routes.push(...routesOf(model, { file, node }, { prefix: "", partial: true, mounts: [], steps: [], path: [] }, added).map((route) => ({ ...route, unmounted: true as const })));
    }
  return { routes, unresolved, applications: [...applications.values()].map((application) => ({ ...application, errorHandler })) };
}

/** The server itself, and the application of Express in it. */
function isServer({ provenance: { package: from, path } }: ExternalValue): boolean {
  return from === name && path[0] === "Server" && path[1] === "new()" && (path.length === 2 || (path.length === 3 && path[2] === "app"));
}

function mapsErrors(model: ProjectModel, { file, node }: Located): boolean {
  return model.values.of(file, node).some((value) => value.kind === "function" && value.node.parameters.length === 4);
}

/** The third argument of `addControllers` runs before all of them. */
function globalSteps(model: ProjectModel, { arguments: [, , given] }: Operation): readonly RawStep[] {
  return given ? flatten(model, [given]).map((one) => ({ ...one, origin: "mount" as const })) : [];
}

/** The classes of instances, one or a list of them, also of those that are pushed onto it. */
function controllersIn(model: ProjectModel, given: Located | undefined): readonly Controller[] {
  if (!given) return [];
  const pushed = pushedTo(model, given.file, given.node).flatMap((node) => controllersIn(model, { file: given.file, node }));
  return model.values.of(given.file, given.node).flatMap((value): readonly Controller[] => {
    if (value.kind === "instance") return [{ file: value.file, node: value.class }];
    return value.kind === "array" ? value.node.elements.flatMap((node) => controllersIn(model, { file: value.file, node })) : [];
  }).concat(pushed);
}

function isOurs(decorator: EffectiveDecorator, wanted: RegExp): boolean {
  return decorator.from?.package === name && wanted.test(decorator.from.name);
}

function controllerOf(model: ProjectModel, { file, node }: Controller): EffectiveDecorator | undefined {
  return effectiveDecorators(model, file, node.decorators).find((decorator) => isOurs(decorator, /^Controller$/));
}

function routesOf(model: ProjectModel, controller: Controller, outer: Frame, added: Set<ClassNode>): readonly RawRoute[] {
  const own = controllerOf(model, controller);
  if (!own || outer.path.includes(controller.node)) return [];
  const decorators = effectiveDecorators(model, controller.file, controller.node.decorators);
  const [base] = textsOf(model, own);
  const mount: readonly Mount[] = base && base.text !== "" ? [{ file: own.file, span: own.node.span, prefix: joinRoutePath(base.text) }] : [];
  const frame: Frame = { prefix: joinRoutePath(outer.prefix, base?.text ?? ""), partial: outer.partial || base?.partial === true, mounts: [...outer.mounts, ...mount], steps: [...outer.steps, ...stepsOf(decorators, /^ClassMiddleware$/, "controller")], path: [...outer.path, controller.node] };
  const children = decorators.flatMap((decorator) => (isOurs(decorator, /^ChildControllers$/) ? decorator.arguments.flatMap((node) => controllersIn(model, { file: decorator.file, node })) : []));
  for (const { node } of children) added.add(node);
  const methods = routeMethods(model, controller.file, controller.node).flatMap(({ file, member }) => {
    const around = effectiveDecorators(model, file, member.decorators);
    return around.flatMap((decorator) => {
      const method = decorator.from?.package === name ? verbs[decorator.from.name] : undefined;
      if (method === undefined) return [];
      return textsOf(model, decorator).map(({ text, partial }): RawRoute => ({
        framework: "overnightjs",
        method,
        path: joinRoutePath(frame.prefix, text),
        ...routeOfMethod(decorator, file, member),
        mounts: frame.mounts,
        chain: [...frame.steps, ...stepsOf(around, /^Middleware$/, "route")],
        ...((partial || frame.partial) && { partial: true as const }),
      }));
    });
  });
  return [...methods, ...children.flatMap((child) => routesOf(model, child, frame, added))];
}

function textsOf(model: ProjectModel, { file, arguments: [path] }: EffectiveDecorator): readonly { readonly text: string; readonly partial: boolean }[] {
  return path ? (pathTexts(model, file, path) ?? [{ text: unknownPart, partial: true }]) : [{ text: "", partial: false }];
}

/** `@Middleware([authenticate, limit])`, which may stand several times. */
function stepsOf(decorators: readonly EffectiveDecorator[], wanted: RegExp, origin: StepOrigin): readonly RawStep[] {
  const listed = (node: Expression): readonly Expression[] => (node.kind === "array" ? node.elements : [node]);
  return decorators.flatMap((decorator) => (isOurs(decorator, wanted) ? decorator.arguments.flatMap(listed).map((node) => ({ file: decorator.file, node, origin })) : []));
}
