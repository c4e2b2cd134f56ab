import { propertyOf } from "../../../facts/names.js";
import type { FunctionNode, ObjectExpression } from "../../../facts/syntax.js";
import { isFunctionNode, walkAll } from "../../../facts/walk.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue, Value } from "../../values/value.js";
import type { Adapter } from "../adapter.js";
import { type PathText, pathTexts } from "../../values/path-texts.js";
import type { Operation } from "../operations.js";
import { takesAnything } from "../loose-schemas.js";
import type { RequestPart, SchemaUse } from "../route.js";
import type { Located } from "../../values/located.js";
import { routerKeys } from "../router-keys.js";
import { servedByNitro } from "./nitro-files.js";
import { findStackRoutes, type MountedRouter, type Registration, type StackDialect } from "../stack.js";

const packages = ["h3", "nitropack", "nitro"];
const verbs = new Set(["get", "post", "put", "patch", "delete", "head", "options", "connect", "trace"]);
const makers = /^(H3|H3Core|createApp|createRouter)$/;
const chained = new Set(["use", "all", "on", "add", "mount", "register", ...verbs]);

/** An object with the file it is written in. */
interface LocatedObject {
  readonly file: string;
  readonly node: ObjectExpression;
}

const dialect: StackDialect = {
  framework: "h3",
  isRouter: (value) => packages.includes(value.provenance.package) && isChain(value.provenance.path),
  isApplication: (value) => /^(H3|H3Core|createApp)$/.test(makerOf(value.provenance.path)),
  verbOf: () => undefined,
  registration,
  mountMethods: new Set(["use", "mount"]),
  mounted,
  mountsBelow: true,
  served: (model, { router, file, in: around }) => servedByNitro(model).find((one) => routerKeys(one.router, one.file, undefined).includes(router) || routerKeys(one.router, file, around).includes(router)),
  // The middleware of version 2 runs before whatever route is found; handlers of version 1 stand in one list.
  stepsFirst: (value) => makerOf(value.provenance.path).startsWith("H3"),
  hasErrorHandler: (model, own) => own.some(({ receiver }) => receiver.site?.node.arguments.some((options) => options.kind === "object" && (propertyOf(options, "onError") ?? propertyOf(options, "error")) !== undefined && model.has(receiver.site?.file ?? ""))),
};

/** H3 1 and 2, where routes are registered by calls; the file routes of Nitro have an adapter of their own. */
export const h3: Adapter = { framework: "h3", packages, find: (model: ProjectModel) => findStackRoutes(model, dialect) };

function makerOf(path: readonly string[]): string {
  return path[path.findIndex((step) => step === "()" || step === "new()") - 1] ?? "";
}

function isChain(path: readonly string[]): boolean {
  const made = path.findIndex((step) => step === "()" || step === "new()");
  return made > 0 && makers.test(path[made - 1] ?? "") && path.slice(made + 1).every((step) => step === "()" || chained.has(step));
}

function registration(model: ProjectModel, operation: Operation): Registration | undefined {
  const { method, arguments: given } = operation;
  const [first, second, third] = given;
  if (!first || !second) return undefined;
  // `router.add(path, handler, method)`
  if (method === "add") return routes(model, first, second, third && textsOf(model, third));
  // `app.on(method, path, handler, options)`
  if (method === "on" && third) return routes(model, second, third, textsOf(model, first), given[3]);
  if (verbs.has(method) || method === "all") return routes(model, first, second, method === "all" ? undefined : [{ text: method, partial: false }], third);
  // In version 1 `use` also registers what answers.
  const answers = method === "use" && !makerOf(operation.receiver.provenance.path).startsWith("H3") && handlerFunction(model, second);
  return answers && (makerOf(operation.receiver.provenance.path) === "createRouter" || returnsAnswer(answers)) ? routes(model, first, second) : undefined;
}

