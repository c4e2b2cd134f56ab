import { within } from "../../base/position.js";
import { oncePer, oncePerPart } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";

type Parameter = FunctionNode["parameters"][number];

/** Where a validation pipe is made. */
export interface Pipe {
  readonly file: string;
  readonly node: Expression;
}

/** Whether pipes of Nest check what a parameter takes. What cannot be told counts as checked. */
export function isCheckedByNest(model: ProjectModel, file: string, parameter: Parameter, args: readonly Expression[]): boolean {
  return checkBy(model, file, parameter, args) !== "nothing";
}

/** Whether pipes of Nest take off what a parameter takes the keys that its class does not declare. What cannot be told counts as done. */
export function isStrippedByNest(model: ProjectModel, file: string, parameter: Parameter, args: readonly Expression[]): boolean {
  const by = checkBy(model, file, parameter, args);
  return by === "other" || (by === "class" && keepingPipe(model, model.packageOf(file)) === undefined);
}

/** The pipe that checks what a parameter takes by its class and lets keys through which the class does not declare. */
export function keptByNest(model: ProjectModel, file: string, parameter: Parameter, args: readonly Expression[]): Pipe | undefined {
  return checkBy(model, file, parameter, args) === "class" ? keepingPipe(model, model.packageOf(file)) : undefined;
}

/** What says what a parameter has to be: the class that it is declared as, which the pipes of the application ask, or something else that is not read. */
function checkBy(model: ProjectModel, file: string, { type }: Parameter, args: readonly Expression[]): "class" | "other" | "nothing" {
  const named = args[0]?.kind === "literal";
  // A pipe of its own.
  if (args.slice(named ? 1 : 0).some((argument) => argument.kind !== "object")) return "other";
  if (!type || (type.kind === "keyword" && /^(any|unknown|object)$/.test(type.name)) || type.kind === "object") return "nothing";
  if (type.kind === "reference" && /^(Record|Partial|Omit|Pick|DeepPartial)$/.test(type.name)) return "nothing";
  const [value] = model.values.ofType(file, type);
  if (value?.kind === "typed") return "nothing";
  if (value?.kind !== "instance") return "other";
  const base = value.class.extends?.value;
  // Classes that are made of schemas strip by themselves.
  if (base?.kind === "call" && !/^(PartialType|PickType|OmitType|IntersectionType)$/.test(nameOf(base))) return "other";
  return namesPipes(model) ? "class" : "nothing";
}

/** Whether anything in the project is a pipe for more than one parameter: without one nobody asks the class. */
const namesPipes = oncePer((model: ProjectModel): boolean => model.files.some((file) => /\b(?:ValidationPipe|JoiPipeModule|useGlobalPipes|APP_PIPE|UsePipes)\b/.test(model.text(file) ?? "")));

/** The validation pipe of a package that keeps keys which the class does not declare; undefined where one of them takes those off, or none is found. */
const keepingPipe = oncePerPart((model: ProjectModel, unit: PackageUnit): Pipe | undefined => {
  let found: Pipe | undefined;
  for (const file of model.filesOf(unit)) {
    for (const { node } of model.values.index(file).calls) {
      // One for a single parameter says nothing of the others.
      if (node.kind !== "new" || nameOf(node) !== "ValidationPipe" || isOfParameter(model, file, node)) continue;
      const [options] = node.arguments;
      const [whitelist] = model.values.argumentsAt(file, node, ["0.whitelist"]);
      const read = options === undefined || options.kind === "object" || model.values.of(file, options).some((value) => value.kind === "object");
      if (!read || (whitelist && model.values.of(file, whitelist).every((value) => value.kind !== "constant" || value.value === true))) return undefined;
      found ??= { file, node };
    }
  }
  return found;
});

/** Whether the servers of routing-controllers take off what their classes do not declare: `createExpressServer({ validation: { whitelist: true } })`. What cannot be read counts as done. */
export const isStrippedByServers = oncePer((model: ProjectModel): boolean => {
  const servers = model.files.flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => (node.kind === "call" && /^((create|use)(Express|Koa)Server|createServer)$/.test(nameOf(node)) && model.values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package === "routing-controllers") ? [{ file, node }] : [])));
  return servers.every(({ file, node }) => {
    const isRead = node.arguments.some((argument) => model.values.of(file, argument).some(({ kind }) => kind === "object"));
    const [whitelist] = model.values.argumentsAt(file, node, ["0.validation.whitelist", "1.validation.whitelist"]);
    return whitelist ? model.values.of(file, whitelist).every((value) => value.kind !== "constant" || value.value === true) : !isRead && node.arguments.length > 0;
  });
});

/** `@Body(new ValidationPipe({ whitelist: true })) dto` */
function isOfParameter(model: ProjectModel, file: string, { span }: Expression): boolean {
  return [...model.values.index(file).functions.keys()].some(({ parameters }) => parameters.some((parameter) => parameter.decorators?.some(({ value }) => within(span, value.span))));
}

function nameOf(node: Expression): string {
  return lastName(node.kind === "new" || node.kind === "call" ? node.callee : node);
}
