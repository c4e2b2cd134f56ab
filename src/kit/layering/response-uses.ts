import type { Span } from "../../base/position.js";
import { kindOf } from "../../catalogue/index.js";
import type { FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { receiverText } from "../project/store-uses.js";

/** A place where a request is answered. */
export interface ResponseUse {
  readonly span: Span;
  /** What is called or set, as written: `res.status`. */
  readonly receiver: string;
}

/** Where a file answers a request with what came without an import: by a parameter's type from elsewhere, an untyped callback, or Koa's context. */
export function* responseUses(model: ProjectModel, file: string): Iterable<ResponseUse> {
  for (const { node, in: context } of model.values.index(file).calls) {
    if (node.kind !== "call" || node.callee.kind !== "member" || isRegistered(context)) continue;
    const { callee } = node;
    const answers = model.values.of(file, callee.object).some((value) => (value.kind === "external" ? kindOf(value.provenance) === "response" : value.kind === "parameter" && isUntypedResponse(value)));
    // `response.json()` reads what another server answered.
    const reads = callee.property === "json" && node.arguments.length === 0;
    if (answers && !reads && /^(status|json|send|sendStatus|cookie|redirect|header|setHeader|render)$/.test(callee.property)) yield { span: node.span, receiver: receiverText(callee) };
  }
  yield* contextUses(model, file);
}

/** `ctx.body = …` and `ctx.status = …` of a service that Koa's context is handed to without a type: the first of them. */
function* contextUses(model: ProjectModel, file: string): Iterable<ResponseUse> {
  if (!model.packageOf(file).dependencies.has("koa")) return;
  const index = model.values.index(file);
  for (const { target } of index.partAssignments) {
    if (target.kind !== "member" || !/^(body|status)$/.test(target.property) || target.object.kind !== "name" || target.object.binding === undefined || !/^(ctx|context)$/.test(target.object.name)) continue;
    const source = index.sources[target.object.binding];
    if (source?.kind === "parameter" && source.index === 0 && source.path.length === 0 && source.type === undefined) return yield { span: target.span, receiver: receiverText(target) };
  }
}

/** A function that an application is given to answer with: `app.use((error, req, res, next) => …)`. */
function isRegistered(context: FunctionContext | undefined): boolean {
  const callee = context?.passedTo?.call.callee;
  return callee?.kind === "member" && /^(?:use|get|post|put|patch|delete|all|onError|setErrorHandler|addHook)$/.test(callee.property);
}

/** `res` of `(req, res) => …` without types. */
function isUntypedResponse({ function: { parameters }, index, path }: Extract<Value, { kind: "parameter" }>): boolean {
  const named = (at: number, name: RegExp): boolean => parameters[at]?.target.kind === "binding" && parameters[at].type === undefined && name.test(parameters[at].target.name);
  return path.length === 0 && index > 0 && named(index, /^res(?:ponse)?$/) && named(index - 1, /^_?req(?:uest)?$/);
}