function routes(model: ProjectModel, path: Located, handler: Located, methods?: readonly PathText[], options?: Located): Registration | undefined {
  const paths = pathTexts(model, path.file, path.node);
  if (!paths) return undefined;
  const before = options?.node.kind === "object" ? optionSteps(options.file, options.node) : [];
  const inner = definitionOf(model, handler);
  const schemas = inner && validatedParts(model, inner);
  return { methods: methods?.map(({ text }) => (text === "" ? "ALL" : text.toUpperCase())) ?? ["ALL"], paths, ...(schemas && { schemas: { request: schemas } }), handlers: [...before, ...(inner ? [...optionSteps(inner.file, inner.node), handlerIn(inner) ?? handler] : [handler])] };
}

const textsOf = (model: ProjectModel, { file, node }: Located): readonly PathText[] | undefined => pathTexts(model, file, node);

/** The object form: `defineHandler({ middleware, handler })`. */
export function definitionOf(model: ProjectModel, { file, node }: Located): LocatedObject | undefined {
  for (const value of model.values.of(file, node)) {
    const at = value.kind === "external" ? value.site : undefined;
    const [argument] = at?.node.arguments ?? [];
    const object = at && argument ? model.values.of(at.file, argument).find((candidate) => candidate.kind === "object") : undefined;
    if (object?.kind === "object") return { file: object.file, node: object.node };
  }
  return undefined;
}

/** What `defineValidatedHandler({ validate: { body: Schema }, handler })` lets through only as its schemas say. */
function validatedParts(model: ProjectModel, { file, node }: LocatedObject): Partial<Record<RequestPart, SchemaUse>> | undefined {
  const validate = propertyOf(node, "validate");
  const written = validate && model.values.of(file, validate).find((value) => value.kind === "object");
  if (written?.kind !== "object") return undefined;
  const parts: readonly RequestPart[] = ["body", "query", "headers"];
  return Object.fromEntries(parts.flatMap((part) => {
    const schema = propertyOf(written.node, part);
    return schema && !takesAnything(model, written.file, schema) ? [[part, { kind: "enforced", file: written.file, span: schema.span, by: "validation of the handler" }]] : [];
  }));
}

/** The handler of a definition. */
export function handlerIn({ file, node }: LocatedObject): Located | undefined {
  const handler = propertyOf(node, "handler");
  return handler && { file, node: handler };
}

/** What a definition or the options of a route run first. */
export function optionSteps(file: string, node: ObjectExpression): readonly Located[] {
  return ["onRequest", "middleware"].flatMap((name) => {
    const steps = propertyOf(node, name);
    if (!steps) return [];
    return steps.kind === "array" ? steps.elements.map((element) => ({ file, node: element })) : [{ file, node: steps }];
  });
}

/** The function that a handler is made of: `defineEventHandler(async (event) => …)`. */
function handlerFunction(model: ProjectModel, { file, node }: Located): FunctionNode | undefined {
  const given = node.kind === "call" ? node.arguments[0] : node;
  const value = given && model.values.of(file, given).find((candidate) => candidate.kind === "function");
  return value?.kind === "function" ? value.node : undefined;
}

function returnsAnswer(node: FunctionNode): boolean {
  let answers = false;
  walkAll(node.body ?? [], (part) => {
    if (isFunctionNode(part)) return false;
    if ("kind" in part && part.kind === "return" && part.value && !(part.value.kind === "name" && part.value.name === "undefined")) answers = true;
    return undefined;
  });
  return answers;
}

/** Routers, also `router.handler` and `useBase("/api", router.handler)`. */
function mounted(model: ProjectModel, value: Value): readonly MountedRouter[] {
  if (value.kind !== "external") return [];
  const { path } = value.provenance;
  if (path.at(-1) === "handler") return mounted(model, { ...value, provenance: { ...value.provenance, path: path.slice(0, -1) } });
  if (/^(useBase|withBase)$/.test(makerOf(path)) && value.site) {
    const { file, node } = value.site;
    const [, target] = node.arguments;
    // The call that mounts says the prefix; this one takes it off again.
    return target ? model.values.of(file, target).flatMap((inner) => mounted(model, inner)) : [];
  }
  return dialect.isRouter(value as ExternalValue) ? [{ router: value, prefix: "" }] : [];
}
