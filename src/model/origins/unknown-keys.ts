import { lookUp, type UnknownKeys } from "../../catalogue/index.js";
import type { Expression } from "../../facts/syntax.js";
import { argumentsAt } from "../values/arguments.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";

/** What the schema `node` does with keys it does not name; undefined if that cannot be told. */
export function unknownKeysIn(model: ProjectModel, file: string, node: Expression): UnknownKeys | undefined {
  const schema = model.values.of(file, node).find((value): value is ExternalValue => value.kind === "external");
  return schema && unknownKeysOf(model, schema);
}

/** What a schema does with keys it does not name: the last call that says so decides. */
export function unknownKeysOf(model: ProjectModel, { provenance, site }: ExternalValue): UnknownKeys | undefined {
  const { values } = model;
  let unknownKeys: UnknownKeys | undefined;
  for (let end = 1; end <= provenance.path.length; end++) {
    const schema = lookUp({ ...provenance, path: provenance.path.slice(0, end) })?.value.schema;
    // Of a list, what its elements do.
    const [element] = site && schema?.makes === "array" && schema.fields ? argumentsAt(values, site.file, site.node, [schema.fields]) : [];
    if (site && element && element.kind !== "array") unknownKeys = unknownKeysIn(model, site.file, element) ?? unknownKeys;
    const [said] = site && schema?.unknownKeysAt ? argumentsAt(values, site.file, site.node, [schema.unknownKeysAt.at]) : [];
    const [constant] = site && said ? values.of(site.file, said) : [];
    unknownKeys = (constant?.kind === "constant" ? schema?.unknownKeysAt?.means[String(constant.value)] : undefined) ?? schema?.unknownKeys ?? unknownKeys;
  }
  return unknownKeys;
}
