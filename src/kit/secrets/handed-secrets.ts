import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import type { FunctionNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { constantParts } from "./constant-parts.js";
import { encodedText } from "./encoded-texts.js";
import { type GivenSecret, givenSecrets } from "./given-secrets.js";
import { everyCallerGives, parameterOf, placeOf, type TakenParameter } from "../taken-parameters.js";

/** A parameter that a function of the project hands on to a place that takes a secret. */
interface SecretParameter extends TakenParameter {
  readonly sink: string;
  readonly foreign?: true;
}

/** Functions of the project around each other that are looked through. */
const deepest = 2;
/** What takes a password of somebody, or compares: what callers hand it is not the application's own. */
const takesAnything = /^(?:node:crypto (?:scrypt|pbkdf2|timingSafeEqual)|bcrypt|argon2|ldap|activedirectory)/;

/**
 * What the calls of a file hand to functions of the project that give it on to a place that takes secrets. Functions of
 * which each caller hands over a constant are left out: there the function is where it is seen.
 */
export function handedSecrets(model: ProjectModel, file: string): readonly GivenSecret[] {
  return handed(model, file, deepest);
}

function handed(model: ProjectModel, file: string, depth: number): readonly GivenSecret[] {
  return model.values.index(file).calls.flatMap(({ node }) =>
    node.arguments.length === 0
      ? []
      : model.callGraph.callees(file, node).functions.flatMap((callee) =>
          (secretParameters(model, callee.file, depth).get(callee.node) ?? []).flatMap(({ sink, foreign, ...taken }): readonly GivenSecret[] => {
            if (isAlwaysConstant(model, taken)) return [];
            return model.values.argumentsAt(file, node, [placeOf(taken)]).map((argument) => ({ sink, argument, ...(foreign && { foreign }) }));
          }),
        ),
  );
}

const known = oncePer((_model: ProjectModel) => answers<string, ReadonlyMap<FunctionNode, readonly SecretParameter[]>>());

/** The parameters of the functions of a file that are secrets: given to a library, or to another function of the project. */
function secretParameters(model: ProjectModel, file: string, depth: number): ReadonlyMap<FunctionNode, readonly SecretParameter[]> {
  return known(model).of(`${depth} ${file}`, () => findSecretParameters(model, file, depth));
}

function findSecretParameters(model: ProjectModel, file: string, depth: number): ReadonlyMap<FunctionNode, readonly SecretParameter[]> {
  const found = new Map<FunctionNode, SecretParameter[]>();
  for (const { sink, argument, foreign } of [...givenSecrets(model, file).filter(({ elsewhere }) => elsewhere === undefined), ...(depth > 1 ? handed(model, file, depth - 1) : [])]) {
    const taken = takesAnything.test(sink) ? undefined : parameterOf(model, file, encodedText(argument));
    if (!taken) continue;
    const parameters = found.get(taken.function) ?? [];
    if (!parameters.some((other) => placeOf(other) === placeOf(taken))) parameters.push({ ...taken, sink, ...(foreign && { foreign }) });
    found.set(taken.function, parameters);
  }
  return found;
}

function isAlwaysConstant(model: ProjectModel, taken: TakenParameter): boolean {
  return everyCallerGives(model, taken, (file, given) => given.kind === "secret" || constantParts(model, file, given).length > 0);
}
