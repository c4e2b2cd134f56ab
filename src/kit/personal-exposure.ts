import { isFor, kindOf } from "../catalogue/index.js";
import { containerOf, isSanitiserName, type PersonalDataCategory, personalDataOf } from "../catalogue/lexicon/personal-data.js";
import type { Span } from "../base/position.js";
import type { CallExpression, Expression } from "../facts/syntax.js";
import type { BindingSource } from "../model/file-index.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Value } from "../model/value.js";
import { shapeOf } from "./personal-shapes.js";

/** Personal data or a credential that an expression carries. */
export interface Exposure {
  readonly span: Span;
  /** What it is called, as a reader would find it: `user.email`. */
  readonly field: string;
  readonly category: PersonalDataCategory;
  /** Where it stands in the object that is logged, for redaction paths; absent outside objects. */
  readonly path?: readonly string[];
}

interface Look {
  readonly model: ProjectModel;
  readonly file: string;
  readonly path: readonly string[] | undefined;
  readonly depth: number;
}

const deepest = 6;
/** Methods that give back the text they are called on, changed a little. */
const sameText = new Set(["trim", "toLowerCase", "toUpperCase", "toString", "normalize", "valueOf", "padEnd", "padStart", "concat", "join"]);
/** Calls that give back their argument in another form. */
const sameData = /^(JSON\.stringify|Buffer\.from|String|inspect|util\.inspect|format|util\.format|stringify|safeStringify|Object\.assign|structuredClone|plainToInstance|instanceToPlain|Object\.entries|Object\.values|encodeURIComponent|btoa)$/;
const requestParts = new Set(["body", "headers", "cookies", "rawHeaders", "rawBody"]);

/** The personal data and credentials in an expression that is written to a log. */
export function exposures(model: ProjectModel, file: string, node: Expression, path?: readonly string[]): readonly Exposure[] {
  return look({ model, file, path, depth: 0 }, node);
}

function look(at: Look, node: Expression): readonly Exposure[] {
  if (at.depth > deepest) return [];
  switch (node.kind) {
    case "template":
      return node.tag ? [] : node.values.flatMap((value) => look({ ...at, path: undefined }, value));
    case "binary":
      if (node.operator === "+") return [...look({ ...at, path: undefined }, node.left), ...look({ ...at, path: undefined }, node.right)];
      if (node.operator === "||" || node.operator === "??") return [...look(at, node.left), ...look(at, node.right)];
      return node.operator === "&&" ? look(at, node.right) : [];
    case "conditional": {
      // `typeof customer === "string" ? customer : customer.id`: a text in place of a record is its id.
      const narrowed = node.test.kind === "binary" && node.test.left.kind === "unary" && node.test.left.operator === "typeof";
      return [...(narrowed ? [] : look(at, node.then)), ...look(at, node.else)];
    }
    case "await":
    case "cast":
    case "spread":
      return look(at, node.value);
    case "array":
      return node.elements.flatMap((element) => look(at, element));
    case "object":
      return node.members.flatMap((member): readonly Exposure[] => {
        if (member.kind === "spread") return look(at, member.value);
        if (member.kind !== "property") return [];
        return ofNamed({ ...at, path: [...(at.path ?? []), member.key] }, member.key, member.value, member.span);
      });
    case "member":
      return ofMember(at, node);
    case "name":
      return ofName(at, node);
    case "call":
      return ofCall(at, node);
    default:
      return [];
  }
}

/** A property of a logged object: its key says what the value is, unless the value says otherwise. */
function ofNamed(at: Look, key: string, value: Expression, span: Span): readonly Exposure[] {
  const named = personalDataOf(key);
  const inside = look(at, value);
  if (inside.length > 0) return inside;
  if (named && !named.onlyOfPerson && isData(at, value)) return [{ span, field: key, category: named.category, ...(at.path && { path: at.path }) }];
  return containerOf(key) === "person" && givesRecord(at, value) ? [{ span, field: key, category: "identity", ...(at.path && { path: at.path }) }] : [];
}

/** `await customers.find(id)`, of which nothing else is known. */
function givesRecord(at: Look, node: Expression): boolean {
  const call = node.kind === "await" ? node.value : node;
  if (call.kind !== "call" || !/(^|\.)(find|get|load|fetch|create|save)(One|ById|Unique|First|By\w+)?$/.test(nameOf(call.callee))) return false;
  return shapeOf(at.model, at.file, node) === undefined && at.model.values.of(at.file, node).every((value) => value.kind === "external" || value.kind === "parameter");
}

