import { containerOf, isThingsRecord, personalDataOf, type PersonalName } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import type { Expression, MemberExpression } from "../../facts/syntax.js";
import { isUsersMember } from "./bare-names.js";
import { isChannelAccount } from "./channel-accounts.js";
import { isMereCandidate } from "./candidates.js";
import { chainOf, chainsFrom } from "./chains.js";
import { isEachPerson } from "./each-person.js";
import { deepest, expose, isServiceId, isOfNames, isPost, isMoving, isWhereabouts, type Exposure, type Look, nameOf, respan, isOrganisation } from "./exposure.js";
import { ofFrameworkMember } from "./framework-exposure.js";
import { isFullNameOfThing } from "./full-names.js";
import { holdsNoPerson, isPolicyReport } from "./harmless-bodies.js";
import { namesRecipient } from "./mail-recipients.js";
import { namesNumber } from "./phone-messages.js";
import { shapeOf, shapeOfValues } from "./personal-shapes.js";
import { recordValues } from "../records/record-shapes.js";
import { isOpeningCookie, isRequest, isSentRequest, keepsSessions, requestParts } from "./request-exposure.js";
import { isData } from "./unrevealing-values.js";
import { refersTo } from "./record-references.js";
import { fieldsOfShape } from "./whole-exposure.js";

/** What has a profile besides people. */
const thingsProfile = /(?:group|space|organi[sz]ation|org|post|discussion|communit(?:y|ies)|company|team|room|channel|forum|event|template|document|about|hub|project|callout|collection|workspace|product|store|shop|venue)(?:data|info|input)?\.profile$/i;

/** What has an address in a network, and is nobody's: `device.connection.ipAddress`. */
const machines = /(?:^|\.|[a-z_])(?:device|server|printer|camera|machine|gateway|router|sensor|host|iface|interface|container|instance|replica|node)(?:_?(?:config|info|details))?(?:\.\w+)?$/i;

/** Libraries whose contexts say who wrote to a bot. */
function isForBots({ model, file }: Look): boolean {
  return ["telegraf", "grammy", "nestjs-telegraf", "node-telegram-bot-api"].some((name) => model.packageOf(file).dependencies.has(name));
}

