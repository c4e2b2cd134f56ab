import { capabilitiesOf, type Provenance } from "../../catalogue/index.js";
import { authorizationSteps, publicMarkers } from "../../catalogue/lexicon/http.js";
import { propertyOf } from "../../facts/names.js";
import type { ClassNode, Expression, FunctionNode, ObjectExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";
import { someNode } from "../../facts/walk.js";
import type { ExternalValue, Value } from "../values/value.js";
import type { RawStep } from "./adapter.js";
import { answeringFunction } from "./answering-function.js";
import { definitionsOf } from "../values/definitions.js";
import { acceptsAnybody, asksBase, givesVerdict, looksAtRequest } from "./guard-code.js";
import { keysNeeded, markOf, opensToAll } from "./guard-marks.js";
import { isTestOrMigration } from "./operations.js";
import { type Behaviour, behaviourOf } from "./behaviour.js";
import { requiredPath } from "../values/round.js";
import type { Step, StepRole } from "./route.js";
import type { Located } from "../values/located.js";
import { fromBehaviour } from "./step-behaviour.js";
import { type Judgement, rolesByWeight, strongestOf } from "./step-judgement.js";
import { judgeByName, marks, stepName } from "./step-names.js";
import { ofMade, ofPackage } from "./step-packages.js";
import { describedParts, partNames, partsByDefault } from "./step-parts.js";
import { passesHttp } from "./transports.js";

/** What leaving a step out for a route says of the route. */
const exemption: Readonly<Partial<Record<StepRole, StepRole>>> = { auth: "public", "rate-limit": "unlimited" };

/** The steps that one step is: who is known by a token may call so often alone. */
export function judgeSteps(model: ProjectModel, raw: RawStep): readonly Step[] {
  const { limits, ...step } = judge(model, raw, 0);
  return limits ? [step, { ...step, role: "rate-limit" }] : [step];
}

/** Gives a step its role: by the package it comes from, by what its code does, by the settings, at last by its name. */
export function judgeStep(model: ProjectModel, raw: RawStep, depth = 0): Step {
  const { limits: _, ...step } = judge(model, raw, depth);
  return step;
}

function judge(model: ProjectModel, raw: RawStep, depth: number): Step & Pick<Judgement, "limits"> {
  const bound = boundMethod(raw.node);
  if (bound) return { ...judge(model, { ...raw, node: bound }, depth), span: raw.node.span };
  const name = raw.name ?? stepName(raw.node);
  const step = { origin: raw.origin, name, file: raw.file, span: raw.node.span };
  if (raw.leftOut) return { ...step, role: exemption[judgeStep(model, included(raw), depth).role] ?? "context" };
  const judged: Judgement = raw.judged ?? bySettings(model, name) ?? ofForgery(name) ?? byCallers(model, raw, depth) ?? byBranches(model, raw) ?? byValue(model, raw, raw.node, name) ?? judgeByName(name, raw.node) ?? { role: isRead(model, raw) ? "context" : "unknown" };
  return { ...step, ...judged, ...(judged.role === "unknown" && originOf(model, raw)) };
}

/** `middleware.use` of `middleware.use.bind(middleware)`. */
function boundMethod(node: Expression): Expression | undefined {
  return node.kind === "call" && node.callee.kind === "member" && node.callee.property === "bind" ? node.callee.object : undefined;
}

/** Where the function or class behind a step is written, or which package it is of. */
function originOf(model: ProjectModel, { file, node }: Located): Pick<Step, "definition" | "package"> {
  const [value] = model.values.of(file, calleeIn(node) ?? node);
  if (value?.kind === "function" || value?.kind === "class") return { definition: { file: value.file, span: value.node.nameSpan ?? value.node.span } };
  return value?.kind === "external" && value.provenance.package !== "global" ? { package: value.provenance.package } : {};
}

function included({ leftOut: _, ...step }: RawStep): RawStep {
  return step;
}

/** A guard that a function is given is what all its callers give: `usersRouter(requireUser)`. */
function byCallers(model: ProjectModel, { file, node }: RawStep, depth: number): Judgement | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0 || depth > 2) return undefined;
  const fallback = source.function.parameters[source.index]?.default;
  const judged = model.values.callSites.of(file, source.function).flatMap(({ file: at, call }) => {
    // What a test hands over stands in for the real one.
    if (isTestOrMigration(model, at)) return [];
    const given = call.arguments[source.index];
    if (!given && fallback) return [judgeStep(model, { file, node: fallback, origin: "route" }, depth + 1)];
    return [given && given.kind !== "spread" ? judgeStep(model, { file: at, node: given, origin: "route" }, depth + 1) : undefined];
  });
  const [first] = judged;
  if (!first) return undefined;
  if (judged.some((one) => one?.role !== first.role)) return { role: "unknown" };
  return { role: first.role, ...(first.parts && { parts: first.parts }), ...(first.enforced !== undefined && { enforced: first.enforced }) };
}

