import { wordTable } from "../../../base/word-table.js";
import { propertyOf } from "../../../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue, Value } from "../../values/value.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { propertiesOf } from "../../values/definitions.js";
import { joinRoutePath } from "../path.js";
import type { Application, UnresolvedRoute } from "../route.js";
import type { Located } from "../../values/located.js";
import { flatten } from "../stack-steps.js";

/** What each method of a service answers. */
const methods: Readonly<Record<string, { readonly verb: string; readonly one?: true }>> = wordTable({ find: { verb: "GET" }, get: { verb: "GET", one: true }, create: { verb: "POST" }, update: { verb: "PUT", one: true }, patch: { verb: "PATCH", one: true }, remove: { verb: "DELETE", one: true } });
/** Hooks that run before a method, in the order in which they do. */
const phases = ["around", "before"] as const;

/** Packages that make applications and middleware, and no services. */
const ofFramework = /^@feathersjs\/(express|koa|feathers|socketio|configuration)$/;

/** Feathers: services that an application uses under a path, with their hooks. */
export const feathers: Adapter = { framework: "feathers", packages: ["@feathersjs/feathers", "@feathersjs/express", "@feathersjs/koa"], find };

/** `app.use(path, service, options)` or a call of `hooks`. */
interface Used {
  readonly file: string;
  readonly call: CallExpression;
  readonly receiver: Expression;
}

function find(model: ProjectModel): AdapterResult {
  const unresolved: UnresolvedRoute[] = [];
  const configured = configuredFunctions(model);
  const calls = model.files.filter((file) => model.layerOf(file).layer !== "tests").flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }): readonly (Used & { readonly method: string })[] => {
      if (node.kind !== "call" || node.callee.kind !== "member" || !/^(use|hooks)$/.test(node.callee.property)) return [];
      return isApplication(model, file, node.callee.object, configured) ? [{ file, call: node, receiver: node.callee.object, method: node.callee.property }] : [];
    }),
  );
  const hooks = calls.filter(({ method }) => method === "hooks").map((used) => ({ ...used, path: servicePath(model, used) }));
  const routes = calls.flatMap((used) => (used.method === "use" ? serviceRoutes(model, used, hooks, unresolved) : []));
  return { routes, unresolved, applications: applicationsOf(model) };
}

/** The functions that `app.configure(…)` hands an application: their first parameter is one, and so is `this`. */
function configuredFunctions(model: ProjectModel): ReadonlySet<FunctionNode> {
  return new Set(
    model.files.flatMap((file) =>
      model.values.index(file).calls.flatMap(({ node }) => {
        const [given] = node.kind === "call" && node.callee.kind === "member" && node.callee.property === "configure" ? node.arguments : [];
        return given ? model.values.of(file, given).flatMap((value) => (value.kind === "function" ? [value.node] : [])) : [];
      }),
    ),
  );
}

/** The application, or a service of it: `app.service("messages")`. */
function isApplication(model: ProjectModel, file: string, node: Expression, configured: ReadonlySet<FunctionNode>): boolean {
  if (model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package.startsWith("@feathersjs/") && value.provenance.path.some((step) => step === "()" || step === "new()"))) return true;
  if (node.kind === "call") return node.callee.kind === "member" && node.callee.property === "service" && isApplication(model, file, node.callee.object, configured);
  const index = model.values.index(file);
  const around = node.kind === "this" ? index.functionAround(node)?.node : undefined;
  if (around) return configured.has(around);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  if (source?.kind === "parameter") return source.index === 0 && configured.has(source.function);
  return source?.kind === "value" && (source.value?.kind === "this" || source.value?.kind === "call") && isApplication(model, file, source.value, configured);
}

/** The path of `app.service(path).hooks(…)`; undefined for the hooks of all services. */
function servicePath(model: ProjectModel, { file, receiver }: Used): string | undefined {
  // `const service = app.service("messages"); service.hooks(…)`
  const source = receiver.kind === "name" && receiver.binding !== undefined ? model.values.index(file).sources[receiver.binding] : undefined;
  const service = source?.kind === "value" && source.value ? source.value : receiver;
  const [path] = service.kind === "call" && service.callee.kind === "member" && service.callee.property === "service" ? service.arguments : [];
  return path ? (pathTexts(model, file, path)?.[0]?.text ?? ":unknown") : undefined;
}

