import { callStep } from "../../catalogue/provenance.js";
import { within } from "../../base/position.js";
import { containerOf, isSanitiserName, numericCategories, type PersonalDataCategory, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { isNothing, lastName } from "../../facts/names.js";
import type { ClassNode, Decorator, Expression, FunctionNode, TypeMember, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { isSomebody } from "./exposure.js";
import { valuesOfArguments } from "../records/generic-types.js";
import { isBesideRecipient, isRecipientName } from "./mail-recipients.js";
import { recordValues } from "../records/record-shapes.js";

/** A field of a shape that holds personal data or credentials. */
export interface PersonalField {
  /** `email`, `contact.email`. */
  readonly name: string;
  readonly category: PersonalDataCategory;
}

/** An object shape of the project, with those of its fields that hold personal data or credentials. */
export interface PersonalShape {
  readonly name: string;
  readonly fields: readonly PersonalField[];
}

/** How far objects inside objects are looked at. */
const deepest = 2;

/** The declared shape of what an expression stands for: by type, class, schema, table, model; undefined if none is known. */
export function shapeOf(model: ProjectModel, file: string, node: Expression): PersonalShape | undefined {
  const known = shapeOfValues(model, model.values.of(file, node)) ?? shapeOfValues(model, recordValues(model, file, node));
  const given = known && known.fields.length > 0 ? undefined : shapeOfValues(model, valuesOfArguments(model, file, node));
  return given && given.fields.length > 0 ? given : known;
}

/** The declared shape of values; of several the fields of all. */
export function shapeOfValues(model: ProjectModel, values: readonly Value[], depth = 0): PersonalShape | undefined {
  const shapes = values.flatMap((value) => shapeOfValue(model, value, depth) ?? []);
  const [first] = shapes;
  if (!first) return undefined;
  const fields = new Map(shapes.flatMap((shape) => shape.fields.map((field) => [field.name, field] as const)));
  return { name: shapes.find((shape) => shape.fields.length > 0)?.name ?? first.name, fields: [...fields.values()] };
}

function shapeOfValue(model: ProjectModel, value: Value, depth: number): PersonalShape | undefined {
  if (depth > deepest) return undefined;
  switch (value.kind) {
    case "list":
      return shapeOfValues(model, value.of, depth);
    case "typed":
      // `{ [key: string]: any }` says nothing.
      return value.type.kind === "object" && (value.type.members.length > 0 || value.name !== undefined) ? ofMembers(model, value.name ?? "", membersOf(model, value.file, value.type), depth) : undefined;
    case "instance":
      return ofClass(model, value.file, value.class, depth);
    case "external": {
      const told = ofPackage(value);
      if (told) return told;
      // A model type of a generated client.
      if (!/^(@prisma\/client|\.prisma)/.test(value.provenance.package)) return undefined;
      // `Prisma.TeacherCreateInput`
      const name = (value.provenance.path.at(-2) ?? "").replace(/(?<=[a-z0-9])(?:GetPayload|(?:Unchecked)?(?:Create|Update)(?:Many)?(?:MutationInput|Input))$/, "");
      const fields = model.prismaModel(name, value.site?.file)?.fields;
      return fields && personalShape(name, fields);
    }
    case "object":
      return personalShape("", value.node.members.flatMap((member) => (member.kind === "property" && (member.value.kind !== "literal" || member.key === "origin") && tellsValue(model, value.file, member.value) ? [member.key] : [])));
    default:
      return undefined;
  }
}

/** Whether what a field is given may tell somebody's data: no count, mask, yes or no. */
function tellsValue(model: ProjectModel, file: string, node: Expression): boolean {
  return node.kind !== "function" && !isCounted(node) && !isMasked(node) && !isYesOrNo(model, file, node) && !isNothing(node) && !isOpaque(model, file, node);
}

/** `{ email: maskEmail(lead.email) }` */
function isMasked(node: Expression): boolean {
  return node.kind === "call" && isSanitiserName(lastName(node.callee));
}

/** `{ emails: found.length }` */
function isCounted(node: Expression): boolean {
  return node.kind === "member" && /^(?:length|size)$/.test(node.property);
}

/** `{ email: !isTaken }`, `{ phone: phone !== undefined }`, `{ email: isFree }` with `let isFree = true`. */
function isYesOrNo(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "unary") return node.operator === "!";
  if (node.kind === "binary") return /^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(node.operator);
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value?.kind === "literal" && typeof source.value.value === "boolean";
}

/** What is declared to be an object and nothing more is no text: how a service is that is called `email`. */
function isOpaque(model: ProjectModel, file: string, node: Expression): boolean {
  const values = node.kind === "call" ? model.values.of(file, node) : [];
  return values.length > 0 && values.every((value) => value.kind === "primitive" && value.name === "object");
}

/** What the objects of packages say of a customer (https://docs.stripe.com/api), of the device that a message goes to, and of how a store is opened. */
const packageShapes: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map<string, ReadonlyMap<string, readonly string[]>>([
  ["pg", new Map([["PoolConfig", ["password"]], ["ClientConfig", ["password"]], ["ConnectionConfig", ["password"]]])],
  ["mysql2", new Map([["PoolOptions", ["password"]], ["ConnectionOptions", ["password"]]])],
  ["ioredis", new Map([["RedisOptions", ["password"]]])],
  ["mongoose", new Map([["ConnectOptions", ["pass"]]])],
  ["sequelize", new Map([["Options", ["password"]]])],
  ["typeorm", new Map([["DataSourceOptions", ["password"]]])],
  ["nodemailer", new Map([["SendMailOptions", ["to", "subject"]], ["Options", ["to", "subject"]]])],
  ["aws-lambda", new Map(["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration", "CustomMessage", "UserMigration"].map((trigger) => [`${trigger}TriggerEvent`, ["request.userAttributes"]]))],
  ["firebase-admin", new Map([["TokenMessage", ["token"]], ["MulticastMessage", ["tokens"]]])],
  ["stripe", new Map([["Session", ["customer_email"]], ["Event", ["data.object.customer_email"]], ["Invoice", ["customer_email"]], ["Customer", ["email", "phone"]], ["Charge", ["receipt_email"]], ["PaymentIntent", ["receipt_email"]]])],
]);

function ofPackage({ provenance: { package: name, path } }: Extract<Value, { kind: "external" }>): PersonalShape | undefined {
  const names = path.filter((step) => /^\w+$/.test(step));
  // `stripe.paymentIntents.retrieve(id)` gives a `PaymentIntent`.
  const resource = name === "stripe" && path.at(-1) === callStep && /^(?:create|retrieve|update|confirm|capture|cancel|finalizeInvoice|pay)$/.test(names.at(-1) ?? "") ? (names.at(-2) ?? "") : undefined;
  const type = resource === undefined ? (names.at(-1) ?? "") : resource.charAt(0).toUpperCase() + resource.slice(1).replace(/s$/, "");
  const fields = packageShapes.get(name)?.get(type);
  return fields && personalShape(type, fields);
}

/** A member of a type, with the file that declares it, in which its own type is to be read. */
type DeclaredMember = TypeMember & { readonly file: string };

/** The members of an object type, those of the interfaces it extends included. */
function membersOf(model: ProjectModel, file: string, type: Extract<TypeNode, { kind: "object" }>, seen = new Set<TypeNode>()): readonly DeclaredMember[] {
  if (seen.has(type)) return [];
  seen.add(type);
  const declaration = model.facts(file).types.find((candidate) => candidate.type === type);
  const inherited = (declaration?.extends ?? []).flatMap((base) => model.values.ofType(file, base)).flatMap((value) => (value.kind === "typed" && value.type.kind === "object" ? membersOf(model, value.file, value.type, seen) : []));
  return [...type.members.map((member) => ({ ...member, file })), ...inherited];
}

function ofMembers(model: ProjectModel, name: string, members: readonly DeclaredMember[], depth: number): PersonalShape {
  const plain = members.filter((member) => member.method === undefined && member.type?.kind !== "function" && !isFlag(member.type, member.name));
  const own = personalShape(name, plain.filter((member) => !isRecordOf(model, member.file, member.name, member.type)).map((member) => member.name));
  // `{ driverId: string; latitude: number; longitude: number }`
  const places = members.some((member) => isSomebody(member.name)) ? members.filter((member) => personalDataOf(member.name)?.category === "location" && !own.fields.some((field) => field.name === member.name)) : [];
  // What may be missing, as loaded relations are, is not counted on.
  const nested = plain.flatMap((member): readonly PersonalField[] => {
    return member.type && !member.optional ? fieldsBelow(model, member.file, member.name, member.type, own, depth) : [];
  });
  return { name, fields: [...own.fields, ...places.map((member): PersonalField => ({ name: member.name, category: "location" })), ...nested] };
}

/** `authorization?: AuthorizationPolicy`, `credentials: Credential[]`: an object of the project, whose own fields say what it holds. */
function isRecordOf(model: ProjectModel, file: string, name: string, type: TypeNode | undefined): boolean {
  const category = type && personalDataOf(name)?.category;
  if (!type || (category !== "token" && category !== "credential")) return false;
  const values = model.values.ofType(file, type).flatMap((value) => (value.kind === "list" ? value.of : [value]));
  return values.length > 0 && values.every((value) => value.kind === "instance" || (value.kind === "typed" && value.type.kind === "object" && value.type.members.length > 0));
}

/** The fields of the object that a member of this type holds, unless the member counts by itself. */
function fieldsBelow(model: ProjectModel, file: string, member: string, type: TypeNode, own: PersonalShape, depth: number): readonly PersonalField[] {
  if (own.fields.some(({ name }) => name === member)) return [];
  const fields = (shapeOfValues(model, model.values.ofType(file, type), depth + 1)?.fields ?? []).map((field) => ({ ...field, name: `${member}.${field.name}` }));
  // What a group or a post is called, and where it is.
  return member === "profile" && containerOf(own.name) !== "person" && own.name !== "" ? fields.filter(({ category }) => category !== "identity" && category !== "location") : fields;
}

/** The properties of a class that data is kept in; a class with methods that write its own form for logs is trusted. */
function ofClass(model: ProjectModel, file: string, node: ClassNode, depth: number): PersonalShape | undefined {
  const name = node.name ?? "";
  if (writesItself(node)) return { name, fields: [] };
  const names: string[] = node.members.flatMap((member) => {
    if (member.kind !== "property" || member.static || member.access !== undefined || isFlag(member.type, member.name) || isConstant(member)) return [];
    return isDecorated(member.decorators, "Exclude") || (isDecorated(node.decorators, "Exclude") && !isDecorated(member.decorators, "Expose")) ? [] : [member.name];
  });
  for (const member of node.members) if (member.kind === "method" && member.name === "constructor") names.push(...propertiesIn(member.function), ...assignedIn(model, file, member.function));
  const inherited = node.extends ? baseFields(model, file, node.extends.value, depth) : [];
  // Services and the like have no data of a person.
  if (names.length === 0 && inherited.length === 0 && node.members.some((member) => member.kind === "method")) return { name, fields: [] };
  const records = new Set(node.members.flatMap((member) => (member.kind === "property" && isRecordOf(model, file, member.name, member.type) ? [member.name] : [])));
  const own = personalShape(name, names.filter((one) => !records.has(one)));
  const nested = node.members.flatMap((member): readonly PersonalField[] => (member.kind === "property" && names.includes(member.name) && member.type && member.optional !== true && !isRelation(member.decorators) ? fieldsBelow(model, file, member.name, member.type, own, depth) : []));
  // `constructor(readonly claimant: { email: string })`
  const made = node.members.flatMap((member) => (member.kind === "method" && member.name === "constructor" ? member.function.parameters : [])).flatMap(({ property, target, type }): readonly PersonalField[] => (property && target.kind === "binding" && type?.kind === "object" ? fieldsBelow(model, file, target.name, type, own, depth) : []));
  return { name, fields: [...own.fields, ...nested, ...made, ...inherited.filter((field) => !names.includes(field.name))] };
}

/** `INVALID_TOKEN = "The token is no longer valid"` of a class that holds texts. */
function isConstant({ name, value }: Extract<ClassNode["members"][number], { kind: "property" }>): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) && (value?.kind === "literal" || value?.kind === "template");
}

