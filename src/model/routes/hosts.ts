import { oncePer } from "../../base/once-per.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";
import type { RawStep } from "./adapter.js";
import { pathTexts } from "../values/path-texts.js";
import { gatherOperations, type Operation } from "./operations.js";
import { joinRoutePath } from "./path.js";
import type { Mount } from "./route.js";
import { applicationKey } from "./router-keys.js";

/** What a framework that is served inside another finds around it: `app.use("/trpc", auth, createExpressMiddleware(…))`. */
export interface Surroundings {
  readonly prefix: string;
  readonly mounts: readonly Mount[];
  readonly steps: readonly RawStep[];
}

const hostPackages = /^(express|express-serve-static-core|@types\/express|hono|@hono\/zod-openapi|koa|@koa\/router|koa-router|fastify)$/;
const mountMethods = /^(use|route|all|mount|register)$/;

const hostOperations = oncePer((model: ProjectModel) => gatherOperations(model, isHost, applicationKey));

function isHost({ provenance }: ExternalValue): boolean {
  return hostPackages.test(provenance.package) && provenance.path.some((step) => step === "()" || step === "new()" || step.startsWith("=>"));
}

/** Around something that `accepts` finds among the arguments of a `use`, `all` or `mount`; empty if it is put nowhere. */
export function surroundingsOfArgument(model: ProjectModel, accepts: (file: string, argument: Expression) => boolean): readonly Surroundings[] {
  return [...hostOperations(model)].flatMap(([key, list]) =>
    list.flatMap((operation, index) => {
      if (!mountMethods.test(operation.method) || !operation.call.arguments.some((argument) => accepts(operation.file, argument))) return [];
      const own = mountOf(model, operation);
      const beside = operation.call.arguments.filter((argument, at) => !(at === 0 && own.given) && argument.kind !== "object" && !accepts(operation.file, argument)).map((node) => ({ file: operation.file, node, origin: "mount" as const }));
      return around(model, key, []).map((outer) => below(outer, own, [...stepsBefore(model, list.slice(0, index), own.prefix), ...beside]));
    }),
  );
}

/** Around what is registered under a path on a router by a call that is given the router. */
export function surroundingsOfRouter(model: ProjectModel, file: string, router: Expression, call: CallExpression, path = ""): readonly Surroundings[] {
  for (const value of model.values.of(file, router)) {
    if (value.kind !== "external" || !isHost(value)) continue;
    const key = applicationKey(value, file, model.values.index(file).functionAround(call));
    const list = hostOperations(model).get(key) ?? [];
    const before = list.filter((operation) => operation.file !== file || operation.call.span[0] < call.span[0]);
    return around(model, key, []).map((outer) => below(outer, { prefix: "", mount: undefined }, stepsBefore(model, before, path)));
  }
  return [];
}

/** Where a router itself is mounted; once, at the root, if nowhere. */
function around(model: ProjectModel, key: string, path: readonly string[]): readonly Surroundings[] {
  const root = [{ prefix: "", mounts: [], steps: [] }];
  if (path.includes(key) || path.length > 8) return root;
  const found = [...hostOperations(model)].flatMap(([outerKey, list]) =>
    outerKey === key
      ? []
      : list.flatMap((operation, index) => {
          if (!mountMethods.test(operation.method)) return [];
          const held = operation.call.arguments.findIndex((argument) => model.values.of(operation.file, argument).some((value) => value.kind === "external" && isHost(value) && applicationKey(value, operation.file, operation.in) === key));
          if (held === -1) return [];
          const own = mountOf(model, operation);
          const beside = operation.call.arguments.slice(own.given ? 1 : 0, held).map((node) => ({ file: operation.file, node, origin: "mount" as const }));
          return around(model, outerKey, [...path, key]).map((outer) => below(outer, own, [...stepsBefore(model, list.slice(0, index), own.prefix), ...beside]));
        }),
  );
  return found.length > 0 ? found : root;
}

function mountOf(model: ProjectModel, operation: Operation): { readonly prefix: string; readonly mount: Mount | undefined; readonly given: boolean } {
  const [first] = operation.call.arguments;
  const text = first && first.kind !== "function" ? pathTexts(model, operation.file, first)?.[0]?.text : undefined;
  const prefix = text?.replace(/\/?\*\w*$/, "") ?? "";
  return { prefix, mount: prefix === "" ? undefined : { file: operation.file, span: operation.call.span, prefix }, given: text !== undefined };
}

function below(outer: Surroundings, own: { readonly prefix: string; readonly mount: Mount | undefined }, steps: readonly RawStep[]): Surroundings {
  return { prefix: joinRoutePath(outer.prefix, own.prefix), mounts: own.mount ? [...outer.mounts, own.mount] : outer.mounts, steps: [...outer.steps, ...steps] };
}

/** Middleware used earlier on the same router whose path covers the mount. */
function stepsBefore(model: ProjectModel, list: readonly Operation[], prefix: string): readonly RawStep[] {
  return list.flatMap((operation) => {
    if (operation.method !== "use") return [];
    const { prefix: own, given } = mountOf(model, operation);
    if (own !== "" && own !== "/" && prefix !== own && !prefix.startsWith(`${own}/`)) return [];
    return operation.call.arguments
      .filter((argument, index) => !(index === 0 && given) && !model.values.of(operation.file, argument).some((value) => value.kind === "external" && isHost(value)))
      .map((node) => ({ file: operation.file, node, origin: "global" as const }));
  });
}