function serviceRoutes(model: ProjectModel, { file, call }: Used, hooks: readonly (Used & { readonly path: string | undefined })[], unresolved: UnresolvedRoute[]): readonly RawRoute[] {
  const [path, ...used] = call.arguments;
  // What stands before the service is middleware of Express.
  const offers = used.map((one) => methodsOf(model, file, one));
  const at = offers.findIndex((list) => list !== undefined);
  const offered = offers[at];
  if (!path || !offered) return [];
  const options = used[at + 1];
  const listed = options && propertiesOf(model, file, options).get("methods");
  const chosen = listed && pathTexts(model, listed.file, listed.node)?.map(({ text }) => text);
  const texts = pathTexts(model, file, path);
  if (!texts) {
    unresolved.push({ file, span: call.span, reason: "the path of this service is not a constant" });
    return [];
  }
  return texts.flatMap(({ text, partial }) =>
    Object.entries(methods).flatMap(([name, { verb, one }]) => {
      const own = offered.find((method) => method.name === name);
      if (!own || chosen?.includes(name) === false) return [];
      const steps = hooks.flatMap((used) => (used.path === undefined || joinRoutePath(used.path) === joinRoutePath(text) ? hooksFor(model, used, name) : []));
      return [{ framework: "feathers", method: verb, path: joinRoutePath(text, one ? ":id" : ""), file, span: call.span, mounts: [], chain: steps, handler: own.handler, opaque: true as const, ...(own.handler === undefined && { serves: "resources" as const }), ...(partial && { partial: true as const }) }];
    }),
  );
}

/** The methods of a service, of its class and the classes it extends; one of a package has them all. */
function methodsOf(model: ProjectModel, file: string, service: Expression): readonly { readonly name: string; readonly handler: Located | undefined }[] | undefined {
  const all = Object.keys(methods).map((name) => ({ name, handler: undefined }));
  const ofClass = (at: string, node: ClassNode, depth: number): readonly { readonly name: string; readonly handler: Located | undefined }[] => {
    const own = node.members.flatMap((member) => (member.kind === "method" && methods[member.name] ? [{ name: member.name, handler: { file: at, node: { kind: "function" as const, span: member.function.span, function: member.function } } }] : []));
    const bases = node.extends && depth < 4 ? model.values.of(at, node.extends.value).flatMap((base) => (base.kind === "class" ? ofClass(base.file, base.node, depth + 1) : base.kind === "external" && !signsIn(base) ? all : [])) : [];
    return [...own, ...bases];
  };
  const found = model.values.of(file, service).map((value: Value) => {
    if (value.kind === "instance") return ofClass(value.file, value.class, 0);
    // What a client uses under a path is a service of somebody else, and the service that signs in is open by nature.
    if (value.kind === "external" && /feathers/.test(value.provenance.package) && !ofFramework.test(value.provenance.package)) return value.provenance.path.includes("service") || signsIn(value) ? [] : all;
    if (value.kind === "object") return value.node.members.flatMap((member) => (member.kind === "property" && methods[member.key] ? [{ name: member.key, handler: { file: value.file, node: member.value } }] : []));
    return [];
  });
  const [first] = found.filter((list) => list.length > 0);
  return first;
}

/** `AuthenticationService`, also one of the project that extends it. */
function signsIn({ provenance }: ExternalValue): boolean {
  return /Authentication/.test(provenance.path.join(" "));
}

/** The hooks that run before one method: those for all, and its own. */
function hooksFor(model: ProjectModel, { file, call }: Used, name: string): readonly RawStep[] {
  const [given] = call.arguments;
  const inside = ({ file: at, node }: Located, key: string): readonly Located[] =>
    model.values.of(at, node).flatMap((value) => {
      const found = value.kind === "object" ? propertyOf(value.node, key) : undefined;
      return found && value.kind === "object" ? [{ file: value.file, node: found }] : [];
    });
  return phases.flatMap((phase) => (given ? inside({ file, node: given }, phase) : []).flatMap((hooks) => ["all", name].flatMap((key) => flatten(model, inside(hooks, key)).map((hook) => ({ ...hook, origin: "group" as const })))));
}

function applicationsOf(model: ProjectModel): readonly Application[] {
  return model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      const made = node.kind === "call" && model.values.of(file, node.callee).some((value) => value.kind === "external" && /^@feathersjs\/(express|koa)$/.test(value.provenance.package) && /^(default|koa|express)$/.test(value.provenance.path.at(-1) ?? ""));
      // Its error middleware is part of what the application is set up with.
      return made ? [{ framework: "feathers", file, span: node.span, errorHandler: undefined }] : [];
    }),
  );
}