/** A step that only some branches choose, by what a route says of itself: `let preHandler; switch (auth) { case "jwt": preHandler = verify; }`. */
function byBranches(model: ProjectModel, { file, node }: RawStep): Judgement | undefined {
  const isChosen = [{ file, node }, ...takenFromCall(model, file, node)].some(({ file: at, node: name }) => {
    const source = name.kind === "name" && name.binding !== undefined ? model.values.index(at).sources[name.binding] : undefined;
    if (name.kind !== "name" || name.binding === undefined || source?.kind !== "value" || source.path.length > 0) return false;
    const assigned = model.values.assignments(at).get(name.binding) ?? [];
    return assigned.length > 0 && (source.value === undefined || assigned.includes(source.value));
  });
  return isChosen ? { role: "unknown" } : undefined;
}

/** What a name is in the function of the project that gives it: `preHandler` of `const { preHandler } = stepsOf(route)`. */
function takenFromCall(model: ProjectModel, file: string, node: Expression): readonly Located[] {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const [step, ...deeper] = source?.kind === "value" ? source.path : [];
  if (source?.kind !== "value" || source.value?.kind !== "call" || step?.kind !== "property" || deeper.length > 0) return [];
  return model.values.of(file, source.value.callee).flatMap((callee) =>
    callee.kind === "function"
      ? returnedExpressions(callee.node).flatMap((returned) => {
          const taken = returned.kind === "object" ? propertyOf(returned, step.key) : undefined;
          return taken ? [{ file: callee.file, node: taken }] : [];
        })
      : [],
  );
}

/** What is called there; `require("@fastify/jwt")` stands for the package. */
function calleeIn(node: Expression): Expression | undefined {
  return node.kind === "new" || (node.kind === "call" && !requiredPath(node)) ? node.callee : undefined;
}

function bySettings(model: ProjectModel, name: string): Judgement | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const listed = (key: string): boolean => model.options.names[key]?.some((one) => one === name || one === last) ?? false;
  if (listed("auth")) return { role: "auth" };
  if (listed("authorization")) return { role: "authz" };
  if (listed("rateLimiters")) return { role: "rate-limit" };
  return listed("validators") ? { role: "validation", enforced: true } : undefined;
}

/** What holds requests of other sites off turns who is not known away as little as who is: `CsrfGuard`. */
function ofForgery(name: string): Judgement | undefined {
  return /csrf|csurf|xsrf/i.test(name) ? { role: "context" } : undefined;
}

/** Whether nothing is hidden: the code of a step was read and does none of this, or its package is known to do something else. */
function isRead(model: ProjectModel, { file, node }: RawStep): boolean {
  const callee = calleeIn(node) ?? node;
  const values = model.values.of(file, callee);
  return values.length > 0 && values.every((value) => (value.kind === "external" ? capabilitiesOf(value.provenance.package, value.provenance.subpath).some((capability) => capability !== "auth" && capability !== "rate-limit") : value.kind === "function" || value.kind === "class" || value.kind === "instance"));
}

type Surroundings = Pick<RawStep, "file" | "plugin" | "options" | "wrapsHandler">;

function byValue(model: ProjectModel, raw: Surroundings, node: Expression, name: string): Judgement | undefined {
  const { file } = raw;
  const callee = calleeIn(node);
  const judged = model.values.of(file, callee ?? node).flatMap((value) => ofValue(model, raw, node, name, value) ?? []);
  // A guard that settings switch off is a guard: `hasPassword ? authenticate : pass`.
  if (judged.length > 0) return strongestOf(judged);
  if (!callee) return undefined;
  for (const value of model.values.of(file, node)) {
    const body = value.kind === "function" || value.kind === "instance" ? ofCode(model, value, { file, node }, name) : undefined;
    if (body) return body;
    if (value.kind === "external" && isMetadata(value.provenance)) return ofMark(model, value, { file, node }, name);
    // A limiter or guard that was made elsewhere: `export const limiter = rateLimit({ … })`.
    if (value.kind === "external") {
      const known = ofMade(model, value);
      if (known) return known;
    }
  }
  return undefined;
}

