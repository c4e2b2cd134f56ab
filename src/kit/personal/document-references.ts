import { oncePer, oncePerPart } from "../../base/once-per.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression, ObjectExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Look } from "./exposure.js";

/** What the schemas of documents say of the fields of one name. */
interface DeclaredFields {
  readonly references: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

/** Whether a member is a reference to another document, of which only the id is there: `{ owner: { type: ObjectId, ref: "User" } }`, unless the function around fills it in. */
export function isReference(at: Pick<Look, "model" | "file">, node: Extract<Expression, { kind: "member" }>): boolean {
  const { references, others } = declaredFields(at.model);
  return references.has(node.property) && !others.has(node.property) && !isFilledIn(at, node, node.property);
}

const declaredFields = oncePer((model: ProjectModel): DeclaredFields => {
  const references = new Set<string>();
  const others = new Set<string>();
  for (const file of model.files) {
    if (!model.edgesFrom(file).some(({ target }) => target.kind === "package" && /mongoose$|^mongodb$/.test(target.package))) continue;
    walkAll(model.facts(file).body, (node) => {
      if ("kind" in node && node.kind === "object") note(node, references, others);
      return undefined;
    });
  }
  return { references, others };
});

function note({ members }: ObjectExpression, references: Set<string>, others: Set<string>): void {
  for (const member of members) {
    if (member.kind !== "property") continue;
    const [declared] = member.value.kind === "array" ? member.value.elements : [member.value];
    const type = declared?.kind === "object" ? propertyOf(declared, "type") : undefined;
    if (declared?.kind !== "object" || !type) continue;
    (lastName(type) === "ObjectId" && propertyOf(declared, "ref") ? references : others).add(member.key);
  }
}

/** Whether the function around fills a reference in with the document behind it: `populate("owner reviewer")`, `populate({ path: "owner" })`. */
function isFilledIn({ model, file }: Pick<Look, "model" | "file">, node: Expression, name: string): boolean {
  const index = model.values.index(file);
  let around = index.functionAround(node);
  while (around?.parent) around = around.parent;
  const [start, end] = around?.node.span ?? [0, Infinity];
  return populated(model, file).some(({ at, names }) => at >= start && at < end && names.includes(name));
}

/** The fields that the calls of a file fill in, and where. */
const populated = oncePerPart((model: ProjectModel, file: string): readonly { readonly at: number; readonly names: readonly string[] }[] =>
  model.values.index(file).calls.flatMap(({ node }) => {
    if (node.callee.kind !== "member" || !/populate$/i.test(node.callee.property)) return [];
    const paths = node.arguments.flatMap((given) => (given.kind === "array" ? given.elements : [given])).map((given) => (given.kind === "object" ? propertyOf(given, "path") : given));
    return [{ at: node.callee.propertySpan[0], names: paths.flatMap((path) => (path ? (model.values.text(file, path) ?? "") : "").split(/[\s.]+/)) }];
  }),
);
