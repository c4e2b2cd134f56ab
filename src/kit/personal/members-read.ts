import { groupBy } from "../../base/group-by.js";
import { oncePerPart } from "../../base/once-per.js";
import { type PersonalDataCategory, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type Chain, chainOf, chainsFrom } from "./chains.js";
import { isServiceId, type Look, nameOf } from "./exposure.js";
import { isBesideRecipient, isRecipientName } from "./mail-recipients.js";
import { type PersonalField, shapeOf } from "./personal-shapes.js";

/** Objects that hold what is said about fields, under the names of the fields. */
const aboutFields = /(?:err(?:or)?|issue|problem|rule|schema|validator|validation|field|form|message|label|type|column|option|flag|style|class|prop|locale|translation|text|map|mapping|key|count|stat|limit|template|example|index|model|table|column|require|i18n)s?$/i;
/** Members behind what is logged that are looked at. */
const deepest = 2;
/** Functions that an object is handed on through. */
const mostCalls = 2;

type Place = Pick<Look, "model" | "file">;

/**
 * The fields that the code around reads of an object that nothing declares: whoever reads `data.access_token` knows that
 * it is there. Fields that are deleted or overwritten are left out.
 */
export function membersRead(at: Look, node: Expression): readonly PersonalField[] {
  const own = chainOf(node);
  return own ? [...(readOf(at, own, 0) ?? [])].map(([name, category]) => ({ name, category })) : [];
}

/** By name: what is read of an object, here and in the functions of the project that it is handed to; undefined where it is changed or holds methods. */
function readOf(at: Place, own: Chain, calls: number): ReadonlyMap<string, PersonalDataCategory> | undefined {
  const index = at.model.values.index(at.file);
  if (aboutFields.test(own.path.at(-1) ?? own.name) && !(own.path.length === 0 && (isParsed(index.sources[own.binding]) || isReceived(index.sources[own.binding])))) return undefined;
  const found = new Map<string, PersonalDataCategory>();
  for (const { node: top, path } of chainsFrom(at, own.binding)) {
    // `data.email.trim()` reads the field.
    const isMethod = isCalled(index.parentOf(top), top);
    const further = path.slice(own.path.length, isMethod && path.length > own.path.length + 1 ? -1 : undefined);
    if (further.length > deepest || !own.path.every((key, place) => key === path[place])) continue;
    const around = index.parentOf(top);
    for (const { file, chain, keys } of calls < mostCalls && around && "kind" in around && around.kind === "call" ? receiversOf(at, around, top) : []) {
      const inside = chain && readOf({ model: at.model, file }, chain, calls + 1);
      for (const [name, category] of inside ?? []) if (further.length + name.split(".").length <= deepest) found.set([...further, name].join("."), category);
      for (const key of keys) note(found, [...further, key]);
    }
    if (further.length === 0) continue;
    // What only the events of Cognito's triggers hold, beside the attributes of the user.
    if (own.name === "event" && further.length === 1 && /^(?:triggerSource|userPoolId)$/.test(further[0] ?? "")) found.set("request.userAttributes", "contact");
    // `chunk.tokens` are pieces of a text or counted.
    const named = further.at(-1) === "credentials" || further.at(-1) === "tokens" ? undefined : personalDataOf(further.at(-1) ?? "");
    if (!named || named.onlyOfPerson || isServiceId(own.path.at(-1) ?? own.name, further.at(-1) ?? "") || (named.category === "location" && /(?:place|restaurant|venue|shop|store|branch)s?$/i.test(own.path.at(-1) ?? own.name))) continue;
    // `data.email()` is a method, and what is deleted or set is not what came.
    if (around && "kind" in around && ((isMethod && path.length === own.path.length + 1) || around.kind === "assign" && around.target === top || (around.kind === "unary" && around.operator === "delete"))) return undefined;
    found.set(further.join("."), named.category);
  }
  const taken = takenApart(at, own);
  for (const key of taken) note(found, [key], own.path.at(-1));
  // `const { to, subject } = job.data`
  if (taken.some(isBesideRecipient)) for (const key of taken.filter(isRecipientName)) found.set(key, "contact");
  return found;
}

function isCalled(parent: SyntaxNode | undefined, node: Expression): boolean {
  return parent !== undefined && "kind" in parent && parent.kind === "call" && parent.callee === node;
}

/** `const message = JSON.parse(text)`, whatever it is called. */
function isParsed(source: BindingSource | undefined): boolean {
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  const made = value?.kind === "cast" ? value.value : value;
  return made?.kind === "call" && nameOf(made.callee) === "JSON.parse";
}

/** `const signUpForm = request.body.form`: what somebody filled in, and nothing about its fields. */
function isReceived(source: BindingSource | undefined): boolean {
  return source?.kind === "value" && source.value !== undefined && /^(?:req|request|ctx|context|event)\.(?:\w+\.)*(?:body|form|payload|query)(?:\.|$)/.test(nameOf(source.value));
}

/** Notes what a pattern takes out of an object. */
function note(found: Map<string, PersonalDataCategory>, path: readonly string[], of?: string): void {
  const key = path.at(-1) ?? "";
  const named = key === "tokens" || path.length > deepest ? undefined : personalDataOf(key);
  // `const { auth } = req.query` lets somebody in.
  if (named && (!named.onlyOfPerson || (key === "auth" && of === "query"))) found.set(path.join("."), named.category);
}

