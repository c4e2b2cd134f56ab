import { callStep, describe, type Provenance } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { SchemaUse } from "./route.js";
import type { Located } from "../values/located.js";

/** Methods of schemas that leave what passes as it is. */
const neutral: ReadonlySet<string> = new Set(["optional", "nullable", "nullish", "required", "default", "prefault", "catch", "describe", "meta", "openapi", "brand", "readonly"]);

/** Whether a schema lets everything pass: `z.any()`, `z.unknown().optional()`, `Type.Unknown()`, `type<User>()` of oRPC, a function that gives back what it is given. */
export function takesAnything(model: ProjectModel, file: string, schema: Expression): boolean {
  const values = model.values.of(file, schema);
  return values.length > 0 && values.every((value) => (value.kind === "external" && isUnchecked(value.provenance, value.site?.node)) || (value.kind === "function" && givesBack(value.node)));
}

/** `(value) => value as Order`: a function in a schema's place that only names a type. */
function givesBack({ parameters: [first], body }: FunctionNode): boolean {
  const [only, ...others] = body ?? [];
  let value = only?.kind === "return" && others.length === 0 ? only.value : undefined;
  while (value?.kind === "cast") ({ value } = value);
  return value?.kind === "name" && first?.target.kind === "binding" && value.binding === first.target.binding;
}

function isUnchecked(provenance: Provenance, made: CallExpression | NewExpression | undefined): boolean {
  let { path } = provenance;
  while (path.at(-1) === callStep && neutral.has(path.at(-2) ?? "")) path = path.slice(0, -2);
  // `z.custom<User>()` checks nothing, `z.custom(isUser)` what its function says.
  if (path.at(-1) !== callStep || (path.at(-2) === "custom" && (made?.arguments.length ?? 0) > 0)) return false;
  return describe({ ...provenance, path: path.slice(0, -1) })?.schema?.unchecked === true;
}

/** What the schemas of one part come to that a procedure is given: several are merged, and one that takes anything checks nothing. */
export function checkedBy(model: ProjectModel, schemas: readonly Located[], by: string): SchemaUse {
  const strict = schemas.find(({ file, node }) => !takesAnything(model, file, node));
  const [first] = schemas;
  if (strict) return { kind: "enforced", file: strict.file, span: strict.node.span, by };
  return first ? { kind: "none", file: first.file, span: first.node.span, by: "a schema that takes anything" } : { kind: "absent" };
}

/** The schema that a call checks against: the object whose method it calls, or the argument that the catalogue names. */
export function schemaOfCheck({ callee, arguments: given }: CallExpression | NewExpression, at: string | undefined): Expression | undefined {
  if (at === undefined) return callee.kind === "member" ? callee.object : undefined;
  return /^\d+$/.test(at) ? given[Number(at)] : undefined;
}