/** `@Exclude()` */
function isDecorated(decorators: readonly Decorator[] = [], name: string): boolean {
  return decorators.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && value.callee.name === name);
}

/** `@ManyToOne(() => Member) member: Member`: what a column or a relation holds is loaded only where somebody asks for it. */
function isRelation(decorators: readonly Decorator[] = []): boolean {
  return decorators.some(({ value }) => !/^(?:Is[A-Z]\w*|Validate\w*|Type|Api[A-Z]\w*|Expose|Transform)$/.test(value.kind === "call" ? lastName(value.callee) : lastName(value)));
}

/** `constructor(readonly email: string)`; services are handed in as private ones. */
function propertiesIn({ parameters }: FunctionNode): readonly string[] {
  return parameters.flatMap(({ property, target, type }) => (property && target.kind === "binding" && !isFlag(type, target.name) && (type?.kind === "keyword" || type === undefined) ? [target.name] : []));
}

/** What a constructor keeps of what it is given, and as which property; nothing of a class that writes its own form for logs. */
export function keptParameters(model: ProjectModel, file: string, node: ClassNode): readonly { readonly index: number; readonly property: string }[] {
  const made = writesItself(node) ? undefined : node.members.find((member) => member.kind === "method" && member.name === "constructor");
  if (made?.kind !== "method") return [];
  const { function: { span, parameters } } = made;
  const index = model.values.index(file);
  const declared = parameters.flatMap(({ property, target }, place) => (property && target.kind === "binding" ? [{ index: place, property: target.name }] : []));
  const assigned = index.memberAssignments.flatMap(({ object, property, value }) => {
    const source = object.kind === "this" && value.kind === "name" && value.binding !== undefined && within(value.span, span) ? index.sources[value.binding] : undefined;
    return source?.kind === "parameter" && source.path.length === 0 ? [{ index: source.index, property }] : [];
  });
  return [...declared, ...assigned];
}

