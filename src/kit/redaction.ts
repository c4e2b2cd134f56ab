import type { Expression } from "../facts/syntax.js";
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
