import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import { callGraphOf } from "../calls/call-graph.js";
import type { ProjectModel } from "../project-model.js";
import { isCheckOf } from "./verdicts.js";

/** Functions of the project that hand a schema on to each other are followed so far. */
const deepest = 3;

const known = oncePer((_model: ProjectModel) => answers<FunctionNode, ReadonlySet<number>>());

/**
 * The parameters of a function that it checks something by, itself or in a function that it hands them to: the schema of
 * `schema.safeParse(data)`, the contract of `check(contract.body, body)`.
 */
export function schemaParameters(model: ProjectModel, file: string, node: FunctionNode, depth = 0): ReadonlySet<number> {
  return known(model).get(node) ?? known(model).make(node, () => findParameters(model, file, node, depth), () => depth === 0);
}

/** What a call gives a function to check by; undefined if that checks by nothing that it is given. Of an object, texts and functions are no schemas: `endpoint({ role: "staff" }, run)` gives none. */
export function schemasGiven(model: ProjectModel, file: string, call: CallExpression): readonly Expression[] | undefined {
  const positions = new Set(model.values.of(file, call.callee).flatMap((value) => (value.kind === "function" ? [...schemaParameters(model, value.file, value.node)] : [])));
  if (positions.size === 0) return undefined;
  return [...positions].flatMap((index) => {
    const given = call.arguments[index];
    if (given?.kind !== "object") return given ?? [];
    const members = given.members.filter((member) => member.kind !== "property" || !/^(literal|function|template)$/.test(member.value.kind));
    return members.length > 0 ? { ...given, members } : [];
  });
}

/** Whether a call of a project's function gives it something to check by, beside the argument at `checked`. */
export function givesSchema(model: ProjectModel, file: string, node: FunctionNode, call: CallExpression, checked: number): boolean {
  return call.arguments.length > 1 && [...schemaParameters(model, file, node)].some((index) => index !== checked && index < call.arguments.length);
}

function findParameters(model: ProjectModel, file: string, node: FunctionNode, depth: number): ReadonlySet<number> {
  const found = new Set<number>();
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part) || part.kind !== "call") return undefined;
    for (const index of checkedBy(model, file, node, part, depth)) found.add(index);
    return undefined;
  });
  return found;
}

function checkedBy(model: ProjectModel, file: string, node: FunctionNode, call: CallExpression, depth: number): readonly number[] {
  const own = call.callee.kind === "member" ? parameterBehind(model, file, node, call.callee.object) : undefined;
  if (own !== undefined) return isCheckOf(model, file, call) ? [own] : [];
  const given = call.arguments.map((argument) => parameterBehind(model, file, node, argument));
  if (depth >= deepest || given.every((index) => index === undefined)) return [];
  return callGraphOf(model).callees(file, call).functions.flatMap((callee) => [...schemaParameters(model, callee.file, callee.node, depth + 1)].flatMap((index) => given[index] ?? []));
}

/** The parameter of a function that an expression is, or is a part of: `schema`, `contract.body`. */
function parameterBehind(model: ProjectModel, file: string, node: FunctionNode, part: Expression): number | undefined {
  if (part.kind === "member") return parameterBehind(model, file, node, part.object);
  const source = part.kind === "name" && part.binding !== undefined ? model.values.index(file).sources[part.binding] : undefined;
  return source?.kind === "parameter" && source.function === node ? source.index : undefined;
}