/** A class with a method that writes its own form for logs. */
function writesItself({ members }: ClassNode): boolean {
  return members.some((member) => member.kind === "method" && (/^(toJSON|toLog|toLogObject|toSafe)$/.test(member.name) || isLogForm(member.name)));
}

/** Methods that a logger of a project asks what it is to write: `getLogMessage()`. */
export function isLogForm(name: string): boolean {
  return /^(?:get|to)Log(?:Message|Entry|Data|Context|Fields)$/.test(name);
}

/** `this.email = email` in the constructor of a class without declared fields, as JavaScript writes it. */
function assignedIn(model: ProjectModel, file: string, { span }: FunctionNode): readonly string[] {
  return model.values.index(file).memberAssignments.flatMap(({ object, property, value }) => (object.kind === "this" && value.kind === "name" && value.span[0] >= span[0] && value.span[1] <= span[1] ? [property] : []));
}

/** What a class inherits: of a class of the project, or of Nest's `PartialType(User)`, `OmitType(User, ["email"])`. */
function baseFields(model: ProjectModel, file: string, base: Expression, depth: number): readonly PersonalField[] {
  if (base.kind !== "call") {
    const instances = model.values.of(file, base).flatMap((value): readonly Value[] => (value.kind === "class" ? [{ kind: "instance", file: value.file, class: value.node }] : []));
    return shapeOfValues(model, instances, depth + 1)?.fields ?? [];
  }
  const mapping = base.callee.kind === "name" ? base.callee.name : "";
  if (!/^(Partial|Omit|Pick|Intersection)Type$/.test(mapping)) return [];
  const [first, listed] = base.arguments;
  // `["email"] as const`
  const second = listed?.kind === "cast" ? listed.value : listed;
  const classes = mapping === "IntersectionType" ? base.arguments : first ? [first] : [];
  const fields = classes.flatMap((part) => baseFields(model, file, part, depth));
  const keys = second?.kind === "array" ? new Set(second.elements.flatMap((element) => model.values.text(file, element) ?? [])) : undefined;
  return keys && mapping !== "IntersectionType" ? fields.filter(({ name }) => keys.has(name) === (mapping === "PickType")) : fields;
}

