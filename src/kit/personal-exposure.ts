import { oncePer } from "../base/once-per.js";
import { kindOf } from "../catalogue/index.js";
import { containerOf, isProtectedName, isSanitiserName, isThingsRecord, personalDataOf, type PersonalName } from "../catalogue/lexicon/personal-data.js";
import type { Span } from "../base/position.js";
import { lastName, propertyOf } from "../facts/names.js";
import type { Expression, MemberExpression, NewExpression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Value } from "../model/value.js";
import { ofCall } from "./call-exposure.js";
import { isChannelAccount } from "./channel-accounts.js";
import { chainOf, chainsFrom } from "./chains.js";
import { countsTokens } from "./counted-tokens.js";
import { claimsOf } from "./decoded-tokens.js";
import { letsDevelopmentIn } from "./development-branches.js";
import { isEachPerson } from "./each-person.js";
import { asNamed, deepest, expose, isIdName, isOfBrowser, isServiceId, isSomebody, isMoving, isWhereabouts, type Exposure, type Look, nameOf, respan, type Search } from "./exposure.js";
import { ofFrameworkMember } from "./framework-exposure.js";
import { holdsNoPerson } from "./harmless-bodies.js";
import { isBesideRecipient, isReceipt, isRecipientName, namesRecipient, tellsRecipient } from "./mail-recipients.js";
import { membersRead, parsedFields } from "./members-read.js";
import { namesNumber } from "./phone-messages.js";
import { keptParameters, type PersonalField, type PersonalShape, personalShape, shapeOf, shapeOfValues } from "./personal-shapes.js";
import { isQuery, queryCredentials } from "./query-credentials.js";
import { recordValues } from "./record-shapes.js";
import { isReference } from "./document-references.js";
import { usersAreIds } from "./request-users.js";
import { isOpeningCookie, isRequest, isSentRequest, keepsSessions, requestParts } from "./request-exposure.js";
import { isClean, isData, isPlain } from "./unrevealing-values.js";
import { ofVariable } from "./variable-exposure.js";

/** The personal data and credentials in an expression that is written to a log. */
export function exposures(model: ProjectModel, file: string, node: Expression, path?: readonly string[], inText = false): readonly Exposure[] {
  return look({ model, file, path, depth: 0, search, ...(inText && { inText }) }, node);
}

const search: Search = { of: look, ofProperty: ofNamed, ofWhole: whole };

