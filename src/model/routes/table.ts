import { inAllFiles } from "../../base/gathered.js";
import { groupBy } from "../../base/group-by.js";
import { oncePerPart } from "../../base/once-per.js";
import { haveSameParts, settleAlike, settledPer, settledPerPart, settleSet } from "../../base/settled.js";
import { compareText } from "../../base/finding.js";
import { h3Packages } from "../../catalogue/lexicon/h3.js";
import { describe } from "../../catalogue/index.js";
import { openPaths } from "../../catalogue/lexicon/http.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { Adapter, AdapterResult, RawRoute, RawStep } from "./adapter.js";
import { adonis } from "./adapters/adonis/adonis.js";
import { effect } from "./adapters/effect.js";
import { elysia } from "./adapters/elysia.js";
import { express } from "./adapters/express.js";
import { fastify } from "./adapters/fastify.js";
import { h3 } from "./adapters/h3.js";
import { hapi } from "./adapters/hapi.js";
import { hono } from "./adapters/hono.js";
import { koa } from "./adapters/koa.js";
import { lambda } from "./adapters/lambda/lambda.js";
import { nest } from "./adapters/nest.js";
import { next } from "./adapters/next.js";
import { nitro } from "./adapters/nitro.js";
import { orpc } from "./adapters/orpc/orpc.js";
import { overnight } from "./adapters/overnight/overnight.js";
import { ownDecorators } from "./adapters/own-decorators.js";
import { resources } from "./adapters/resources.js";
import { feathers } from "./adapters/feathers.js";
import { inversify } from "./adapters/inversify/inversify.js";
import { routingControllers } from "./adapters/routing-controllers/routing-controllers.js";
import { tsRest } from "./adapters/ts-rest/ts-rest.js";
import { tsoa } from "./adapters/tsoa/tsoa.js";
import { trpc } from "./adapters/trpc/trpc.js";
import { unread } from "./adapters/unread.js";
import { someNode } from "../../facts/walk.js";
import { packageName } from "../modules/resolve.js";
import { isTestOrMigration } from "./operations.js";
import { normalizeRoutePath, versionOf } from "./path.js";
import { answeringFunction } from "./answering-function.js";
import { verdictOnPath } from "./by-path.js";
import { schemasGiven } from "./given-schemas.js";
import { handedRegistrations } from "./handed-registrations.js";
import { holdsAnswer } from "./held-answers.js";
import { isRequest, lastName } from "../../facts/names.js";
import { behaviourOf } from "./behaviour.js";
import type { Application, Handler, Route, RouteTable, Step, StepRole, UnresolvedRoute } from "./route.js";
import { requestOf, responseOf } from "./schemas.js";
import { silentServers } from "./silent-servers.js";
import { handsOnTo, subApplicationOf } from "./sub-application.js";
import { stepName } from "./step-names.js";
import { partsOf } from "./step-parts.js";
import { judgeStep, judgeSteps } from "./steps.js";

/** All frameworks; adding one is a line here and its adapter. */
const adapters: readonly Adapter[] = [adonis, effect, elysia, express, fastify, feathers, h3, hapi, hono, inversify, koa, lambda, nest, next, nitro, orpc, overnight, ownDecorators, resources, routingControllers, trpc, tsRest, tsoa, unread];

/** The routes of a project, with what runs before each handler. Registrations in tests are left out. */
export function routeTable(model: ProjectModel): RouteTable {
  const { routes, unresolved, applications } = registered(model);
  return { routes: routes.map((raw) => finish(model, raw)), unresolved, applications };
}

/** What all adapters find, each registration once, by path. */
const registered = settledPer((model: ProjectModel): AdapterResult => {
  const routes: { readonly raw: RawRoute; readonly path: string }[] = [];
  const unresolved: UnresolvedRoute[] = [];
  const applications: Application[] = [];
  const imported = importedPackages(model);
  const seen = new Set<string>();
  const written: NonNullable<AdapterResult["replaces"]>[] = [];
  for (const adapter of adapters) {
    if (adapter.packages.length > 0 && !adapter.packages.some((name) => imported.has(name))) continue;
    const found = foundBy(model, adapter);
    if (found.replaces) written.push(found.replaces.bind(found));
    unresolved.push(...found.unresolved.filter(({ file }) => !isTestOrMigration(model, file)));
    applications.push(...found.applications.filter(({ file }) => !isTestOrMigration(model, file)));
    for (const raw of found.routes) {
      if (isTestOrMigration(model, raw.file) && !isNamedByFolders(raw)) continue;
      const path = normalizeRoutePath(raw.path);
      // One registration under one path is one route, however many applications it is given to.
      const key = `${raw.method} ${path} ${raw.file} ${raw.span[0]}`;
      if (seen.has(key)) continue;
      seen.add(key);
      routes.push({ raw, path });
    }
  }
  const raws = routes.map(({ raw }) => raw);
  unresolved.push(...handedRegistrations(model, raws));
  unresolved.push(...silentServers(model, raws, unresolved));
  const isWritten = ({ file }: { readonly file: string }): boolean => written.some((replaces) => replaces(file));
  const sorted = routes.filter(({ raw }) => !isWritten(raw)).sort((left, right) => compareText(left.path, right.path) || compareText(left.raw.method, right.raw.method) || compareText(left.raw.file, right.raw.file) || left.raw.span[0] - right.raw.span[0]);
  return { routes: sorted.map(({ raw }) => raw), unresolved: once(unresolved.filter((one) => !isWritten(one))), applications: applications.filter((one) => !standsIn(model, one, applications)) };
}, settleAlike);