export function ofMember(at: Look, node: Extract<Expression, { kind: "member" }>): readonly Exposure[] {
  const { property } = node;
  // `repository.full_name` is the name of what GitHub keeps.
  const holder = nameOf(node.object);
  const named = /^full_?name$/i.test(property) && /(?:repo|repository|project|package|pkg|manifest|model|branch|part|plugin|module|table|hook)$/i.test(holder) ? undefined : personalDataOf(property);
  if (isServiceId(holder, property) || isOfNames(holder) || isFullNameOfThing(at, property)) return [];
  // `Parse.Error.INVALID_SESSION_TOKEN` is a code that the code itself has given.
  if (/^[A-Z]+(?:_[A-Z0-9]+)+$/.test(property) && node.object.kind !== "call" && !/(?:^|\.)(?:\w*env|\w*config|\w*settings|secrets)$/i.test(holder)) return [];
  // `SessionType.User` of a package: a member of an enumeration.
  if (/^[A-Z]/.test(property) && node.object.kind === "name" && /^[A-Z]/.test(node.object.name)) return [];
  // `presence.clientStatus.mobile` is whether somebody is there with a telephone.
  if (property === "mobile" && /(?:status|presence|platforms?|devices?|breakpoints?)$/i.test(holder)) return [];
  // How an organisation is reached everybody may know as well.
  if (named?.category === "contact" && isOrganisation(holder)) return [];
  // `group.profile.displayName` is what a group is called.
  if (named?.category === "identity" && thingsProfile.test(holder)) return [];
  if (named?.category === "identity" && property === "name" && isChannelAccount(at, node)) return [];
  // `candidate.address` beside `candidate.port` is where a machine is reached.
  if (property === "address" && /candidate$/i.test(holder) && isOfNetwork(at, node.object)) return [];
  if (named?.category === "location" && /ip(?:_?addr(?:ess)?)?$/i.test(property) && machines.test(holder)) return [];
  if (named?.category === "employment" && isPost(holder)) return [];
  // Where a shop is everybody may know.
  if (named && isWhereabouts(holder, property, named.category)) return [];
  // Whom a message of a bot comes from.
  if (property === "from" && /(?:^|\.)(?:ctx|context|msg|message|update|query|callbackQuery)$/.test(holder) && isForBots(at)) return [expose(at, node, `${holder}.from`, "identity")];
  // An address of the application's own settings is nobody's, and Google's clients take the path of a file.
  if (named?.category === "contact" && /^(?!user|profile|account|member|customer)\w*(?:config|settings|env)(?:\.|$)/i.test(holder)) return [];
  if (holder === "process.env" && (named?.category === "contact" || property === "GOOGLE_APPLICATION_CREDENTIALS")) return [];
  if (property === "credentials" && /cors/i.test(holder)) return [];
  if (named && (!named.onlyOfPerson || (containerOf(holder) === "person" && !(named.category === "identity" && isMereCandidate(at, holder)) && !isThingsShape(at, node.object)) || isOfPerson(at, node) || isOneOfPersons(at, node.object)) && isData(at, node, named.category)) return [expose(at, node, `${holder}.${property}`, named.category)];
  // `settings.broker.url` of `process.env.RABBITMQ_URL`: the variable of the environment tells what it is.
  const set = named || holder === "process.env" ? undefined : ofEnvironment(at, node);
  if (set) return [expose(at, node, `${holder}.${property}`, set.category)];
  // `driver.latitude`: where somebody is, whatever else a driver may be.
  if (named?.category === "location" && isMoving(holder) && isData(at, node, "location")) return [expose(at, node, `${holder}.${property}`, "location")];
  // `driver.licensePlate`, `car.plate`
  if (/plate$/i.test(property) && /(?:driver|courier|rider|owner|vehicle|car|van|truck|motorbike)$/i.test(holder) && isData(at, node, "government-id")) return [expose(at, node, `${holder}.${property}`, "government-id")];
  const error = property === "message" || property === "stack" ? madeError(at, node.object) : undefined;
  if (error) return respan(node, at.search.of({ ...at, path: undefined, depth: at.depth + 1 }, error));
  // `error.message` of what a `catch` is given.
  const caught = property === "message" || property === "stack" ? respan(node, at.search.of({ ...at, path: undefined, inText: true }, node.object).filter(({ field, inside }) => inside !== undefined && field === `${holder}.message`)) : [];
  if (caught.length > 0) return caught;
  if (namesRecipient(at, node) || (namesNumber(at, node) && isData(at, node, "contact"))) return [expose(at, node, `${holder}.${property}`, "contact")];
  // `phone.number`
  if (property === "number" && /(?:phone|mobile)_?(?:number)?$/i.test(holder) && isData(at, node, "contact")) return [expose(at, node, `${holder}.number`, "contact")];
  if (isUsersMember(at, node) && isData(at, node, "identity")) return [expose(at, node, `${holder}.${property}`, "identity")];
  // `payment.card.number`
  if (property === "number" && /(?:^|\.)(?:credit_?|debit_?|payment_?)?card$/i.test(holder) && isData(at, node, "payment")) return [expose(at, node, `${holder}.number`, "payment")];
  // `headers["x-acme-auth"]`
  if (/(?:^|\.)headers$/.test(holder) && /(?:^|-)(?:auth|key|secret)$/i.test(property) && !/idempotency|public/i.test(property) && isData(at, node, "token")) return [expose(at, node, `${holder}.${property}`, "token")];
  // `queryStringParameters.Auth`
  if (/(?:^|\.)(?:query|queryStringParameters)$/.test(holder) && /^auth$/i.test(property) && isData(at, node, "token")) return [expose(at, node, `${holder}.${property}`, "token")];
  // `existingEmail.address`, `event.address` of an `EmailAddressChanged`
  if (/address$/i.test(property) && isOfMail(at, node.object) && isData(at, node, "contact")) return [expose(at, node, `${holder || "email"}.${property}`, "contact")];
  // `req.cookies.session`
  if (/(?:^|\.)cookies$/.test(holder) && isOpeningCookie(property) && isData(at, node, "token")) return [expose(at, node, `${holder}.${property}`, "token")];
  const held = heldBy(node);
  if (held && isData(at, node, held.category)) return [expose(at, node, `${holder}.${property}`, held.category)];
  if (/(?:^|\.)handshake$/.test(holder) && property === "address") return [expose(at, node, `${holder}.address`, "location")];
  // What the other side of a socket sends to be let in.
  if (/(^|\.)handshake$/.test(holder) && /^(auth|headers)$/.test(property)) return [expose(at, node, `${holder}.${property}`, "token")];
  // `app.post<{ Body: SignUp }>(path, (request) => …)`: what a body is declared to hold.
  const declared = requestParts.has(property) && !at.inText ? shapeOfValues(at.model, recordValues(at.model, at.file, node)) : undefined;
  if (declared) return fieldsOfShape(at, node, declared);
  // `${request.body}` is "[object Object]".
  if (at.inText && /^(?:body|cookies|headers)$/.test(property) && isRequest(at, node.object)) return [];
  if (requestParts.has(property) && isRequest(at, node.object) && (property !== "session" || keepsSessions(at))) return property === "body" && (holdsNoPerson(at, node) || isPolicyReport(at, node)) ? [] : [{ ...expose(at, node, `${holder}.${property}`, property === "body" || property === "rawBody" ? "contact" : "token"), ...(property === "body" && { isBody: true as const }) }];
  const handedByLibrary = ofFrameworkMember(at, node);
  if (handedByLibrary) return [handedByLibrary];
  // `param.headers` of a webhook that is handed on.
  if (property === "headers" && !at.inText && /^(?:params?|payload|event|message|msg|options|opts|input|webhook|incoming|original)$/i.test(lastName(node.object)) && shapeOf(at.model, at.file, node) === undefined && isData(at, node, "token")) return [expose(at, node, `${holder}.headers`, "token")];
  if (/^(process|Bun)\.env$/.test(`${holder}.${property}`)) return [expose(at, node, `${holder}.${property}`, "credential")];
  if (property === "ips" && isRequest(at, node.object)) return [expose(at, node, `${holder}.ips`, "location")];
  if (property === "ip" && (isRequest(at, node.object) || (carriesAddress.test(lastName(node.object)) && isData(at, node, "location")))) return [expose(at, node, `${holder}.ip`, "location")];
  // `ctx.request`, as a whole.
  if (!at.inText && /^(req|request)$/.test(property) && isRequest(at, node)) return [{ ...expose(at, node, `${holder}.${property}`, "token"), isRequest: true }];
  // The user of an event is who caused it, by an id.
  if (/(^|\.)(event|message|activity)$/.test(holder) && /^(?:user|member|account|profile|customer)s?$/.test(property) && shapeOf(at.model, at.file, node) === undefined) return [];
  if (isSentRequest(at, node)) return [expose(at, node, `${holder}.${property}`, "token")];
  if (containerOf(property) === "person" && refersTo(at, node)) return [];
  const got = ofGetter(at, node);
  return got.length > 0 ? got : at.search.ofWhole(at, node, property);
}