/** What a step is by one of the things that its name, or what is called, stands for. */
function ofValue(model: ProjectModel, { file, plugin, options, wrapsHandler }: Surroundings, node: Expression, name: string, value: Value): Judgement | undefined {
  if (value.kind === "external") {
    const known = ofPackage(model, file, value, plugin === true ? { plugin: node, options } : node);
    if (known) return known;
    if (isMetadata(value.provenance)) return ofMark(model, value, { file, node }, name);
    const several = ofSeveral(model, { file, node }, value.provenance);
    if (several) return several;
    const wrapped = wrapsHandler ? undefined : ofWrapped(model, { file, node }, name);
    if (wrapped) return wrapped;
    // A decorator or middleware of a package that is for something else says nothing by its name (`@ApiBearerAuth`); what one makes of another function does: `const loginLimiter = partial(limit, login)`.
    if (!value.provenance.path.some((step) => makesFunctions.test(step)) && capabilitiesOf(value.provenance.package, value.provenance.subpath).some((capability) => capability === "api-docs" || capability === "validator" || capability === "utility")) return { role: "context" };
  }
  if (value.kind === "object") return ofConfiguration(value.node);
  const body = ofCode(model, value, { file, node }, name);
  // `catchErrors(async (req, res, next) => …)` does what the function does that it wraps.
  const behind = value.kind === "function" && (!body || body.role === "context") && !wrapsHandler ? ofWrappedByProject(model, { file, node }, value.node, name) : undefined;
  return behind ?? body;
}

/** What a package of helpers makes another function with. */
const makesFunctions = /^(?:partial|partialRight|curry|curryRight|bind|flow|flowRight|pipe|compose|memoize|once|throttle|debounce)$/;

/** `{ validate: { body, query } }` before the handler, as koa-joi-router has it. */
function ofConfiguration(configuration: ObjectExpression): Judgement | undefined {
  const validate = propertyOf(configuration, "validate");
  if (validate?.kind !== "object") return undefined;
  const parts = validate.members.flatMap((member) => (member.kind === "property" ? (partNames[member.key] ?? []) : []));
  return { role: "validation", parts: [...new Set(parts)], enforced: propertyOf(validate, "continueOnError") === undefined };
}

/** A decorator that only notes something, for a guard to read: `SetMetadata("roles", …)`. */
function isMetadata({ package: name, path }: Provenance): boolean {
  return (name === "@nestjs/common" && path[0] === "SetMetadata") || (name === "@nestjs/core" && path.includes("createDecorator"));
}

/** What is noted of a route opens it by its name, or by what a guard makes of it. */
function ofMark(model: ProjectModel, value: ExternalValue, used: Located, name: string): Judgement {
  const opens = publicMarkers.in(name) ? marks(used.node) : opensToAll(model, value, used);
  const notes = markOf(model, value, used);
  return { role: opens ? "public" : "context", ...(notes !== undefined && { notes }) };
}

/** Several steps as one: `every(a, b)`, `some(a, b)` and `except(path, a)` of Hono, `compose([a, b])` of Koa, `app.auth([a, b], { relation: "and" })` of Fastify. */
function ofSeveral(model: ProjectModel, { file, node }: Located, { package: name, subpath, path }: Provenance): Judgement | undefined {
  const isList = /fastify/.test(name) && path.at(-1) === "auth" && node.kind === "call" && node.arguments[0]?.kind === "array";
  const combines = isList || (name === "hono" && subpath === "/combine") || name === "koa-compose";
  if (!combines || node.kind !== "call") return undefined;
  const options = isList && node.arguments[1]?.kind === "object" ? propertyOf(node.arguments[1], "relation") : undefined;
  const isChoice = isList ? !(options?.kind === "literal" && options.value === "and") : path.at(-1) === "some";
  const inner = node.arguments.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])).filter(({ kind }) => kind !== "literal" && kind !== "object").map((argument) => judgeStep(model, { file, node: argument, origin: "route" }));
  const best = rolesByWeight.find((role) => (isChoice ? inner.every((step) => step.role === role) : inner.some((step) => step.role === role)));
  return { role: best ?? "context", ...(best === "auth" && !isChoice && inner.some((step) => step.role === "authz" || step.authorizes) && { authorizes: true as const }) };
}

/** What a package makes of a function of the project runs that function: `createMiddleware(fn)`, `defineEventHandler(fn)`, `asyncHandler(fn)`. */
function ofWrapped(model: ProjectModel, used: Located, name: string): Judgement | undefined {
  for (const { file, node } of definitionsOf(model, used.file, used.node)) {
    for (const argument of node.kind === "call" ? node.arguments : [])
      for (const value of model.values.of(file, argument)) {
        const judged = value.kind === "function" ? fromBehaviour(behaviourOf(model.values, value.file, value.node), name, model, used) : undefined;
        if (judged) return judged;
      }
  }
  return undefined;
}

/** The same where the function that wraps is code of the project. */
function ofWrappedByProject(model: ProjectModel, used: Located, wrapper: FunctionNode, name: string): Judgement | undefined {
  const wrapped = answeringFunction(model, used.file, used.node);
  const judged = wrapped && wrapped.node !== wrapper ? fromBehaviour(behaviourOf(model.values, wrapped.file, wrapped.node), name, model, used) : undefined;
  if ((judged && judged.role !== "context") || used.node.kind !== "call") return judged;
  // `withToken(authenticate)` falls back on the guard that it is given.
  const given = strongestOf(used.node.arguments.flatMap((argument) => (argument.kind === "name" ? model.values.of(used.file, argument) : [])).flatMap((value) => (value.kind === "function" && value.node.parameters.length > 1 ? (fromBehaviour(behaviourOf(model.values, value.file, value.node), name, model, used) ?? []) : [])));
  return given ?? judged;
}