/** The parameters of the project's functions that a call hands an object to: as variables, or taken apart by their keys. */
function receiversOf({ model, file }: Place, call: CallExpression, given: Expression): readonly { readonly file: string; readonly chain?: Chain; readonly keys: readonly string[] }[] {
  const place = call.arguments.indexOf(given);
  const { functions: [callee, ...others] } = place === -1 ? { functions: [] } : model.callGraph.callees(file, call);
  const target = others.length === 0 ? callee?.node.parameters[place]?.target : undefined;
  if (!callee || !target) return [];
  if (target.kind === "binding") return [{ file: callee.file, chain: { binding: target.binding, name: target.name, path: [] }, keys: [] }];
  return target.kind === "object-pattern" ? [{ file: callee.file, keys: target.properties.flatMap(({ key }) => key ?? []) }] : [];
}

/** The personal data that is read of what is parsed from a text, `const order = JSON.parse(message.content.toString())`: the text holds it as well. */
export function parsedFields(at: Look, node: Expression): readonly PersonalField[] {
  const text = textOf(node);
  const own = chainOf(text);
  const name = nameOf(text);
  const parsed = own ? (parsedTexts(at.model, at.file).get(name) ?? []).filter((one) => chainOf(one.text)?.binding === own.binding) : [];
  const elements = own && own.path.length === 0 ? elementsOf(at, own) : [];
  return [...parsed.flatMap((one) => fieldsOfParsed(at, one.call)), ...elements.flatMap((element) => (parsedTexts(at.model, at.file).get(`${element}.body`) ?? []).flatMap((one) => fieldsOfParsed(at, one.call)))];
}

/** What the records of a batch are called that are gone through: `for (const record of event.Records)`, `event.Records.map((record) => …)`. */
function elementsOf({ model, file }: Look, { binding }: Chain): readonly string[] {
  const { sources, functions } = model.values.index(file);
  const isBatch = (node: Expression | undefined): boolean => node?.kind === "member" && node.property === "Records" && chainOf(node)?.binding === binding;
  return sources.flatMap((source, place) => {
    const name = model.facts(file).bindings[place]?.name;
    const called = source?.kind === "parameter" && source.index === 0 && source.path.length === 0 ? functions.get(source.function)?.passedTo?.call.callee : undefined;
    const subject = source?.kind === "element" && source.path.length === 0 ? source.subject : called?.kind === "member" ? called.object : undefined;
    return name !== undefined && isBatch(subject) ? [name] : [];
  });
}

/** The fields of the object that a text is parsed to, by what it is said to be and by what is read of it. */
function fieldsOfParsed(at: Look, call: CallExpression): readonly PersonalField[] {
  const { parentOf } = at.model.values.index(at.file);
  const around = parentOf(call);
  const cast = around && "kind" in around && around.kind === "cast" ? around : call;
  const shape = cast === call ? undefined : shapeOf(at.model, at.file, cast);
  if (shape) return shape.fields;
  const holder = parentOf(cast);
  const declared = holder && "kind" in holder && holder.kind === "variable" ? holder.declarators.find(({ value }) => value === cast)?.target : holder && "kind" in holder && holder.kind === "assign" && holder.value === cast ? holder.target : undefined;
  if (declared?.kind === "object-pattern") return declared.properties.flatMap(({ key }) => { const named = personalDataOf(key ?? ""); return named && !named.onlyOfPerson ? [{ name: key ?? "", category: named.category }] : []; });
  if ((declared?.kind !== "binding" && declared?.kind !== "name") || declared.binding === undefined) return [];
  const { binding, name } = declared;
  const use = at.model.values.usesOf(at.file, binding)[0];
  return (use && shapeOf(at.model, at.file, use)?.fields) ?? [...(readOf(at, { binding, name, path: [] }, 0) ?? [])].map(([field, category]) => ({ name: field, category }));
}

/** By name: the texts of a file that it parses. */
const parsedTexts = oncePerPart((model: ProjectModel, file: string): ReadonlyMap<string, readonly { readonly text: Expression; readonly call: CallExpression }[]> =>
  groupBy(model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && node.arguments[0] && nameOf(node.callee) === "JSON.parse" ? [{ text: textOf(node.arguments[0]), call: node }] : [])), ({ text }) => nameOf(text)));

/** `message.content` of `message.content.toString()`, which may be missing. */
function textOf(node: Expression): Expression {
  if (node.kind === "cast") return textOf(node.value);
  if (node.kind === "binary" && /^(?:\|\||\?\?)$/.test(node.operator)) return textOf(node.left);
  return node.kind === "call" && node.callee.kind === "member" && node.callee.property === "toString" ? textOf(node.callee.object) : node;
}

/** `const { email, phone } = data`, `= data as Contact`. */
function takenApart(at: Place, { binding, path }: Chain): readonly string[] {
  return at.model.values.index(at.file).sources.flatMap((source): readonly string[] => {
    const [step] = source?.kind === "value" ? source.path : [];
    if (source?.kind !== "value" || !source.value || step?.kind !== "property") return [];
    const from = chainOf(source.value.kind === "cast" ? source.value.value : source.value);
    return from?.binding === binding && from.path.join(".") === path.join(".") ? [step.key] : [];
  });
}
