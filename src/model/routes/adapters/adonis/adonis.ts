import { wordTable } from "../../../../base/word-table.js";
import { oncePer } from "../../../../base/once-per.js";
import type { CallExpression, Expression, FunctionNode } from "../../../../facts/syntax.js";
import type { FunctionContext } from "../../../modules/file-index.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../../adapter.js";
import { pathTexts, unknownPart } from "../../../values/path-texts.js";
import { joinRoutePath } from "../../path.js";
import type { Mount, StepOrigin, UnresolvedRoute } from "../../route.js";
import { actionHandler, describeAction, middlewareSteps } from "./actions.js";
import { resourceRoutes } from "./resources.js";

const verbs: Readonly<Record<string, string>> = wordTable({ get: "GET", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE", head: "HEAD", options: "OPTIONS", any: "ALL" });
const registrations = /^(get|post|put|patch|delete|head|options|any|route|resource|shallowResource|on)$/;

/** A call of a chain behind a registration: `.use(middleware.auth())`, `.prefix("/api")`. */
export interface Modifier {
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/** What the groups around a registration give to it. */
interface Frame {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  readonly steps: readonly RawStep[];
  readonly partial: boolean;
  /** A function registers it that nothing which could be found calls. */
  readonly uncalled?: FunctionNode;
}

/** AdonisJS 6 and 7: the router service with its groups, resources and named middleware. */
export const adonis: Adapter = { framework: "adonisjs", packages: ["@adonisjs/core"], find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const applications: AdapterResult["applications"][number][] = [];
  const global = globalSteps(model, applications);
  const uncalled = new Set<FunctionNode>();
  for (const file of model.files)
    for (const { node, in: context } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member" || !registrations.test(node.callee.property) || !isRouter(model, file, node.callee.object)) continue;
      for (const frame of framesAround(model, file, context, 0)) {
        const found = registered(model, file, node, { ...frame, steps: [...global, ...frame.steps] }, unresolved);
        routes.push(...found.map((route) => (frame.uncalled ? { ...route, unmounted: true as const } : route)));
        if (frame.uncalled && !uncalled.has(frame.uncalled)) unresolved.push({ file, span: frame.uncalled.nameSpan ?? frame.uncalled.span, reason: "nothing that could be found calls this function; its routes are listed without a prefix" });
        if (frame.uncalled) uncalled.add(frame.uncalled);
      }
    }
  return { routes, unresolved, applications };
}

function isRouter(model: ProjectModel, file: string, node: Expression): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package === "@adonisjs/core" && value.provenance.subpath === "/services/router" && value.provenance.path.join() === "default");
}

/** `server.use([…])` and `router.use([…])` in the kernel; the server's run first. */
function globalSteps(model: ProjectModel, applications: AdapterResult["applications"][number][]): readonly RawStep[] {
  const ofServer: RawStep[] = [];
  const ofRouter: RawStep[] = [];
  for (const file of model.files)
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.callee.kind !== "member" || !/^(use|errorHandler)$/.test(node.callee.property)) continue;
      const { callee } = node;
      const service = model.values.of(file, callee.object).flatMap((value) => (value.kind === "external" && value.provenance.package === "@adonisjs/core" && value.provenance.path.join() === "default" ? [value.provenance.subpath] : []))[0];
      if (service === "/services/server" && callee.property === "errorHandler") applications.push({ framework: "adonisjs", file, span: node.span, errorHandler: true });
      else if (service === "/services/server") ofServer.push(...middlewareSteps(model, file, node.arguments, "global"));
      else if (service === "/services/router") ofRouter.push(...middlewareSteps(model, file, node.arguments, "global"));
    }
  return [...ofServer, ...ofRouter];
}

/** The calls behind a registration in source order. */
function modifiersOf(model: ProjectModel, file: string, call: CallExpression): readonly Modifier[] {
  const index = model.values.index(file);
  const found: Modifier[] = [];
  for (let node: Expression = call; ; ) {
    const member = index.parentOf(node);
    if (!member || !("kind" in member) || member.kind !== "member" || member.object !== node) return found;
    const outer = index.parentOf(member);
    if (!outer || !("kind" in outer) || outer.kind !== "call" || outer.callee !== member) return found;
    found.push({ name: member.property, arguments: outer.arguments });
    node = outer;
  }
}

/** The groups around a place, outermost first; a function that is called in several groups has several. */
function framesAround(model: ProjectModel, file: string, context: FunctionContext | undefined, depth: number): readonly Frame[] {
  const root: Frame = { prefix: "", mounts: [], steps: [], partial: false };
  if (!context || depth > 8) return [root];
  const { passedTo } = context;
  if (passedTo?.call.kind === "call" && isGroup(model, file, passedTo.call)) return framesOfGroup(model, { file, call: passedTo.call }, context.parent, depth);
  if (passedTo) return framesAround(model, file, context.parent, depth + 1);
  const sites = model.values.callSites.of(file, context.node);
  const groups = groupsByFunction(model).get(context.node) ?? [];
  if (sites.length + groups.length > 0)
    return [
      ...sites.flatMap((site) => framesAround(model, site.file, model.values.index(site.file).functionAround(site.call), depth + 1)),
      ...groups.flatMap((group) => framesOfGroup(model, group, model.values.index(group.file).functionAround(group.call), depth)),
    ];
  // Methods are called by the framework: `boot` of a provider.
  return context.class ? framesAround(model, file, context.parent, depth + 1) : [{ ...root, uncalled: context.node }];
}

