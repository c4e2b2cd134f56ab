import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression, FunctionNode, ObjectExpression } from "../../facts/syntax.js";
import type { SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { Located } from "../../model/values/located.js";

/** Nodes between a resolver and the field that it is written in. */
const mostSteps = 3;
/** Objects and wrappers that a type is looked for in. */
const deepest = 6;

/** Whether what a flow takes of a resolver's arguments has a type that GraphQL holds it to and that no text fits: a number, an enumeration. */
export function isTypedArgument(model: ProjectModel, { part, path, reader, source }: RequestFlow): boolean {
  const declared = part === "arguments" && reader ? argumentsAround(model, source.file, reader) : undefined;
  return declared !== undefined && isHeld(model, declared, path.filter((key) => key !== "[]"));
}

/** Where an argument that a resolver reads is declared: the field of its `args`, or of what they are spread from, which other resolvers may share. */
export function declaredArgument(model: ProjectModel, { part, reader, source }: RequestFlow, key: string): Located | undefined {
  const declared = part === "arguments" && reader ? argumentsAround(model, source.file, reader) : undefined;
  return declared && fieldIn(model, declared, key);
}

function fieldIn(model: ProjectModel, fields: Located, key: string, depth = 0): Located | undefined {
  if (depth > deepest) return undefined;
  for (const { file, node } of objectsIn(model, fields)) {
    const field = propertyOf(node, key);
    if (field) return { file, node: field };
    for (const member of node.members.toReversed()) {
      const found = member.kind === "spread" ? fieldIn(model, { file, node: member.value }, key, depth + 1) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** The `args` beside a resolver. */
function argumentsAround(model: ProjectModel, file: string, reader: FunctionNode): Located | undefined {
  const { parentOf } = model.values.index(file);
  let at: SyntaxNode | undefined = parentOf(reader);
  for (let steps = 0; at && steps < mostSteps; at = parentOf(at), steps++) {
    const declared = "kind" in at && at.kind === "object" ? propertyOf(at, "args") : undefined;
    if (declared) return { file, node: declared };
  }
  return undefined;
}

/** Whether the field that a path leads to, in arguments or in the fields of an input type, is held to a closed type. */
function isHeld(model: ProjectModel, fields: Located, [key, ...rest]: readonly string[], depth = 0): boolean {
  if (key === undefined || depth > deepest) return false;
  const objects = objectsIn(model, fields);
  // GraphQL turns away what it was not told of.
  if (depth === 0 && objects.length === 1 && objects.every(({ node }) => node.members.every((member) => member.kind === "property" && member.key !== key))) return true;
  return objects.some(({ file, node }) => {
    const field = propertyOf(node, key);
    if (!field) return node.members.some((member) => member.kind === "spread" && isHeld(model, { file, node: member.value }, [key, ...rest], depth + 1));
    return objectsIn(model, { file, node: field }).some((one) => {
      const type = propertyOf(one.node, "type");
      return type !== undefined && isClosed(model, { file: one.file, node: type }, rest, depth + 1);
    });
  });
}

function isClosed(model: ProjectModel, { file, node }: Located, path: readonly string[], depth: number): boolean {
  return depth <= deepest && model.values.of(file, node).some((value) => {
    if (value.kind !== "external" || value.provenance.package !== "graphql") return false;
    const [name = ""] = value.provenance.path;
    if (/^GraphQL(Int|Float|Boolean|EnumType)$/.test(name)) return true;
    const [given] = value.site?.node.arguments ?? [];
    if (!value.site || !given) return false;
    if (/^GraphQL(NonNull|List)$/.test(name)) return isClosed(model, { file: value.site.file, node: given }, path, depth + 1);
    const fields = name === "GraphQLInputObjectType" && given.kind === "object" ? propertyOf(given, "fields") : undefined;
    return fields !== undefined && isHeld(model, { file: value.site.file, node: fields }, path, depth + 1);
  });
}

/** The object that an expression stands for, also one that a function gives (`fields: () => ({ … })`) or that keys were taken of (`omit(fields, ["account"])`). */
function objectsIn(model: ProjectModel, { file, node }: Located): readonly { readonly file: string; readonly node: ObjectExpression }[] {
  const [whole] = node.kind === "call" && /^(omit|pick)$/.test(lastName(node.callee)) ? node.arguments : [];
  if (whole) return objectsIn(model, { file, node: whole });
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "object") return [{ file: value.file, node: value.node }];
    return value.kind === "function" ? model.values.returned(value.node).flatMap((given: Expression) => (given.kind === "object" ? [{ file: value.file, node: given }] : [])) : [];
  });
}