function look(at: Look, node: Expression): readonly Exposure[] {
  if (at.depth > deepest) return [];
  switch (node.kind) {
    case "template":
      // A tag of the project's or of a library of texts joins what it is given; that of a query binds it.
      return node.tag && (isSanitiserName(lastName(node.tag)) || isStatement(at, node)) ? [] : node.values.flatMap((value, place) => {
        const found = look({ ...at, path: undefined, inText: true }, value);
        return found.length === 0 && tellsRecipient(node, place) && isData(at, value, "contact") ? [expose(at, value, nameOf(value), "contact")] : found;
      });
    case "binary":
      if (node.operator === "+") return [node.left, node.right].flatMap((part) => look({ ...at, path: undefined, inText: true }, part));
      // One value is written, whichever of them is there.
      if (node.operator === "||" || node.operator === "??") return firstFound(look(at, node.left), () => look(at, node.right));
      return node.operator === "&&" && !letsDevelopmentIn(node.left) ? look(at, node.right) : [];
    case "conditional": {
      // `typeof customer === "string" ? customer : customer.id`: a text in place of a record is its id.
      const narrowed = node.test.kind === "binary" && node.test.left.kind === "unary" && node.test.left.operator === "typeof" && !(node.then.kind === "member" && requestParts.has(node.then.property));
      return [...(narrowed || letsDevelopmentIn(node.test) ? [] : look(at, node.then)), ...(letsDevelopmentIn(node.test, false) ? [] : look(at, node.else))];
    }
    case "await":
    case "spread":
      return look(at, node.value);
    case "cast":
      // `request.body as { sku: string }`: what a body is said to hold.
      return node.value.kind === "member" && requestParts.has(node.value.property) && !at.inText && shapeOf(at.model, at.file, node) ? whole(at, node, "") : look(at, node.value);
    case "array":
      return node.elements.flatMap((element) => look(at, element));
    case "object":
      // `${{ email }}` is "[object Object]".
      return at.inText ? [] : node.members.flatMap((member, index): readonly Exposure[] => {
        if (member.kind === "spread") return ofSpread(at, member.value, node.members.slice(index + 1));
        if (member.kind === "computed") return look({ ...at, path: [...(at.path ?? []), "*"] }, member.value);
        // `{ origin, methods, credentials }` of CORS: whether cookies come along.
        if (member.kind !== "property" || (member.key === "credentials" && propertyOf(node, "origin"))) return [];
        // `{ database, redis, email }` are services, and how they are.
        if (/^(?:e?mail|sms)$/.test(member.key) && node.members.some((other) => other.kind === "property" && /^(?:db|database|redis|cache|queues?|storage|smtp|kafka|rabbitmq|workers?)$/.test(other.key))) return [];
        // `{ user, pass }` is how the application itself lets a server of mails or a store know who it is.
        if (/^user(?:name)?$/.test(member.key) && propertyOf(node, "pass")) return [];
        // `{ driverId, lat, lng }`, `{ ip, userAgent }`, `{ patientId, medication }`
        const told = personalDataOf(member.key)?.category;
        if ((told === "location" || told === "health") && node.members.some((other) => other.kind === "property" && (isSomebody(other.key) || (told === "location" && isOfBrowser(other.key)))) && isData(at, member.value, told)) return [{ span: member.span, field: member.key, category: told, ...(at.path && { path: [...at.path, member.key] }) }];
        const named = ofNamed({ ...at, path: [...(at.path ?? []), member.key] }, member.key, member.value, member.span);
        // `{ to, subject, html }`
        const isRecipient = named.length === 0 && isRecipientName(member.key) && node.members.some((other) => other.kind === "property" && isBesideRecipient(other.key)) && isData(at, member.value, "contact");
        return isRecipient ? [{ span: member.span, field: member.key, category: "contact", ...(at.path && { path: [...at.path, member.key] }) }] : named;
      });
    case "member":
      // `user.email.yellow`
      if (colour.test(node.property) && at.model.packageOf(at.file).dependencies.has("colors")) return look(at, node.object);
      return ofMember(at, node);
    case "this":
      return whole(at, node, "");
    case "index": {
      const header = splitHeader(node);
      if (header) return look(at, header).filter(({ category }) => category === "token");
      // `rows[0]`
      if (node.index.kind === "literal" && typeof node.index.value === "number") return whole(at, node, "");
      // `emails[index]`
      if (isPosition(node.index) && /s$/.test(lastName(node.object))) return look(at, node.object);
      return node.index.kind === "literal" && typeof node.index.value === "string" ? ofMember(at, { kind: "member", span: node.span, object: node.object, property: node.index.value, propertySpan: node.index.span }) : [];
    }
    case "name":
      return ofVariable(at, node);
    case "call":
      return ofCall(at, node);
    case "new":
      if (isQuery(node)) return queryCredentials(at, node);
      // `[...new Set(users.map((user) => user.email))]`
      if (node.callee.kind === "name" && /^(?:Set|Map)$/.test(node.callee.name)) return node.arguments.flatMap((argument) => look({ ...at, path: undefined }, argument));
      return node.callee.kind === "name" && /Error$|^URL$/.test(node.callee.name) ? node.arguments.flatMap((argument) => look(asText(at, argument), argument)) : ofMade(at, node);
    default:
      return [];
  }
}

/** What an error or an address is made of is written as a text, but for its options. */
function asText({ inText: _, ...at }: Look, argument: Expression): Look {
  return { ...at, path: undefined, ...(argument.kind !== "object" && { inText: true as const }) };
}

/** What the package `colors` adds to every text. */
const colour = /^(?:black|red|green|yellow|blue|magenta|cyan|white|gr[ae]y|bold|dim|italic|underline|inverse|bright[A-Z]\w+)$/;

