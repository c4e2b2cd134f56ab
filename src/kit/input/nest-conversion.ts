import { oncePer, oncePerPart } from "../../base/once-per.js";
import { decoratorName, lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";

/**
 * Whether Nest hands a parameter on as the text that came, whatever type it is declared with: `@Param("id") id: number` is turned
 * into a number by a pipe alone. Where the application is not seen to be made, its pipes are not known either.
 */
export function keepsText(model: ProjectModel, file: string, handler: FunctionNode): boolean {
  const context = model.values.index(file).functions.get(handler);
  const hasPipes = [...(context?.member?.decorators ?? []), ...(context?.class?.decorators ?? [])].some((decorator) => decoratorName(decorator) === "UsePipes");
  return !hasPipes && makesApplication(model, model.packageOf(file)) && !converts(model);
}

const makesApplication = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean =>
  model.filesOf(unit).some((file) => model.values.index(file).calls.some(({ node: { callee } }) => callee.kind === "member" && callee.object.kind === "name" && callee.object.name === "NestFactory" && /^create/.test(callee.property))));

/** Whether a pipe of the project may convert what it is given: one that is told to, or one that is not Nest's own. */
const converts = oncePer((model: ProjectModel): boolean => model.files.some((file) => model.values.index(file).calls.some(({ node }) => callConverts(node)) || providesPipe(model, file)));

function callConverts(node: CallExpression | NewExpression): boolean {
  const name = lastName(node.callee);
  if (node.kind === "new" && name === "ValidationPipe") return transforms(node.arguments[0]);
  return name === "useGlobalPipes" && node.arguments.some((pipe) => !(pipe.kind === "new" && lastName(pipe.callee) === "ValidationPipe"));
}

/** `{ transform: true }`, and options that are made elsewhere. */
function transforms(options: Expression | undefined): boolean {
  if (options === undefined) return false;
  if (options.kind !== "object" || options.members.some(({ kind }) => kind === "spread")) return true;
  const transform = propertyOf(options, "transform");
  return transform !== undefined && !(transform.kind === "literal" && transform.value === false);
}

/** `{ provide: APP_PIPE, useClass: ZodValidationPipe }` */
function providesPipe(model: ProjectModel, file: string): boolean {
  if (!model.facts(file).imports.some(({ names }) => names.some(({ imported }) => imported === "APP_PIPE"))) return false;
  let found = false;
  walkAll(model.facts(file).body, (node) => {
    if ("kind" in node && node.kind === "object") {
      const token = propertyOf(node, "provide");
      const used = propertyOf(node, "useClass");
      found ||= token?.kind === "name" && token.name === "APP_PIPE" && !(used?.kind === "name" && used.name === "ValidationPipe");
    }
    return !found;
  });
  return found;
}