function ofMember(at: Look, node: Extract<Expression, { kind: "member" }>): readonly Exposure[] {
  const { property } = node;
  const named = personalDataOf(property);
  const holder = nameOf(node.object);
  // An address of the application's own settings is nobody's.
  if (holder === "process.env" && named?.category === "contact") return [];
  if (named && (!named.onlyOfPerson || containerOf(holder) === "person" || isPersonShape(at, node.object)) && isData(at, node)) return [expose(at, node, `${holder}.${property}`, named.category)];
  if (requestParts.has(property) && isRequest(at, node.object)) return [expose(at, node, `${holder}.${property}`, property === "headers" || property === "cookies" || property === "rawHeaders" ? "token" : "contact")];
  // The user of an event is who caused it, by an id.
  if (/(^|\.)(event|message|activity)$/.test(holder) && containerOf(property) === "person" && shapeOf(at.model, at.file, node) === undefined) return [];
  if (isSentRequest(at, node)) return [expose(at, node, `${holder}.${property}`, "token")];
  return whole(at, node, property);
}

/** The request that an error of an HTTP client keeps, with its `Authorization` header: `error.config`, `error.config.headers`. */
function isSentRequest(at: Look, node: Extract<Expression, { kind: "member" }>): boolean {
  if (!/^(config|request|headers|data)$/.test(node.property)) return false;
  const holder = node.object.kind === "member" && /^(config|request|response)$/.test(node.object.property) && node.property !== "data" ? node.object : node;
  const kept = holder === node ? /^(config|request)$/.test(node.property) : true;
  const error = holder === node || holder.property !== "response" ? holder.object : undefined;
  if (!kept || error?.kind !== "name" || error.binding === undefined) return false;
  if (at.model.values.index(at.file).sources[error.binding]?.kind !== "catch" && !/^(err|error|e|axiosError)$/.test(error.name)) return false;
  return at.model.edgesFrom(at.file).some(({ target }) => target.kind === "package" && isFor(target.package, target.subpath, "http-client"));
}

function ofName(at: Look, node: Extract<Expression, { kind: "name" }>): readonly Exposure[] {
  if (node.binding === undefined) return [];
  const source = at.model.values.index(at.file).sources[node.binding];
  if (source?.kind === "catch" || source?.kind === "function" || source?.kind === "class" || source?.kind === "enum") return [];
  const named = personalDataOf(node.name);
  const later = assignedLater(at, node.binding);
  const flowed = source ? flow(at, source) : undefined;
  if (later.length > 0) return later.map((exposure) => ({ ...exposure, span: node.span, ...(at.path && { path: at.path }) }));
  if (flowed === "clean") return [];
  if (flowed && flowed.length > 0) return flowed.map((exposure) => ({ ...exposure, span: node.span, ...(at.path && { path: at.path }) }));
  if (named && !named.onlyOfPerson && isData(at, node)) return [expose(at, node, node.name, named.category)];
  if (isRequest(at, node)) return [expose(at, node, node.name, "token")];
  if (source && isSentBody(at, node, source)) return [expose(at, node, node.name, "contact")];
  return whole(at, node, node.name);
}

/** What is assigned to a variable, or to a property of the object it holds, after its declaration. */
function assignedLater(at: Look, binding: number): readonly Exposure[] {
  const inner = { ...at, depth: at.depth + 1 };
  const index = at.model.values.index(at.file);
  const whole = (at.model.values.assignments(at.file).get(binding) ?? []).flatMap((value) => look(inner, value));
  const parts = index.memberAssignments.filter(({ object }) => object.kind === "name" && object.binding === binding && isLocalObject(index.sources[binding]));
  return [...whole, ...parts.flatMap(({ property, value }) => ofNamed({ ...inner, path: [...(at.path ?? []), property] }, property, value, value.span))];
}

/** An object that is built up here, as opposed to one that somebody else handed over. */
function isLocalObject(source: BindingSource | undefined): boolean {
  return source?.kind === "value" && source.value?.kind === "object";
}

