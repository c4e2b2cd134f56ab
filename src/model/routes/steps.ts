import { wordTable } from "../../base/word-table.js";
import { capabilitiesOf, describe, type Middleware, type Provenance } from "../../catalogue/index.js";
import { attachingSteps, authSteps, authenticitySteps, authorizationSteps, filterSteps, idempotencySteps, optionalSteps, paginationSteps, publicMarkers, rateLimitSteps, validationSteps } from "../../catalogue/lexicon/http.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, ObjectExpression } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../returns.js";
import type { ExternalValue, Value } from "../value.js";
import type { RawStep } from "./adapter.js";
import { answeringFunction } from "./answering-function.js";
import { definitionsOf } from "./definitions.js";
import { keysNeeded, markOf, opensToAll } from "./guard-marks.js";
import { takesAnything } from "./loose-schemas.js";
import { isTestOrMigration } from "./operations.js";
import { type Behaviour, behaviourOf } from "./rejections.js";
import { passesHttp } from "./transports.js";
import { requiredPath } from "./round.js";
import { type Located, type RequestPart, requestParts, type Step, type StepRole } from "./route.js";

interface Judgement extends Pick<Step, "role" | "parts" | "enforced" | "optional" | "authorizes" | "nameless" | "notes" | "needs"> {
  /** It limits how often it lets a caller pass, beside what its role says. */
  readonly limits?: true;
}

const roleOfMiddleware: Readonly<Record<Middleware["role"], StepRole>> = {
  auth: "auth", attach: "auth-attach", authz: "authz", "rate-limit": "rate-limit", "rate-limit-exemption": "unlimited", validation: "validation", "body-parser": "context", "request-id": "context", "request-log": "context", context: "context",
  idempotency: "idempotency", pagination: "pagination", "error-handler": "context", "error-wrapper": "error-wrapper", "security-headers": "context", cors: "context", compression: "context", session: "context", static: "context", docs: "context", "webhook-signature": "auth", upload: "context",
};
/** What validators call the parts of a request. */
const partNames: Readonly<Record<string, RequestPart>> = wordTable({ json: "body", form: "body", body: "body", payload: "body", query: "query", querystring: "query", param: "params", params: "params", path: "params", header: "headers", headers: "headers", cookie: "headers", cookies: "headers" });

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
  const name = raw.name ?? stepName(raw.node);
  const step = { origin: raw.origin, name, file: raw.file, span: raw.node.span };
  if (raw.leftOut) return { ...step, role: exemption[judgeStep(model, included(raw), depth).role] ?? "context" };
  const judged: Judgement = raw.judged ?? bySettings(model, name) ?? ofForgery(name) ?? byCallers(model, raw, depth) ?? byBranches(model, raw) ?? byValue(model, raw, raw.node, name) ?? judgeByName(name, raw.node) ?? { role: isRead(model, raw) ? "context" : "unknown" };
  return { ...step, ...judged, ...(judged.role === "unknown" && originOf(model, raw)) };
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

/** A step as a reader would say it: `passport.authenticate`, `requireAuth`, `ThrottlerGuard`. */
export function stepName(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.name;
    case "member":
      return node.object.kind === "this" ? node.property : `${stepName(node.object)}.${node.property}`;
    case "call": {
      const path = requiredPath(node);
      return path?.kind === "literal" && !String(path.value).startsWith(".") ? String(path.value) : stepName(node.callee);
    }
    case "new":
      return stepName(node.callee);
    case "await":
    case "cast":
      return stepName(node.value);
    case "function": {
      // `preHandler: (request, reply) => request.isAdmin(reply)` is what it calls.
      const [only, ...others] = node.function.form === "arrow" ? (node.function.body ?? []) : [];
      const called = only?.kind === "return" && others.length === 0 ? only.value : undefined;
      return called?.kind === "call" && called.callee.kind === "member" ? stepName(called) : (node.function.name ?? "inline function");
    }
    default:
      return "inline";
  }
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
    // A decorator or middleware of a package that is for something else says nothing by its name (`@ApiBearerAuth`).
    if (capabilitiesOf(value.provenance.package, value.provenance.subpath).some((capability) => capability === "api-docs" || capability === "validator" || capability === "utility")) return { role: "context" };
  }
  if (value.kind === "object") return ofConfiguration(value.node);
  const body = ofCode(model, value, { file, node }, name);
  // `catchErrors(async (req, res, next) => …)` does what the function does that it wraps.
  const behind = value.kind === "function" && (!body || body.role === "context") && !wrapsHandler ? ofWrappedByProject(model, { file, node }, value.node, name) : undefined;
  return behind ?? body;
}

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