/** What a record of an organisation tells of it: `{ companyName, taxId, telephone }`. */
const ofOrganisations = /^(?:company|organi[sz]ation|business|supplier|vendor|firm)_?(?:legal_?)?(?:name|number|no|code|type|type_?id)$/i;

const knownOfOrganisations = /^(?:company_?)?(?:tax_?(?:id|number)|vat_?(?:id|number)|tele_?phone\w*|fax\w*|(?:street_?|postal_?|office_?)?address\w*|(?:zip|post|postal)_?code)$/i;

/** What a system is made of besides its mails. */
const partOfSystem = /^(?:data_?base|db|redis|cache|queues?|broker|storage|disk|memory|search|kafka|rabbit(?:mq)?|mongo(?:db)?|postgres(?:ql)?|mysql|rds|dynamo(?:db)?|elastic(?:search)?|opensearch|s3|sqs|sns|ssm|vault|worker|scheduler)$/i;
const partOrMail = new RegExp(`${partOfSystem.source}|^(?:e?mail|smtp|secrets|auth|api|http|server|status|uptime|version|timestamp)$`, "i");

/** A shape of the fields of these names; `name` says whether they are a person's. */
export function personalShape(name: string, names: readonly string[]): PersonalShape {
  // Who has a last name is somebody, and who has an address for mails and a password has an account, whatever it is called.
  const person = containerOf(name) === "person" || names.some((field) => /^(?:last_?name|sur_?name|family_?name)$/i.test(field)) || (names.some((field) => /^e?mail(?:_?address)?$/i.test(field)) && names.some((field) => /^password(?:_?hash)?$/i.test(field))) || isOfUser(names);
  // `{ cardNo, pin }`, `{ mobile, pass }`: what somebody signs in with.
  const signsInWith = names.some((field) => /^(?:card_?(?:no|number)?|e?mail|mobile(?:_?(?:no|number))?|phone(?:_?number)?|user_?(?:name|id)?|account_?(?:no|number)?|login)$/i.test(field));
  // `{ database, redis, email }` tells how each part of a system is, and the mails are one of them; beside two parts, what else there is may be called anything that no person has.
  const parts = names.filter((field) => partOfSystem.test(field)).length;
  const areParts = !person && parts > 0 && names.every((field) => partOrMail.test(field) || (parts > 1 && personalDataOf(field) === undefined));
  const isOfOrganisation = !person && names.some((field) => ofOrganisations.test(field));
  if (areParts) return { name, fields: [] };
  const fields = names.flatMap((field) => {
    // `{ origin, methods, credentials }` of CORS.
    const found = field === "credentials" && names.includes("origin") ? undefined : personalDataOf(field);
    // Where an organisation is, and under which number it pays taxes, everybody may know; its mails go to somebody.
    if (isOfOrganisation && knownOfOrganisations.test(field)) return [];
    if (found && (!found.onlyOfPerson || person || (signsInWith && found.category === "credential"))) return [{ name: field, category: found.category }];
    return isRecipientName(field) && names.some(isBesideRecipient) ? [{ name: field, category: "contact" as const }] : [];
  });
  return { name, fields };
}