/** What the value that a variable was given carries; "clean" when a sanitiser, a flag or a constant stands there. */
function flow(at: Look, source: BindingSource): readonly Exposure[] | "clean" | undefined {
  const subject = source.kind === "value" ? source.value : source.kind === "element" ? source.subject : undefined;
  if ((source.kind !== "value" && source.kind !== "element") || !subject) return undefined;
  if (source.kind === "value" && source.path.length === 0) {
    if (isClean(at, subject)) return "clean";
    return /^(name|member|template|binary|call|await|object|conditional|array)$/.test(subject.kind) ? look({ ...at, depth: at.depth + 1 }, subject) : undefined;
  }
  const last = source.path.at(-1);
  if (last?.kind === "property") return ofTaken(at, subject, source.path.slice(0, -1).flatMap((step) => (step.kind === "property" ? [step.key] : [])), last.key);
  // `const { password, ...safe } = user`: what is left over has lost the names beside it.
  if (last?.kind !== "rest" || source.kind !== "value") return undefined;
  const shape = source.path.length === 1 ? shapeOf(at.model, at.file, subject) : undefined;
  const left = shape?.fields.filter(({ name }) => !last.without.includes(name)) ?? [];
  return left.length === 0 ? "clean" : left.map((field) => expose(at, subject, `${nameOf(subject)} (its ${field.name})`, field.category));
}

/** `const { password: given } = input`: the name in the object tells, whatever the variable is called. */
function ofTaken(at: Look, subject: Expression, before: readonly string[], key: string): readonly Exposure[] | undefined {
  const named = personalDataOf(key);
  const holder = [nameOf(subject), ...before].filter((part) => part !== "").join(".");
  const taken = at.model.values.ofMember(at.model.values.of(at.file, subject), key);
  if (taken.length > 0 && taken.every(isNoText)) return undefined;
  if (named && (!named.onlyOfPerson || containerOf(holder) === "person")) return [expose(at, subject, `${holder}.${key}`, named.category)];
  return requestParts.has(key) && before.length === 0 && isRequest(at, subject) ? [expose(at, subject, `${holder}.${key}`, key === "body" || key === "rawBody" ? "contact" : "token")] : undefined;
}

/** The whole body of a request: `await c.req.json()`, a parameter that Nest gives the body. */
function isSentBody(at: Look, node: Expression, source: BindingSource): boolean {
  if (source.kind === "parameter" && source.path.length === 0) {
    const parameter = source.function.parameters[source.index];
    const vague = parameter?.type === undefined || parameter.type.kind === "keyword" || (parameter.type.kind === "reference" && parameter.type.binding === undefined);
    return vague && parameter?.decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && /^(Body|Headers|RawBody)$/.test(value.callee.name) && value.arguments.length === 0) === true;
  }
  if (source.kind !== "value" || source.path.length > 0 || shapeOf(at.model, at.file, node)) return false;
  const flowed = at.model.requestData.of(at.file, node);
  return flowed?.whole === true && (flowed.part === "body" || flowed.part === "headers" || flowed.part === "cookies");
}

function ofCall(at: Look, node: CallExpression): readonly Exposure[] {
  const name = nameOf(node.callee);
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (isClean(at, node)) return [];
  if (node.callee.kind === "member" && sameText.has(node.callee.property)) {
    const parts = [node.callee.object, ...(node.callee.property === "concat" ? node.arguments : [])];
    return parts.flatMap((part) => look({ ...at, path: undefined }, part));
  }
  if (sameData.test(name)) return node.arguments.flatMap((argument) => look({ ...at, path: undefined }, argument));
  if (node.callee.kind === "member" && /^(map|flatMap)$/.test(last)) return ofMapped(at, node);
  if (at.depth >= deepest) return [];
  const returned = ofProjectCall({ ...at, depth: at.depth + 1 }, node);
  // `getUser().email` is a member; a call that is logged whole is judged by what it is known to give.
  return returned.length > 0 ? returned : whole({ ...at, depth: at.depth + 1 }, node, "");
}

/** `users.map((user) => user.email)`: what the function gives for each. */
function ofMapped(at: Look, node: CallExpression): readonly Exposure[] {
  const [callback] = node.arguments;
  if (callback?.kind !== "function" || at.depth >= deepest) return [];
  return respan(node, at.model.values.returned(callback.function).flatMap((value) => look({ ...at, depth: at.depth + 1 }, value)));
}

/** What a function of the project returns, where its body shows it. */
function ofProjectCall(at: Look, node: CallExpression): readonly Exposure[] {
  const { functions } = at.model.callGraph.callees(at.file, node);
  if (functions.length !== 1) return [];
  return functions.flatMap(({ file, node: callee }) => {
    if (callee.returns?.kind === "keyword" && /^(boolean|number|void)$/.test(callee.returns.name)) return [];
    return at.model.values.returned(callee).flatMap((value) => {
      const source = value.kind === "name" && value.binding !== undefined ? at.model.values.index(file).sources[value.binding] : undefined;
      const passed = source?.kind === "parameter" && source.function === callee && source.path.length === 0 ? node.arguments[source.index] : undefined;
      return passed ? look(at, passed) : respan(node, look({ ...at, file }, value));
    });
  });
}