interface Group {
  readonly file: string;
  readonly call: CallExpression;
}

function isGroup(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  return callee.kind === "member" && callee.property === "group" && isRouter(model, file, callee.object);
}

/** The calls of `router.group(routes)` that are given a function by its name. */
const groupsByFunction = oncePer((model: ProjectModel): ReadonlyMap<FunctionNode, readonly Group[]> => {
  const found = new Map<FunctionNode, Group[]>();
  for (const file of model.files)
    for (const { node } of model.values.index(file).calls) {
      if (node.kind !== "call" || node.arguments[0] === undefined || node.arguments[0].kind === "function" || !isGroup(model, file, node)) continue;
      for (const value of model.values.of(file, node.arguments[0])) if (value.kind === "function") found.set(value.node, [...(found.get(value.node) ?? []), { file, call: node }]);
    }
  return found;
});

/** What a group gives to what its function registers, within the groups around it. */
function framesOfGroup(model: ProjectModel, { file, call }: Group, around: FunctionContext | undefined, depth: number): readonly Frame[] {
  const modifiers = modifiersOf(model, file, call);
  // A prefix that is given later stands before one that is given earlier.
  const prefixes = modifiers.flatMap(({ name, arguments: [argument] }) => (name === "prefix" && argument ? [pathTexts(model, file, argument)?.[0]?.text] : [])).reverse();
  const prefix = joinRoutePath(...prefixes.map((text) => text ?? unknownPart));
  const steps = modifiers.flatMap((modifier) => stepsOf(model, file, modifier, "group"));
  return framesAround(model, file, around, depth + 1).map((outer) => ({
    ...outer,
    prefix: joinRoutePath(outer.prefix, prefix),
    mounts: prefix === "/" ? outer.mounts : [...outer.mounts, { file, span: call.span, prefix }],
    steps: [...outer.steps, ...steps],
    partial: outer.partial || prefixes.includes(undefined),
  }));
}

function stepsOf(model: ProjectModel, file: string, modifier: Modifier, origin: StepOrigin): readonly RawStep[] {
  return modifier.name === "use" || modifier.name === "middleware" ? middlewareSteps(model, file, modifier.arguments, origin) : [];
}

function registered(model: ProjectModel, file: string, call: CallExpression, frame: Frame, unresolved: UnresolvedRoute[]): readonly RawRoute[] {
  if (call.callee.kind !== "member") return [];
  const kind = call.callee.property;
  const modifiers = modifiersOf(model, file, call);
  const [first, second, third] = call.arguments;
  if (!first) return [];
  const paths = pathTexts(model, file, first);
  if (!paths) {
    unresolved.push({ file, span: call.span, reason: "the path is not a constant" });
    return [];
  }
  const base = { framework: "adonisjs", file, span: call.span, mounts: frame.mounts };
  if (kind === "resource" || kind === "shallowResource")
    return paths.flatMap(({ text }) =>
      resourceRoutes(model, file, text, kind === "shallowResource", modifiers).map((action) => {
        const handler = second && actionHandler(model, file, second, action.name);
        const path = joinRoutePath(frame.prefix, action.path);
        return { ...base, method: action.method, path, chain: [...frame.steps, ...action.steps], handler, describe: (found) => describeAction(model, found, action.method, path), ...(frame.partial && { partial: true as const }) };
      }),
    );
  const methods = kind === "route" ? methodsIn(model, file, second) : kind === "on" ? (modifiers.some(({ name }) => /^(render|renderInertia|redirect|redirectToPath|redirectToRoute)$/.test(name)) ? ["GET"] : []) : [verbs[kind] ?? "ALL"];
  const given = kind === "route" ? third : second;
  const handler = kind === "on" || !given ? undefined : actionHandler(model, file, given, undefined);
  const steps = [...frame.steps, ...modifiers.flatMap((modifier) => stepsOf(model, file, modifier, "route"))];
  return paths.flatMap(({ text, partial }) =>
    methods.map((method): RawRoute => {
      const path = joinRoutePath(frame.prefix, text);
      return { ...base, method, path, chain: steps, handler, describe: (found) => (kind === "on" ? noInput : describeAction(model, found, method, path)), ...((partial || frame.partial) && { partial: true as const }) };
    }),
  );
}

const absent = { kind: "absent" } as const;
const noInput = { request: { body: absent, query: absent, params: absent, headers: absent }, response: absent };

function methodsIn(model: ProjectModel, file: string, node: Expression | undefined): readonly string[] {
  const texts = node && pathTexts(model, file, node);
  return texts ? texts.map(({ text }) => text.toUpperCase()) : ["ALL"];
}