function strongestOf(judged: readonly Judgement[]): Judgement | undefined {
  return judged.length > 1 ? (rolesByWeight.flatMap((role) => judged.find((one) => one.role === role) ?? [])[0] ?? judged[0]) : judged[0];
}

const rolesByWeight: readonly StepRole[] = ["auth", "authz", "rate-limit", "validation", "auth-attach", "unknown"];

/** A plugin with what it is given, where the framework calls it. */
interface Registered {
  readonly plugin: Expression;
  readonly options: Expression | undefined;
}

function ofPackage(model: ProjectModel, file: string, value: ExternalValue, used: Expression | Registered): Judgement | undefined {
  const { provenance } = value;
  const middleware = describe(provenance.path.length === 0 ? { ...provenance, path: ["default"] } : provenance)?.middleware;
  // `helmet.referrerPolicy()` is of what `helmet()` is for.
  const [whole = "default"] = provenance.path;
  const around = middleware ? undefined : describe({ ...provenance, path: [provenance.path.length > 1 ? whole : "default"] })?.middleware;
  if (around && roleOfMiddleware[around.role] === "context") return { role: "context" };
  if (middleware && (middleware.direct === true || "plugin" in used || used.kind === "call" || used.kind === "new")) return fromCatalogue(model, file, middleware, used);
  return ofMade(model, value);
}

/** The value is what a call of a known factory gave, here or elsewhere: `export const limiter = rateLimit({ … })`. */
function ofMade(model: ProjectModel, { provenance, site }: ExternalValue): Judgement | undefined {
  // `jwt({ … }).unless({ path })` refuses as `jwt({ … })` does, with exceptions that its author wrote down.
  const path = provenance.path.at(-2) === "unless" ? provenance.path.slice(0, -2) : provenance.path;
  const calls = path.filter((step) => step === "()" || step === "new()").length;
  const middleware = path.at(-1) === "()" || path.at(-1) === "new()" ? describe({ ...provenance, path: path.slice(0, -1) })?.middleware : undefined;
  // The site is that of the first call; the options of a later one are not at hand.
  return middleware && fromCatalogue(model, site?.file ?? "", middleware, calls === 1 ? site?.node : undefined);
}

function fromCatalogue(model: ProjectModel, file: string, middleware: Middleware, used: Expression | Registered | undefined): Judgement {
  const role = roleOfMiddleware[middleware.role];
  const given = argumentsOf(used);
  if (role === "auth" && isOptional(model, file, given, middleware)) return { role: "auth-attach", optional: true };
  if (role === "rate-limit" && isOptional(model, file, given, middleware)) return { role: "context" };
  // `@SkipThrottle({ chat: true })` leaves the other limits as they are.
  if (role === "unlimited") return { role: given[0]?.kind === "object" && propertyOf(given[0], "default") === undefined && given[0].members.length > 0 ? "context" : role };
  if (role !== "validation") return { role };
  const parts = used && "kind" in used && used.kind === "call" ? partsOf(model, file, used) : [];
  return { role, enforced: !given.some((one) => takesAnything(model, file, one)), ...(parts.length > 0 && { parts }) };
}

function argumentsOf(used: Expression | Registered | undefined): readonly Expression[] {
  if (!used) return [];
  if ("plugin" in used) return used.options ? [used.plugin, used.options] : [used.plugin];
  return used.kind === "call" || used.kind === "new" ? used.arguments : [];
}

/** `expressjwt({ credentialsRequired: false })`, `passport.authenticate(["jwt", "anonymous"])` and their kin, also behind constants. */
function isOptional(model: ProjectModel, file: string, given: readonly Expression[], { optionalWhen = [] }: Middleware): boolean {
  return optionalWhen.some(({ at, is }) => {
    const [index = "0", ...keys] = at.split(".");
    let node: Expression | undefined = given[index === "last" ? given.length - 1 : Number(index)];
    for (const key of keys) {
      const object = node && model.values.of(file, node).find((value) => value.kind === "object");
      node = object?.kind === "object" ? propertyOf(object.node, key) : undefined;
    }
    const alternatives = node?.kind === "array" ? node.elements : node ? [node] : [];
    return alternatives.some((one) => one.kind === "literal" && one.value === is);
  });
}

/** The parts that a validator's arguments name: `zValidator("json", S)`, `celebrate({ body: S })`, `validate({ params: S })`. */
export function partsOf(model: ProjectModel, file: string, call: CallExpression): readonly RequestPart[] {
  const parts = new Set<RequestPart>();
  for (const argument of call.arguments) {
    const text = argument.kind === "literal" && typeof argument.value === "string" ? argument.value : argument.kind === "member" ? argument.property : undefined;
    const named = text === undefined ? undefined : partNames[text.toLowerCase()];
    if (named) parts.add(named);
    for (const key of keysOf(model, file, argument)) {
      const part = partNames[key.toLowerCase()];
      if (part) parts.add(part);
    }
  }
  return requestParts.filter((part) => parts.has(part));
}

