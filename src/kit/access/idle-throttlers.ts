import { inAllFiles } from "../../base/gathered.js";
import type { Span } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { isBackendCode } from "../project/backend-files.js";
import { hasStep, servedRoutes } from "../routes/routes.js";

/** A throttler that is set up, and the routes that no guard applies it to. */
export interface IdleThrottler {
  readonly file: string;
  readonly span: Span;
  readonly routes: readonly Route[];
}

/**
 * Where `ThrottlerModule` of @nestjs/throttler is set up in a package none of whose routes a guard limits, or in which from `many`
 * routes on that need a limit fewer have one.
 */
export function idleThrottlers(model: ProjectModel, needsLimit: (route: Route) => boolean, many: number): readonly IdleThrottler[] {
  return throttlersIn(model).flatMap(({ file, span }) => {
    const served = servedRoutes(model).filter((route) => model.packageOf(route.file) === model.packageOf(file));
    const isBare = served.every((route) => !hasStep(route, "rate-limit", "unknown"));
    const open = served.filter(needsLimit);
    const limited = served.filter((route) => hasStep(route, "rate-limit"));
    return (isBare && served.length > 0) || (open.length >= many && open.length > limited.length) ? [{ file, span, routes: open.length > 0 ? open : served }] : [];
  });
}

/** Where the module is set up. */
const throttlersIn = inAllFiles((model: ProjectModel, file) => {
  const name = model.facts(file).imports.flatMap(({ specifier, names }) => (specifier === "@nestjs/throttler" ? names : [])).find(({ imported, use }) => imported === "ThrottlerModule" && use === "value");
  if (!name || !isBackendCode(model, file)) return [];
  const call = model.values.index(file).calls.find(({ node: { callee } }) => callee.kind === "member" && callee.object.kind === "name" && callee.object.binding === name.binding);
  return [{ file, span: call?.node.span ?? name.span }];
});