/** Code of the project: a middleware, what a factory of one returns, or the class of a guard. */
function ofCode(model: ProjectModel, value: Value, used: Located, name: string): Judgement | undefined {
  const { values } = model;
  const { node } = used;
  if (value.kind === "function") {
    const inner = node.kind === "call" ? values.ofReturn(value.file, value.node).filter((made) => made.kind === "function" || made.kind === "external") : [];
    for (const made of inner) {
      // What is checked is said where the factory of the project is called: `documents.validPath({ requestBody })`.
      const known = made.kind === "external" ? ofMade(model, made) : undefined;
      // `return asyncHandler(async (request, response, next) => …)` does what it wraps.
      const given = known?.role === "error-wrapper" ? returnedExpressions(value.node).flatMap((returned) => (returned.kind === "call" ? returned.arguments : [])) : [];
      // What only runs what it is given itself is a wrapper, too.
      const parameters = new Set(value.node.parameters.flatMap(({ target }) => (target.kind === "binding" ? [target.binding] : [])));
      const runsGiven = someNode(given, (part) => part.kind === "call" && part.callee.kind === "name" && part.callee.binding !== undefined && parameters.has(part.callee.binding));
      for (const one of runsGiven ? [] : given) if (one.kind === "function") return fromBehaviour(behaviourOf(values, value.file, one.function), name, model, used);
      if (known) return known.role === "validation" && !known.parts && node.kind === "call" ? { ...known, ...describedParts(model, used.file, node) } : known;
    }
    for (const made of inner) {
      if (made.kind !== "function") continue;
      const judged = fromBehaviour(behaviourOf(values, made.file, made.node), name, model, used);
      const parts = judged?.role === "validation" && !judged.parts && node.kind === "call" ? partsByDefault(value.node, node) : [];
      return judged && parts.length > 0 ? { ...judged, parts } : judged;
    }
    const judged = fromBehaviour(behaviourOf(values, value.file, value.node), name, model, used);
    // What never looks at the request refuses for reasons of its own: a switch, the state of the installation.
    if (judged?.role === "authz" && !looksAtRequest(value.node) && !authorizationSteps.in(name)) return { role: "unknown", parts: [] };
    // What it calls may refuse other things than a request that it never looks at.
    return judged?.role === "validation" && node.kind === "function" && !looksAtRequest(value.node) ? { role: "context" } : judged;
  }
  if (value.kind !== "class" && value.kind !== "instance") return undefined;
  const owner = value.kind === "class" ? value.node : value.class;
  for (const method of ["canActivate", "use", "handle", "transform", "intercept", "validate"]) {
    const member = owner.members.find((candidate) => candidate.kind === "method" && candidate.name === method);
    if (member?.kind !== "method") continue;
    if (method === "canActivate" && passesHttp(values, value.file, member.function)) return { role: "context" };
    const behaviour = behaviourOf(values, value.file, member.function);
    const mayRefuse = method === "canActivate" && behaviour.statuses.size === 0 && (behaviour.stops || givesVerdict(model, value.file, member.function));
    const guarded: Behaviour = mayRefuse ? { ...behaviour, statuses: new Set([403]) } : behaviour;
    const judged = fromBehaviour(guarded, owner.name ?? name, model, used);
    const needs = judged?.role === "authz" && method === "canActivate" ? keysNeeded(model, value.file, member.function) : [];
    if (judged && needs.length > 0) return { ...judged, needs };
    // `canActivate()` of the state of the installation alone.
    if (judged?.role === "authz" && method === "canActivate" && member.function.parameters.length === 0 && !authorizationSteps.in(owner.name ?? name)) return { role: "unknown", parts: [] };
    // Who is not known to the guard that it extends has no share in what it checks.
    if (judged?.role === "authz" && asksBase(member.function) && /^auth(-attach)?$/.test(ofBase(model, value.file, owner)?.role ?? "")) return { role: "auth", authorizes: true };
    if (judged) return judged;
  }
  const base = ofBase(model, value.file, owner);
  return base?.role === "auth" && acceptsAnybody(owner) ? { role: "auth-attach", optional: true } : base;
}

/** `class JwtGuard extends AuthGuard("jwt")` */
function ofBase(model: ProjectModel, file: string, { extends: base }: ClassNode): Judgement | undefined {
  return base && byValue(model, { file }, base.value, stepName(base.value));
}