function firstFound(found: readonly Exposure[], others: () => readonly Exposure[]): readonly Exposure[] {
  return found.length > 0 ? found : others();
}

/** `new LogEvent(name, { user })`: what the constructor of a class of the project keeps of what it is given. */
function ofMade(at: Look, node: NewExpression): readonly Exposure[] {
  if (at.inText) return [];
  const path = at.path ?? [];
  return at.model.values.of(at.file, node).flatMap((value) => (value.kind === "instance" ? keptParameters(at.model, value.file, value.class) : [])).flatMap(({ index, property }) => {
    const given = node.arguments[index];
    return given ? ofNamed({ ...at, path: [...path, property] }, property, given, given.span) : [];
  });
}

/** A place in a list, by what it is called: `index`, `i`, `i + 1`. */
function isPosition(node: Expression): boolean {
  return node.kind === "binary" ? isPosition(node.left) : node.kind === "name" && /^(?:[ijkn]|idx|pos|position)$|(?:^i|I)ndex$/.test(node.name);
}

/** The header of which `header.split(" ")[1]` takes what stands behind the scheme. */
function splitHeader({ object, index }: Extract<Expression, { kind: "index" }>): Expression | undefined {
  const [separator] = object.kind === "call" ? object.arguments : [];
  return object.kind === "call" && object.callee.kind === "member" && object.callee.property === "split" && separator?.kind === "literal" && separator.value === " " && index.kind === "literal" && index.value === 1 ? object.callee.object : undefined;
}

/** `{ ...user, email: undefined }`: what is spread, without the fields that stand behind it again. */
function ofSpread(at: Look, value: Expression, behind: Extract<Expression, { kind: "object" }>["members"]): readonly Exposure[] {
  const path = at.path ?? [];
  const again = new Set(behind.flatMap((member) => (member.kind === "property" ? [member.key] : [])));
  // Who overwrites a credential of a request has seen what it holds: `{ ...req.headers, authorization: undefined }`.
  const isHidden = behind.some((member) => member.kind === "property" && /^(?:credential|token)$/.test(personalDataOf(member.key)?.category ?? "") && isClean(at, member.value));
  const found = look({ ...at, path }, value).filter((exposure) => !again.has(exposure.path?.[path.length] ?? "") && !(isHidden && requestParts.has(exposure.field.slice(exposure.field.lastIndexOf(".") + 1))));
  return at.path ? found : found.map(({ path: _, ...exposure }) => exposure);
}

/** A piece of a query, whose values a library binds. */
function isStatement(at: Look, node: Expression): boolean {
  return at.model.values.of(at.file, node).some((value) => value.kind === "external" && /^(?:sql|statement)$/.test(kindOf(value.provenance) ?? ""));
}

/** A property of a logged object: its key says what the value is, unless the value says otherwise. */
function ofNamed(at: Look, key: string, value: Expression, span: Span): readonly Exposure[] {
  // `{ offer: req.body }` of a telephone call describes its media.
  if (/^(?:offer|answer|sdp)$/.test(key) && lastName(value) === "body" && at.model.packageOf(at.file).dependencies.has("drachtio-srf")) return [];
  if (key === "tokens" && countsTokens(at, value)) return [];
  const named = personalDataOf(key);
  const inside = look(at, value);
  const left = asNamed(key, inside);
  // `{ title, email: message }` is what a mail says.
  if (named?.category === "contact" && inside.length === 0 && /^(?:message|text|body|html|content|template)$/i.test(lastName(value))) return [];
  if (left.length > 0 || inside.length > 0) return left;
  // `{ phone: company.phone }`
  if (named?.category === "contact" && value.kind === "member" && organisations.test(nameOf(value.object))) return [];
  // `{ token: token.kind }` of a parser.
  if (named?.category === "token" && value.kind === "member" && /^(?:kind|type|scheme|line|column|index|position|status|state|provider)$/.test(value.property)) return [];
  // Whose sid it is, the value tells.
  if (named && key !== "sid" && !named.onlyOfPerson && isData(at, value, named.category)) return [{ span, field: key, category: named.category, ...(at.path && { path: at.path }) }];
  return containerOf(key) === "person" && givesRecord(at, value) ? [{ span, field: key, category: "identity", ...(at.path && { path: at.path }) }] : [];
}

