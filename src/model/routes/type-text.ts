import type { TypeNode } from "../../facts/syntax.js";

/** A type as a reader would name it in a sentence: its name, or what kind of type it is. */
export function typeText(type: TypeNode): string {
  switch (type.kind) {
    case "reference":
      return type.arguments && /^(Partial|Pick|Omit|Required|Readonly|Record)$/.test(type.name) ? `${type.name}<${type.arguments.map(typeText).join(", ")}>` : type.name;
    case "keyword":
      return type.name;
    case "array":
      return `${typeText(type.element)}[]`;
    case "union":
      return "a union";
    case "intersection":
      return "an intersection";
    case "object":
      return "an inline type";
    case "literal":
      return JSON.stringify(type.value);
    default:
      return "a type";
  }
}
