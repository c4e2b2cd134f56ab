import { answers as answersByKey } from "../../base/answers.js";
import { oncePerPart } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import { capabilitiesOf, describe, type Provenance } from "../../catalogue/index.js";
import { idempotencyHeaders, rateLimitSteps, transportHeaders } from "../../catalogue/lexicon/http.js";
import { isRequest, lastName, propertyOf } from "../../facts/names.js";
import type { AssignExpression, CallExpression, Expression, FunctionNode, MemberExpression, Statement, TryStatement } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { Value } from "../values/value.js";
import type { Values } from "../values/values.js";
import { addStatus, answers, callStatus, errorStatus, isResponse, statusesGiven, statusesOfOutcome, statusOf } from "./answered-statuses.js";
import { asksToLogIn, credentialReaders, isCredential, isPresence, isShownCredential, passesFirst, passesWithoutCredentials, passesWithoutMark, principalNames } from "./credential-tests.js";
import { handsOver, isGiven, isGivenInput, leavesAuthOut, runByCallee, wrappedCalls } from "./handed-requests.js";
import { answersInstead, asks, goesOn, isContinuation, refusesUnknown, rootName, testsKnown, testsRank } from "./refusing-branches.js";
import { letsStrangersPass, turnsStrangersAway } from "./strangers.js";
import { passesUnshown } from "./unshown-credentials.js";

/** What a middleware or guard does to a request, read from its body. */
export interface Behaviour {
  /** The HTTP statuses with which it turns a request away. */
  readonly statuses: ReadonlySet<number>;
  /** It puts a principal on the request. */
  readonly attaches: boolean;
  /** It returns without passing the request on, or throws, somewhere. */
  readonly stops: boolean;
  /** It hands the request to an enforcing step of a package, or checks a token outside any `try`. */
  readonly verifies: boolean;
  /** It calls what a package refuses callers by that are not known: `await requireUserSession(event)`. */
  readonly asksSession: boolean;
  /** It asks a rate limiter. */
  readonly limits: boolean;
  /** It reads what a caller proves an identity with: headers, cookies, a token. */
  readonly readsCredentials: boolean;
  /** It has a token opened: `jwt.verify(token)`, by whatever package. */
  readonly opensToken: boolean;
  /** It reads the key by which a client says that it sends something again. */
  readonly readsRepetition: boolean;
  /** It reads a principal that a step before it found. */
  readonly readsPrincipal: boolean;
  /** It turns away by what somebody known is: `if (!user.isStaff) throw new Forbidden()`. */
  readonly asksRank: boolean;
  /** It lets requests pass that carry no credentials at all. */
  readonly optional: boolean;
  /** It lets requests pass that lack a mark in their headers: `if (!isFromGateway) return h.continue`. */
  readonly passesUnmarked: boolean;
  /** It hands the request on before anything else. */
  readonly passesFirst: boolean;
  /** It sends the client to another page, and not only who is known already. */
  readonly redirects: boolean;
  /** It sends some callers to the page where they log in. */
  readonly asksToLogIn: boolean;
  /** It calls something whose code is not known, which may do any of this. */
  readonly opaque: boolean;
  /** It has a guard run for it by another function, which decides what becomes of the guard's answer. */
  readonly leavesToRunner: boolean;
}

/** How many project functions a middleware's rejections are followed into. */
const deepest = 2;

/** What was read of each function, at each depth: the same guards stand before many routes. */
const known = oncePerPart((_values: Values, _node: FunctionNode) => answersByKey<number, Behaviour>());

/** Reads what a function does to a request: directly, in the functions inside it, and in project functions that it calls. */
export function behaviourOf(values: Values, file: string, node: FunctionNode, depth = 0): Behaviour {
  return known(values, node).of(depth, () => new BehaviourReader(values, file, node, depth).read());
}

