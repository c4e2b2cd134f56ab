import { answers as answersByKey } from "../../base/answers.js";
import { oncePerPart } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import { capabilitiesOf, describe, type Provenance } from "../../catalogue/index.js";
import { idempotencyHeaders, publicMarkers, rateLimitSteps, transportHeaders } from "../../catalogue/lexicon/http.js";
import { isRequest, lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, Statement } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { Value } from "../values/value.js";
import type { Values } from "../values/values.js";
import { addStatus, answers, callStatus, chainStatus, errorStatus, isResponse, statusesGiven, statusesOfOutcome, statusOf } from "./answered-statuses.js";
import { asksToLogIn, credentialReaders, isCredential, isPresence, isShownCredential, lacksCredentials, passesFirst, passesWithoutCredentials, passesWithoutMark, principalNames } from "./credential-tests.js";
import { isPrincipal } from "./principals.js";
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

/** The functions of the project that a call hands over to be run: `await runGuard(authGuard, ctx)` with `runGuard = (guard, ctx) => guard(ctx)`. */
function runByCallee(values: Values, file: string, call: CallExpression, callees: readonly Value[]): readonly Value[] {
  return callees.flatMap((callee) => {
    if (callee.kind !== "function") return [];
    return call.arguments.flatMap((argument, position) => {
      const target = argument.kind === "name" || argument.kind === "member" ? callee.node.parameters[position]?.target : undefined;
      const isRun = target?.kind === "binding" && someNode(callee.node.body ?? [], (part) => part.kind === "call" && part.callee.kind === "name" && part.callee.binding === target.binding);
      return isRun ? values.of(file, argument).filter((value) => value.kind === "function") : [];
    });
  });
}

/** What an argument may be. */
function eitherOf(node: Expression | undefined): readonly Expression[] {
  return node?.kind === "conditional" ? [node.then, node.else] : node ? [node] : [];
}

/** Reads what a function does to a request: directly, in the functions inside it, and in project functions that it calls. */
export function behaviourOf(values: Values, file: string, node: FunctionNode, depth = 0): Behaviour {
  return known(values, node).of(depth, () => readBehaviour(values, file, node, depth));
}

