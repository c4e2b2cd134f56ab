import { h3Packages, h3Readers } from "../../catalogue/lexicon/h3.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { checkOfParameter } from "./checks.js";
import { type Check, isVerdictRead } from "./verdicts.js";
import { takesAnything } from "./loose-schemas.js";
import type { RequestPart } from "./route.js";

/** What a handler of H3 takes from its event. */
export interface EventRead {
  readonly part: RequestPart;
  readonly field: string | undefined;
  /** What the reader itself checks; without it, what becomes of the data tells. */
  readonly check?: Check;
}

/** `readBody(event)`, `getRouterParam(event, "id")`, `readValidatedBody(event, Schema.parse)`: what a function of H3 reads. */
export function eventRead(model: ProjectModel, file: string, node: Expression, isEvent: (node: Expression) => boolean): EventRead | undefined {
  if (node.kind !== "call" || node.callee.kind !== "name" || !node.arguments[0] || !isEvent(node.arguments[0])) return undefined;
  const reader = Object.hasOwn(h3Readers, node.callee.name) ? h3Readers[node.callee.name] : undefined;
  const part = reader?.part === "file" ? "body" : reader?.part;
  if (!reader || (part !== "body" && part !== "query" && part !== "params")) return undefined;
  if (!model.values.of(file, node.callee).every((value) => value.kind === "external" && h3Packages.test(value.provenance.package))) return undefined;
  const [, given] = node.arguments;
  if (!reader.validates) return { part, field: given?.kind === "literal" ? String(given.value) : undefined };
  return { part, field: undefined, check: given && checkBy(model, file, node, given) };
}

/** What is given to a reader that validates: a schema, its `parse`, or a function that refuses. */
function checkBy(model: ProjectModel, file: string, call: Expression, given: Expression): Check {
  const schema = given.kind === "member" ? given.object : given;
  if (takesAnything(model, file, schema)) return undefined;
  // A `safeParse` that is handed over gives its verdict back, and H3 takes that for the data.
  const safe = given.kind === "member" ? /^safe/.test(given.property) : given.kind === "function" && returnsVerdict(given);
  if (safe) return isVerdictRead(model, file, call) ? "enforced" : "unread";
  if (given.kind !== "function") return "enforced";
  const { body } = given.function;
  // `(body) => body as User` checks nothing; `(body) => isUser(body)` refuses what it answers `false` to.
  const [only, ...others] = body ?? [];
  const answer = only?.kind === "return" && others.length === 0 ? only.value : undefined;
  return answer && (answer.kind === "cast" || answer.kind === "name" || (answer.kind === "literal" && answer.value === true)) ? checkOfParameter(model, file, given.function, 0) : "enforced";
}

function returnsVerdict({ function: { body } }: Extract<Expression, { kind: "function" }>): boolean {
  let safe = false;
  walkAll(body ?? [], (part) => {
    if ("kind" in part && part.kind === "return" && part.value) {
      const value = part.value.kind === "await" ? part.value.value : part.value;
      safe ||= value.kind === "call" && value.callee.kind === "member" && /^safe/.test(value.callee.property);
    }
    return undefined;
  });
  return safe;
}
