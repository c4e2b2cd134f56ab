type Schema = Readonly<Record<string, unknown>>;

/** The TypeScript type of what a JSON Schema of an option admits; `unknown` for what options do not use. */
export function typeOf(schema: Schema): string {
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  const variants = schema["oneOf"] ?? schema["anyOf"];
  if (Array.isArray(variants)) return variants.map((variant) => (isSchema(variant) ? typeOf(variant) : "unknown")).join(" | ");
  switch (schema["type"]) {
    case "string":
    case "boolean":
      return schema["type"];
    case "number":
    case "integer":
      return "number";
    case "array":
      return `${parenthesised(isSchema(schema["items"]) ? typeOf(schema["items"]) : "unknown")}[]`;
    case "object":
      return objectType(schema);
    default:
      return "unknown";
  }
}

function objectType(schema: Schema): string {
  const { properties, additionalProperties } = schema;
  if (isSchema(properties)) {
    const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
    const members = Object.entries(properties).map(([name, own]) => `${name}${required.includes(name) ? "" : "?"}: ${isSchema(own) ? typeOf(own) : "unknown"}`);
    return `{ ${members.join("; ")} }`;
  }
  return `Record<string, ${isSchema(additionalProperties) ? typeOf(additionalProperties) : "unknown"}>`;
}

function parenthesised(type: string): string {
  return type.includes(" | ") ? `(${type})` : type;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