/** Reads one function, node by node. */
class BehaviourReader {
  readonly #values: Values;
  readonly #file: string;
  readonly #node: FunctionNode;
  /** Calls of the project between the step and this function. */
  readonly #depth: number;
  /** Calls that run what comes behind. */
  readonly #handsOn: ReadonlySet<Expression>;
  readonly #statuses = new Set<number>();
  readonly #seen;
  /** What is done with errors of what runs behind. */
  readonly #answersToErrors: Span[] = [];
  /** Where nothing that is thrown gets out: `try { … } catch { }`. */
  readonly #swallowing: Span[] = [];
  /** What is done with callers that are known already: `if (await auth.check()) return response.redirect("/")`. */
  readonly #ofKnown: Span[] = [];
  /** Where credentials are looked at only if there are any: `if (token) request.user = verify(token)`. */
  readonly #whenShown: Span[] = [];
  #checksShown = false;
  /** Headers of which only such are read that say nothing of who asks. */
  readonly #impersonal = new Set<SyntaxNode>();

  constructor(values: Values, file: string, node: FunctionNode, depth: number) {
    this.#values = values;
    this.#file = file;
    this.#node = node;
    this.#depth = depth;
    this.#handsOn = wrappedCalls(values, file, node);
    this.#seen = { asksSession: false, attaches: false, stops: false, verifies: false, limits: false, readsCredentials: false, opensToken: false, readsRepetition: false, readsPrincipal: false, asksRank: false, redirects: false, asksToLogIn: false, opaque: false, leavesToRunner: false, optional: false, passesUnmarked: false, passesFirst: passesFirst(node) };
  }