const foundBy = settledPerPart((model: ProjectModel, adapter: Adapter) => adapter.find(model), settleFound);

/** After an edit, registrations that are as they were stay the same objects, so that their routes need not be made again. */
function settleFound(before: AdapterResult, after: AdapterResult): AdapterResult {
  const known = groupBy(before.routes, nameOf);
  const routes = after.routes.map((raw) => known.get(nameOf(raw))?.find((other) => haveSameParts(other, raw)) ?? raw);
  return settleAlike(before, { ...after, routes });
}

function nameOf({ method, path, file, span }: RawRoute): string {
  return `${method} ${path} ${file} ${span[0]}`;
}

/** The packages that any file imports. */
const importedPackages = settledPer((model: ProjectModel): ReadonlySet<string> => new Set(packagesInFiles(model)), settleSet);

const packagesInFiles = inAllFiles((model: ProjectModel, file) => new Set(model.facts(file).imports.flatMap(({ specifier }) => (specifier === undefined ? [] : [packageName(specifier), ...publishedName(model, file, specifier)]))));

/** The package that a specifier means which a manifest, or the specifier itself, calls otherwise: `npm:hono`. */
function publishedName(model: ProjectModel, file: string, specifier: string): readonly string[] {
  const target = /^[./#]/.test(specifier) ? undefined : model.resolve(file, specifier);
  return target?.kind === "package" ? [target.package] : [];
}

/** An application that a script makes of the routes of another one, to write down what they are. */
function standsIn(model: ProjectModel, { file, framework }: Application, all: readonly Application[]): boolean {
  const isScript = (path: string): boolean => /(^|\/)scripts?\//.test(path);
  return isScript(file) && all.some((other) => other.framework === framework && !isScript(other.file) && model.packageOf(other.file) === model.packageOf(file));
}

/** Each site once with each reason, however many routers it stands for. */
function once(sites: readonly UnresolvedRoute[]): readonly UnresolvedRoute[] {
  return [...new Map(sites.map((site) => [`${site.file} ${site.span[0]} ${site.reason}`, site])).values()];
}

/** Where folders are the path, one that is called `test` is part of the interface. */
function isNamedByFolders({ framework, file }: RawRoute): boolean {
  return (framework === "next" || framework === "nitro") && !/\.(test|spec)\./.test(file);
}

const finish = oncePerPart((model: ProjectModel, raw: RawRoute): Route => {
  const path = normalizeRoutePath(raw.path);
  const handler = handlerOf(model, raw);
  const judged = [...raw.chain.flatMap((step) => judgeSteps(model, step).map((judged) => onPath(model, step, judged, path))), ...wrapperSteps(model, raw)];
  const away = handler ? handedAway(model, handler) : [];
  const inHandler = handler && away.length === 0 ? stepsInHandler(model, handler, raw).filter((step) => !judged.some(({ origin, role }) => origin === "handler" && role === step.role)) : [];
  const all = [...judged, ...inHandler, ...away];
  // What one guard lets pass another may ask for: the route is not open then.
  const steps = withoutIdle(all.some(({ role }) => role === "auth") ? all.filter(({ opensPath }) => opensPath === undefined) : all);
  const inPath = versionOf(path, raw.framework);
  const behind = (raw.handler && subApplicationOf(model, raw.handler)) ?? (handler && handsOnTo(model, handler));
  const serves = raw.serves ?? behind?.serves;
  const described = raw.describe?.(handler, steps) ?? { request: requestOf(model, raw, steps, handler), response: responseOf(model, raw, handler) };
  const holds = handler !== undefined && described.response.kind !== "enforced" && holdsAnswer(model, handler, raw.framework);
  return {
    framework: raw.framework,
    method: raw.method,
    path,
    file: raw.file,
    span: raw.span,
    mounts: raw.mounts,
    version: raw.version ?? (inPath === undefined ? undefined : { value: inPath, source: "path" }),
    steps,
    handler,
    request: described.request,
    response: holds ? { kind: "enforced", file: handler.file, by: "a check in the handler" } : described.response,
    confidence: raw.partial || raw.unmounted ? "partial" : "exact",
    ...(raw.unmounted && { unmounted: true as const }),
    ...(raw.application !== undefined && { application: raw.application }),
    ...(raw.conditional !== undefined && { conditional: raw.conditional }),
    ...((raw.opaque ?? behind) && { opaque: true as const }),
    ...(serves && { serves }),
  };
});

/** A guard that asks for a role only where a decorator names one does nothing for a route without it; what a decorator notes that is public by its name says the same once more. */
function withoutIdle(steps: readonly Step[]): readonly Step[] {
  const noted = new Set(steps.flatMap(({ notes }) => notes ?? []));
  const isPublic = steps.some(({ role, notes }) => role === "public" && notes === undefined);
  const isIdle = ({ role, notes, needs }: Step): boolean => needs?.every((key) => !noted.has(key)) === true || (isPublic && role === "public" && notes !== undefined);
  return steps.map((step) => (isIdle(step) ? { ...step, role: "context" as const } : step));
}

/** A step that authenticates, where it lets requests go on by their path: for others than this it is none, one on its list of open paths is public, and what it does for another that it names is not told. */
function onPath(model: ProjectModel, raw: RawStep, judged: Step, path: string): Step {
  const verdict = judged.role === "auth" && raw.judged === undefined ? verdictOnPath(model, raw, path) : "alike";
  if (verdict === "alike") return judged;
  const { origin, name, file, span } = judged;
  const at = { origin, name, file, span };
  if (verdict === "open") return { role: "public", ...at, opensPath: true };
  return { role: verdict === "elsewhere" ? "context" : "unknown", ...at };
}

/** The function that answers, behind wrappers, bound methods and factories. */
function handlerOf(model: ProjectModel, raw: RawRoute): Handler | undefined {
  if (!raw.handler) return undefined;
  const found = answeringFunction(model, raw.handler.file, raw.handler.node);
  if (!found) return undefined;
  const { file, node, within = [] } = raw.handler;
  const isBare = within.length === 0 && model.values.of(file, node).every((value) => value.kind === "function" && value.node === found.node);
  return { ...named(model, found.file, found.node), ...(isBare && { bare: true as const }) };
}

const wrapperRoles: ReadonlySet<StepRole> = new Set(["auth", "auth-attach", "authz", "rate-limit", "validation", "idempotency"]);

/** A call that is given the handler may do what a step does: `withAuth(async (request) => …)`. */
function wrapperSteps(model: ProjectModel, { handler, chain }: RawRoute): readonly Step[] {
  const found: Step[] = [];
  for (const around of handler?.within ?? []) {
    const step = judgeStep(model, { ...around, origin: "route", wrapsHandler: true });
    if (wrapperRoles.has(step.role)) found.push(step);
  }
  for (let node = handler?.node; handler && node?.kind === "call"; node = node.arguments.find((argument) => argument.kind === "call")) {
    if (!node.arguments.some((argument) => argument.kind === "function" || argument.kind === "call" || (argument.kind === "object" && argument.members.some((member) => member.kind === "property" && member.value.kind === "function")) || model.values.of(handler.file, argument).some((value) => value.kind === "function"))) break;
    const step = judgeStep(model, { file: handler.file, node, origin: "route", wrapsHandler: true });
    // Adapters that take wrappers apart themselves have them in the chain.
    if (wrapperRoles.has(step.role) && !chain.some((own) => own.file === step.file && own.node.span[0] === step.span[0])) found.push(step);
    // `defineRoute({ contract, handler })` checks by what it is given beside whatever else it does.
    const schemas = (step.role === "validation" ? undefined : schemasGiven(model, handler.file, node)) ?? [];
    const parts = partsOf(model, handler.file, { ...node, arguments: schemas });
    if (schemas.length > 0) found.push({ role: "validation", origin: "route", name: step.name, file: step.file, span: step.span, enforced: true, ...(parts.length > 0 && { parts }) });
  }
  return found;
}

function named(model: ProjectModel, file: string, node: FunctionNode): Handler {
  const owner = model.values.index(file).functions.get(node)?.class?.name;
  return { file, node, name: owner === undefined ? (node.name ?? "inline") : `${owner}.${node.name ?? ""}` };
}

/** A handler that only gives its request to what a package made, or to one of several functions that callers give, says nothing of what becomes of it: `(request) => handler(request)`, `(request) => route.handler(request)`. */
function handedAway(model: ProjectModel, { file, node }: Handler): readonly Step[] {
  const call = requestHandedOn(node);
  if (!call) return [];
  const values = model.values.of(file, call.callee);
  // `sendStream(event, file)` and `sendRedirect(event, target)` answer, whatever they are given.
  if (/^send[A-Z]/.test(lastName(call.callee)) && values.length > 0 && values.every((one) => one.kind === "external" && h3Packages.test(one.provenance.package))) return [];
  if (values.some((one) => one.kind === "external" && describe(one.provenance)?.sinks?.some(({ kind }) => kind === "redirect") === true)) return [];
  const isForeign = call.callee.kind === "name" && values.every(({ kind }) => kind !== "function" && kind !== "class");
  const isOneOfMany = new Set(values.flatMap((one) => (one.kind === "function" ? [one.node] : []))).size > 1;
  return isForeign || isOneOfMany ? [{ role: "unknown", origin: "handler", name: stepName(call.callee), file, span: call.span }] : [];
}

/** The call that is all that a handler does, and that it gives its request first: `(request, reply) => stream(request, reply)`. */
function requestHandedOn({ body, parameters: [request] }: FunctionNode): CallExpression | undefined {
  const [only, ...others] = body ?? [];
  const value = (only?.kind === "return" || only?.kind === "expression") && others.length === 0 ? only.value : undefined;
  const call = value?.kind === "await" ? value.value : value;
  const first = call?.kind === "call" ? behindCast(call.arguments[0]) : undefined;
  return call?.kind === "call" && /^(name|member)$/.test(call.callee.kind) && first?.kind === "name" && request?.target.kind === "binding" && first.binding === request.target.binding ? call : undefined;
}

function behindCast(node: Expression | undefined): Expression | undefined {
  return node?.kind === "cast" ? behindCast(node.value) : node;
}

/** A handler that turns requests without a principal away, or asks a limiter, does what a step would do. */
function stepsInHandler(model: ProjectModel, { file, node }: Handler, { framework, method, path }: RawRoute): readonly Step[] {
  const { statuses, limits, asksSession, asksToLogIn, readsCredentials } = behaviourOf(model.values, file, node, requestHandedOn(node) ? 0 : 1);
  // Who shows a link's token, a code or a refresh token that does not hold is turned away as well: that is no check of who calls.
  const asksWhoCalls = !(method === "POST" && logsIn(path, node)) && !(takesProof(path) && !readsCredentials && !readsPrincipal(node));
  const at = { origin: "handler", name: stepName({ kind: "function", span: node.span, function: node }), file, span: node.nameSpan ?? node.span } as const;
  return [...(asksSession || ((statuses.has(401) || asksToLogIn) && asksWhoCalls && !isGivenNothing(framework, node)) ? [{ role: "auth", ...at, ...(!asksSession && comparesWithSetting(model, file, node) && { nameless: true as const }) } as const] : []), ...(limits || statuses.has(429) ? [{ role: "rate-limit", ...at } as const] : [])];
}

/** `request.headers["x-secret"] !== process.env.SECRET`: who knows what a setting holds may. */
function comparesWithSetting(model: ProjectModel, file: string, { body }: FunctionNode): boolean {
  const isOfEnvironment = (node: Expression): boolean => node.kind === "member" && node.object.kind === "member" && node.object.property === "env";
  const isSetting = (node: Expression): boolean => {
    const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
    return isOfEnvironment(node) || (source?.kind === "value" && source.value !== undefined && source.path.length === 0 && isOfEnvironment(source.value));
  };
  return someNode(body ?? [], (part) => part.kind === "binary" && /^[!=]==?$/.test(part.operator) && (isSetting(part.left) || isSetting(part.right)) && ![part.left, part.right].some(({ kind }) => kind === "literal"));
}

/** A method of Nest that takes nothing of the request refuses for another reason than who asks. */
function isGivenNothing(framework: string, { parameters }: FunctionNode): boolean {
  return framework === "nestjs" && parameters.length === 0;
}

/** A login, and each of its steps, turns away who gives a wrong password: that is no check of who calls. */
function logsIn(path: string, { body }: FunctionNode): boolean {
  if (/\/(log-?in|sign-?in)(\/|$)|\/verify-(2fa|mfa|otp|totp)$/i.test(path)) return true;
  return /\/(authenticate|auth|sessions?|tokens?)$/i.test(path) && someNode(body ?? [], (part) => (part.kind === "member" && isPassword(part.property)) || (part.kind === "name" && isPassword(part.name)));
}

/** `/auth/refresh`, `/register`, `/verify-email`, `/invites/:token`: who calls has nothing but what was sent to them. */
function takesProof(path: string): boolean {
  return path.split("/").some((segment) => (segment.startsWith(":") ? /(token|code|otp)$/i.test(segment) : openPaths.in(segment)));
}

/** `request.user`, `ctx.state.session` */
function readsPrincipal({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (part) => part.kind === "member" && /^(user|session|auth|principal|currentUser)$/.test(part.property) && isRequest(part.object));
}

function isPassword(name: string): boolean {
  return /^(password|passwd|pwd|otp|credentials?)$/i.test(name);
}
