import { containerOf, isHarmlessName, type PersonalDataCategory, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { Span } from "../../base/position.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Personal data or a credential that an expression carries. */
export interface Exposure {
  readonly span: Span;
  /** What the code calls it: `user.email`, `readIp()`; empty for an object without a name. */
  readonly field: string;
  /** Where it holds what tells, if its own name does not: `contact.email` of `member`. */
  readonly inside?: string;
  readonly category: PersonalDataCategory;
  /** Where it stands in the object that is logged, for redaction paths; absent outside objects. */
  readonly path?: readonly string[];
  /** Where the object or function of the project that gives it names it, if that is not where it is logged. */
  readonly made?: { readonly file: string; readonly span: Span };
  /** It is the whole body of a request of which nothing tells what it holds. */
  readonly isBody?: true;
  /** It is the request as a whole, or the context that stands for it. */
  readonly isRequest?: true;
  /** A function that is followed was given it by its caller. */
  readonly handed?: true;
}

/** Where the search for personal data stands. */
export interface Look {
  readonly model: ProjectModel;
  readonly file: string;
  readonly path: readonly string[] | undefined;
  /** It becomes part of a text, in which an object shows nothing of what it holds. */
  readonly inText?: true;
  /** How many variables and calls were followed. */
  readonly depth: number;
  /** The call whose function is read: its parameters stand for what the call gives. */
  readonly call?: { readonly of: FunctionNode; readonly arguments: readonly Expression[]; readonly at: Look };
  readonly search: Search;
}

/** The search itself, for the parts that lead it on. */
export interface Search {
  /** What an expression carries. */
  of(at: Look, node: Expression): readonly Exposure[];
  /** What a property carries: its key says what the value is, unless the value says otherwise. */
  ofProperty(at: Look, key: string, value: Expression, span: Span): readonly Exposure[];
  /** What an object carries that is logged whole. */
  ofWhole(at: Look, node: Expression, name: string): readonly Exposure[];
}

/** How many variables and calls are followed. */
export const deepest = 6;

/** An exposure at the place of an expression. */
export function expose(at: Look, node: Expression, field: string, category: PersonalDataCategory, inside?: string): Exposure {
  // What a value without a name has: `(await request.json()).email`.
  return { span: node.span, field: field.replace(/^\./, ""), category, ...(inside !== undefined && { inside }), ...(at.path && { path: at.path }) };
}

/** An exposure as a reader finds it: `user.email`, `member (its contact.email)`. */
export function shownAs({ field, inside }: Exposure): string {
  return inside === undefined ? field : `${field || "the object"} (its ${inside})`;
}

/** The way to what tells, `member.contact.email`. */
export function wayTo({ field, inside }: Exposure): string {
  return [field, inside ?? ""].filter((part) => part !== "").join(".");
}

/** The last name of the way to what tells: `email`. */
export function keyOf(exposure: Exposure): string {
  const way = wayTo(exposure);
  return way.slice(way.lastIndexOf(".") + 1);
}

/** Whether an error of an HTTP client shows the settings of its request. */
export function isSentWithError({ field, inside }: Exposure): boolean {
  return inside !== undefined && field.endsWith(".config");
}

/** Exposures that were found elsewhere, at the place that is logged. */
export function respan(node: Expression, found: readonly Exposure[]): readonly Exposure[] {
  return found.map((exposure) => ({ ...exposure, span: node.span }));
}

/** Exposures with where they are named, which is here unless that is known already or a caller named them. */
export function madeIn(file: string, found: readonly Exposure[]): readonly Exposure[] {
  return found.map((exposure) => (exposure.made || exposure.handed ? exposure : { ...exposure, made: { file, span: exposure.span } }));
}

/** What is left under the name that a value is given: `customerId: charge.customer` is the id that stands for one. */
export function asNamed(name: string, found: readonly Exposure[]): readonly Exposure[] {
  // `const restaurantName = contact.name`
  if (/name$/i.test(name) && isHarmlessName(name)) return found.filter(({ category }) => category !== "identity");
  found = found.filter(({ inside, category }) => !isWhereabouts(name, inside ?? "", category, true));
  // `const keyFile = absolute(argv.apikey)`: where something lies.
  if (/(?:path|file|file_?name|folder|dir(?:ectory)?)$/i.test(name)) return found.filter(({ category }) => category !== "credential" && category !== "token");
  // `const correlationId = headers[key]` is one of them.
  if (isIdName(name) && personalDataOf(name) === undefined) found = found.filter((exposure) => containerOf(keyOf(exposure)) !== "message");
  return isIdName(name) ? found.filter((exposure) => exposure.category !== "identity" || containerOf(keyOf(exposure)) !== "person") : found;
}

/** What stands where it is for everybody. */
const places = /(?:^|[a-z._])(?:place|restaurant|venue|shop|store|branch|hotel|listing|station|business|facility)s?$/i;

/** Whether a field says where something is that everybody may find, `place.zipcode`, or in its record how it is reached. */
export function isWhereabouts(holder: string, field: string, category: PersonalDataCategory, isRecord = false): boolean {
  if (!places.test(holder) || (category !== "location" && category !== "contact")) return false;
  return category === "location" || (isRecord ? field !== "" && !field.includes(".") : /(?:zip|post|postal)_?(?:code)?$|address$|street|city/i.test(field) && !/mail/i.test(field));
}

const organisations = /(?:^|\.|[a-z_])(?:venue|company|organi[sz]ation|business|restaurant|hotel|branch|clinic|hospital|agency|firm|structure|association|institution|foundation|charity|university|ministry)(?:_?(?:data|info|details|record))?$/i;

/** Whether what is called so is an organisation, which everybody may write to or call. */
export function isOrganisation(holder: string): boolean {
  return organisations.test(holder);
}

const names = /(?:I|_i)ds$|(?:^|\.)ids$|(?:^|\.|[a-z_])(?:[Tt]emplates?|[Ff]lags|[Ll]abels|[Cc]ounts|[Ll]imits|[Qq]uotas|[Ee]ndpoints|[Rr]outes|[Tt]opics|[Qq]ueues|[Cc]olumns|[Pp]laceholders|[Ss]electors)$/;

/** Whether what is called so holds ids, names or numbers of things under their names: `templateIds.otp`, `limits.email`. */
export function isOfNames(holder: string): boolean {
  return names.test(holder);
}

/** Whether what is called so pays whoever holds it, and is nobody: `salaryGrade.basicSalary`, `vacancy.salary`. */
export function isPost(holder: string): boolean {
  return /(?:^|\.|[a-z_])(?:grades?|bands?|scales?|ranges?|jobs?|vacanc(?:y|ies)|positions?|postings?|offers?|levels?|templates?)$/i.test(holder);
}

/** `id`, `userId`, `user_ids` */
export function isIdName(name: string): boolean {
  return /(?:^_?i|I|_i)ds?$/.test(name);
}

/** The id of somebody who goes about. */
export function isSomebody(name: string): boolean {
  return /^(?:user|driver|courier|rider|passenger|customer|patient|employee|worker)_?(?:id|key)$/i.test(name);
}

/** Whether what is called so goes from place to place with somebody on it, or tells where the sender of a message is. */
export function isMoving(holder: string): boolean {
  return /(?:driver|courier|rider)(?:\.(?:location|position|coords|coordinates))?$|(?:^|\.)(?:message|msg)\.location$/i.test(holder);
}

/** What the browser of a client says of itself, and a service never does. */
export function isOfBrowser(name: string): boolean {
  return /^user_?agent$/i.test(name);
}

/** The sid of a message, a call or a device is an id of its service; that of a session opens it. */
export function isServiceId(holder: string, key: string): boolean {
  return key === "sid" && !/(?:session|cookies?|query|body)$/i.test(holder);
}

/** An expression as a reader names it: `user.email`; empty where it has no name. */
export function nameOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "this") return "this";
  if (node.kind === "member") {
    const object = nameOf(node.object);
    return object === "" || object === "this" ? node.property : `${object}.${node.property}`;
  }
  return node.kind === "cast" || node.kind === "await" ? nameOf(node.value) : "";
}
