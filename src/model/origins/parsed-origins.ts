import { describe } from "../../catalogue/index.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import { argumentsAt } from "../values/arguments.js";
import { type Origin, type OriginStep, withStep } from "./origin.js";
import type { ProjectModel } from "../project-model.js";
import type { Tracing } from "./tracing.js";
import { unknownKeysOf } from "./unknown-keys.js";
import type { ExternalValue } from "../values/value.js";

/** A call that checks data against a schema and gives them back. */
export function ofParse(origins: Tracing, file: string, node: CallExpression): readonly Origin[] | undefined {
  const { values } = origins.model;
  for (const value of values.of(file, node.callee)) {
    const validation = value.kind === "external" ? describe(value.provenance, origins.model.packageOf(file).dependencies.get(value.provenance.package))?.validation : undefined;
    if (!validation || value.kind !== "external") continue;
    if (validation.output === "input") return undefined;
    if (validation.failure === "none" && validation.unknownKeys === undefined) {
      // Turned into an instance, with all its keys unless the options say otherwise.
      const step: OriginStep = isTrue(file, values, argumentsAt(values, file, node, ["2.excludeExtraneousValues"])) ? { kind: "parse", file, node, unknownKeys: "strip" } : { kind: "spread" };
      return argumentsAt(values, file, node, [validation.input]).flatMap((input) => origins.of(file, input).map((origin) => withStep(origin, step)));
    }
    const [schema] = validation.schema !== undefined && validation.schema !== "type-argument" ? argumentsAt(values, file, node, [validation.schema]) : [];
    const schemaValue = schema ? values.of(file, schema).find((candidate): candidate is ExternalValue => candidate.kind === "external") : value;
    // `validate(input, { stripUnknown: true })` decides whatever the schema says.
    const strips = isTrue(file, values, argumentsAt(values, file, node, ["1.stripUnknown", "1.abortEarly.stripUnknown", "2.stripUnknown"]));
    const keeps = isTrue(file, values, argumentsAt(values, file, node, ["1.allowUnknown", "2.allowUnknown"]));
    const step: OriginStep = { kind: "parse", file, node, unknownKeys: strips ? "strip" : keeps ? "keep" : (validation.unknownKeys ?? (schemaValue && unknownKeysOf(origins.model, schemaValue))) };
    const [, key] = validation.output.split(".");
    const steps: readonly OriginStep[] = key === undefined ? [step] : [step, { kind: "property", key }];
    return argumentsAt(values, file, node, [validation.input]).flatMap((input) => origins.of(file, input).map((origin) => steps.reduce(withStep, origin)));
  }
  return undefined;
}

function isTrue(file: string, values: ProjectModel["values"], [node]: readonly Expression[]): boolean {
  return node !== undefined && values.of(file, node).some((value) => value.kind === "constant" && value.value === true);
}
