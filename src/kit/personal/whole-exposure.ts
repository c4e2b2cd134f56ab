import { oncePer } from "../../base/once-per.js";
import { containerOf, isProtectedName } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import type { Expression, MemberExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { claimsOf } from "./decoded-tokens.js";
import { deepest, expose, isIdName, isMoving, isPost, isWhereabouts, type Exposure, type Look, nameOf, respan } from "./exposure.js";
import { isReceipt } from "./mail-recipients.js";
import { membersRead, parsedFields } from "./members-read.js";
import { isMereCandidate } from "./candidates.js";
import { type PersonalField, type PersonalShape, personalShape, shapeOf } from "./personal-shapes.js";
import { isReference } from "./document-references.js";
import { usersAreIds } from "./request-users.js";
import { isRequest } from "./request-exposure.js";
import { isPlain } from "./unrevealing-values.js";
import { refersTo } from "./record-references.js";

/** What the account of an application itself stands in: `creds.user`, `connection.user`, `dbConfig.user`. */
const ofStores = /(?:creds?|credentials?|basic(?:auth)?)$|^connection$|(?:^|[a-z_])(?:db|database|postgres|pg|mysql|mongo|sql)_?(?:config|conf|options|opts|settings|connection)?$/i;

/** An object that is logged whole: by the fields of its declared shape, else by its name. */
export function ofWhole(at: Look, node: Expression, name: string): readonly Exposure[] {
  const values = at.model.values.of(at.file, node);
  // What begins as `null` is given something later.
  const begun = node.kind === "member" ? values.filter((value) => !isNothing(value)) : values;
  if ((begun.length > 0 && begun.every(isPlain)) || (begun.length === 0 && values.length > 0 && at.inText) || isProtectedName(name)) return [];
  // The user of a mail server is none of a person's, and a reference to a document is its id.
  if (node.kind === "member" && (nameOf(node.object) === "process.env" || (isReference(at, node) && !isRequest(at, node.object)))) return [];
  if (node.kind === "member" && node.property === "user" && isRequest(at, node.object) && usersAreIds(at.model)) return [];
  // `creds.user` beside `creds.pass` is what somebody signs in as.
  if (node.kind === "member" && node.property === "user" && ofStores.test(lastName(node.object))) return [];
  // `intent.customer`, `const { customer } = intent`: Stripe's objects hold ids of others.
  if ((node.kind === "member" || isTakenOut(at, node)) && !/_details$/.test(name) && values.some((value) => value.kind === "external" && value.provenance.package === "stripe")) return [];
  const known = shapeOf(at.model, at.file, node);
  // `const user = { id, name }`: the variable says whose name it is.
  const shape = known?.name === "" && (containerOf(name) === "person" || isSomeDriver(name, values)) ? { name, fields: fieldsOfPerson(values, known.fields) } : known;
  if (shape) {
    // `${user}` is "[object Object]", unless its class says how it is written.
    if (at.inText) for (const value of values) if (value.kind === "instance") return ofText(at, node, value);
    // A document of Mongoose's prints all its fields.
    if (at.inText && !values.some((value) => value.kind === "list" || (value.kind === "external" && value.provenance.package === "mongoose"))) return [];
    return fieldsOfShape(at, node, shape);
  }
  const unsure = values.filter((value) => !isNothing(value)).every((value) => value.kind === "parameter" || value.kind === "external" || value.kind === "primitive" || value.kind === "instance" || value.kind === "typed");
  const person = name !== "" && containerOf(name) === "person" && (!/(?<!detail)s$/i.test(name) || isAskedFor(at, node)) && unsure && !values.some((value) => value.kind === "primitive" && /^(string|number|boolean|bigint)$/.test(value.name));
  if (person && (isGivenHarmless(at, node) || isHandedAsText(at, node) || isOneOfWords(at, node) || isMereCandidate(at, name))) return [];
  // `${user}` is how somebody is called, an id, or "[object Object]".
  if (person) return at.inText ? [] : [expose(at, node, name, "identity")];
  if (!at.inText && name !== "" && isReceipt(at, node)) return [expose(at, node, nameOf(node), "contact", "recipient")];
  // What is parsed from a text, the text holds.
  const parsed = parsedFields(at, node);
  if (parsed.length > 0) return [...new Map(parsed.map((field) => [field.name, field])).values()].map((field) => expose(at, node, nameOf(node), field.category, field.name));
  // `${data}` is "[object Object]".
  const read = !at.inText && unsure && !values.some((value) => value.kind === "primitive" && !/^(?:any|unknown|object)$/.test(value.name)) ? [...new Map([...claimsOf(at, node), ...membersRead(at, node)].map((field) => [field.name, field])).values()] : [];
  return read.filter((field) => !isWhereabouts(name, field.name, field.category)).map((field) => expose(at.path ? { ...at, path: [...at.path, ...field.name.split(".")] } : at, node, nameOf(node), field.category, field.name));
}

/** Each field by itself: a logger may take some of them out. */
export function fieldsOfShape(at: Look, node: Expression, { name, fields }: PersonalShape): readonly Exposure[] {
  const holder = nameOf(node) || name;
  const told = isPost(holder) ? fields.filter(({ category }) => category !== "employment") : fields;
  return told.map((field) => expose(at.path ? { ...at, path: [...at.path, ...field.name.split(".")] } : at, node, nameOf(node) || name, field.category, field.name));
}

/** `driver: { name, licenceNumber }` is somebody; other drivers have no licence to drive. */
function isSomeDriver(name: string, values: readonly Value[]): boolean {
  return isMoving(name) && keysOf(values).some((key) => /^(?:driving_?)?licen[cs]e(?:_?(?:no|number|plate))?$|^(?:phone|mobile)/i.test(key));
}

/** The names of what objects hold that may be data. */
function keysOf(values: readonly Value[]): readonly string[] {
  return values.flatMap((value) => {
    if (value.kind === "object") return value.node.members.flatMap((member) => (member.kind === "property" && !/^(?:literal|function)$/.test(member.value.kind) ? [member.key] : []));
    return value.kind === "typed" && value.type.kind === "object" ? value.type.members.flatMap(({ name, type }) => (type?.kind === "keyword" && type.name === "string" ? [name] : [])) : [];
  });
}

/** The fields of objects that are a person's, whatever their own declarations call them. */
function fieldsOfPerson(values: readonly Value[], known: readonly PersonalField[]): readonly PersonalField[] {
  const keys = keysOf(values);
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

/** Whether the file hands a variable to a function of the project that takes a text there: `subscriptionsOf(selectedUser)` of `(userId: string) => …`. */
function isHandedAsText({ model, file }: Look, node: Expression): boolean {
  if (node.kind !== "name" || node.binding === undefined) return false;
  return model.values.usesOf(file, node.binding).some((use) => {
    const call = model.values.index(file).parentOf(use);
    const place = call !== undefined && "kind" in call && call.kind === "call" ? call.arguments.findIndex((argument) => argument === use) : -1;
    if (place < 0 || call === undefined || !("kind" in call) || call.kind !== "call") return false;
    return model.callGraph.callees(file, call).functions.some((callee) => {
      const type = callee.node.parameters[place]?.type;
      return type?.kind === "keyword" && /^(?:string|number)$/.test(type.name);
    });
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
  return respan(node, at.model.values.returned(writes.function).flatMap((value) => at.search.of({ ...at, file, path: undefined, depth: at.depth + 1 }, value)));
}
