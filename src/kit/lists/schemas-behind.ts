import { describe } from "../../catalogue/index.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

const deepest = 10;

/** Under which keys a check gives back what it let through: `safeParse(query).data` of Zod, `validate(query).value` of Joi. */
const results = /^(data|value|output)$/;

/** The schema whose result a value is: `Query.parse(req.query)`, `c.req.valid("query")` is left to the route. */
export function schemaBehind(model: ProjectModel, file: string, node: Expression, depth = 0): { readonly file: string; readonly node: Expression } | undefined {
  if (depth > deepest) return undefined;
  if (node.kind === "await" || node.kind === "cast") return schemaBehind(model, file, node.value, depth + 1);
  if (node.kind === "member" && results.test(node.property)) return schemaBehind(model, file, node.object, depth + 1);
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    const isWhole = source?.kind === "value" && (source.path.length === 0 || (source.path.length === 1 && source.path[0]?.kind === "property" && results.test(source.path[0].key)));
    return isWhole && source.value ? schemaBehind(model, file, source.value, depth + 1) : undefined;
  }
  if (node.kind !== "call") return undefined;
  for (const callee of model.values.of(file, node.callee)) {
    const validation = callee.kind === "external" ? describe(callee.provenance)?.validation : undefined;
    if (!validation) continue;
    const schema = validation.schema === undefined ? (node.callee.kind === "member" ? node.callee.object : undefined) : validation.schema === "type-argument" ? undefined : model.values.argumentsAt(file, node, [validation.schema])[0];
    return schema && { file, node: schema };
  }
  return schemaInside(model, file, node, depth);
}

/** The schema whose result a function of the project gives back: one of its own, or one that it is given (`validate(Query, req.query)`). */
function schemaInside(model: ProjectModel, file: string, call: CallExpression, depth: number): ReturnType<typeof schemaBehind> {
  for (const callee of model.transactions.callees(file, call)) {
    for (const value of model.values.returned(callee.node)) {
      const schema = schemaBehind(model, callee.file, value, depth + 1);
      const source = schema?.node.kind === "name" && schema.node.binding !== undefined ? model.values.index(schema.file).sources[schema.node.binding] : undefined;
      if (source?.kind !== "parameter" || source.function !== callee.node || source.path.length > 0) return schema;
      const given = call.arguments[source.index];
      return given && { file, node: given };
    }
  }
  return undefined;
}

/** Whether the object that is handed on was put to a schema before, whose result is not what is handed on: `schema.validate(conditions)`. */
export function isValidated(model: ProjectModel, file: string, argument: Expression): boolean {
  if (argument.kind !== "name" || argument.binding === undefined) return false;
  const around = model.values.index(file).functionAround(argument)?.node;
  return model.values.index(file).calls.some(({ node, in: context }) => {
    if (context?.node !== around || node.kind !== "call" || node.span[1] > argument.span[0] || !node.arguments.some((given) => given.kind === "name" && given.binding === argument.binding)) return false;
    return model.values.of(file, node.callee).some((value) => value.kind === "external" && describe(value.provenance)?.validation !== undefined);
  });
}
