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
