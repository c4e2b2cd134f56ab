import { compareText } from "../../base/finding.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { Span } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { isBackendCode } from "../project/backend-files.js";
import { shownAs } from "./exposure.js";
import { loggedExposures } from "./logged-exposures.js";
import { type PersonalField, personalShape, shapeOfValues } from "./personal-shapes.js";

/** What a project holds of persons, and where it writes it to logs. */
export interface PersonalInventory {
  /** Types, classes, schemas, tables and Prisma models with fields of personal data or credentials, by file and line. */
  readonly shapes: readonly { readonly name: string; readonly file: string; readonly line: number; readonly fields: readonly PersonalField[] }[];
  readonly logged: readonly { readonly field: string; readonly category: string; readonly file: string; readonly line: number }[];
}

/** The inventory of the backend code of a project. */
export function personalInventory(model: ProjectModel): PersonalInventory {
  const files = model.files.filter((file) => isBackendCode(model, file));
  const lineOf = (file: string, span: Span): number => model.range(file, span).start.line;
  return {
    shapes: [
      ...files.flatMap((file) => shapesIn(model, file).map(({ name, span, fields }) => ({ name, file, line: lineOf(file, span), fields }))),
      ...model.prismaModels.map(({ name, file, range, fields }) => ({ name, file, line: range.start.line, fields: personalShape(name, fields).fields })).filter(({ fields }) => fields.length > 0),
    ].sort((left, right) => compareText(left.file, right.file) || left.line - right.line),
    logged: files.flatMap((file) => loggedExposures(model, file).map(({ exposure }) => ({ field: shownAs(exposure), category: exposure.category, file, line: lineOf(file, exposure.span) })).sort((left, right) => left.line - right.line)),
  };
}

/** Whether a constant is made as schemas, tables and models are; modules that are required and clients that are made of their options are none. */
function declaresShape(made: Expression): boolean {
  if (made.kind === "new") return /schema|model|table|entity|collection|document|object|struct/i.test(lastName(made.callee));
  return made.kind === "call" && !/^(?:require|import|requireActual|parse|safeParse|validate\w*|load\w*|get\w*|use\w*|connect\w*|init\w*|config(?:ure)?|multer\w*|create(?:Pool|Connection|Client|Transport(?:er)?|Server|App|Context))$/.test(lastName(made.callee));
}

function shapesIn(model: ProjectModel, file: string): readonly { readonly name: string; readonly span: Span; readonly fields: readonly PersonalField[] }[] {
  const { types, bindings } = model.facts(file);
  const index = model.values.index(file);
  const declared = types.map(({ name, span, type }) => ({ name, span, values: type.kind === "object" ? [{ kind: "typed", file, type, name } satisfies Value] : [] }));
  const classes = index.classes.map((node) => ({ name: node.name ?? "class", span: node.nameSpan ?? node.span, values: [{ kind: "instance", file, class: node } satisfies Value] }));
  const schemas = bindings.flatMap((binding, number) => {
    const source = binding.top ? index.sources[number] : undefined;
    if (source?.kind !== "value" || source.path.length > 0 || !source.value || !declaresShape(source.value)) return [];
    const members = model.values.schemaFields(file, source.value);
    return members ? [{ name: binding.name, span: binding.span, values: [{ kind: "typed", file, type: { kind: "object", span: binding.span, members }, name: binding.name } satisfies Value] }] : [];
  });
  return [...declared, ...classes, ...schemas].flatMap(({ name, span, values }) => {
    const fields = shapeOfValues(model, values)?.fields ?? [];
    return fields.length > 0 ? [{ name, span, fields }] : [];
  });
}