/** The parts that an operation of OpenAPI describes, where it is written out: by `requestBody`, and `in` of its `parameters`. */
function describedParts(model: ProjectModel, file: string, call: CallExpression): Pick<Judgement, "parts"> {
  for (const argument of call.arguments)
    for (const value of model.values.of(file, argument)) {
      if (value.kind !== "object" || propertyOf(value.node, "responses") === undefined || value.node.members.some(({ kind }) => kind === "spread")) continue;
      const given = propertyOf(value.node, "parameters");
      const list = given && model.values.of(value.file, given).find((one) => one.kind === "array");
      if (given && (list?.kind !== "array" || list.node.elements.some(({ kind }) => kind !== "object"))) return {};
      const places = list?.kind === "array" ? list.node.elements.flatMap((element) => (element.kind === "object" ? (propertyOf(element, "in") ?? []) : [])).map((place) => partNames[model.values.text(list.file, place) ?? ""]) : [];
      const parts = new Set([...(propertyOf(value.node, "requestBody") ? (["body"] as const) : []), ...places]);
      return { parts: requestParts.filter((part) => parts.has(part)) };
    }
  return {};
}

/** The keys of an object that holds schemas, also inside `z.object({ body: … })`. */
function keysOf(model: ProjectModel, file: string, node: Expression, depth = 0): readonly string[] {
  if (depth > 3) return [];
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "object")
      return value.node.members.flatMap((member) => {
        if (member.kind === "property") return [member.key];
        // `[Segments.BODY]: …`
        return member.kind === "computed" && member.key.kind === "member" ? [member.key.property] : [];
      });
    const inner = value.kind === "external" && value.site ? value.site.node.arguments[0] : undefined;
    return inner && value.kind === "external" && value.site ? keysOf(model, value.site.file, inner, depth + 1) : [];
  });
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
      if (made.kind === "function") return fromBehaviour(behaviourOf(values, made.file, made.node), name, model, used);
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

/** `return this.songs.isOwner(id, user.id)`, `return hasRole`: what a guard gives back decides, also where another function says it; not that of the guard it extends. */
function givesVerdict(model: ProjectModel, file: string, node: FunctionNode): boolean {
  return returnedExpressions(node).some((value) => {
    const source = value.kind === "name" && value.binding !== undefined ? model.values.index(file).sources[value.binding] : undefined;
    const given = source?.kind === "value" && source.value && source.path.length === 0 ? source.value : value;
    const made = given.kind === "await" ? given.value : given;
    return /^(call|binary|unary)$/.test(made.kind) && !someNode([made], (part) => part.kind === "super");
  });
}

/** A guard of Passport whose `handleRequest` throws nothing: `handleRequest(error, user) { return user ?? null; }`. */
function acceptsAnybody({ members }: ClassNode): boolean {
  const own = members.find((member) => member.kind === "method" && member.name === "handleRequest");
  return own?.kind === "method" && own.function.body !== undefined && !someNode(own.function.body, (part) => part.kind === "throw" || part.kind === "super" || (part.kind === "call" && part.callee.kind === "member" && part.callee.object.kind === "this"));
}

/** `class JwtGuard extends AuthGuard("jwt")` */
function ofBase(model: ProjectModel, file: string, { extends: base }: ClassNode): Judgement | undefined {
  return base && byValue(model, { file }, base.value, stepName(base.value));
}

/** `await super.canActivate(context)` */
function asksBase({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (part) => part.kind === "call" && part.callee.kind === "member" && part.callee.object.kind === "super");
}

const contextMembers = new Set(["env", "var", "get", "set", "state", "app", "log"]);

/** Whether a middleware takes anything of the request from what it is given; of one context, what others put there is no part of it. */
function looksAtRequest({ parameters: [request, ...others], body }: FunctionNode): boolean {
  if (request?.target.kind !== "binding") return request !== undefined;
  const { binding } = request.target;
  let looks = false;
  walkAll(body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "member" && part.object.kind === "name" && part.object.binding === binding && others.length < 2 && contextMembers.has(part.property)) return false;
    if (part.kind === "name" && part.binding === binding) looks = true;
    return undefined;
  });
  return looks;
}