/** Whether the code around reads a port or a protocol of what may be a person by its name: a candidate of ICE. */
function isOfNetwork(at: Look, node: Expression): boolean {
  const own = chainOf(node);
  return own !== undefined && chainsFrom(at, own.binding).some(({ path }) => /^(?:port|protocol|candidate|sdpMid|sdpMLineIndex)$/.test(path[own.path.length] ?? ""));
}

/** What the name of the environment's variable says that a setting is read from, where it is a credential. */
function ofEnvironment(at: Look, node: Expression): PersonalName | undefined {
  for (const value of at.model.values.of(at.file, node)) {
    const [, key] = value.kind === "external" && value.provenance.package === "global" ? /^process\.env\.(\w+)$/.exec(value.provenance.path.join(".")) ?? [] : [];
    const named = key === undefined ? undefined : personalDataOf(key);
    if (named?.category === "credential" && !named.onlyOfPerson && isData(at, node, "credential")) return named;
  }
  return undefined;
}

/** What is told of somebody who asks, with the address that the request comes from: `params.ip` beside `params.tokenId`. */
const carriesAddress = /^(?:params|input|options|opts|dto|data|meta(?:data)?|ctx|context|details|event|attempt|login|visit|audit|entry|session|clientInfo|requestInfo|reqInfo|deviceInfo)$/;

