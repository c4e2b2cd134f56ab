import { propertyOf } from "../../../facts/names.js";
import type { CallExpression, ClassNode, Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { Value } from "../../value.js";
import { type Adapter, type AdapterResult, pathTexts, type RawRoute, type RawStep } from "../adapter.js";
import { propertiesOf } from "../definitions.js";
import { joinRoutePath } from "../path.js";
import type { Application, Located, UnresolvedRoute } from "../route.js";

/** What each method of a service answers. */
const methods: Readonly<Record<string, { readonly verb: string; readonly one?: true }>> = { find: { verb: "GET" }, get: { verb: "GET", one: true }, create: { verb: "POST" }, update: { verb: "PUT", one: true }, patch: { verb: "PATCH", one: true }, remove: { verb: "DELETE", one: true } };
/** Hooks that run before a method, in the order in which they do. */
const phases = ["around", "before"] as const;

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
  const calls = model.files.filter((file) => model.layerOf(file).layer !== "tests").flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }): readonly (Used & { readonly method: string })[] => {
      if (node.kind !== "call" || node.callee.kind !== "member" || !/^(use|hooks)$/.test(node.callee.property)) return [];
      return isApplication(model, file, node.callee.object) ? [{ file, call: node, receiver: node.callee.object, method: node.callee.property }] : [];
    }),
  );
  const hooks = calls.filter(({ method }) => method === "hooks").map((used) => ({ ...used, path: servicePath(model, used) }));
  const routes = calls.flatMap((used) => (used.method === "use" ? serviceRoutes(model, used, hooks, unresolved) : []));
  return { routes, unresolved, applications: applicationsOf(model) };
}

/** The application, or a service of it: `app.service("messages")`. */
function isApplication(model: ProjectModel, file: string, node: Expression): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package.startsWith("@feathersjs/") && value.provenance.path.some((step) => step === "()" || step === "new()"));
}

/** The path of `app.service(path).hooks(…)`; undefined for the hooks of all services. */
function servicePath(model: ProjectModel, { file, receiver }: Used): string | undefined {
  const [path] = receiver.kind === "call" && receiver.callee.kind === "member" && receiver.callee.property === "service" ? receiver.arguments : [];
  return path ? (pathTexts(model, file, path)?.[0]?.text ?? ":unknown") : undefined;
}

function serviceRoutes(model: ProjectModel, { file, call }: Used, hooks: readonly (Used & { readonly path: string | undefined })[], unresolved: UnresolvedRoute[]): readonly RawRoute[] {
  const [path, service, options] = call.arguments;
  const offered = path && service ? methodsOf(model, file, service) : undefined;
  if (!path || !offered) return [];
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
    const bases = node.extends && depth < 4 ? model.values.of(at, node.extends.value).flatMap((base) => (base.kind === "class" ? ofClass(base.file, base.node, depth + 1) : base.kind === "external" ? all : [])) : [];
    return [...own, ...bases];
  };
  const found = model.values.of(file, service).map((value: Value) => {
    if (value.kind === "instance") return ofClass(value.file, value.class, 0);
    // What a client uses under a path is a service of somebody else, and the service that signs in is open by nature.
    if (value.kind === "external" && /feathers/.test(value.provenance.package)) return value.provenance.path.includes("service") || /Authentication/.test(value.provenance.path.join(" ")) ? [] : all;
    if (value.kind === "object") return value.node.members.flatMap((member) => (member.kind === "property" && methods[member.key] ? [{ name: member.key, handler: { file: value.file, node: member.value } }] : []));
    return [];
  });
  const [first] = found.filter((list) => list.length > 0);
  return first;
}

/** The hooks that run before one method: those for all, and its own. */
function hooksFor(model: ProjectModel, { file, call }: Used, name: string): readonly RawStep[] {
  const [given] = call.arguments;
  const options = given ? propertiesOf(model, file, given) : new Map<string, Located>();
  return phases.flatMap((phase) => {
    const hooks = options.get(phase);
    if (!hooks) return [];
    return ["all", name].flatMap((key) =>
      model.values.of(hooks.file, hooks.node).flatMap((value) => {
        const list = value.kind === "object" ? propertyOf(value.node, key) : undefined;
        return list?.kind === "array" && value.kind === "object" ? list.elements.map((node) => ({ file: value.file, node, origin: "group" as const })) : [];
      }),
    );
  });
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