/** `{ username, password }`, `{ name, username, profile_pic }`: what somebody has with an account; a store has a host besides. */
function isOfUser(names: readonly string[]): boolean {
  const has = (some: RegExp): boolean => names.some((name) => some.test(name));
  return has(/^user_?name$/i) && has(/^(?:password(?:_?hash)?|avatar\w*|profile_?(?:pic|image|photo|picture)\w*|photo_?url|bio|(?:display|nick|full)_?name|e?mail)$/i) && !has(/^(?:host\w*|port|database|db\w*|ur[il]|server|dialect|dsn|client_?id|client_?secret|grant_?type|realm)$/i);
}

/** A type that tells nothing of a person: whether, how many, when; the number of a salary tells. */
function isFlag(type: TypeNode | undefined, name: string): boolean {
  if (type?.kind === "union") return type.types.every((part) => isFlag(part, name) || (part.kind === "keyword" && /^(null|undefined)$/.test(part.name)) || part.kind === "literal");
  if (type?.kind === "reference") return type.name === "Date";
  const isNumber = type?.kind === "keyword" && (type.name === "number" || type.name === "bigint");
  if (isNumber) return !isToldByNumber(name);
  return (type?.kind === "keyword" && type.name === "boolean") || (type?.kind === "literal" && typeof type.value !== "string");
}

function isToldByNumber(name: string): boolean {
  const named = personalDataOf(name);
  return named?.onlyOfPerson === false && numericCategories.has(named.category);
}