function fromBehaviour({ statuses, attaches, stops, verifies, asksSession, limits, readsCredentials, opensToken, readsRepetition, readsPrincipal, asksRank, redirects, optional, passesFirst, passesUnmarked, opaque, leavesToRunner }: Behaviour, name: string, model: ProjectModel, { file, node }: Located): Judgement | undefined {
  const limited = limits || statuses.has(429);
  if ((limited && !statuses.has(401)) || rateLimitSteps.in(name)) return { role: "rate-limit" };
  // What only looks at requests that a proxy has marked turns nobody else away.
  if (passesFirst || (passesUnmarked && !attaches && !verifies)) return { role: "context" };
  if (readsRepetition && !statuses.has(401) && !statuses.has(403)) return { role: "idempotency" };
  if (optional && (authSteps.in(name) || statuses.has(401) || statuses.has(403) || attaches || verifies)) return { role: "auth-attach", optional: true };
  // What compares a header with a secret knows no principal.
  const nameless = readsCredentials && !attaches && !verifies && !asksSession && !readsPrincipal && !opensToken && !opaque;
  if (statuses.has(401)) return optionalSteps.in(name) ? { role: "auth-attach", optional: true } : { role: "auth", ...(nameless && { nameless: true as const }), ...((statuses.has(403) || asksRank || authorizationSteps.in(name)) && { authorizes: true as const }), ...(limited && { limits: true as const }) };
  if (statuses.has(403) && !readsPrincipal && !verifies && filterSteps.in(name)) return { role: "context" };
  // Who may not see a thing is told that there is none.
  if (statuses.has(403) || (statuses.has(404) && readsPrincipal)) {
    // Whose token does not hold, or who shows no credentials, is turned away, by whatever status.
    const checksCaller = verifies || (readsCredentials && (!readsPrincipal || attaches));
    // What looks at nobody refuses for reasons of its own: a mode of the installation, a step of its first set-up.
    if (!checksCaller && !readsPrincipal && !attaches && !authSteps.in(name) && !authorizationSteps.in(name) && !/guard$/i.test(name)) return opaque ? { role: "unknown", parts: [] } : { role: "context" };
    // `requireAdmin` that asks for a session first does both.
    if (verifies && authorizationSteps.in(name)) return { role: "auth", authorizes: true };
    if ((!checksCaller && !authSteps.in(name)) || authorizationSteps.in(name)) return { role: "authz" };
    // `isAuthenticated(Permission.MANAGE_USERS)` asks the principal for what it is given.
    return { role: "auth", ...((asksRank || (readsPrincipal && node.kind === "call" && node.arguments.length > 0)) && { authorizes: true as const }) };
  }
  if ((statuses.has(400) || statuses.has(422)) && (validationSteps.in(name) || !attaches)) {
    const parts = node.kind === "call" ? partsOf(model, file, node) : [];
    return { role: "validation", enforced: true, ...(parts.length > 0 && { parts }) };
  }
  if (verifies || (redirects && (readsPrincipal || (readsCredentials && authSteps.in(name)))) || (stops && readsPrincipal && authSteps.in(name))) return { role: "auth" };
  // Who shows no token is turned away, by 400 as well.
  if (attaches) return stops && (authSteps.in(name) || (readsCredentials && statuses.has(400))) ? { role: "auth" } : { role: "auth-attach" };
  if (leavesToRunner) return { role: "unknown", parts: [] };
  // All of its code was read and nothing in it turns anybody away, whatever it is called.
  return !opaque && !stops && (authSteps.in(name) || authorizationSteps.in(name)) ? { role: "context" } : undefined;
}

/** `@Public()` and `@Public(true)`; what `@Public(isPublic)` says only run time knows. */
function marks(node: Expression): boolean {
  const [argument] = node.kind === "call" ? node.arguments : [];
  return argument === undefined || (argument.kind === "literal" ? argument.value !== false : argument.kind === "array" || argument.kind === "object");
}

/** What a step is by its name alone: weak evidence, which counts where the code cannot be read. */
export function judgeByName(name: string, node: Expression): Judgement | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (publicMarkers.in(last)) return marks(node) ? { role: "public" } : undefined;
  if (rateLimitSteps.in(last)) return { role: "rate-limit" };
  if (attachingSteps.in(last) || /optional$/i.test(name)) return { role: "auth-attach", ...(/optional|anonymous|maybe|soft|lenient/i.test(name) && { optional: true as const }) };
  if (authenticitySteps.in(last)) return { role: "auth" };
  if (authSteps.in(last)) return { role: "auth" };
  if (authorizationSteps.in(last)) return { role: "authz" };
  if (idempotencySteps.in(last)) return { role: "idempotency" };
  if (paginationSteps.in(last)) return { role: "pagination" };
  return validationSteps.in(last) ? { role: "validation", enforced: true } : undefined;
}
