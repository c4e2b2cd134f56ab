import { isSanitiserName } from "../catalogue/lexicon/personal-data.js";
import { lastName } from "../facts/names.js";
import type { CallExpression, Expression } from "../facts/syntax.js";
import { walkAll } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import type { ExternalValue } from "../model/value.js";

/** What a logger takes out of the fields it is given; "everything" where code of the project does it. */
export type Redaction = readonly (readonly string[])[] | "everything";

/** The redaction that a logger was created with: `pino({ redact: ["user.email", "*.password"] })`. */
export function redactionOf(model: ProjectModel, logger: ExternalValue | undefined): Redaction {
  const site = logger?.site;
  const options = site?.node.arguments.find((argument) => argument.kind === "object" || argument.kind === "name");
  if (!site || !options) return [];
  const paths: string[] = [];
  for (const value of model.values.of(site.file, options)) {
    if (value.kind !== "object") continue;
    for (const member of value.node.members) {
      if (member.kind !== "property") continue;
      if (member.key === "redact") paths.push(...redactPaths(model, value.file, member.value));
      if (member.key === "logger" && member.value.kind === "object") for (const inner of member.value.members) if (inner.kind === "property" && inner.key === "redact") paths.push(...redactPaths(model, value.file, inner.value));
      // A serializer writes its own form of the field it is named after.
      if (member.key === "serializers" && member.value.kind === "object") paths.push(...member.value.members.flatMap((one) => (one.kind === "property" ? [one.key] : [])));
      if (member.key === "format" && rewrites(model, value.file, member.value)) return "everything";
      // Formats and hooks rewrite what is logged in ways that cannot be told from here.
      if (/^(formatters|hooks|maskValuesOfKeys)$/.test(member.key)) return "everything";
    }
  }
  return paths.map(parsePath);
}

/** Whether a path is taken out. `*` stands for one level, as pino documents it. */
export function covers(redaction: Redaction, path: readonly string[]): boolean {
  if (redaction === "everything") return true;
  return redaction.some((pattern) => pattern.length <= path.length && pattern.every((part, index) => part === "*" || part === path[index]));
}

/** A format of winston's among which is one that the project wrote: it may take fields out. */
function rewrites(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "name") {
    const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.value !== undefined && rewrites(model, file, source.value);
  }
  if (node.kind !== "call") return false;
  if (node.arguments.some((argument) => argument.kind === "function")) return changesFields(node);
  return rewrites(model, file, node.callee) || node.arguments.some((argument) => rewrites(model, file, argument));
}

/** The function that is passed deletes or overwrites fields, as opposed to writing a line of them. */
function changesFields(node: CallExpression): boolean {
  let changes = false;
  walkAll(node.arguments, (part) => {
    if (!("kind" in part)) return undefined;
    changes ||= (part.kind === "unary" && part.operator === "delete") || (part.kind === "assign" && (part.target.kind === "member" || part.target.kind === "index")) || (part.kind === "call" && isSanitiserName(lastName(part.callee)));
    return !changes;
  });
  return changes;
}

function redactPaths(model: ProjectModel, file: string, node: Expression): string[] {
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "array") return value.node.elements.flatMap((element) => model.values.text(value.file, element) ?? []);
    if (value.kind !== "object") return [];
    const paths = value.node.members.find((member) => member.kind === "property" && member.key === "paths");
    return paths?.kind === "property" ? redactPaths(model, value.file, paths.value) : [];
  });
}

/** `a.b`, `a[*].b`, `["x-y"].z` as parts. */
function parsePath(path: string): string[] {
  return path.replace(/\[\s*["']?([^\]"']*)["']?\s*\]/g, ".$1").split(".").filter((part) => part !== "");
}
