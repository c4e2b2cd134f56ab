import { oncePer } from "../../../../base/once-per.js";
import { lastName } from "../../../../facts/names.js";
import type { ClassNode, Expression } from "../../../../facts/syntax.js";
import type { ProjectModel } from "../../../project-model.js";
import type { RawStep } from "../../adapter.js";
import type { Located } from "../../../values/located.js";

/** Methods of a middleware's or guard's class that the framework calls. */
const handlers = /^(handler|execute|activate|use)$/;

/** A step as it runs: the method of its class, or what the container has under its identifier (`TYPES.RequireUser`). */
export function stepOf(model: ProjectModel, { file, node }: Located, origin: RawStep["origin"]): RawStep {
  const own = runIn(model, { file, node });
  const bound = own ?? boundIn(model).get(keyOf(node));
  return { ...(bound ?? { file, node }), origin, name: lastName(node) };
}

/** The function that a class or a constant function stands for. */
function runIn(model: ProjectModel, { file, node }: Located): Located | undefined {
  for (const value of model.values.of(file, node)) {
    if (value.kind === "class") return methodOf(value.file, value.node);
    if (value.kind === "instance") return methodOf(value.file, value.class);
    if (value.kind === "function") return { file, node };
  }
  return undefined;
}

function methodOf(file: string, { members }: ClassNode): Located | undefined {
  const method = members.find((member) => member.kind === "method" && handlers.test(member.name) && member.function.body);
  return method?.kind === "method" ? { file, node: { kind: "function", span: method.function.span, function: method.function } } : undefined;
}

/** What identifiers are called, however they are written: symbols in an object, texts and names of classes. */
function keyOf(node: Expression): string {
  return node.kind === "literal" ? String(node.value) : lastName(node);
}

/** What the container has under each identifier, by `bind(id).to(…)` and by decorators of classes (`@provide(id)`). */
const boundIn = oncePer((model: ProjectModel): ReadonlyMap<string, Located> => {
  const found = new Map<string, Located>();
  for (const file of model.files) {
    const index = model.values.index(file);
    for (const { node } of index.calls) {
      if (node.kind !== "call" || node.callee.kind !== "member" || !/^to(ConstantValue|Self)?$/.test(node.callee.property)) continue;
      const bind = node.callee.object;
      const [identifier] = bind.kind === "call" && /^(re)?bind$/.test(lastName(bind.callee)) ? bind.arguments : [];
      const run = identifier && runIn(model, { file, node: node.arguments[0] ?? identifier });
      if (identifier && run) found.set(keyOf(identifier), run);
    }
    for (const node of index.classes)
      for (const { value } of node.decorators ?? []) {
        const [identifier] = value.kind === "call" && /provide/i.test(lastName(value.callee)) ? value.arguments : [];
        const run = identifier && methodOf(file, node);
        if (run) found.set(keyOf(identifier), run);
      }
  }
  return found;
});
