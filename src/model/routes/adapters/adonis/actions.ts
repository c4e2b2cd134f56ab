import type { Expression, FunctionNode } from "../../../../facts/syntax.js";
import { walkAll } from "../../../../facts/walk.js";
import type { ProjectModel } from "../../../project-model.js";
import { returnedExpressions } from "../../../modules/returns.js";
import type { Value } from "../../../values/value.js";
import type { Description, RawStep } from "../../adapter.js";
import { checkOf } from "../../checks.js";
import type { Handler, SchemaUse, StepOrigin } from "../../route.js";
import type { Located } from "../../../values/located.js";

/** Middleware of a `use`: named ones (`middleware.auth()`), lazily loaded classes, functions, and lists of them. */
export function middlewareSteps(model: ProjectModel, file: string, nodes: readonly Expression[], origin: StepOrigin): readonly RawStep[] {
  return nodes.flatMap((node): readonly RawStep[] => {
    if (node.kind === "array") return middlewareSteps(model, file, node.elements, origin);
    if (node.kind === "spread") return model.values.of(file, node.value).flatMap((value) => (value.kind === "array" ? middlewareSteps(model, value.file, value.node.elements, origin) : []));
    const name = nameOf(node);
    const loaded = node.kind === "call" ? namedMiddleware(model, file, node) : loadedClass(model, file, node);
    return [{ ...(loaded ?? { file, node }), origin, ...(name !== undefined && { name }) }];
  });
}

/** A lazily loaded middleware is called as its module. */
function nameOf(node: Expression): string | undefined {
  if (node.kind === "function") {
    const [loaded] = returnedExpressions(node.function);
    return loaded?.kind === "import" && loaded.argument.kind === "literal" ? String(loaded.argument.value).split("/").at(-1) : undefined;
  }
  if (node.kind === "call") return nameOf(node.callee);
  if (node.kind === "member") return node.property;
  return node.kind === "name" ? node.name : undefined;
}

/** `middleware.auth()` is what `router.named({ auth: () => import(…) })` loads. */
function namedMiddleware(model: ProjectModel, file: string, node: Extract<Expression, { kind: "call" }>): Located | undefined {
  const name = node.callee.kind === "member" ? node.callee.property : undefined;
  for (const value of model.values.of(file, node.callee)) {
    const names = value.kind === "external" && value.provenance.path.includes("named") ? value.site?.node.arguments[0] : undefined;
    if (value.kind !== "external" || !value.site || names?.kind !== "object") continue;
    const member = names.members.find((candidate) => candidate.kind === "property" && candidate.key === name);
    if (member?.kind === "property") return loadedClass(model, value.site.file, member.value);
  }
  return undefined;
}

/** The class that `() => import("#middleware/auth_middleware")` loads. */
function loadedClass(model: ProjectModel, file: string, node: Expression): Located | undefined {
  const [found] = classesBehind(model, model.values.of(file, node));
  return found && { file: found.file, node: { kind: "class", span: node.span, class: found.node } };
}

/** Classes themselves, or the default exports of modules that a function loads. */
function classesBehind(model: ProjectModel, values: readonly Value[]): readonly Extract<Value, { kind: "class" }>[] {
  return values.flatMap((value) => {
    if (value.kind === "class") return [value];
    const loaded = value.kind === "function" ? model.values.ofReturn(value.file, value.node) : [value];
    return loaded.flatMap((module) => (module.kind === "namespace" ? model.values.ofExport(module.file, "default") : module.kind === "class" ? [module] : [])).filter((one) => one.kind === "class");
  });
}

/** The function of a closure, of `[Controller, "method"]`, or of `"#controllers/users.index"`. `action` names the method where the list does not. */
export function actionHandler(model: ProjectModel, file: string, node: Expression, action: string | undefined): Located {
  const itself = { file, node };
  if (node.kind === "literal" && typeof node.value === "string") {
    const [specifier = "", method = action ?? "handle"] = node.value.split(/\.(?=\w+$)/);
    const target = model.resolve(file, specifier.startsWith("#") || specifier.startsWith(".") ? specifier : `#controllers/${specifier}`);
    const owner = target.kind === "file" ? classesBehind(model, [{ kind: "namespace", file: target.file }]) : [];
    return methodOf(owner, method) ?? itself;
  }
  const [controller, named] = node.kind === "array" ? node.elements : action === undefined ? [] : [node];
  if (!controller) return itself;
  const method = named ? model.values.text(file, named) : action;
  const owners = classesBehind(model, model.values.of(file, controller));
  // An action that is more than a controller says by its name what it does as one.
  return (method === undefined ? methodOf(owners, "asController") : undefined) ?? methodOf(owners, method ?? "handle") ?? itself;
}

