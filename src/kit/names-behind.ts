import { walkAll } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";

/** What a file calls the objects that it has from an import, with the import's binding: properties of classes that are given them, and variables. */
export function namesBehind(model: ProjectModel, file: string, binding: number | undefined): readonly string[] {
  return binding === undefined ? [] : [...propertiesOf(model, file, binding), ...variablesOf(model, file, binding)];
}

/** What the classes of a file call the objects of an imported class that they are given: `prisma` of `constructor(private readonly prisma: PrismaService)`. */
function propertiesOf(model: ProjectModel, file: string, binding: number): readonly string[] {
  return model.values.index(file).classes.flatMap(({ members }) =>
    members.flatMap((member) => {
      if (member.kind === "property") return member.type?.kind === "reference" && member.type.binding === binding ? [member.name] : [];
      if (member.kind !== "method" || member.name !== "constructor") return [];
      return member.function.parameters.flatMap(({ target, type }) => (target.kind === "binding" && type?.kind === "reference" && type.binding === binding ? [model.facts(file).bindings[target.binding]?.name ?? ""] : []));
    }),
  );
}

/** What a file calls the values that an imported function gives: `const users = getUserModel()`, `const { users } = await connect()`. */
function variablesOf(model: ProjectModel, file: string, binding: number): readonly string[] {
  return model.values.index(file).sources.flatMap((source, at) => {
    const value = source?.kind === "value" && source.value?.kind === "await" ? source.value.value : source?.kind === "value" ? source.value : undefined;
    return value?.kind === "call" && value.callee.kind === "name" && value.callee.binding === binding ? [model.facts(file).bindings[at]?.name ?? ""] : [];
  });
}

/** Whether a file only asks of values whether they are of an imported class: `payment instanceof IncomingPayment`. */
export function isOnlyTested(model: ProjectModel, file: string, binding: number | undefined): boolean {
  const index = model.values.index(file);
  let tests = 0;
  let others = 0;
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node) || node.kind !== "name" || node.binding !== binding || binding === undefined) return undefined;
    const parent = index.parentOf(node);
    if (parent && "kind" in parent && parent.kind === "binary" && parent.operator === "instanceof" && parent.right === node) tests += 1;
    else others += 1;
    return undefined;
  });
  return tests > 0 && others === 0;
}
