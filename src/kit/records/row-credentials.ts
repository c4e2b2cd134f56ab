import { oncePerPart } from "../../base/once-per.js";
import { splitWords } from "../../base/words.js";
import { lastName } from "../../facts/names.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { recordValues } from "./record-shapes.js";
import { columnsOf, rowsIn } from "./row-columns.js";
import { type SentRows, takesAway } from "./sent-rows.js";

/** The credentials that rows hold, with the name of what they are rows of. */
export interface RowCredentials {
  readonly name: string;
  readonly fields: readonly string[];
}

const passwords = new Set(["password", "passwords", "passwd", "pwd", "passphrase", "senha", "contrasena", "passwort", "motdepasse", "salt"]);
/** Words of a form in which a password is kept. */
const kept = new Set(["hash", "hashed", "hashes", "encrypted", "enc", "digest", "salt", "crypt", "bcrypt", "argon2", "value"]);
/** What proves somebody for once, or makes such proofs. */
const proofs = /^(?:(?:password|pass|forgot)(?:password)?reset|reset(?:password)?|forgot(?:password)?|(?:email)?verification|verify(?:email)?|(?:email)?confirmation|activation|refresh|remember)(?:token|otp|code|hash|tokenhash)$|^(?:hashed)?refreshtoken(?:hash)?$|^(?:totp|otp|twofactor|twofa|2fa|mfa|tfa)(?:auth)?(?:secret|recoverycodes|backupcodes)$|^(?:hashed)?(?:recovery|backup)codes$/;

/** Whether a column holds what somebody signs in with, or the hash of it. */
export function isCredentialColumn(name: string): boolean {
  if (!/^\w+$/.test(name)) return false;
  const words = splitWords(name).map((word) => word.toLowerCase());
  if (proofs.test(words.join("")) || words.at(-1) === "salt") return true;
  while (words.length > 1 && kept.has(words.at(-1) ?? "")) words.pop();
  return passwords.has(words.at(-1) ?? "") && !/^(?:is|has|had|needs|must|no|require|requires|required|show|allow|allows|use|enable|reset|change|force|forgot|without|set|get|check|compare|verify|validate|match)$/.test(words[0] ?? "");
}

/** Whether a row was just made, and nothing was put into a column that holds a proof for once: there is none yet. */
function isStillEmpty(name: string, written: string, write: string | undefined): boolean {
  return write === "insert" && proofs.test(splitWords(name).join("").toLowerCase()) && !written.includes(name);
}

/** What of rows that are sent are credentials which nothing takes away: no choice of columns, no default of the model, nothing on the way. */
export function credentialsOf(model: ProjectModel, { file, node, through }: SentRows): RowCredentials | undefined {
  const written = model.text(file)?.slice(...node.span) ?? "";
  const operation = model.dataAccess.at(file, node);
  if (operation?.continued === true || isOpenQuery(model, file, node)) return undefined;
  for (const row of rowsIn(recordValues(model, file, node))) {
    const all = columnsOf(model, row);
    // The password of a page or a room is none that somebody signs in with.
    const columns = all.filter(({ name }) => isCredentialColumn(lastPart(name)) && all.some((other) => ofSomebody.test(lastPart(other.name))));
    const fields = columns.filter((column) => !isLeftOut(written, column.name) && !isStillEmpty(column.name, written, operation?.write) && column.hidden !== true && !through.some((one) => takesAway(one, column.name)) && !hiddenIn(model, model.packageOf(file).folder).some((hides) => hides(column.name)));
    if (fields.length > 0) return { name: nameOf(row) || lastName(operation?.receiver.root ?? node), fields: fields.map(({ name }) => name) };
  }
  return undefined;
}

function lastPart(name: string): string {
  return name.split(".").at(-1) ?? "";
}

/** Columns of those who sign in. */
const ofSomebody = /^(?:e_?mails?|email_?address|user_?name|login|nick_?name|phone|mobile|phone_?number|tel|full_?name|first_?name|last_?name|roles?|role_?id|user_?type|last_?login(?:_?at)?)$/i;

/** A query whose columns stand elsewhere: `findMany(args)`, `findMany({ ...page, where })`. */
function isOpenQuery(model: ProjectModel, file: string, node: SentRows["node"]): boolean {
  const isPrisma = model.values.of(file, node.callee).some((value) => value.kind === "external" && /^(?:@prisma\/client|\.prisma)/.test(value.provenance.package));
  const [options] = node.arguments;
  return isPrisma && options !== undefined && (options.kind !== "object" || options.members.some(({ kind }) => kind === "spread"));
}

/** Whether a query names its columns, or leaves one out: `.select("-password")`, `{ attributes: { exclude: ["password"] } }`. */
function isLeftOut(query: string, field: string): boolean {
  const name = lastPart(field);
  if (new RegExp(`\\+${name}\\b`).test(query)) return false;
  return new RegExp(`-\\s?${name}\\b|["']?\\b${name}["']?\\s*:\\s*(?:0|false)\\b`).test(query) || /\b(?:attributes|projection|scope|exclude|withoutPassword)\b/.test(query) || /\.(?:select|returning)\(\s*[^)\s]|\bselect\s*:\s*\[/.test(query);
}

function nameOf(row: Value): string {
  return row.kind === "instance" ? (row.class.name ?? "") : row.kind === "typed" ? (row.name ?? "") : "";
}

/**
 * What a package says of fields that its models leave out by themselves: `select: false`, a `toJSON` that deletes, a transform, a plugin, a scope.
 * Which model means which field is not asked: what is hidden anywhere was thought of.
 */
const hiddenIn = oncePerPart((model: ProjectModel, folder: string): readonly ((field: string) => boolean)[] => {
  const unit = model.packages.find((one) => one.folder === folder);
  const texts = (unit ? model.filesOf(unit) : []).flatMap((file) => {
    const text = model.text(file) ?? "";
    return marks.test(text) ? [text] : [];
  });
  return texts.map((text) => (field: string): boolean => {
    const at = text.search(new RegExp(`\\b${field}\\b`));
    if (at === -1) return false;
    if (wholeMarks.test(text)) return true;
    return new RegExp(`\\b${field}\\b["']?\\s*:\\s*\\{[^{}]{0,300}\\bselect\\s*:\\s*(?:false|0)\\b`).test(text) || new RegExp(`\\bomit\\s*:[^;]{0,300}\\b${field}\\b`).test(text);
  });
});

const marks = /toJSON|defaultScope|DefaultScope|\bselect\s*:\s*(?:false|0)\b|\bomit\s*:|\.plugin\(|\$extends\(|instanceTo(?:Plain|Instance)|classTo(?:Plain|Class)|implements NestInterceptor|\.json\s*=/;
/** What hides fields that are named in the same file. */
const wholeMarks = /toJSON|defaultScope|DefaultScope|\.plugin\(\s*\w*(?:json|hid|private|omit)|\$extends\(|implements NestInterceptor|\b(?:res|response)\.json\s*=/i;