function methodOf(owners: readonly Extract<Value, { kind: "class" }>[], name: string): Located | undefined {
  for (const { file, node } of owners) {
    const member = node.members.find((candidate) => candidate.kind === "method" && candidate.name === name);
    if (member?.kind === "method") return { file, node: { kind: "function", span: member.function.span, function: member.function } };
  }
  return undefined;
}

const bodyReads = /^(all|only|except|input|body|file|files|allFiles|collect)$/;
/** Calls between functions that are given the context. */
const deepest = 2;

/** What an action, and what it hands its context to, reads, and whether `validateUsing` checks it; nothing checks a response. */
export function describeAction(model: ProjectModel, handler: Handler | undefined, method: string, path: string): Description {
  const unknown: SchemaUse = { kind: "unknown" };
  const absent: SchemaUse = { kind: "absent" };
  if (!handler) return { request: { body: unknown, query: unknown, params: /:/.test(path) ? unknown : absent, headers: absent }, response: unknown };
  const writes = /^(POST|PUT|PATCH|ALL)$/.test(method);
  const { input = absent, query = absent, params = absent } = readsOf(model, handler.file, handler.node, 0);
  const body = writes ? input : absent;
  return { request: { body, query: writes || query.kind !== "absent" ? query : input, params, headers: absent }, response: { kind: handler.node.returns ? "type-only" : "none" } };
}

type Reads = { [part in "input" | "query" | "params"]?: SchemaUse | undefined };

/** The first read of each part in a function, or the check of what is read. */
function readsOf(model: ProjectModel, file: string, { parameters, body }: FunctionNode, depth: number): Reads {
  const found: Reads = {};
  const contexts = new Set(parameters.flatMap(({ target }) => (target.kind === "binding" ? [target.binding] : [])));
  const read = (node: Expression, by: string): SchemaUse => {
    const check = checkOf(model, file, node);
    return { kind: check === "enforced" ? "enforced" : check ? "declared" : "none", file, span: node.span, by: check ? "a check in the handler" : by };
  };
  walkAll(body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    const at = { file, span: part.span };
    if (part.kind === "call") {
      const name = part.callee.kind === "member" ? part.callee.property : "";
      const [first] = part.arguments;
      if (name === "validateUsing" || (name === "validate" && isRequest(part.callee))) found.input = { kind: "enforced", ...at, by: "validateUsing" };
      // `validator.validate(request.all())`
      else if (name === "validate" && first?.kind === "call" && isRequest(first.callee)) found.input = { kind: "enforced", ...at, by: "a validator" };
      else if (bodyReads.test(name) && isRequest(part.callee)) found.input ??= read(part, first?.kind === "literal" ? "field" : "whole");
      else if (name === "qs" && isRequest(part.callee)) found.query ??= read(part, takesFields(model, file, part) ? "field" : "whole");
      else if (/^params?$/.test(name) && isRequest(part.callee)) found.params ??= read(part, "field");
      else if (depth < deepest && part.arguments.some((argument) => isContext(argument, contexts)))
        for (const value of model.values.of(file, part.callee)) {
          const inner = value.kind === "function" ? readsOf(model, value.file, value.node, depth + 1) : {};
          found.input ??= inner.input;
          found.query ??= inner.query;
          found.params ??= inner.params;
        }
    } else if (part.kind === "member" && ((part.object.kind === "name" && part.object.name === "params") || (part.object.kind === "member" && part.object.property === "params"))) found.params ??= read(part, "field");
    return undefined;
  });
  return found;
}

/** `request.qs().page`, `const { page } = request.qs()` */
function takesFields(model: ProjectModel, file: string, call: Expression): boolean {
  const parent = model.values.index(file).parentOf(call);
  if (!parent || !("kind" in parent)) return false;
  if (parent.kind === "member") return true;
  const target = parent.kind === "variable" ? parent.declarators.find(({ value }) => value === call)?.target : undefined;
  return target?.kind === "object-pattern" && !target.rest;
}

/** The context of a request, or its `request`, where it is handed on. */
function isContext(node: Expression, contexts: ReadonlySet<number>): boolean {
  if (node.kind === "member") return node.property === "request" && isContext(node.object, contexts);
  return node.kind === "name" && ((node.binding !== undefined && contexts.has(node.binding)) || node.name === "request");
}

/** `request.all` and `ctx.request.all` */
function isRequest(callee: Expression): boolean {
  const object = callee.kind === "member" ? callee.object : undefined;
  return (object?.kind === "name" && object.name === "request") || (object?.kind === "member" && object.property === "request");
}
