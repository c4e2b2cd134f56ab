import { isFor, kindOf } from "../../catalogue/index.js";
import { h3Packages } from "../../catalogue/lexicon/h3.js";
import { containerOf, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import type { FileIndex } from "../../model/modules/file-index.js";
import { deepest, expose, type Exposure, type Look, madeIn, nameOf, respan, wayTo } from "./exposure.js";
import { givesProfile, givesRefused } from "./framework-exposure.js";
import { personalShape, shapeOf } from "./personal-shapes.js";
import { lastName, propertyOf } from "../../facts/names.js";
import { byNames, hiddenNames } from "./hidden-names.js";
import { covers } from "./redaction.js";
import { givesSentBody, headerRead, isRequest, readsOpeningCookie, requestParts } from "./request-exposure.js";
import { isClean, isData, tidiedText } from "./unrevealing-values.js";

/** Methods that give back the text, list or map they are called on, changed a little. */
const sameText = new Set(["trim", "toLowerCase", "toUpperCase", "toString", "normalize", "valueOf", "padEnd", "padStart", "concat", "join", "filter", "sort", "toSorted", "reverse", "toReversed", "flat", "getAll", "entries", "values", "toJSON", "toObject", "toPOJO"]);
/** Calls that give back their argument in another form. */
const sameData = /^((?:\w+\.)?stringify|Buffer\.from|String|inspect|util\.inspect|format|util\.format|safeStringify|Object\.assign|structuredClone|plainToInstance|instanceToPlain|Object\.entries|Object\.values|Object\.fromEntries|encodeURIComponent|btoa)$/;

/** What the result of a call carries: of what it was called on and given, or of what the project's function returns. */
export function ofCall(at: Look, node: CallExpression): readonly Exposure[] {
  const name = nameOf(node.callee);
  const last = name.slice(name.lastIndexOf(".") + 1);
  const left = ofPicked(at, node, last);
  if (left) return left;
  // `rows.at(0)`, `rows.slice(0, 3)`: of a list, not of a text.
  if (node.callee.kind === "member" && /^(at|slice|find|findLast|pop|shift)$/.test(node.callee.property) && shapeOf(at.model, at.file, node)) return at.search.ofWhole(at, node, "");
  const begin = ofBeginning(at, node);
  if (begin) return begin;
  if (isClean(at, node)) return [];
  // What a procedure of tRPC's is sent, before it is checked.
  if (givesSentBody(at, node)) return [expose(at, node, "the body of the request", "contact")];
  if (last === "getRawInput" || isMatched(at, node)) return [expose(at, node, `${name}()`, "contact")];
  if (givesRefused(at, node)) return [expose(at, node, `${name}()`, "contact", "value")];
  if (givesProfile(at, node)) return [expose(at, node, `${name}()`, "contact")];
  if (givesSession(at, node)) return [expose(at, node, `${name}()`, "token")];
  if (decrypts(node)) return [expose(at, node, `${name}()`, "credential")];
  if (isIssued(at, node)) return [expose(at, node, `${name}()`, "token")];
  // `Promise.all(ids.map(load))`
  if (/^Promise\.(?:all|allSettled|resolve|race|any)$/.test(name)) return node.arguments.flatMap((argument) => at.search.of(at, argument));
  if (isSentPart(at, node) || isAllHeaders(at, node)) return [expose(at, node, `${name}()`, /(?:^header|headers|cookies)$/i.test(last) ? "token" : "contact")];
  if (readsOpeningCookie(at, node)) return [expose(at, node, `${name}()`, "token")];
  const header = headerRead(node);
  const named = header === undefined ? undefined : personalDataOf(header);
  if (header !== undefined && named && !named.onlyOfPerson) return [expose(at, node, header, named.category)];
  if (name === "JSON.stringify" && node.arguments[1]) return ofChosen(at, node);
  if (sameData.test(name)) {
    const { inText: _, ...object } = at;
    return node.arguments.flatMap((argument) => at.search.of({ ...object, path: undefined, ...(name === "String" && { inText: true as const }) }, argument));
  }
  // `JSON.parse(answer.SecretString)`
  const parsed = name === "JSON.parse" ? node.arguments.slice(0, 1).flatMap((argument) => at.search.of({ ...at, path: undefined }, argument)).filter(({ category }) => category === "credential") : [];
  if (parsed.length > 0) return parsed;
  // `wrap(guest).toPOJO()` of MikroORM
  if (isWrapped(at, node)) return node.arguments.slice(0, 1).flatMap((argument) => at.search.of({ ...at, path: undefined }, argument));
  if (isColoured(at, node)) return node.arguments.flatMap((argument) => at.search.of({ ...at, path: undefined, inText: true }, argument));
  const tidied = tidiedText(node);
  if (tidied) return at.search.of({ ...at, path: undefined }, tidied);
  // `Object.entries(fields).filter(([key]) => !hidden.has(key))`
  if (node.callee.kind === "member" && node.callee.property === "filter" && node.callee.object.kind === "call" && nameOf(node.callee.object.callee) === "Object.entries") return [];
  if (node.callee.kind === "member" && (sameText.has(node.callee.property) || isPlainForm(node))) {
    const parts = [node.callee.object, ...(node.callee.property === "concat" ? node.arguments : [])];
    return parts.flatMap((part) => at.search.of({ ...at, path: undefined, ...(node.callee.kind === "member" && node.callee.property === "toString" && { inText: true as const }) }, part));
  }
  if (node.callee.kind === "member" && /^(map|flatMap|reduce|reduceRight)$/.test(last)) return ofMapped(at, node);
  if (at.depth >= deepest) return [];
  const given = ofProjectCall({ ...at, depth: at.depth + 1 }, node);
  // `getFromAddress()`: whom the application's own mails come from.
  const returned = /(?:^|[a-z_])(?:from|sender|reply_?to)_?(?:e?mail)?_?(?:addr(?:ess)?|e?mail)?$/i.test(last) ? given.filter(({ category }) => category !== "contact") : given;
  if (returned.length > 0) return returned;
  // `new Callback(fields).save()` gives what it was made of.
  const made = node.callee.kind === "member" && node.callee.property === "save" && node.callee.object.kind === "new" ? node.callee.object.arguments[0] : undefined;
  const stored = made ?? storedBy(at, node);
  if (stored && !at.inText && shapeOf(at.model, at.file, node) === undefined) return at.search.of({ ...at, depth: at.depth + 1 }, stored);
  const told = toldByName(at, node, last) ?? toldByStore(at, node) ?? toldByTable(at, node);
  // `getUser().email` is a member; a call that is logged whole is judged by what it is known to give.
  return told ? [told] : at.search.ofWhole({ ...at, depth: at.depth + 1 }, node, "");
}

/** `row.get({ plain: true })` of Sequelize: the row without its methods. */
function isPlainForm({ callee, arguments: [options] }: CallExpression): boolean {
  return callee.kind === "member" && callee.property === "get" && options?.kind === "object" && propertyOf(options, "plain") !== undefined;
}

/** `JSON.stringify(user, ["id", "grade"])`, `JSON.stringify(user, (key, value) => (key === "email" ? undefined : value))`: what its second argument leaves. */
function ofChosen({ inText: _, ...at }: Look, { arguments: [given, chosen] }: CallExpression): readonly Exposure[] {
  const found = given ? at.search.of({ ...at, path: [] }, given) : [];
  const lists = chosen ? at.model.values.of(at.file, chosen).some(({ kind }) => kind === "array") : false;
  const kept = chosen && lists ? keysIn(at, chosen) : undefined;
  const hidden = chosen?.kind === "function" ? byNames(hiddenNames(at.model, at.file, chosen.function) ?? []) : [];
  const isLeft = (path: readonly string[]): boolean => (kept === undefined || kept.includes(undefined) || path.every((key) => kept.includes(key))) && !covers(hidden, path);
  return found.filter(({ path }) => path === undefined || isLeft(path)).map(({ path: __, ...exposure }) => exposure);
}

/** `request.headers()`, `request.all()`: the parts of a request of Adonis. */
function isSentPart(at: Look, { callee, arguments: given }: CallExpression): boolean {
  return callee.kind === "member" && given.length === 0 && /^(?:headers|cookies|body|all)$/.test(callee.property) && at.model.values.of(at.file, callee.object).some((value) => value.kind === "external" && /^@adonisjs\//.test(value.provenance.package) && kindOf(value.provenance) === "request");
}

/** `c.req.header()` of Hono and `getRequestHeaders(event)` of H3, which give all of them. */
function isAllHeaders(at: Look, { callee, arguments: given }: CallExpression): boolean {
  if (/^(?:get(?:Request)?Headers|parseCookies)$/.test(lastName(callee))) return at.model.values.of(at.file, callee).some((value) => value.kind === "external" && h3Packages.test(value.provenance.package));
  return callee.kind === "member" && callee.property === "header" && given.length === 0 && isRequest(at, callee.object);
}

/** `decrypt(row.secret)`: what was kept so that nobody can read it. */
function decrypts({ callee, arguments: given }: CallExpression): boolean {
  return given.length > 0 && /^(?:decrypt|decipher)(?:Text|String|Value|Secret|Sync)?$/.test(lastName(callee));
}

/** Packages that colour a text for a terminal. */
const colours: ReadonlySet<string> = new Set(["chalk", "colors", "picocolors", "kleur", "ansi-colors", "colorette", "yoctocolors", "ansis", "cli-color"]);

function isWrapped(at: Look, { callee }: CallExpression): boolean {
  return at.model.values.of(at.file, callee).some((value) => value.kind === "external" && /^@mikro-orm\//.test(value.provenance.package) && /^(?:wrap|serialize)$/.test(value.provenance.path.at(-1) ?? ""));
}

function isColoured(at: Look, { callee }: CallExpression): boolean {
  return at.model.values.of(at.file, callee).some((value) => value.kind === "external" && colours.has(value.provenance.package));
}

/** `getClientIp(request)`: a function of the project whose name says what it gives. */
function toldByName(at: Look, node: CallExpression, name: string): Exposure | undefined {
  const [, does, given = ""] = /^(get|extract|resolve|read|detect|decrypt|generate|create|make|issue)([A-Z]\w*)$/.exec(name) ?? [];
  // `getUserRefFromToken` gives a reference.
  const [gives = ""] = given.split(/(?:From|By|Of|For|In|With)(?=[A-Z])/);
  const isIp = isCallersAddress(at, node, gives);
  const named = gives === "" ? undefined : isIp ? { category: "location" as const, onlyOfPerson: false } : personalDataOf(gives);
  // `createEmail(user)` makes a message.
  if (/^(?:generate|create|make|issue)$/.test(does ?? "") && named?.category !== "token" && named?.category !== "credential") return undefined;
  if (!named || named.onlyOfPerson || !isData(at, node, named.category)) return undefined;
  const { functions } = at.model.callGraph.callees(at.file, node);
  return (isIp || functions.length > 0) && functions.every(({ node: callee }) => callee.returns?.kind !== "keyword" || callee.returns.name === "string") ? expose(at, node, `${name}()`, named.category) : undefined;
}

/** `Code.create({ otp })` of a model that nothing declares gives back what it was given. */
function storedBy({ model, file }: Look, { callee, arguments: [given] }: CallExpression): Expression | undefined {
  const isModel = callee.kind === "member" && callee.property === "create" && callee.object.kind === "name" && /^[A-Z][a-z]/.test(callee.object.name) && callee.object.name !== "Object";
  return isModel && given?.kind === "object" && model.values.of(file, callee).every(({ kind }) => kind === "external" || kind === "parameter") ? given : undefined;
}

/** Methods that give a record of a store. */
const givesRecord = /^create$|^find(?:One|First|Unique|ById|ByPk|ByPrimary|OneBy|OneOrFail|OneByOrFail|FirstOrThrow|UniqueOrThrow|OneAndUpdate|ByIdAndUpdate|OneAndDelete|ByIdAndDelete)$/;

/** `db.user.findOne(…)`, `this.userModel.findById(id)`, of which nothing else is known: the record of somebody. */
function toldByStore(at: Look, node: CallExpression): Exposure | undefined {
  if (at.inText || node.callee.kind !== "member" || !givesRecord.test(node.callee.property)) return undefined;
  const holder = lastName(node.callee.object).replace(/(?<=[a-z])_?(?:Model|Repository|Repo|Collection|Dao)$/, "");
  const isUnknown = containerOf(holder) === "person" && shapeOf(at.model, at.file, node) === undefined && at.model.callGraph.callees(at.file, node).functions.length === 0;
  return isUnknown && !node.arguments.some(namesFields) ? expose(at, node, holder, "identity") : undefined;
}

/** Steps of a query that say which columns it gives, or how many rows there are. */
const namesColumns = /^(?:select|columns?|first|pluck|returning|count\w*|sum\w*|avg\w*|min|max)$/;

/** `knex("users").where({ email })`: whole rows of a table of persons, of which nothing else is known. */
function toldByTable(at: Look, node: CallExpression): Exposure | undefined {
  const operation = at.inText ? undefined : at.model.dataAccess.at(at.file, node);
  if (operation?.package !== "knex" || (operation.role !== "read" && operation.role !== "list") || shapeOf(at.model, at.file, node) !== undefined) return undefined;
  let root: Expression = node;
  for (; root.kind === "call" && root.callee.kind === "member"; root = root.callee.object) {
    const { callee, arguments: given } = root;
    if (namesColumns.test(callee.property) && (callee.property !== "first" || given.length > 0) && !given.every((column) => column.kind === "literal" && column.value === "*")) return undefined;
    if (/^(?:count|sum|avg|min|max)/.test(callee.property)) return undefined;
  }
  const [table] = root.kind === "call" ? root.arguments : [];
  const name = table && at.model.values.text(at.file, table)?.split(/\s/)[0];
  return name !== undefined && containerOf(name) === "person" ? expose(at, node, name, "identity") : undefined;
}

/** `{ select: … }`, `{ attributes: … }`, a text of names: which fields are wanted. */
function namesFields(node: Expression): boolean {
  return node.kind === "object" ? node.members.some((member) => member.kind === "property" && /^(?:select|columns|attributes|projection|fields)$/.test(member.key)) : node.kind === "literal" && typeof node.value === "string" && node.value.includes(" ");
}

/** `getIp(request)`, `requestIp.getClientIp(req)`, `getIpFromRequest(req)`: the address that a request comes from, whoever wrote the function. */
function isCallersAddress(at: Look, { callee, arguments: given }: CallExpression, gives: string): boolean {
  if (!/^(?:Client|Remote|User|Caller|Real|Request)?(?:Ip|IP)(?:_?Addr(?:ess)?)?$/.test(gives)) return false;
  return /(?:Client|Remote|Request|Req)/.test(lastName(callee)) || given.some((argument) => isRequest(at, argument) || (argument.kind === "member" && argument.property === "headers" && isRequest(at, argument.object)));
}

/** `matchedData(req)` of express-validator: what was sent and checked. */
function isMatched(at: Look, { callee }: CallExpression): boolean {
  return at.model.values.of(at.file, callee).some((value) => value.kind === "external" && value.provenance.package === "express-validator" && value.provenance.path.at(-1) === "matchedData");
}

/** Fewer characters than this only tell one secret from another, as the last of a card do; a token is longer than a password, and a header begins with its scheme. */
const fewestTelling = { credential: 10, token: 13, header: 20 };

/** As many characters of an object show its first fields. */
const fewestShown = 60;

/** `token.slice(0, 20)`: the first characters of a secret, which are no mask of it; undefined for other calls. */
function ofBeginning(at: Look, { callee, arguments: [from, to] }: CallExpression): readonly Exposure[] | undefined {
  if (callee.kind !== "member" || !/^(?:slice|substring|substr)$/.test(callee.property) || from?.kind !== "literal" || from.value !== 0) return undefined;
  const length = to?.kind === "literal" && typeof to.value === "number" ? to.value : 0;
  // `JSON.stringify(body).slice(0, 300)`
  if (length >= fewestShown && callee.object.kind === "call" && nameOf(callee.object.callee) === "JSON.stringify") return at.search.of(at, callee.object);
  if (length < fewestTelling.credential) return undefined;
  // An address begins with what everybody may see.
  return at.search.of(at, callee.object).filter((exposure) => (exposure.category === "credential" || (exposure.category === "token" && length >= fewestTelling.token)) && !/(?:uri|url|dsn|string)$/i.test(wayTo(exposure)) && (length >= fewestTelling.header || !/authorization|header/i.test(wayTo(exposure))));
}

/** What keeps sessions of its own. */
const sessionKeepers = /^(?:better-auth|next-auth|@auth\/|lucia|@clerk\/|supertokens-node|@supabase\/)/;

/** `auth.api.getSession({ headers })`: the session with its token and whose it is. */
function givesSession(at: Look, { callee }: CallExpression): boolean {
  if (at.inText || !/^(?:getSession|getServerSession|validateSession(?:Token)?)$/.test(nameOf(callee).split(".").at(-1) ?? "")) return false;
  return at.model.values.of(at.file, callee).some((value) => value.kind === "external" && sessionKeepers.test(value.provenance.package));
}

/** A token that a library has just signed: `jwt.sign(claims, key)`. */
function isIssued(at: Look, { callee }: CallExpression): boolean {
  if (callee.kind !== "member" && callee.kind !== "name") return false;
  return at.model.values.of(at.file, callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "token") && /^(sign|signAsync|encode|encrypt)$/.test(value.provenance.path.at(-1) ?? "") && !value.provenance.path.some((step) => /abi|coder|rlp/i.test(step)));
}

/** `omit(user, ["email"])`, `pick(user, ["id"])`: the fields that are left; undefined where they are not known. */
function ofPicked(at: Look, node: CallExpression, name: string): readonly Exposure[] | undefined {
  const [subject, ...keys] = node.arguments;
  // `request.only(["email", "password"])` of Adonis
  if (subject && name === "only" && node.callee.kind === "member" && isRequest(at, node.callee.object)) {
    const request = nameOf(node.callee.object);
    return personalShape("", keysIn(at, subject).flatMap((key) => key ?? [])).fields.map((field) => expose(at, node, `${request}.${field.name}`, field.category));
  }
  const named = keys.flatMap((key) => keysIn(at, key));
  // `_.omit(req.body, "company")`: what else was sent is still there.
  if (subject?.kind === "member" && name === "omit" && subject.property === "body" && isRequest(at, subject.object) && !named.some((key) => key === undefined || personalDataOf(key) !== undefined) && shapeOf(at.model, at.file, subject) === undefined) return [{ ...expose(at, subject, nameOf(subject), "contact", "rest"), isBody: true }];
  const shape = subject && /^(omit|pick)$/.test(name) ? shapeOf(at.model, at.file, subject) : undefined;
  // `pick(req, ["method", "body"])`
  const sent = subject && name === "pick" && isRequest(at, subject) ? named.filter((key) => key !== undefined && requestParts.has(key)) : [];
  if (subject && sent.length > 0) return sent.map((key) => expose(at, subject, `${nameOf(subject)}.${key ?? ""}`, key === "body" || key === "rawBody" ? "contact" : "token"));
  // `_.pick(req.body, ["email", "phone"])`: the keys say what is taken of an object that nothing declares.
  if (subject && !shape && name === "pick" && named.length > 0 && !named.includes(undefined)) return personalShape("", named.flatMap((key) => key ?? [])).fields.map((field) => expose(at, subject, nameOf(subject), field.category, field.name));
  if (!subject || !shape || named.length === 0 || named.includes(undefined)) return undefined;
  return shape.fields.filter((field) => named.includes(field.name) === (name === "pick")).map((field) => expose(at, subject, nameOf(subject) || shape.name, field.category, field.name));
}

/** The keys that a list names, written here or given by a function; undefined among them for one that is not known. */
function keysIn(at: Look, node: Expression): readonly (string | undefined)[] {
  const lists = node.kind === "array" ? [{ file: at.file, elements: node.elements }] : at.model.values.of(at.file, node).flatMap((value) => (value.kind === "array" ? [{ file: value.file, elements: value.node.elements }] : []));
  return lists.length === 0 ? [at.model.values.text(at.file, node)] : lists.flatMap(({ file, elements }) => elements.map((element) => at.model.values.text(file, element)));
}

/** `users.map((user) => user.email)`: what the function gives for each. */
function ofMapped(at: Look, node: CallExpression): readonly Exposure[] {
  const [callback] = node.arguments;
  if (callback?.kind !== "function" || at.depth >= deepest) return [];
  return respan(node, at.model.values.returned(callback.function).flatMap((value) => at.search.of({ ...at, depth: at.depth + 1 }, value)));
}

/** What a function of the project returns, where its body shows it. */
function ofProjectCall(at: Look, node: CallExpression): readonly Exposure[] {
  const { functions } = at.model.callGraph.callees(at.file, node);
  if (functions.length !== 1 || isByHarmlessKey(at, node)) return [];
  return functions.flatMap(({ file, node: callee }) => {
    if (callee.returns?.kind === "keyword" && /^(boolean|number|void)$/.test(callee.returns.name)) return [];
    return [...at.model.values.returned(callee), ...at.model.values.yielded(callee)].flatMap((value) => {
      const found = at.search.of({ ...at, file, call: { of: callee, arguments: node.arguments, at } }, value);
      // What is handed through stands where it was given.
      return value.kind === "name" && isParameter(at.model.values.index(file), value.binding, callee) ? found : respan(node, madeIn(file, found));
    });
  });
}

/** `config.get("PORT")`: of all that such a function may give, the key says which. */
function isByHarmlessKey(at: Look, { callee, arguments: [key] }: CallExpression): boolean {
  if (!/^(?:get|getOrThrow|getValue|read|env|setting|config|param|option)$/.test(lastName(callee))) return false;
  const name = key && at.model.values.text(at.file, key);
  return name !== undefined && personalDataOf(name) === undefined && containerOf(name) !== "person";
}

function isParameter({ sources }: FileIndex, binding: number | undefined, callee: FunctionNode): boolean {
  const source = binding === undefined ? undefined : sources[binding];
  return source?.kind === "parameter" && source.function === callee && source.path.length === 0;
}
