import { secretInHeader } from "../../catalogue/secrets/header-secrets.js";
import { judgeNamedSecret, judgeStartedWith } from "../../catalogue/secrets/named-secrets.js";

/** A value in a text that its name calls a secret; offsets in the text. */
export interface LineSecret {
  readonly start: number;
  readonly end: number;
  readonly format: string;
  readonly name: string;
}

/** How the lines of a text give values their names. */
export type LineStyle = "document" | "settings" | "terraform" | "shell" | "data" | "code" | "netrc" | "pgpass";

/** `key = value` that fills a line, as in INI, TOML, Terraform and HTTP files. */
const wholeLine = /^[ \t]*(?:export[ \t]+|@|-[ \t]+)?["']?(?<name>[\w.:/@-]{3,80})["']?[ \t]*[=:][ \t]*["']?(?<value>(?!#)[^\s"';]{5,399}[^\s"';,])["']?[ \t]*[,;]?[ \t]*(?:#.*)?$/gm;
/** `KEY=value` that fills a line, as notes tell somebody to write it into a file of settings. */
const assigned = /^[ \t]*(?:export[ \t]+|-[ \t]+)?(?<name>[A-Z][A-Z0-9_]{2,60})=["']?(?<value>[^\s"'`]{20,400})["']?[ \t]*$/gm;
/** `key = "value"` of Terraform, where anything without quotes is read from elsewhere: `access_key = scaleway_credentials.queue[0].access_key`. */
const quotedLine = /^[ \t]*["']?(?<name>[\w.:/@-]{3,80})["']?[ \t]*[=:][ \t]*"(?<value>(?!#)[^\s"]{6,400})"[ \t]*,?[ \t]*(?:(?:#|\/\/).*)?$/gm;
/** `KEY=value` anywhere in a command. */
const inCommand = /(?<![\w$.{-])(?<name>[A-Z][A-Z0-9_]{2,60})=["']?(?<value>[^\s"'`$;&|(){}<>]{6,400})/gm;
/** `variable "db_password" { type = string default = "…" }` of Terraform. */
const terraformDefault = /^[ \t]*variable[ \t]+"(?<name>[\w-]{3,80})"[ \t]*\{[^{}]{0,400}?\bdefault[ \t]*=[ \t]*"(?<value>[^"\s]{6,400})"/gm;
/** `PASS="${FTP_PASSWORD:-…}"`: what stands in for a variable that is not set. */
const shellDefault = /\$\{(?<name>[A-Z][A-Z0-9_]{2,60}):?-(?<value>[^\s"'`${}]{6,400})\}/gm;
/** `key: "value"` in a text that is nearly JSON or YAML. */
const quoted = /(?<![\w.-])["']?(?<name>[\w.-]{3,80})["']?[ \t]*:[ \t]*(?<quote>["'])(?<value>[^"'\r\n]{6,400})\k<quote>/gm;
/** `name = "value"`, `name: "value"`, `name ?? "value"` in a line of code. */
const inCode = /(?<![\w$.-])["']?(?<name>[\w$-]{3,80})["'\])]{0,3}[ \t]*(?:=|:|:[ \t]*string[ \t]*=)[ \t]*(?<quote>["'`])(?<value>[^"'`\r\n]{6,400})\k<quote>/gm;
/** `machine … login … password …` */
const netrc = /\b(?<name>password)[ \t]+(?<value>\S{6,400})/gm;
/** `host:port:database:user:password` */
const pgpass = /^(?:[^:\s#]{1,200}:){4}(?<value>[^\s:]{4,400})[ \t]*$/gm;

const patterns: Readonly<Record<LineStyle, readonly RegExp[]>> = {
  document: [assigned],
  settings: [wholeLine],
  terraform: [quotedLine, terraformDefault],
  shell: [wholeLine, inCommand, shellDefault],
  data: [quoted, wholeLine],
  code: [inCode],
  netrc: [netrc],
  pgpass: [pgpass],
};

/** The secrets of a text that their names tell, read line by line, each place once; `starts`: a program is started with them, so that a word counts for what signs. Every pattern is bounded, so that it is linear. */
export function secretsInLines(text: string, style: LineStyle, starts = false): readonly LineSecret[] {
  const found = new Map<number, LineSecret>();
  for (const pattern of patterns[style]) {
    for (const { groups = {}, index, 0: whole } of text.matchAll(pattern)) {
      const { name: key = "password", value = "" } = groups;
      // `arn:aws:secretsmanager:eu-west-1:1:secret:name` names a secret.
      if (key.startsWith("arn:")) continue;
      // `export dbPassword="$password"`
      if (/^\$\{?\w+\}?$/.test(value)) continue;
      const name = key.split(/[:/]/).at(-1) ?? key;
      // The file itself says that what it holds are passwords.
      const format = style === "netrc" || style === "pgpass" ? "password" : (judgeValue(name, value) ?? (starts ? judgeStartedWith(name, value) : undefined));
      const start = index + whole.lastIndexOf(value);
      if (format && !found.has(start)) found.set(start, { start, end: start + value.length, format, name });
    }
  }
  return [...found.values()].sort((left, right) => left.start - right.start);
}

/** What a value is by the name it is given, by the names of the values beside it and of what is around it; undefined if it is no secret. */
export function judgeValue(name: string, value: string, beside: readonly string[] = [], around: readonly string[] = []): string | undefined {
  return judgeNamedSecret(name, value, beside, around) ?? secretInHeader(name, value);
}