/** `await customers.find(id)`, of which nothing else is known. */
function givesRecord(at: Look, node: Expression): boolean {
  const call = node.kind === "await" ? node.value : node;
  if (call.kind !== "call" || !/(^|\.)(find|get|load|fetch|create|save)(One|ById|Unique|First|By\w+)?$/.test(nameOf(call.callee))) return false;
  return shapeOf(at.model, at.file, node) === undefined && at.model.values.of(at.file, node).every((value) => value.kind === "external" || value.kind === "parameter");
}

/** What everybody may write to or call. */
const organisations = /(?:^|\.|[a-z_])(?:venue|company|organi[sz]ation|business|restaurant|hotel|branch|clinic|hospital|agency|firm|structure|association|institution|foundation|charity|university|ministry)(?:_?(?:data|info|details|record))?$/i;
/** What has a profile besides people. */
const thingsProfile = /(?:group|space|organi[sz]ation|org|post|discussion|communit(?:y|ies)|company|team|room|channel|forum|event|template|document|about|hub|project|callout|collection|workspace|product|store|shop|venue)(?:data|info|input)?\.profile$/i;

/** What has an address in a network, and is nobody's: `device.connection.ipAddress`. */
const machines = /(?:^|\.|[a-z_])(?:device|server|printer|camera|machine|gateway|router|sensor|host|iface|interface|container|instance|replica|node)(?:\.\w+)?$/i;

/** Libraries whose contexts say who wrote to a bot. */
function isForBots({ model, file }: Look): boolean {
  return ["telegraf", "grammy", "nestjs-telegraf", "node-telegram-bot-api"].some((name) => model.packageOf(file).dependencies.has(name));
}


