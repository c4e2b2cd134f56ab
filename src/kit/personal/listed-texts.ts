import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** The texts of a list that is written out, spread from others, or made of each of another's: `FIELDS.flatMap((key) => [key, \`*.${key}\`])`. */
export function textsOf(model: ProjectModel, file: string, node: Expression, each?: { readonly binding: number; readonly text: string }): readonly string[] | undefined {
  const inner = (part: Expression): readonly string[] | undefined => textsOf(model, file, part, each);
  switch (node.kind) {
    case "array":
      return joined(node.elements.map((element) => (element.kind === "spread" ? inner(element.value) : inner(element))));
    case "cast":
      return inner(node.value);
    case "call": {
      if (node.callee.kind !== "member") return undefined;
      const [made] = node.arguments;
      if (node.callee.property === "concat") return joined([inner(node.callee.object), ...node.arguments.map(inner)]);
      if (node.callee.object.kind === "name" && node.callee.object.name === "Object") return made && inner(made);
      if (!/^(?:map|flatMap)$/.test(node.callee.property) || made?.kind !== "function") return undefined;
      const target = made.function.parameters[0]?.target;
      const over = inner(node.callee.object);
      return target?.kind === "binding" ? over && joined(over.map((text) => joined(model.values.returned(made.function).map((value) => textsOf(model, file, value, { binding: target.binding, text }))))) : undefined;
    }
    case "template": {
      const parts = node.values.map((value) => inner(value)?.[0]);
      return parts.includes(undefined) ? undefined : [node.texts.map((text, place) => `${text}${parts[place] ?? ""}`).join("")];
    }
    default: {
      if (node.kind === "name" && each && node.binding === each.binding) return [each.text];
      const text = model.values.text(file, node);
      if (text !== undefined) return [text];
      const lists = model.values.of(file, node).flatMap((value) => (value.kind === "array" ? [value] : []));
      if (lists.length > 0) return joined(lists.map((value) => textsOf(model, value.file, value.node)));
      const declaration = node.kind === "name" && node.binding !== undefined ? model.declarationOfBinding(file, node.binding) : undefined;
      const source = declaration?.kind === "binding" ? model.values.index(declaration.file).sources[declaration.binding] : undefined;
      return declaration?.kind === "binding" && source?.kind === "value" && source.value?.kind === "call" ? textsOf(model, declaration.file, source.value) : undefined;
    }
  }
}

/** All parts together; undefined where one of them is not known. */
export function joined(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

