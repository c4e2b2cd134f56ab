import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import { containerOf, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** How many functions are followed that a redactor calls. */
const deepest = 3;
/** More names than this are no list that somebody keeps. */
const mostNames = 200;

/**
 * The names of fields that code of the project hides, where it tells fields by their names: `HIDDEN.has(key)`,
 * `key.includes("phone")`, `/pass|token/i.test(key)`, `delete copy.email`. Undefined where it names none, and may hide all.
 */
export function hiddenNames(model: ProjectModel, file: string, node: FunctionNode): readonly string[] | undefined {
  return known(model).of(node, () => {
    const names = new Set<string>();
    namesIn({ model, names, seen: new Set() }, file, node, 0);
    return names.size === 0 || names.size > mostNames ? undefined : [...names];
  });
}

const known = oncePer((_model: ProjectModel) => answers<FunctionNode, readonly string[] | undefined>());

interface Reading {
  readonly model: ProjectModel;
  readonly names: Set<string>;
  readonly seen: Set<unknown>;
}

function namesIn(reading: Reading, file: string, { body = [] }: FunctionNode, depth: number): void {
  const { model, names, seen } = reading;
  walkAll(body, (part) => {
    if (!("kind" in part)) return true;
    if (part.kind === "literal" && typeof part.value === "string") note(names, part.value);
    if (part.kind === "regex") for (const word of part.pattern.match(/[A-Za-z_]{3,}/g) ?? []) note(names, word);
    // `delete copy.email`, `copy.email = "***"`
    const target = part.kind === "unary" && part.operator === "delete" ? part.value : part.kind === "assign" ? part.target : undefined;
    if (target?.kind === "member") note(names, target.property);
    if (part.kind === "object-pattern" && part.rest) for (const { key } of part.properties) note(names, key ?? "");
    if (part.kind === "name") ofConstant(reading, file, part);
    if (part.kind === "call" && depth < deepest) {
      for (const callee of model.callGraph.callees(file, part).functions.slice(0, 1)) {
        if (seen.has(callee.node)) continue;
        seen.add(callee.node);
        namesIn(reading, callee.file, callee.node, depth + 1);
      }
    }
    return true;
  });
}

/** A list of names, a set of them or a pattern that stands beside the function: `const HIDDEN = new Set(["email", "phone"])`. */
function ofConstant({ model, names, seen }: Reading, file: string, node: Extract<Expression, { kind: "name" }>): void {
  const declaration = node.binding === undefined ? undefined : model.declarationOfBinding(file, node.binding);
  if (declaration?.kind !== "binding") return;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  if (!value || seen.has(value) || !/^(?:array|new|regex|object|cast|call)$/.test(value.kind)) return;
  seen.add(value);
  walkAll([value], (part) => {
    if (!("kind" in part)) return true;
    if (part.kind === "function") return false;
    if (part.kind === "literal" && typeof part.value === "string") note(names, part.value);
    if (part.kind === "regex") for (const word of part.pattern.match(/[A-Za-z_]{3,}/g) ?? []) note(names, word);
    if (part.kind === "object") for (const member of part.members) if (member.kind === "property") note(names, member.key);
    return true;
  });
}

/** Notes a name that stands for personal data or a credential, with all marks left out. */
function note(names: Set<string>, text: string): void {
  const name = text.slice(text.lastIndexOf(".") + 1);
  if (/^\w[\w-]{1,40}$/.test(name) && (personalDataOf(name) !== undefined || containerOf(name) !== undefined || /^(?:pass|auth|name|card|secret|cred|phone|mail|ssn|pii)/i.test(name))) names.add(plain(name));
}

/** A name of a field without marks and capitals, as redactors compare them. */
export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Fields at any depth whose names hold one of these, as paths that are taken out. */
export function byNames(names: readonly string[]): readonly (readonly string[])[] {
  return names.map((name) => ["**", name]);
}
