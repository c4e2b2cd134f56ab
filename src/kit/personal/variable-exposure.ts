import { containerOf, isHarmlessName, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import { isCallersAddress, isUsersName } from "./bare-names.js";
import { chainOf } from "./chains.js";
import { countsTokens } from "./counted-tokens.js";
import { decoratedName } from "./decorated-parameters.js";
import { isEachPerson } from "./each-person.js";
import { asNamed, deepest, expose, isMoving, isSentWithError, isServiceId, isSomebody, type Exposure, keyOf, type Look, madeIn, nameOf, respan } from "./exposure.js";
import { isFullNameOfThing } from "./full-names.js";
import { isPolicyReport } from "./harmless-bodies.js";
import { isGivenAfter, latestAssignment } from "./latest-assignment.js";
import { isRecipient } from "./mail-recipients.js";
import { namesBeside } from "./names-beside.js";
import { ofFrameworkParameter } from "./framework-exposure.js";
import { isNumberOfMessage } from "./phone-messages.js";
import { shapeOf, shapeOfValues } from "./personal-shapes.js";
import { recordValues } from "../records/record-shapes.js";
import { carriesCredential, credentialOfClient, credentialSent } from "./sent-requests.js";
import { isRuledOut } from "./ruled-out-errors.js";
import { isOutgoing, isRequest, isSentBody, keepsSessions, requestParts } from "./request-exposure.js";
import { ofRejected, ofThrown } from "./thrown-messages.js";
import { usedAs } from "./used-as.js";
import { areKnownObjects, isClean, isData, isNoText } from "./unrevealing-values.js";

/** What a variable carries: by what it was given and is assigned later, else by its name. */
export function ofVariable(at: Look, node: Extract<Expression, { kind: "name" }>): readonly Exposure[] {
  if (node.binding === undefined) return [];
  const source = at.model.values.index(at.file).sources[node.binding];
  const found = ofSource(at, node, node.binding, source);
  // `const tidied = (phone) => phone.trim()` makes nothing of its own, whatever it is called there.
  return source?.kind === "parameter" && at.call?.of === source.function ? found.map((exposure) => (exposure.made ? exposure : { ...exposure, handed: true as const })) : found;
}

function ofSource(at: Look, node: Extract<Expression, { kind: "name" }>, binding: number, source: BindingSource | undefined): readonly Exposure[] {
  if (source?.kind === "catch") return ofCaught(at, node);
  const refused = source?.kind === "parameter" ? ofRefused(at, node, source) : [];
  if (refused.length > 0) return refused;
  if (source?.kind === "function" || source?.kind === "class" || source?.kind === "enum" || isNotGiven(at, node, binding, source)) return [];
  const handed = handedOver(at, node, source) ?? imported(at, node, source);
  if (handed) return handed;
  const taken = takenAs(source);
  if (isFullNameOfThing(at, taken ?? node.name)) return [];
  const named = personalDataOf(taken ?? node.name);
  if (named?.category === "contact" && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(node.name)) return [];
  if (isComposedName(node.name, source)) return [];
  // `const redisUrl = \`redis://${host}\``: what lets somebody in would be a part of it.
  if (named?.category === "credential" && /(?:uri|url|dsn|string)$/i.test(taken ?? node.name) && writtenAs(at, node, source)?.kind === "template") return source?.kind === "value" && source.value ? respan(node, at.search.of({ ...at, depth: at.depth + 1 }, source.value)) : [];
  const assigned = (at.model.values.assignments(at.file).get(binding) ?? []).filter((value) => !isGivenAfter(at.model.values.index(at.file), node, value));
  const latest = assigned.length > 0 ? latestAssignment(at.model.values.index(at.file), node, assigned) : undefined;
  const later = asNamed(node.name, assignedLater(at, node, binding, latest ? [latest] : assigned));
  // What it began with is there no more.
  if (latest && later.length === 0 && isClean(at, latest)) return [];
  const followed = source && !latest ? flow(at, source, node.name) : undefined;
  // `const meta = { email }`: what several calls log is written there.
  const left = followed && followed !== "clean" && followed.length > 0 ? withoutDeleted(at, node, binding, followed) : followed;
  const given = left && left !== "clean" && source?.kind === "value" && source.value?.kind === "object" ? madeIn(at.file, left) : left;
  const flowed = given === "clean" ? given : given && asNamed(node.name, given);
  // `const userId = order.user`
  if (given && given !== "clean" && given.length > 0 && flowed?.length === 0) return [];
  if (later.length > 0) return later.map((exposure) => ({ ...exposure, span: node.span, ...(at.path && { path: at.path }) }));
  if (flowed === "clean") return [];
  if (flowed && flowed.length > 0) return flowed.map((exposure) => ({ ...exposure, field: exposure.field || node.name, span: node.span, ...(at.path && { path: exposure.path ?? at.path }) }));
  if (node.name === "tokens" && countsTokens(at, node)) return [];
  // The sid of a call, a message or a device is an id of its service.
  if (named && !named.onlyOfPerson && (taken ?? node.name) !== "sid" && isData(at, node, named.category)) return [expose(at, node, taken ?? node.name, named.category)];
  // `customers.forEach(({ name }) => …)`
  if (named?.onlyOfPerson && isTakenOfEach(source) && isEachPerson(at, node) && isData(at, node, named.category)) return [expose(at, node, taken ?? node.name, named.category)];
  if (isRecipient(at, taken ?? node.name, source) || (isNumberOfMessage(at, taken ?? node.name, source) && isData(at, node, "contact"))) return [expose(at, node, node.name, "contact")];
  // `moved(driverId, lat, lng)`
  if (named?.category === "location" && namesBeside(at.model.values.index(at.file), source).some(isSomebody) && isData(at, node, "location")) return [expose(at, node, taken ?? node.name, "location")];
  if (isCallersAddress(at, node, source) && isData(at, node, "location")) return [expose(at, node, node.name, "location")];
  if (isUsersName(at, node, source) && isData(at, node, "identity")) return [expose(at, node, node.name, "identity")];
  // The arguments of a resolver, as its middleware is given them: `(resolve, root, args, context, info)`.
  if (!at.inText && node.name === "args" && namesBeside(at.model.values.index(at.file), source).includes("info") && source?.kind === "parameter" && source.path.length === 0 && shapeOf(at.model, at.file, node) === undefined) return [expose(at, node, "args", "contact")];
  // `${request}` is "[object Object]".
  if (!at.inText && isRequest(at, node)) return [{ ...expose(at, node, node.name, "token"), isRequest: true }];
  if (!at.inText && isOutgoing(at, node)) return [expose(at, node, node.name, "token")];
  const handedByLibrary = source?.kind === "parameter" ? ofFrameworkParameter(at, node, source) : undefined;
  if (handedByLibrary) return [handedByLibrary];
  if (source && isSentBody(at, node, source)) return isPolicyReport(at, node) ? [] : [expose(at, node, node.name, "contact")];
  // Constants are the application's own: `ADMIN_MAIL`.
  const used = /^[A-Z][A-Z0-9_]*$/.test(node.name) || isHarmlessName(node.name) ? undefined : usedAs(at, node);
  if (used && isData(at, node, used)) return [expose(at, node, node.name, used)];
  return at.search.ofWhole(at, node, node.name);
}

/** Whether a pattern takes a variable out of each of a list. */
function isTakenOfEach(source: BindingSource | undefined): boolean {
  return (source?.kind === "element" || source?.kind === "parameter") && source.path.length === 1 && source.path[0]?.kind === "property";
}

/** What a constant of another file is put together from: `export const address = \`amqp://${user}:${password}@${host}\``; undefined where that tells nothing. */
function imported(at: Look, node: Expression & { kind: "name" }, source: BindingSource | undefined): readonly Exposure[] | undefined {
  const declaration = source || node.binding === undefined || at.depth >= deepest ? undefined : at.model.declarationOfBinding(at.file, node.binding);
  const made = writtenAs(at, node, source);
  if (declaration?.kind !== "binding" || declaration.file === at.file || !made || !/^(?:template|binary|member)$/.test(made.kind)) return undefined;
  const found = at.search.of({ ...at, file: declaration.file, depth: at.depth + 1 }, made);
  return found.length > 0 ? respan(node, found) : undefined;
}

/** What a constant is given, here or in the file that it is imported from. */
function writtenAs({ model, file }: Look, node: Expression & { kind: "name" }, source: BindingSource | undefined): Expression | undefined {
  const declaration = source || node.binding === undefined ? undefined : model.declarationOfBinding(file, node.binding);
  const made = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : source;
  return made?.kind === "value" && made.path.length === 0 ? made.value : undefined;
}

/** `const fullName = withPrefix(name)`: what is put together of names that are no person's. */
function isComposedName(name: string, source: BindingSource | undefined): boolean {
  if (!/^full_?name$/i.test(name) || source?.kind !== "value" || source.path.length > 0 || !source.value || !/^(?:call|template|binary|conditional)$/.test(source.value.kind)) return false;
  const { value } = source;
  const parts = value.kind === "call" ? value.arguments : [value];
  return parts.length > 0 && !someNode(parts, (part) => (part.kind === "name" || part.kind === "member") && (personalDataOf(lastName(part))?.onlyOfPerson === false || containerOf(lastName(part)) !== undefined));
}

/** `const copy = { ...fields }; delete copy.email;` */
function withoutDeleted({ model, file }: Look, node: Expression, binding: number, found: readonly Exposure[]): readonly Exposure[] | "clean" {
  const { parentOf } = model.values.index(file);
  const deleted = model.values.usesOf(file, binding).flatMap((use) => {
    const member = parentOf(use);
    if (!member || !("kind" in member) || member.kind !== "member" || member.object !== use) return [];
    const around = parentOf(member);
    return around && "kind" in around && around.kind === "unary" && around.operator === "delete" && !isGivenAfter(model.values.index(file), node, use) ? [member.property] : [];
  });
  // `copy.auth.pass = "***"`
  const marked = model.values.index(file).memberAssignments.flatMap(({ object, property, value }) => (value.kind === "literal" && chainOf(object)?.binding === binding && !isGivenAfter(model.values.index(file), node, value) ? [property] : []));
  const hides = marked.some((name) => name === "pass" || personalDataOf(name)?.category === "credential");
  if (deleted.length === 0 && marked.length === 0) return found;
  deleted.push(...marked);
  const left = found.filter(({ category }) => !hides || category !== "credential").filter((exposure) => !deleted.includes(keyOf(exposure)));
  return left.length === 0 ? "clean" : left;
}

/** What the call that is followed gives a parameter; undefined where that tells nothing. */
function handedOver(at: Look, node: Expression & { kind: "name" }, source: BindingSource | undefined): readonly Exposure[] | undefined {
  if (source?.kind !== "parameter" || source.path.length > 0 || at.call?.of !== source.function || at.depth >= deepest) return undefined;
  const given = at.call.arguments[source.index];
  if (!given) return undefined;
  const { inText: _, ...caller } = at.call.at;
  const inner: Look = { ...caller, path: at.path, depth: at.depth + 1, ...(at.inText && { inText: at.inText }) };
  const found = at.search.of(inner, given);
  // `describe(config.contactEmail)`: what it is called was asked where it is handed over.
  const isAsked = given.kind === "member" && personalDataOf(given.property)?.onlyOfPerson === false;
  // `if (error instanceof Error) return error.message;` of a function that makes texts of errors.
  const isSorted = found.length > 0 && found.every(isSentWithError) && isRuledOut(at.model, at.file, node);
  return found.length > 0 || isAsked || isClean(inner, given) ? (isSorted ? [] : found).map((exposure) => ({ ...exposure, handed: true as const })) : undefined;
}

/** `let body; try { body = await req.json(); } catch { log({ body }); }`: what failed has given nothing. */
function isNotGiven(at: Look, node: Expression, binding: number, source: BindingSource | undefined): boolean {
  const [given, ...others] = at.model.values.assignments(at.file).get(binding) ?? [];
  if (!given || others.length > 0 || (source && (source.kind !== "value" || (source.value && source.value !== given)))) return false;
  const failed = at.model.values.index(at.file).tries.find(({ handler }) => handler && within(node.span, handler.span));
  const last = failed?.body.at(-1);
  return last?.kind === "expression" && last.value.kind === "assign" && last.value.value === given;
}

/** An error of an HTTP client keeps its request, with the header that let it in. */
function ofCaught(at: Look, node: Extract<Expression, { kind: "name" }>): readonly Exposure[] {
  const caught = at.model.values.index(at.file).tries.find(({ handler }) => handler?.parameter?.kind === "binding" && handler.parameter.binding === node.binding);
  const header = caught && !at.inText && !isRuledOut(at.model, at.file, node) ? carriesCredential(at.model, at.file, caught) : undefined;
  return header === undefined ? ofThrown(at, node) : [expose(at, node, `${node.name}.config`, "token", header)];
}

/** What is told of each answer that a client does not take. */
const ofInterceptor = /^(.+)\.interceptors\.response\.use$/;

/** `client.post(…).then(keep).catch((error) => …)`, `client.post(…).then(keep, (error) => …)`, `client.interceptors.response.use(keep, (error) => …)` */
function ofRefused(at: Look, node: Expression & { kind: "name" }, { function: around, index, path }: Extract<BindingSource, { kind: "parameter" }>): readonly Exposure[] {
  const { call, argument } = index === 0 && path.length === 0 ? (at.model.values.index(at.file).functions.get(around)?.passedTo ?? {}) : {};
  if (call?.callee.kind !== "member") return [];
  const ofClient = argument === 1 && !at.inText ? ofInterceptor.exec(nameOf(call.callee))?.[1] : undefined;
  if (ofClient !== undefined) {
    const header = credentialOfClient(at.model, at.file, ofClient);
    return header === undefined ? [] : [expose(at, node, `${node.name}.config`, "token", header)];
  }
  if (call.callee.property !== "catch" && !(call.callee.property === "then" && argument === 1)) return [];
  let sent: Expression = call.callee.object;
  while (sent.kind === "call" && sent.callee.kind === "member" && /^(?:then|finally)$/.test(sent.callee.property)) sent = sent.callee.object;
  if (sent.kind !== "call") return [];
  const header = at.inText ? undefined : credentialSent(at.model, at.file, sent);
  return header === undefined ? ofRejected(at, node, sent) : [expose(at, node, `${node.name}.config`, "token", header)];
}

/** `({ cardNumber: given })`, `@Headers("authorization") given`: the name of the field of a parameter that a variable renames, if that says more. */
function takenAs(source: BindingSource | undefined): string | undefined {
  const decorated = source?.kind === "parameter" ? decoratedName(source) : undefined;
  if (decorated !== undefined && personalDataOf(decorated)) return decorated;
  const last = source?.kind === "parameter" ? source.path.at(-1) : undefined;
  return last?.kind === "property" && personalDataOf(last.key) ? last.key : undefined;
}

/** What is assigned to a variable, or to a property of the object it holds, between its declaration and where it is named. */
function assignedLater(at: Look, node: Expression, binding: number, given: readonly Expression[]): readonly Exposure[] {
  const inner = { ...at, depth: at.depth + 1 };
  const index = at.model.values.index(at.file);
  const whole = given.flatMap((value) => at.search.of(inner, value));
  const parts = index.memberAssignments.filter(({ object, value }) => object.kind === "name" && object.binding === binding && isLocalObject(index.sources[binding]) && !isGivenAfter(index, node, value));
  const queried = isAddress(index.sources[binding]) ? [...queryOf(inner, binding), ...index.memberAssignments.filter(({ object, property }) => property === "search" && object.kind === "name" && object.binding === binding).flatMap(({ value }) => opening(at.search.of({ ...inner, path: undefined }, value)))] : [];
  const put = (at.model.values.mutations(at.file).get(binding) ?? []).flatMap(({ kind, value }) => (kind === "element" && isLocalList(index.sources[binding]) && !isGivenAfter(index, node, value) ? at.search.of(inner, value) : []));
  return [...whole, ...put, ...queried, ...parts.flatMap(({ property, value }) => at.search.ofProperty({ ...inner, path: [...(at.path ?? []), property] }, property, value, value.span))];
}

/** `new URL(path, base)` */
function isAddress(source: BindingSource | undefined): boolean {
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "new" && source.value.callee.kind === "name" && source.value.callee.name === "URL";
}

/** `link.searchParams.set("token", token)`: an address that lets in whoever has it. */
function queryOf(at: Look, binding: number): readonly Exposure[] {
  return at.model.values.index(at.file).calls.flatMap(({ node }): readonly Exposure[] => {
    const [key, value] = node.arguments;
    if (node.kind !== "call" || !key || !value || node.callee.kind !== "member" || !/^(?:set|append)$/.test(node.callee.property)) return [];
    const { object } = node.callee;
    if (object.kind !== "member" || object.property !== "searchParams" || object.object.kind !== "name" || object.object.binding !== binding) return [];
    return opening(at.search.ofProperty({ ...at, path: undefined }, at.model.values.text(at.file, key) ?? "", value, value.span));
  });
}

function opening(found: readonly Exposure[]): readonly Exposure[] {
  return found.filter(({ category }) => category === "token" || category === "credential");
}

function isLocalList(source: BindingSource | undefined): boolean {
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "array";
}

/** An object that is built up here, as opposed to one that somebody else handed over. */
function isLocalObject(source: BindingSource | undefined): boolean {
  return source?.kind === "value" && source.value?.kind === "object";
}

/** What the value that a variable was given carries; "clean" when a sanitiser, a flag or a constant stands there. */
function flow(at: Look, source: BindingSource, name: string): readonly Exposure[] | "clean" | undefined {
  if (source.kind === "parameter") return ofRest(at, source) ?? ofPromised(at, source) ?? ofElement(at, source);
  const subject = source.kind === "value" ? source.value : source.kind === "element" ? source.subject : undefined;
  if ((source.kind !== "value" && source.kind !== "element") || !subject) return undefined;
  if (source.kind === "value" && source.path.length === 0) {
    // `_.pick(req.body, ["email"])` holds what its keys name.
    const picked = subject.kind === "call" && /^(?:pick|omit)$/.test(lastName(subject.callee)) ? at.search.of({ ...at, depth: at.depth + 1 }, subject) : [];
    if (picked.length > 0) return picked;
    if (isClean(at, subject)) return "clean";
    return /^(name|member|template|binary|call|new|cast|await|object|conditional|array)$/.test(subject.kind) ? at.search.of({ ...at, depth: at.depth + 1 }, subject) : undefined;
  }
  if (source.kind === "element" && isClean(at, subject)) return "clean";
  // `for (const [name, value] of Object.entries(req.headers))`: the second of each is what the object holds.
  if (source.kind === "element" && subject.kind === "call" && subject.callee.kind === "member" && subject.callee.property === "keys") return "clean";
  if (source.kind === "element" && source.path.every((step) => step.kind === "element" && step.index === 1)) return at.search.of({ ...at, depth: at.depth + 1 }, subject);
  const last = source.path.at(-1);
  if (last?.kind === "property") return ofTaken(at, subject, source.path.slice(0, -1).flatMap((step) => (step.kind === "property" ? [step.key] : [])), last.key);
  // `const { password, ...safe } = user`: what is left over has lost the names beside it.
  if (last?.kind !== "rest" || source.kind !== "value") return undefined;
  const shape = source.path.length === 1 ? shapeOf(at.model, at.file, subject) : undefined;
  // `const { password, ...profile } = req.body`: what else was sent is still there.
  if (!shape && source.path.length === 1 && subject.kind === "member" && subject.property === "body" && isRequest(at, subject.object) && !last.without.some((name) => personalDataOf(name)?.category === "contact")) return [{ ...expose(at, subject, nameOf(subject), "contact", "rest"), isBody: true }];
  // `const { password, ...returnedUser } = user.toObject()`: a person without the password has a name and an address left.
  if (!shape && source.path.length === 1 && containerOf(name) === "person" && last.without.every((field) => personalDataOf(field) === undefined || personalDataOf(field)?.category === "credential")) return [expose(at, subject, name, "identity")];
  const left = shape?.fields.filter((field) => !last.without.includes(field.name)) ?? [];
  return left.length === 0 ? "clean" : left.map((field) => expose(at, subject, nameOf(subject), field.category, field.name));
}

/** `notify(member).then((result) => …)`: what the call gives. */
function ofPromised(at: Look, { function: node, index, path }: Extract<BindingSource, { kind: "parameter" }>): readonly Exposure[] | undefined {
  const { call, argument } = at.model.values.index(at.file).functions.get(node)?.passedTo ?? {};
  if (index !== 0 || path.length > 0 || argument !== 0 || call?.callee.kind !== "member" || call.callee.property !== "then") return undefined;
  return at.search.of({ ...at, depth: at.depth + 1 }, call.callee.object);
}

/** `Object.entries(req.headers).forEach(([name, value]) => …)`: each of what is gone through, as in a loop over it. */
function ofElement(at: Look, { function: node, index, path }: Extract<BindingSource, { kind: "parameter" }>): readonly Exposure[] | "clean" | undefined {
  const { call, argument } = at.model.values.index(at.file).functions.get(node)?.passedTo ?? {};
  if (index !== 0 || argument !== 0 || call?.callee.kind !== "member" || !/^(?:forEach|map|flatMap)$/.test(call.callee.property)) return undefined;
  const { object } = call.callee;
  if (object.kind === "call" && nameOf(object.callee) === "Object.keys") return "clean";
  const isValue = path.length === 1 && path[0]?.kind === "element" && path[0].index === 1 && object.kind === "call" && nameOf(object.callee) === "Object.entries";
  return isValue || (path.length === 0 && object.kind !== "name" && object.kind !== "member") ? at.search.of({ ...at, depth: at.depth + 1 }, object) : undefined;
}

/** `({ email, ...rest }: User)`: what is left over of a parameter. */
function ofRest(at: Look, { function: node, index, path: [step, ...others] }: Extract<BindingSource, { kind: "parameter" }>): readonly Exposure[] | "clean" | undefined {
  const target = node.parameters[index]?.target;
  if (step?.kind !== "rest" || others.length > 0 || !target) return undefined;
  const shape = shapeOfValues(at.model, at.model.values.ofParameter(at.file, node, index));
  const left = shape?.fields.filter(({ name }) => !step.without.includes(name)) ?? [];
  return left.length === 0 ? "clean" : left.map(({ name, category }) => ({ span: target.span, field: shape?.name ?? "", inside: name, category }));
}

/** `const { password: given } = input`: the name in the object tells, whatever the variable is called. */
function ofTaken(at: Look, subject: Expression, before: readonly string[], key: string): readonly Exposure[] | "clean" | undefined {
  const named = personalDataOf(key);
  const holder = [nameOf(subject), ...before].filter((part) => part !== "").join(".");
  // An address or a number of the application's own settings is nobody's.
  if (isServiceId(holder, key) || (holder === "process.env" && named?.category === "contact")) return "clean";
  const taken = at.model.values.ofMember(at.model.values.of(at.file, subject), key);
  if (taken.length > 0 && taken.every(isNoText)) return undefined;
  if ((named?.category === "token" || named?.category === "credential") && areKnownObjects([...taken, ...at.model.values.ofMember(recordValues(at.model, at.file, subject), key)])) return undefined;
  if (named && (!named.onlyOfPerson || containerOf(holder) === "person")) return [expose(at, subject, `${holder}.${key}`, named.category)];
  if (named?.category === "location" && isMoving(holder)) return [expose(at, subject, `${holder}.${key}`, "location")];
  if (key === "ip" && before.length === 0 && isRequest(at, subject)) return [expose(at, subject, `${holder}.ip`, "location")];
  return requestParts.has(key) && (key !== "session" || keepsSessions(at)) && before.length === 0 && isRequest(at, subject) ? [expose(at, subject, `${holder}.${key}`, key === "body" || key === "rawBody" ? "contact" : "token")] : undefined;
}