  read(): Behaviour {
    const [values, file, node, seen, statuses] = [this.#values, this.#file, this.#node, this.#seen, this.#statuses];
    seen.readsCredentials = someNode(node.parameters.map(({ target }) => target), takesCredentials);
    walkAll(node.body ?? [], (part) => this.#note(part));
    // Who shows none is turned away elsewhere, if at all.
    if (this.#checksShown && statuses.size > 0) seen.verifies = true;
    else seen.optional ||= this.#checksShown;
    // What answers 403 is judged by whom it asks for what.
    if (!statuses.has(403) && turnsStrangersAway(values, file, node)) statuses.add(401);
    seen.optional ||= letsStrangersPass(values, file, node) || passesUnshown(values, file, node);
    return { ...seen, statuses, stops: seen.stops || statuses.size > 0, verifies: seen.verifies && !swallowsErrors(node) };
  }

  /** Notes what a node does; `false` where what stands in it does nothing more. */
  #note(part: SyntaxNode): false | undefined {
    if (isFunctionNode(part) || !("kind" in part)) return undefined;
    // What a wrapper makes of errors of what runs behind it is no check of its own.
    if (this.#answersToErrors.some((span) => within(part.span, span))) return false;
    const [values, file, seen] = [this.#values, this.#file, this.#seen];
    switch (part.kind) {
      case "try":
        this.#noteTry(part);
        return undefined;
      case "throw":
        if (!this.#escapes(part)) return undefined;
        seen.stops = true;
        addStatus(this.#statuses, errorStatus(values, file, part.value));
        return undefined;
      case "call":
        this.#noteCall(part);
        return undefined;
      case "new":
        // `new Response(null, { status: 401 })`
        if (part.callee.kind === "name" && /Response$/.test(part.callee.name)) addStatus(this.#statuses, part.arguments[1] && statusOf(values, file, part.arguments[1]));
        return undefined;
      case "return":
        this.#noteReturn(part);
        return undefined;
      case "assign":
        return this.#noteAssignment(part);
      case "member":
        this.#noteMember(part);
        return undefined;
      case "literal":
        seen.readsRepetition ||= typeof part.value === "string" && idempotencyHeaders.has(part.value.toLowerCase());
        return undefined;
      case "object-pattern":
        seen.readsPrincipal ||= part.properties.some(({ key }) => key !== undefined && principalNames.has(key));
        seen.readsCredentials ||= takesCredentials(part);
        return undefined;
      case "if":
        this.#noteBranch(part);
        return undefined;
      default:
        return undefined;
    }
  }

  /** Whether what is thrown at a place gets out. */
  #escapes(part: SyntaxNode): boolean {
    return "span" in part && !this.#swallowing.some((span) => within(part.span, span));
  }

  #noteTry({ body, handler }: TryStatement): void {
    if (!handler) return;
    if (handsOver(body, this.#handsOn)) this.#answersToErrors.push(handler.span);
    // `try { request.user = await find(token); next(); } catch (error) { refuse(error, response); }`
    if (goesOn(body) && asks(body) && !goesOn(handler.body) && handler.body.length > 0) this.#seen.stops = true;
    if (body[0] && !answers(handler.body) && !handler.body.some(({ kind }) => kind === "return")) this.#swallowing.push(spanOf(body));
  }

  #noteReturn({ value }: Extract<Statement, { kind: "return" }>): void {
    const seen = this.#seen;
    // `return Boolean(request.user)`
    if (value?.kind === "call" && value.callee.kind === "name" && value.callee.name === "Boolean") seen.stops = true;
    if (!value || value.kind === "call") return;
    // `return { statusCode: 401, body }`, as functions of Lambda answer.
    const code = value.kind === "object" ? propertyOf(value, "statusCode") : undefined;
    addStatus(this.#statuses, code && statusOf(this.#values, this.#file, code));
    // `return { user }` of what Elysia resolves.
    seen.attaches ||= this.#depth === 0 && value.kind === "object" && value.members.some((member) => member.kind === "property" && principalNames.has(member.key));
    if (value.kind === "literal" ? value.value === false : /^(binary|unary)$/.test(value.kind)) seen.stops = true;
  }

  #noteAssignment({ target, value }: AssignExpression): false | undefined {
    if (target.kind !== "member") return undefined;
    // `res.unauthorized = () => res.status(401).end()` only says how the handler may refuse.
    if (value.kind === "function" && /^(res|response|reply)$/.test(rootName(target))) return false;
    if (target.property === "status" || target.property === "statusCode") addStatus(this.#statuses, statusOf(this.#values, this.#file, value));
    // `request.webUser = …`
    const isPrincipal = principalNames.has(target.property) || (isRequest(target.object) && /[a-z](?:User|Account|Principal|Identity)$/.test(target.property));
    if (isPrincipal && isGiven(this.#values, this.#file, target.object)) this.#seen.attaches = true;
    return undefined;
  }

  #noteMember(part: MemberExpression): void {
    const seen = this.#seen;
    if (principalNames.has(part.property)) seen.readsPrincipal = true;
    // `request.headers["user-agent"]` tells nobody's identity.
    if (transportHeaders.has(part.property.toLowerCase())) this.#impersonal.add(part.object);
    if (/^(headers|cookies|signedCookies|authorization)$/.test(part.property) && !this.#impersonal.has(part)) seen.readsCredentials = true;
    seen.readsRepetition ||= idempotencyHeaders.has(part.property.toLowerCase());
  }

  #noteBranch(part: Extract<Statement, { kind: "if" }>): void {
    const [values, file, seen] = [this.#values, this.#file, this.#seen];
    if (isPresence(part.test) && part.then[0]) this.#ofKnown.push(spanOf(part.then));
    if (part.else === undefined && part.then[0] && isShownCredential(part.test)) this.#whenShown.push(spanOf(part.then));
    seen.optional ||= passesWithoutCredentials(part);
    seen.passesUnmarked ||= passesWithoutMark(values, file, part);
    seen.asksToLogIn ||= asksToLogIn(part);
    if (this.#escapes(part) && refusesUnknown(values, file, part)) this.#statuses.add(401);
    seen.stops ||= answersInstead(part);
    seen.asksRank ||= (testsRank(part.test) || testsKnown(part)) && someNode(part.then, (inner) => inner.kind === "throw" || inner.kind === "return" || inner.kind === "call");
  }

  #noteCall(part: CallExpression): void {
    const [values, file, seen, statuses] = [this.#values, this.#file, this.#seen, this.#statuses];
    const { callee, arguments: given } = part;
    const method = callee.kind === "member" ? callee : undefined;
    const [first] = given;
    // `handler(req, res, next).catch((error) => res.status(400))`
    if (method?.property === "catch" && first && handsOver([method.object], this.#handsOn)) this.#answersToErrors.push(first.span);
    // `new ApiError("unauthorized:chat").toResponse()`
    if (method?.object.kind === "new" && /(Error|Exception|Problem)$/.test(lastName(method.object.callee))) addStatus(statuses, errorStatus(values, file, method.object));
    const sent = callStatus(values, file, part);
    addStatus(statuses, sent);
    for (const status of statusesOfOutcome(values, file, part)) addStatus(statuses, status);
    // `next(new UnauthorizedError())`, `next(known ? undefined : new UnauthorizedError())` and `reject(…)`
    for (const error of callee.kind === "name" ? eitherOf(first) : []) if (error.kind === "new" || isContinuation(callee)) addStatus(statuses, errorStatus(values, file, error));
    if (method && first?.kind === "literal" && principalNames.has(String(first.value))) {
      if (method.property === "set") seen.attaches = true;
      if (method.property === "get" || method.property === "var") seen.readsPrincipal = true;
    }
    if (credentialReaders.test(lastName(callee))) seen.readsCredentials ||= given.slice(0, 2).some(isCredential);
    seen.opensToken ||= method !== undefined && /^(verify|decode)\w*$/.test(method.property);
    // Redirecting to a login page turns a request away as well.
    if (method?.property === "redirect" && !this.#ofKnown.some((span) => within(part.span, span))) seen.redirects = seen.stops = true;
    // What a wrapper is given to run is the handler behind it, whose code is no part of the wrapper's own.
    if (this.#handsOn.has(part) || given.some(leavesAuthOut)) return;
    // `ctx.throw(400)` says all that it does; another function may be put under the same name.
    if (sent === undefined) this.#followCall(part);
  }

  /** What the functions do that a call reaches. */
  #followCall(part: CallExpression): void {
    const [values, file, seen] = [this.#values, this.#file, this.#seen];
    const callees = values.of(file, part.callee);
    // What is not given the response can refuse by throwing alone.
    const refuses = this.#escapes(part) || part.arguments.some(isResponse);
    const hides = refuses && !isGivenInput(values, file, part);
    seen.limits ||= refuses && asksLimiter(part.callee);
    if (callees.length === 0) seen.opaque ||= hides && (part.callee.kind === "member" ? isUnknownService(part.callee) : !isContinuation(part.callee));
    const handed = runByCallee(values, file, part, callees);
    for (const callee of [...callees, ...handed]) {
      if (callee.kind === "external") this.#followPackage(part, callee.provenance, refuses, hides);
      if (callee.kind === "function") this.#followFunction(part, callee, { refuses, hides, isHanded: handed.includes(callee) });
    }
  }

  #followPackage(part: CallExpression, provenance: Provenance, refuses: boolean, hides: boolean): void {
    const seen = this.#seen;
    const described = describe(provenance);
    const { role, direct } = described?.middleware ?? {};
    seen.asksSession ||= refuses && role === "auth" && direct === true;
    const verifies = role === "auth" || isTokenCheck(provenance);
    if (verifies && this.#whenShown.some((span) => within(part.span, span))) this.#checksShown = true;
    else seen.verifies ||= verifies;
    seen.limits ||= role === "rate-limit";
    // What a project puts on a framework's request (`request.isAdmin()`) is none of the framework's methods.
    seen.opaque ||= hides && described === undefined && (capabilitiesOf(provenance.package, provenance.subpath).includes("auth") || (part.callee.kind === "member" && isUnknownService(part.callee)));
  }

  #followFunction(part: CallExpression, callee: Extract<Value, { kind: "function" }>, { refuses, hides, isHanded }: { readonly refuses: boolean; readonly hides: boolean; readonly isHanded: boolean }): void {
    const [values, seen, statuses] = [this.#values, this.#seen, this.#statuses];
    if (refuses) for (const status of statusesGiven(values, this.#file, part, callee.node)) addStatus(statuses, status);
    if (this.#depth >= deepest) {
      seen.opaque ||= hides;
      // `return unauthorized()`, which only makes the answer.
      for (const given of refuses && callee.node.body?.length === 1 ? values.returned(callee.node) : []) if (given.kind === "call") addStatus(statuses, callStatus(values, callee.file, given));
      return;
    }
    const inner = behaviourOf(values, callee.file, callee.node, this.#depth + 1);
    if (refuses) for (const status of inner.statuses) statuses.add(status);
    seen.attaches ||= inner.attaches && !isHanded;
    seen.verifies ||= refuses && inner.verifies;
    seen.asksSession ||= refuses && inner.asksSession;
    seen.limits ||= inner.limits;
    seen.readsCredentials ||= inner.readsCredentials;
    seen.opensToken ||= inner.opensToken;
    seen.readsRepetition ||= inner.readsRepetition;
    seen.asksRank ||= refuses && inner.asksRank;
    seen.asksToLogIn ||= inner.asksToLogIn;
    // What becomes of its answer is up to the function that runs it.
    seen.leavesToRunner ||= refuses && (inner.leavesToRunner || (isHanded && (inner.attaches || inner.verifies || inner.asksSession)));
    seen.opaque ||= (hides && inner.opaque) || seen.leavesToRunner;
  }
}

/** Where statements stand, of which there is at least one. */
function spanOf(statements: readonly Statement[]): Span {
  return [statements[0]?.span[0] ?? 0, statements.at(-1)?.span[1] ?? 0];
}

/** What an argument may be. */
function eitherOf(node: Expression | undefined): readonly Expression[] {
  return node?.kind === "conditional" ? [node.then, node.else] : node ? [node] : [];
}

/** `{ headers: { authorization } }` */
function takesCredentials(part: SyntaxNode): boolean {
  return "kind" in part && part.kind === "object-pattern" && part.properties.some(({ key }) => key !== undefined && /^(authorization|bearer|cookies?|signedCookies)$/i.test(key));
}

/** `await loginLimiter.test(request)`: it refuses by throwing, however deep the code of the limiter lies. */
function asksLimiter(callee: Expression): boolean {
  return callee.kind === "member" && /^(?:test|check|consume|limit|hit|take|attempt|acquire|enforce|assert|throttle|ensure|can|try|removeToken)\w*$/.test(callee.property) && rateLimitSteps.in(lastName(callee.object));
}

/** A method of something that the code cannot be followed into: a service, a client; not of the request, the response or a text. */
function isUnknownService({ object, property }: Extract<Expression, { kind: "member" }>): boolean {
  const owner = rootName(object);
  // `config.get("admin.key")` of settings refuses nobody.
  if (/^(?:\w*config(?:uration)?(?:Service)?|settings|nconf|conf)$/i.test(owner) && /^(?:get|getOrThrow|has|value)$/.test(property)) return false;
  if (/^(req|request|res|response|reply|ctx|context|c|event|next|console|logger|log|JSON|Object|Array|Math|Date|process)$/.test(owner)) return /auth|verify|valid|session|user|token|login|admin|role|permi|allow/i.test(property) && !/^(getRequest|getHeader|header|get)$/.test(property);
  return !/^(startsWith|endsWith|split|slice|substring|replace|trim|toLowerCase|toUpperCase|includes|indexOf|match|test|exec|join|map|filter|some|find|push|has|toString|concat|log|info|debug|warn|error|getHandler|getClass|getAllAndOverride|switchToHttp|getRequest)$/.test(property);
}

/** Checks of a token that throw for a bad one. */
function isTokenCheck({ package: name, path }: Provenance): boolean {
  return (name === "jsonwebtoken" && path.at(-1) === "verify") || (name === "jose" && /^(jwtVerify|compactVerify)$/.test(path.at(-1) ?? "")) || path.at(-1) === "jwtVerify";
}

/** A handler of errors that neither throws nor answers lets the request go on. */
function swallowsErrors(node: FunctionNode): boolean {
  let swallows = false;
  walkAll(node.body ?? [], (part) => {
    if (!isFunctionNode(part) && "kind" in part && part.kind === "try" && part.handler) swallows ||= !answers(part.handler.body);
    return undefined;
  });
  return swallows;
}