/** Exposures that were found elsewhere, at the place that is logged. */
function respan(node: Expression, found: readonly Exposure[]): readonly Exposure[] {
  return found.map((exposure) => ({ ...exposure, span: node.span }));
}

/** An object that is logged whole: by the fields of its declared shape, else by its name. */
function whole(at: Look, node: Expression, name: string): readonly Exposure[] {
  const values = at.model.values.of(at.file, node);
  if (values.length > 0 && values.every(isPlain)) return [];
  const shape = shapeOf(at.model, at.file, node);
  if (shape) {
    // Each field by itself: a logger may take some of them out.
    return shape.fields.map((field) => expose(at.path ? { ...at, path: [...at.path, ...field.name.split(".")] } : at, node, `${nameOf(node) || shape.name} (its ${field.name})`, field.category));
  }
  const unsure = values.every((value) => value.kind === "parameter" || value.kind === "external" || value.kind === "primitive" || value.kind === "instance" || value.kind === "typed");
  const person = name !== "" && containerOf(name) === "person" && !/s$/.test(name) && unsure && !values.some((value) => value.kind === "primitive" && /^(string|number|boolean|bigint)$/.test(value.name));
  return person ? [expose(at, node, name, "identity")] : [];
}

function expose(at: Look, node: Expression, field: string, category: PersonalDataCategory): Exposure {
  return { span: node.span, field, category, ...(at.path && { path: at.path }) };
}

/** Not a constant, flag, count or comparison: something that is known when the program runs. */
function isData(at: Look, node: Expression): boolean {
  if (isClean(at, node)) return false;
  const values = at.model.values.of(at.file, node);
  return !(values.length > 0 && values.every(isNoText));
}

function isNoText(value: Value): boolean {
  return isPlain(value) || (value.kind === "primitive" && (value.name === "boolean" || value.name === "number"));
}

function isPlain(value: Value): boolean {
  return value.kind === "constant" || value.kind === "function" || value.kind === "class" || value.kind === "enum" || value.kind === "namespace";
}

function isClean(at: Look, node: Expression): boolean {
  switch (node.kind) {
    case "literal":
    case "regex":
    case "function":
    case "secret":
      return true;
    case "unary":
      return true;
    case "binary":
      return /^(===?|!==?|<=?|>=?|in|instanceof|[-*/%])$/.test(node.operator);
    case "conditional":
      return isClean(at, node.then) && isClean(at, node.else);
    case "await":
    case "cast":
      return isClean(at, node.value);
    case "name":
      return node.name === "undefined" && node.binding === undefined;
    case "member":
      return /^(length|size|count|id|_id|name\.length)$/.test(node.property);
    case "call": {
      const name = nameOf(node.callee);
      const last = name.slice(name.lastIndexOf(".") + 1);
      if (node.callee.kind === "member" && node.callee.object.kind === "literal" && node.callee.property === "repeat") return true;
      return isSanitiserName(last === "" && node.callee.kind === "member" ? node.callee.property : last) || /^(Boolean|typeof|slice|substring|substr|replace|replaceAll|charAt|split|includes|startsWith|endsWith|indexOf|test|at|keys|has|pick|omit|digest|compare|compareSync|some|every|isArray)$/.test(last);
    }
    default:
      return false;
  }
}

function isRequest(at: Look, node: Expression): boolean {
  const values = at.model.values.of(at.file, node);
  return values.some((value) => value.kind === "external" && kindOf(value.provenance) === "request") || (values.every((value) => value.kind === "parameter" || value.kind === "primitive") && /^(req|request)$/.test(nameOf(node)));
}

function isPersonShape(at: Look, node: Expression): boolean {
  const shape = shapeOf(at.model, at.file, node);
  return shape !== undefined && containerOf(shape.name) === "person";
}

function nameOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "this") return "this";
  if (node.kind === "member") {
    const object = nameOf(node.object);
    return object === "" || object === "this" ? node.property : `${object}.${node.property}`;
  }
  return node.kind === "cast" || node.kind === "await" ? nameOf(node.value) : "";
}