/** What holds an e-mail address, by its name or by its type; settings of the application hold its own. */
function isOfMail(at: Look, node: Expression): boolean {
  const name = node.kind === "index" ? lastName(node.object) : lastName(node);
  if (/^(?:e?mails?|e?mailAddress(?:es)?)$|(?:^|[a-z_])E?[mM]ail(?:Address)?(?:e?s)?$/.test(name)) return true;
  return at.model.values.of(at.file, node).some((value) => {
    const type = value.kind === "instance" ? value.class.name : value.kind === "typed" ? value.name : undefined;
    return type !== undefined && /E?mailAddress/.test(type);
  });
}

/** `this.label` of `get label() { … }`: what the accessor gives. */
function ofGetter(at: Look, node: Extract<Expression, { kind: "member" }>): readonly Exposure[] {
  const own = node.object.kind === "this" ? at.model.values.classAround(at.file, node) : undefined;
  const getter = own?.members.find((member) => member.kind === "method" && member.name === node.property && member.function.parameters.length === 0);
  if (getter?.kind !== "method" || at.depth >= deepest) return [];
  return respan(node, at.model.values.returned(getter.function).flatMap((value) => at.search.of({ ...at, depth: at.depth + 1 }, value)));
}

/** `new Error(\`no account for ${email}\`)` behind the variable that holds it. */
function madeError(at: Look, node: Expression): Expression | undefined {
  if (node.kind !== "name" || node.binding === undefined) return undefined;
  const source = at.model.values.index(at.file).sources[node.binding];
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "new" ? source.value : undefined;
}

/** `email.value`: what an object that is one value holds. Tokens have values in parsers as well. */
function heldBy({ object, property }: Extract<Expression, { kind: "member" }>): PersonalName | undefined {
  if (!/^(value|raw|rawValue)$/.test(property) || (object.kind !== "name" && object.kind !== "member")) return undefined;
  const named = personalDataOf(lastName(object));
  return named?.onlyOfPerson === false && named.category !== "token" ? named : undefined;
}

/** `existing.displayName` of a `MerchantAccount`. */
function isThingsShape(at: Look, node: Expression): boolean {
  return isThingsRecord(shapeOf(at.model, at.file, node)?.name ?? "");
}

/** Whether a variable is one of persons that code goes through, by the name of their list, and nothing else tells what it is. */
function isOneOfPersons(at: Look, node: Expression): boolean {
  return node.kind === "name" && containerOf(node.name) === undefined && isEachPerson(at, node) && shapeOf(at.model, at.file, node) === undefined;
}

/** Whether what holds a member is somebody's, or counts the member among what it tells of somebody. */
function isOfPerson(at: Look, { object, property }: MemberExpression): boolean {
  const shape = shapeOf(at.model, at.file, object);
  if (shape === undefined || (isMereCandidate(at, shape.name) && personalDataOf(property)?.onlyOfPerson === true)) return false;
  return (containerOf(shape.name) === "person" && !isThingsRecord(shape.name)) || shape.fields.some(({ name }) => name === property);
}
