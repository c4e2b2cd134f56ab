import { wordTable } from "../../../base/word-table.js";
import { authSteps } from "../../../catalogue/lexicon/http.js";
import { lastName } from "../../../facts/names.js";
import type { ClassNode, Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import { pathTexts } from "../../values/path-texts.js";
import { type EffectiveDecorator, effectiveDecorators } from "../decorators.js";
import { propertiesOf } from "../../values/definitions.js";
import type { Operation } from "../operations.js";
import { joinRoutePath } from "../path.js";
import type { RequestPart, SchemaUse } from "../route.js";
import type { Located } from "../../values/located.js";
import type { Registration } from "../stack.js";

const library = "koa-swagger-decorator";

/**
 * The routes that a router of koa-swagger-decorator takes from decorated methods: `router.map(Users)`, `router.mapDir(folder)`
 * and `router.applyRoute(Users)`. Source: its README, versions 1 and 2.
 */
export function decoratedRoutes(model: ProjectModel, { method, arguments: given, file, receiver }: Operation): readonly Registration[] | undefined {
  if (receiver.provenance.package !== library || !/^(map|mapDir|applyRoute)$/.test(method)) return undefined;
  return classesOf(model, file, method, given).flatMap((owner) => routesOf(model, owner));
}

interface Owner {
  readonly file: string;
  readonly node: ClassNode;
}

/** The classes that are handed over; of a folder, those of the package that are decorated. */
function classesOf(model: ProjectModel, file: string, method: string, given: readonly Located[]): readonly Owner[] {
  if (method !== "mapDir") return given.slice(0, 1).flatMap((one) => model.values.of(one.file, one.node).flatMap((value) => (value.kind === "class" ? [{ file: value.file, node: value.node }] : [])));
  const unit = model.packageOf(file);
  return model.filesOf(unit).flatMap((one) => (model.facts(one).imports.some(({ specifier }) => specifier === library) ? model.values.index(one).classes.map((node) => ({ file: one, node })) : []));
}

/** What the decorators of version 1 let through only as their schema says. */
const checked: Readonly<Record<string, RequestPart>> = wordTable({ body: "body", formData: "body", query: "query", path: "params" });

function routesOf(model: ProjectModel, { file, node }: Owner): readonly Registration[] {
  const all = (decorators: Parameters<typeof effectiveDecorators>[2]): readonly EffectiveDecorator[] => effectiveDecorators(model, file, decorators);
  const isOurs = ({ from }: EffectiveDecorator): boolean => from?.package === library;
  const around = all(node.decorators).filter(isOurs);
  const prefix = around.find(({ from }) => from?.name === "prefix");
  const base = textsOf(model, prefix, prefix?.arguments[0])?.[0]?.text ?? "";
  return node.members.flatMap((member): readonly Registration[] => {
    if (member.kind !== "method") return [];
    const decorators = all(member.decorators);
    const own = decorators.filter(isOurs);
    const registered = own.find(({ from }) => from?.name === "request" || from?.name === "routeConfig");
    if (!registered) return [];
    // `@request("get", "/users")` and `@routeConfig({ method: "get", path: "/users" })`
    const [first, second] = registered.arguments;
    const options = first && !second ? propertiesOf(model, registered.file, first) : undefined;
    const methods = textsOf(model, registered, options ? options.get("method")?.node : first);
    const paths = textsOf(model, registered, options ? options.get("path")?.node : second);
    if (!methods || !paths) return [];
    const steps = [...around.filter(({ from }) => from?.name === "middlewaresAll"), ...own.filter(({ from }) => from?.name === "middlewares")].flatMap((decorator) => decorator.arguments.map((step) => ({ file: decorator.file, node: step })));
    // One of the project wraps the method: `@auth()`, but not `@auth(false)`.
    const guards = decorators.filter(({ from, node: used, arguments: [given] }) => from === undefined && authSteps.in(lastName(used.kind === "call" ? used.callee : used)) && !(given?.kind === "literal" && given.value === false)).map((decorator): Located => ({ file: decorator.file, node: decorator.node }));
    const request: Partial<Record<RequestPart, SchemaUse>> = {};
    for (const { from, file: at, node: used } of own) {
      const part = from && checked[from.name];
      if (part) request[part] = { kind: "enforced", file: at, span: used.span, by: `@${from.name}` };
    }
    return [{ schemas: { request }, methods: methods.map(({ text }) => text.toUpperCase()), paths: paths.map(({ text, partial }) => ({ text: joinRoutePath(base, text), partial })), handlers: [...guards, ...steps, { file, node: { kind: "function", span: member.function.span, function: member.function } }], place: { file, span: registered.node.span } }];
  });
}

function textsOf(model: ProjectModel, decorator: EffectiveDecorator | undefined, node: Expression | undefined): ReturnType<typeof pathTexts> {
  return decorator && node && pathTexts(model, decorator.file, node);
}