function readBehaviour(values: Values, file: string, node: FunctionNode, depth: number): Behaviour {
  const statuses = new Set<number>();
  const handsOn = wrappedCalls(values, file, node);
  const seen = { asksSession: false, attaches: false, stops: false, verifies: false, limits: false, readsCredentials: false, opensToken: false, readsRepetition: false, readsPrincipal: false, asksRank: false, redirects: false, asksToLogIn: false, opaque: false, leavesToRunner: false, optional: false, passesUnmarked: false, passesFirst: passesFirst(node), statuses };
  const called = (part: CallExpression): void => {
    const sent = callStatus(values, file, part);
    addStatus(statuses, sent);
    for (const status of statusesOfOutcome(values, file, part)) addStatus(statuses, status);
    // `next(new UnauthorizedError())`, `next(known ? undefined : new UnauthorizedError())` and `reject(…)`
    for (const given of part.callee.kind === "name" ? eitherOf(part.arguments[0]) : []) if (given.kind === "new" || isContinuation(part.callee)) addStatus(statuses, errorStatus(values, file, given));
    if (part.callee.kind === "member" && part.callee.property === "set" && part.arguments[0]?.kind === "literal" && principalNames.has(String(part.arguments[0].value))) seen.attaches = true;
    if (part.callee.kind === "member" && /^(get|var)$/.test(part.callee.property) && part.arguments[0]?.kind === "literal" && principalNames.has(String(part.arguments[0].value))) seen.readsPrincipal = true;
    if (credentialReaders.test(lastName(part.callee))) seen.readsCredentials ||= part.arguments.slice(0, 2).some(isCredential);
    seen.opensToken ||= part.callee.kind === "member" && /^(verify|decode)\w*$/.test(part.callee.property);
    // Redirecting to a login page turns a request away as well.
    if (part.callee.kind === "member" && part.callee.property === "redirect" && !ofKnown.some((span) => within(part.span, span))) seen.redirects = seen.stops = true;
    // What a wrapper is given to run is the handler behind it, whose code is no part of the wrapper's own.
    if (handsOn.has(part) || part.arguments.some(leavesAuthOut)) return;
    // `ctx.throw(400)` says all that it does; another function may be put under the same name.
    if (sent !== undefined) return;
    const callees = values.of(file, part.callee);
    // What is not given the response can refuse by throwing alone.
    const refuses = escapes(part) || part.arguments.some(isResponse);
    const hides = refuses && !isGivenInput(values, file, part);
    seen.limits ||= refuses && asksLimiter(part.callee);
    if (callees.length === 0) seen.opaque ||= hides && (part.callee.kind === "member" ? isUnknownService(part.callee) : !isContinuation(part.callee));
    const handed = runByCallee(values, file, part, callees);
    for (const callee of [...callees, ...handed]) {
      if (callee.kind === "external") {
        const { role, direct } = describe(callee.provenance)?.middleware ?? {};
        seen.asksSession ||= refuses && role === "auth" && direct === true;
        const verifies = role === "auth" || isTokenCheck(callee.provenance);
        if (verifies && isShown(part)) checksShown = true;
        else seen.verifies ||= verifies;
        seen.limits ||= role === "rate-limit";
        // What a project puts on a framework's request (`request.isAdmin()`) is none of the framework's methods.
        seen.opaque ||= hides && describe(callee.provenance) === undefined && (capabilitiesOf(callee.provenance.package, callee.provenance.subpath).includes("auth") || (part.callee.kind === "member" && isUnknownService(part.callee)));
      }
      if (callee.kind !== "function") continue;
      if (refuses) for (const status of statusesGiven(values, file, part, callee.node)) addStatus(statuses, status);
      if (depth >= deepest) {
        seen.opaque ||= hides;
        // `return unauthorized()`, which only makes the answer.
        for (const given of refuses && callee.node.body?.length === 1 ? values.returned(callee.node) : []) if (given.kind === "call") addStatus(statuses, callStatus(values, callee.file, given));
        continue;
      }
      const inner = behaviourOf(values, callee.file, callee.node, depth + 1);
      if (refuses) for (const status of inner.statuses) statuses.add(status);
      const isHanded = handed.includes(callee);
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
  };
  const answersToErrors: Span[] = [];
  /** Where nothing that is thrown gets out: `try { … } catch { }`. */
  const swallowing: Span[] = [];
  /** What is done with callers that are known already: `if (await auth.check()) return response.redirect("/")`. */
  const ofKnown: Span[] = [];
  /** Where credentials are looked at only if there are any: `if (token) request.user = verify(token)`. */
  const whenShown: Span[] = [];
  let checksShown = false;
  const isShown = (part: CallExpression): boolean => whenShown.some((span) => within(part.span, span));
  /** Headers of which only such are read that say nothing of who asks. */
  const impersonal = new Set<SyntaxNode>();
  const escapes = (part: SyntaxNode): boolean => "span" in part && !swallowing.some((span) => within(part.span, span));
  const note = (part: SyntaxNode): false | undefined => {
    if (isFunctionNode(part) || !("kind" in part)) return;
    // What a wrapper makes of errors of what runs behind it is no check of its own.
    if (answersToErrors.some((span) => within(part.span, span))) return false;
    // `res.unauthorized = () => res.status(401).end()` only says how the handler may refuse.
    if (part.kind === "assign" && part.value.kind === "function" && part.target.kind === "member" && /^(res|response|reply)$/.test(rootName(part.target))) return false;
    if (part.kind === "try" && part.handler && handsOver(part.body, handsOn)) answersToErrors.push(part.handler.span);
    // `try { request.user = await find(token); next(); } catch (error) { refuse(error, response); }`
    if (part.kind === "try" && part.handler && goesOn(part.body) && asks(part.body) && !goesOn(part.handler.body) && part.handler.body.length > 0) seen.stops = true;
    // `handler(req, res, next).catch((error) => res.status(400))`
    if (part.kind === "call" && part.callee.kind === "member" && part.callee.property === "catch" && part.arguments[0] && handsOver([part.callee.object], handsOn)) answersToErrors.push(part.arguments[0].span);
    if (part.kind === "try" && part.handler && part.body[0] && !answers(part.handler.body) && !part.handler.body.some(({ kind }) => kind === "return")) swallowing.push([part.body[0].span[0], part.body.at(-1)?.span[1] ?? 0]);
    if (part.kind === "throw") {
      if (!escapes(part)) return;
      seen.stops = true;
      addStatus(statuses, errorStatus(values, file, part.value));
    } else if (part.kind === "call") {
      // `new ApiError("unauthorized:chat").toResponse()`
      const made = part.callee.kind === "member" && part.callee.object.kind === "new" ? part.callee.object : undefined;
      if (made && /(Error|Exception|Problem)$/.test(lastName(made.callee))) addStatus(statuses, errorStatus(values, file, made));
      called(part);
    } else if (part.kind === "new" && part.callee.kind === "name" && /Response$/.test(part.callee.name)) {
      // `new Response(null, { status: 401 })`
      const [, init] = part.arguments;
      addStatus(statuses, init && statusOf(values, file, init));
    } else if (part.kind === "return" && part.value?.kind === "call" && part.value.callee.kind === "name" && part.value.callee.name === "Boolean") {
      // `return Boolean(request.user)`
      seen.stops = true;
    } else if (part.kind === "return" && part.value && part.value.kind !== "call") {
      // `return { statusCode: 401, body }`, as functions of Lambda answer.
      const code = part.value.kind === "object" ? propertyOf(part.value, "statusCode") : undefined;
      addStatus(statuses, code && statusOf(values, file, code));
      // `return { user }` of what Elysia resolves.
      seen.attaches ||= depth === 0 && part.value.kind === "object" && part.value.members.some((member) => member.kind === "property" && principalNames.has(member.key));
      if (part.value.kind === "literal" ? part.value.value === false : /^(binary|unary)$/.test(part.value.kind)) seen.stops = true;
    } else if (part.kind === "assign" && part.target.kind === "member") {
      if (part.target.property === "status" || part.target.property === "statusCode") addStatus(statuses, statusOf(values, file, part.value));
      // `request.webUser = …`
      if ((principalNames.has(part.target.property) || (isRequest(part.target.object) && /[a-z](?:User|Account|Principal|Identity)$/.test(part.target.property))) && isGiven(values, file, part.target.object)) seen.attaches = true;
    } else if (part.kind === "member") {
      if (principalNames.has(part.property)) seen.readsPrincipal = true;
      // `request.headers["user-agent"]` tells nobody's identity.
      if (transportHeaders.has(part.property.toLowerCase())) impersonal.add(part.object);
      if (/^(headers|cookies|signedCookies|authorization)$/.test(part.property) && !impersonal.has(part)) seen.readsCredentials = true;
      seen.readsRepetition ||= idempotencyHeaders.has(part.property.toLowerCase());
    } else if (part.kind === "literal") {
      seen.readsRepetition ||= typeof part.value === "string" && idempotencyHeaders.has(part.value.toLowerCase());
    } else if (part.kind === "object-pattern") {
      seen.readsPrincipal ||= part.properties.some(({ key }) => key !== undefined && principalNames.has(key));
      seen.readsCredentials ||= takesCredentials(part);
    } else if (part.kind === "if") {
      const [first] = isPresence(part.test) ? part.then : [];
      if (first) ofKnown.push([first.span[0], part.then.at(-1)?.span[1] ?? 0]);
      if (part.else === undefined && part.then[0] && isShownCredential(part.test)) whenShown.push([part.then[0].span[0], part.then.at(-1)?.span[1] ?? 0]);
      seen.optional ||= passesWithoutCredentials(part);
      seen.passesUnmarked ||= passesWithoutMark(values, file, part);
      seen.asksToLogIn ||= asksToLogIn(part);
      if (escapes(part) && refusesUnknown(values, file, part)) statuses.add(401);
      seen.stops ||= answersInstead(part);
      seen.asksRank ||= (testsRank(part.test) || testsKnown(part)) && someNode(part.then, (inner) => inner.kind === "throw" || inner.kind === "return" || inner.kind === "call");
    }
  };
  seen.readsCredentials ||= someNode(node.parameters.map(({ target }) => target), takesCredentials);
  walkAll(node.body ?? [], note);
  // Who shows none is turned away elsewhere, if at all.
  if (checksShown && statuses.size > 0) seen.verifies = true;
  else seen.optional ||= checksShown;
  // What answers 403 is judged by whom it asks for what.
  if (!statuses.has(403) && turnsStrangersAway(values, file, node)) statuses.add(401);
  seen.optional ||= letsStrangersPass(values, file, node) || passesUnshown(values, file, node);
  return { ...seen, stops: seen.stops || statuses.size > 0, verifies: seen.verifies && !swallowsErrors(node) };
}

/** `{ headers: { authorization } }` */
function takesCredentials(part: SyntaxNode): boolean {
  return "kind" in part && part.kind === "object-pattern" && part.properties.some(({ key }) => key !== undefined && /^(authorization|bearer|cookies?|signedCookies)$/i.test(key));
}

/** `await loginLimiter.test(request)`: it refuses by throwing, however deep the code of the limiter lies. */
function asksLimiter(callee: Expression): boolean {
  return callee.kind === "member" && /^(?:test|check|consume|limit|hit|take|attempt|acquire|enforce|assert|throttle|ensure|can|try|removeToken)\w*$/.test(callee.property) && rateLimitSteps.in(lastName(callee.object));
}

/** `models.find(request.params.model)`: what is only given what a caller names cannot tell who that is. */
function isGivenInput(values: Values, file: string, { arguments: given }: CallExpression, depth = 0): boolean {
  return given.length > 0 && given.every((argument) => argument.kind === "literal" || isInput(values, file, argument, depth)) && given.some(({ kind }) => kind !== "literal");
}

function isInput(values: Values, file: string, node: Expression, depth = 0): boolean {
  if (node.kind === "member") return (/^(params|query)$/.test(node.property) && isRequest(node.object)) || isInput(values, file, node.object, depth);
  // A variable may be given what a call makes of its own: `const limit = parse(limit)`.
  if (node.kind === "call") return depth < deepest && isGivenInput(values, file, node, depth + 1);
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.value !== undefined && depth < deepest && isInput(values, file, source.value, depth + 1);
}

/** Whether the first that statements do is to run what comes behind: `await next()`, `return await handler(request)`. */
function handsOver(body: readonly (Statement | Expression)[], handsOn: ReadonlySet<Expression>): boolean {
  const runsOn = (part: SyntaxNode): boolean => "kind" in part && part.kind === "call" && (handsOn.has(part) || (part.arguments.length === 0 && part.callee.kind === "name" && part.callee.name === "next"));
  // `try { request.user = verify(token); next(); } catch` refuses for itself.
  const first = body.find((part) => someNode([part], (inner) => inner.kind === "call" && !notesTime(inner)));
  return first !== undefined && someNode([first], runsOn);
}

/** `Date.now()`, `performance.now()`: it only notes when something began. */
function notesTime({ callee }: CallExpression): boolean {
  return callee.kind === "member" && callee.object.kind === "name" && /^(Date|performance|process)$/.test(callee.object.name) && /^(now|hrtime)$/.test(callee.property);
}

/** Whether an object came in by a parameter, or was taken from one: `request`, `context.switchToHttp().getRequest()`; not one that was made here. */
function isGiven(values: Values, file: string, node: Expression, depth = 0): boolean {
  if (node.kind === "member" || node.kind === "index") return isGiven(values, file, node.object, depth);
  if (node.kind === "call") return isGiven(values, file, node.callee, depth);
  if (node.kind === "await" || node.kind === "cast") return isGiven(values, file, node.value, depth);
  if (node.kind === "this") return true;
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  return source?.kind === "parameter" || (source?.kind === "value" && source.value !== undefined && depth < deepest && isGiven(values, file, source.value, depth + 1));
}

/** `parse(request, { skipAuth: true })`, `handle(request, { auth: false })`: what the call would ask for is left out. */
function leavesAuthOut(argument: Expression): boolean {
  return argument.kind === "object" && argument.members.some((member) => member.kind === "property" && member.value.kind === "literal" && ((member.value.value === true && publicMarkers.in(member.key)) || (member.value.value === false && /^(requires?)?_?auth(entication|enticated|Required)?$/i.test(member.key))));
}

/** The calls in a function, and in those inside it, whose result is given back and whose callee is a parameter: `return handler(request)`. */
function wrappedCalls(values: Values, file: string, node: FunctionNode): ReadonlySet<Expression> {
  const { sources } = values.index(file);
  const found = new Set<Expression>();
  const note = (value: Expression | undefined): void => {
    const call = value?.kind === "await" ? value.value : value;
    // `handler(request, response).catch(next)`, `Promise.resolve(handler(request)).catch(next)`
    if (call?.kind === "call" && call.callee.kind === "member" && /^(catch|finally)$/.test(call.callee.property)) return note(call.callee.object);
    if (call?.kind === "call" && call.callee.kind === "member" && call.callee.property === "resolve") return note(call.arguments[0]);
    if (call?.kind === "call" && call.callee.kind === "name" && call.callee.binding !== undefined && sources[call.callee.binding]?.kind === "parameter") found.add(call);
  };
  walkAll(node.body ?? [], (part) => {
    if ("kind" in part && part.kind === "return") note(part.value);
    if ("kind" in part && part.kind === "expression" && part.value.kind === "call" && part.value.callee.kind === "member" && part.value.callee.property === "catch") note(part.value);
    // `const response = await handler(request); …; return response`
    if ("kind" in part && part.kind === "variable") for (const { value, target } of part.declarators) if (target.kind === "binding" && /^(res|response|result|answer)$/i.test(target.name)) note(value);
    return undefined;
  });
  return found;
}

/** Whether statements ask anything that can fail, beside handing the request on. */
function asks(statements: readonly Statement[]): boolean {
  return someNode(statements, (part) => part.kind === "call" && !isContinuation(part.callee));
}

/** Whether statements hand the request on: `next()`. */
function goesOn(branch: readonly Statement[]): boolean {
  return someNode(branch, (part) => part.kind === "call" && part.arguments.length === 0 && isContinuation(part.callee));
}

/** `if (!ctx.session.id) { ctx.body = { error: "…" } } else { await next(); }`: some requests are answered in the handler's place, whatever the status. */
function answersInstead({ then, else: other = [] }: Extract<Statement, { kind: "if" }>): boolean {
  const sends = (branch: readonly Statement[]): boolean => someNode(branch, (part) => (part.kind === "assign" && part.target.kind === "member" && part.target.property === "body") || (part.kind === "call" && part.callee.kind === "member" && /^(json|send|end|jsonp)$/.test(part.callee.property) && /^(res|response|reply)$/.test(rootName(part.callee))));
  const instead = (branch: readonly Statement[], rest: readonly Statement[]): boolean => sends(branch) && !goesOn(branch) && (branch.at(-1)?.kind === "return" || goesOn(rest));
  return instead(then, other) || instead(other, then);
}

/** `if (!session?.user.permissions.includes("admin")) return new Response(null, { status: 403 })`: who is not known is turned away, by whatever status. */
function refusesUnknown(values: Values, file: string, { test, then }: Extract<Statement, { kind: "if" }>): boolean {
  const isNegation = (node: Expression): boolean => node.kind === "unary" && node.operator === "!";
  const lacks = (node: Expression): boolean => {
    // `!isAdmin && !isBeingSetUp`: there is another way in, for who proves something else.
    const isChoice = node.kind === "binary" && (node.operator === "||" || (node.operator === "&&" && isNegation(node.left) && isNegation(node.right)));
    // `request.isUnauthenticated()` of passport
    if (node.kind === "call") return lastName(node.callee) === "isUnauthenticated" && node.arguments.length === 0;
    return isChoice ? lacks(node.left) || lacks(node.right) : node.kind === "unary" && node.operator === "!" && isPrincipal(values, file, node.value);
  };
  if (!lacks(test)) return lacksCredentials(values, file, test) && refusal(values, file, then) === 403;
  // A socket has no status: `if (!userId) { socket.close(); return; }`
  if (someNode(then, (part) => part.kind === "call" && part.callee.kind === "member" && /^(close|terminate|disconnect)$/.test(part.callee.property))) return true;
  const last = then.at(-1);
  if (last?.kind === "throw") {
    const thrown = errorStatus(values, file, last.value);
    // `const user = await getSession(event); if (!user) throw createError({ statusCode: 403 });`
    const isNobody = test.kind === "unary" && test.value.kind === "name" && !/^(is|has|can)[A-Z]/.test(test.value.name);
    return thrown === undefined || thrown === 400 || thrown === 404 || (thrown === 403 && isNobody);
  }
  const status = refusal(values, file, then);
  // `if (!req.user || !req.user.may(needed)) return res.status(403).end()` says what somebody known may not.
  const asksWhatMayBe = test.kind === "binary" && test.operator === "||" && someNode([test.right], (part) => part.kind === "call" && part.arguments.length > 0);
  return status === 400 || status === 404 || (status === 403 && !asksWhatMayBe) || (status === undefined && last !== undefined && saysUnknown(last));
}

/** `return reply(response, noAuth)`, `sendUnauthorized(response);`: the project's own answer to who is not known, with a status that is not said here. */
function saysUnknown(last: Statement): boolean {
  if (last.kind !== "return" && last.kind !== "expression") return false;
  const call = last.value?.kind === "await" ? last.value.value : last.value;
  return call?.kind === "call" && call.arguments.some(isResponse) && [call.callee, ...call.arguments].some((part) => (part.kind === "name" || part.kind === "member") && /no_?auth|un_?auth|(?:not_?|un_?)(?:signed|logged|authenticated|authori[sz]ed)|login_?required/i.test(lastName(part)));
}

const ranks = /^(?:is|has)?_?(?:super_?)?(?:admin|administrator|staff|moderator|employee|manager)$|^(?:user_?|account_?)?(?:role|permission|scope|right|privilege|group)s?(?:_?(?:id|name|code)s?)?$/i;

/** `user.role !== "admin"`, `!request.user.isStaff`, `!user.permissions.includes(needed)`. */
function testsRank(test: Expression): boolean {
  return someNode([test], (part) => part.kind === "member" && ranks.test(part.property));
}

/** `if (!user || user.level !== wanted) return status(403)`: who is known is asked for more. */
function testsKnown({ test }: Extract<Statement, { kind: "if" }>): boolean {
  if (test.kind !== "binary" || test.operator !== "||" || test.left.kind !== "unary" || test.left.operator !== "!" || test.left.value.kind !== "name") return false;
  const { binding } = test.left.value;
  return test.right.kind === "binary" && /^[!=]==?$/.test(test.right.operator) && binding !== undefined && someNode([test.right], (part) => part.kind === "member" && part.object.kind === "name" && part.object.binding === binding);
}

/** The status with which some statements end. */
function refusal(values: Values, file: string, then: readonly Statement[]): number | undefined {
  const last = then.at(-1);
  if (last?.kind === "throw") return errorStatus(values, file, last.value);
  if (last?.kind !== "return" || !last.value) return undefined;
  const made = last.value.kind === "await" ? last.value.value : last.value;
  return made.kind === "call" ? chainStatus(values, file, made) : made.kind === "new" && made.arguments[1] ? statusOf(values, file, made.arguments[1]) : undefined;
}

/** `next()`, `done()`, `resolve()`: hands the request on. */
function isContinuation(callee: Expression): boolean {
  return callee.kind === "name" && /^(next|done|resolve|reject|callback|cb|require|String|Number|Boolean)$/.test(callee.name);
}

/** A method of something that the code cannot be followed into: a service, a client; not of the request, the response or a text. */
function isUnknownService({ object, property }: Extract<Expression, { kind: "member" }>): boolean {
  const owner = rootName(object);
  // `config.get("admin.key")` of settings refuses nobody.
  if (/^(?:\w*config(?:uration)?(?:Service)?|settings|nconf|conf)$/i.test(owner) && /^(?:get|getOrThrow|has|value)$/.test(property)) return false;
  if (/^(req|request|res|response|reply|ctx|context|c|event|next|console|logger|log|JSON|Object|Array|Math|Date|process)$/.test(owner)) return /auth|verify|valid|session|user|token|login|admin|role|permi|allow/i.test(property) && !/^(getRequest|getHeader|header|get)$/.test(property);
  return !/^(startsWith|endsWith|split|slice|substring|replace|trim|toLowerCase|toUpperCase|includes|indexOf|match|test|exec|join|map|filter|some|find|push|has|toString|concat|log|info|debug|warn|error|getHandler|getClass|getAllAndOverride|switchToHttp|getRequest)$/.test(property);
}

function rootName(node: Expression): string {
  if (node.kind === "member") return node.object.kind === "this" ? node.property : rootName(node.object);
  if (node.kind === "call") return rootName(node.callee);
  return node.kind === "name" ? node.name : "";
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