function ofMember(at: Look, node: Extract<Expression, { kind: "member" }>): readonly Exposure[] {
  const { property } = node;
  // `repository.full_name` is the name of what GitHub keeps.
  const holder = nameOf(node.object);
  const named = /^full_?name$/i.test(property) && /(?:repo|repository|project|package|model|branch|part|plugin|module|table|hook)$/i.test(holder) ? undefined : personalDataOf(property);
  if (isServiceId(holder, property)) return [];
  // `Parse.Error.INVALID_SESSION_TOKEN` is a code that the code itself has given.
  if (/^[A-Z]+(?:_[A-Z0-9]+)+$/.test(property) && node.object.kind !== "call" && !/(?:^|\.)(?:\w*env|\w*config|\w*settings|secrets)$/i.test(holder)) return [];
  // `SessionType.User` of a package: a member of an enumeration.
  if (/^[A-Z]/.test(property) && node.object.kind === "name" && /^[A-Z]/.test(node.object.name)) return [];
  // How an organisation is reached everybody may know as well.
  if (named?.category === "contact" && organisations.test(holder)) return [];
  // `group.profile.displayName` is what a group is called.
  if (named?.category === "identity" && thingsProfile.test(holder)) return [];
  if (named?.category === "identity" && property === "name" && isChannelAccount(at, node)) return [];
  // `candidate.address` beside `candidate.port` is where a machine is reached.
  if (property === "address" && /candidate$/i.test(holder) && isOfNetwork(at, node.object)) return [];
  if (named?.category === "location" && /ip(?:_?addr(?:ess)?)?$/i.test(property) && machines.test(holder)) return [];
  // Where a shop is everybody may know.
  if (named && isWhereabouts(holder, property, named.category)) return [];
  // Whom a message of a bot comes from.
  if (property === "from" && /(?:^|\.)(?:ctx|context|msg|message|update|query|callbackQuery)$/.test(holder) && isForBots(at)) return [expose(at, node, `${holder}.from`, "identity")];
  // An address of the application's own settings is nobody's, and Google's clients take the path of a file.
  if (named?.category === "contact" && /^(?!user|profile|account|member|customer)\w*(?:config|settings|env)(?:\.|$)/i.test(holder)) return [];
  if (holder === "process.env" && (named?.category === "contact" || property === "GOOGLE_APPLICATION_CREDENTIALS")) return [];
  if (property === "credentials" && /cors/i.test(holder)) return [];
  if (named && (!named.onlyOfPerson || (containerOf(holder) === "person" && !isThingsShape(at, node.object)) || isOfPerson(at, node) || isOneOfPersons(at, node.object)) && isData(at, node, named.category)) return [expose(at, node, `${holder}.${property}`, named.category)];
  // `settings.broker.url` of `process.env.RABBITMQ_URL`: the variable of the environment tells what it is.
  const set = named || holder === "process.env" ? undefined : ofEnvironment(at, node);
  if (set) return [expose(at, node, `${holder}.${property}`, set.category)];
  // `driver.latitude`: where somebody is, whatever else a driver may be.
  if (named?.category === "location" && isMoving(holder) && isData(at, node, "location")) return [expose(at, node, `${holder}.${property}`, "location")];
  // `driver.licensePlate`, `car.plate`
  if (/plate$/i.test(property) && /(?:driver|courier|rider|owner|vehicle|car|van|truck|motorbike)$/i.test(holder) && isData(at, node, "government-id")) return [expose(at, node, `${holder}.${property}`, "government-id")];
  const error = property === "message" || property === "stack" ? madeError(at, node.object) : undefined;
  if (error) return respan(node, look({ ...at, path: undefined, depth: at.depth + 1 }, error));
  // `error.message` of what a `catch` is given.
  const caught = property === "message" || property === "stack" ? respan(node, look({ ...at, path: undefined, inText: true }, node.object).filter(({ field }) => field.startsWith(`${holder}.message (`))) : [];
  if (caught.length > 0) return caught;
  if (namesRecipient(at, node) || (namesNumber(at, node) && isData(at, node, "contact"))) return [expose(at, node, `${holder}.${property}`, "contact")];
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
  if (requestParts.has(property) && isRequest(at, node.object) && (property !== "session" || keepsSessions(at))) return property === "body" && holdsNoPerson(at, node) ? [] : [{ ...expose(at, node, `${holder}.${property}`, property === "body" || property === "rawBody" ? "contact" : "token"), ...(property === "body" && { isBody: true as const }) }];
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
  return got.length > 0 ? got : whole(at, node, property);
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

/** What carries whoever asks, rather than a record of the store. */
const carriers = /(?:req|request|ctx|context|session|socket|state|locals|auth|response|result|data|body|payload|params|input|args|dto|event|message|answer|reply|token|claims|decoded|info|details|options?|state|store)$/i;

/** `order.customer` of a record of which nothing is known: the id of whom it belongs to, unless the code around reads what it holds. */
function refersTo(at: Look, node: Extract<Expression, { kind: "member" }>): boolean {
  const own = chainOf(node);
  if (!own || carriers.test(lastName(node.object)) || shapeOf(at.model, at.file, node) !== undefined || at.model.values.of(at.file, node).some(({ kind }) => kind === "external")) return false;
  return !chainsFrom(at, own.binding).some(({ path }) => path.length > own.path.length && own.path.every((key, place) => key === path[place]));
}

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
  return respan(node, at.model.values.returned(getter.function).flatMap((value) => look({ ...at, depth: at.depth + 1 }, value)));
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

/** An object that is logged whole: by the fields of its declared shape, else by its name. */
function whole(at: Look, node: Expression, name: string): readonly Exposure[] {
  const values = at.model.values.of(at.file, node);
  // What begins as `null` is given something later.
  const begun = node.kind === "member" ? values.filter((value) => !isNothing(value)) : values;
  if ((begun.length > 0 && begun.every(isPlain)) || (begun.length === 0 && values.length > 0 && at.inText) || isProtectedName(name)) return [];
  // The user of a mail server is none of a person's, and a reference to a document is its id.
  if (node.kind === "member" && (nameOf(node.object) === "process.env" || (isReference(at, node) && !isRequest(at, node.object)))) return [];
  if (node.kind === "member" && node.property === "user" && isRequest(at, node.object) && usersAreIds(at.model)) return [];
  // `creds.user` beside `creds.pass` is what somebody signs in as.
  if (node.kind === "member" && node.property === "user" && /(?:creds?|credentials?|basic(?:auth)?)$/i.test(lastName(node.object))) return [];
  // `intent.customer`, `const { customer } = intent`: Stripe's objects hold ids of others.
  if ((node.kind === "member" || isTakenOut(at, node)) && !/_details$/.test(name) && values.some((value) => value.kind === "external" && value.provenance.package === "stripe")) return [];
  const known = shapeOf(at.model, at.file, node);
  // `const user = { id, name }`: the variable says whose name it is.
  const shape = known?.name === "" && containerOf(name) === "person" ? { name, fields: fieldsOfPerson(values, known.fields) } : known;
  if (shape) {
    // `${user}` is "[object Object]", unless its class says how it is written.
    if (at.inText) for (const value of values) if (value.kind === "instance") return ofText(at, node, value);
    // A document of Mongoose's prints all its fields.
    if (at.inText && !values.some((value) => value.kind === "list" || (value.kind === "external" && value.provenance.package === "mongoose"))) return [];
    return fieldsOfShape(at, node, shape);
  }
  const unsure = values.filter((value) => !isNothing(value)).every((value) => value.kind === "parameter" || value.kind === "external" || value.kind === "primitive" || value.kind === "instance" || value.kind === "typed");
  const person = name !== "" && containerOf(name) === "person" && (!/(?<!detail)s$/i.test(name) || isAskedFor(at, node)) && unsure && !values.some((value) => value.kind === "primitive" && /^(string|number|boolean|bigint)$/.test(value.name));
  if (person && (isGivenHarmless(at, node) || isOneOfWords(at, node))) return [];
  // `${user}` is how somebody is called, an id, or "[object Object]".
  if (person) return at.inText ? [] : [expose(at, node, name, "identity")];
  if (!at.inText && name !== "" && isReceipt(at, node)) return [expose(at, node, `${nameOf(node)} (its recipient)`, "contact")];
  // What is parsed from a text, the text holds.
  const parsed = parsedFields(at, node);
  if (parsed.length > 0) return [...new Map(parsed.map((field) => [field.name, field])).values()].map((field) => expose(at, node, `${nameOf(node)} (its ${field.name})`, field.category));
  // `${data}` is "[object Object]".
  const read = !at.inText && unsure && !values.some((value) => value.kind === "primitive" && !/^(?:any|unknown|object)$/.test(value.name)) ? [...new Map([...claimsOf(at, node), ...membersRead(at, node)].map((field) => [field.name, field])).values()] : [];
  return read.filter((field) => !isWhereabouts(name, field.name, field.category)).map((field) => expose(at.path ? { ...at, path: [...at.path, ...field.name.split(".")] } : at, node, `${nameOf(node)} (its ${field.name})`, field.category));
}

/** Each field by itself: a logger may take some of them out. */
function fieldsOfShape(at: Look, node: Expression, { name, fields }: PersonalShape): readonly Exposure[] {
  return fields.map((field) => expose(at.path ? { ...at, path: [...at.path, ...field.name.split(".")] } : at, node, `${nameOf(node) || name || "the object"} (its ${field.name})`, field.category));
}

/** The fields of objects that are a person's, whatever their own declarations call them. */
function fieldsOfPerson(values: readonly Value[], known: readonly PersonalField[]): readonly PersonalField[] {
  const keys = values.flatMap((value) => {
    if (value.kind === "object") return value.node.members.flatMap((member) => (member.kind === "property" && !/^(?:literal|function)$/.test(member.value.kind) ? [member.key] : []));
    return value.kind === "typed" && value.type.kind === "object" ? value.type.members.flatMap(({ name, type }) => (type?.kind === "keyword" && type.name === "string" ? [name] : [])) : [];
  });
  return [...known, ...personalShape("user", keys).fields.filter(({ name }) => !known.some((field) => field.name === name))];
}

/** Whether all calls of the function whose parameter this is give it an object that is known, and holds nothing personal, or the reference of a record. */
function isGivenHarmless(at: Look, node: Expression): boolean {
  const { model, file } = at;
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  if (source?.kind !== "parameter" || source.path.length > 0) return false;
  const given = model.transactions.callersOf(source.function).map((caller) => ({ file: caller.file, argument: caller.call.arguments[source.index] }));
  return given.length > 0 && given.every(({ file: where, argument }) => {
    if (argument === undefined) return false;
    const shape = shapeOf(model, where, argument);
    return shape ? shape.fields.length === 0 : argument.kind === "member" && (isIdName(argument.property) || (containerOf(argument.property) === "person" && refersTo({ ...at, file: where }, argument)));
  });
}

/** `if (recipient === "seller")`: a kind of somebody, and nobody. */
function isOneOfWords(at: Look, node: Expression): boolean {
  if (node.kind === "member") return wordMembers(at.model).has(ofHolder(node));
  if (node.kind !== "name" || node.binding === undefined) return false;
  const source = at.model.values.index(at.file).sources[node.binding];
  if (source?.kind === "value" && source.path.length === 0 && source.value?.kind === "member" && isOneOfWords(at, source.value)) return true;
  const { parentOf } = at.model.values.index(at.file);
  return at.model.values.usesOf(at.file, node.binding).some((use) => {
    const around = parentOf(use);
    if (around === undefined || !("kind" in around)) return false;
    return (around.kind === "binary" && /^[!=]==?$/.test(around.operator) && [around.left, around.right].some((side) => side.kind === "literal" && typeof side.value === "string" && side.value !== "")) || (around.kind === "switch" && around.subject === use);
  });
}

/** The members that code of the project compares with words: `session.profile === "guest"`. */
const wordMembers = oncePer((model: ProjectModel): ReadonlySet<string> => new Set(model.files.flatMap((file) => model.values.index(file).operations.flatMap(({ operator, left, right }) => {
  if (!/^[!=]==?$/.test(operator)) return [];
  const [member, word] = left.kind === "member" ? [left, right] : [right, left];
  return member.kind === "member" && word.kind === "literal" && typeof word.value === "string" && word.value !== "" ? [ofHolder(member)] : [];
}))));

/** A member with the last name of what it is of. */
function ofHolder({ object, property }: MemberExpression): string {
  return `${lastName(object)}.${property}`;
}

/** What stands for a person who is not there. */
function isNothing(value: Value): boolean {
  return value.kind === "constant" && value.value === null;
}

/** `const { customer } = intent` */
function isTakenOut(at: Look, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? at.model.values.index(at.file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length > 0;
}

/** `const users = await directory.findUsers(…)`: what is asked for by that name is no number of them. */
function isAskedFor(at: Look, node: Expression): boolean {
  const source = !at.inText && node.kind === "name" && node.binding !== undefined ? at.model.values.index(at.file).sources[node.binding] : undefined;
  if (source?.kind !== "value" || source.path.length > 0 || node.kind !== "name" || !/(?:user|customer|patient|employee|student|guest|subscriber|applicant|contact|member|lead|teacher|doctor|attendee)s$/i.test(node.name)) return false;
  const made = source.value?.kind === "await" ? source.value.value : source.value;
  return made?.kind === "call" && /^(?:find|get|list|fetch|load|search|query|retrieve)(?!.*(?:count|ids?$))/i.test(lastName(made.callee));
}

/** What the `toString` of a class gives. */
function ofText(at: Look, node: Expression, { file, class: { members } }: Extract<Value, { kind: "instance" }>): readonly Exposure[] {
  const writes = members.find((member) => member.kind === "method" && member.name === "toString");
  if (writes?.kind !== "method" || at.depth >= deepest) return [];
  return respan(node, at.model.values.returned(writes.function).flatMap((value) => look({ ...at, file, path: undefined, depth: at.depth + 1 }, value)));
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
  return shape !== undefined && ((containerOf(shape.name) === "person" && !isThingsRecord(shape.name)) || shape.fields.some(({ name }) => name === property));
}
