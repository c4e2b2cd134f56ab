import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { Origin } from "./origin.js";
import type { ProjectModel } from "../project-model.js";

/** What asks where a value comes from, for those who answer for one kind of expression. */
export interface Tracing {
  readonly model: ProjectModel;
  /** Where the value of an expression comes from. */
  of(file: string, node: Expression): readonly Origin[];
  /** Where what a function returns comes from. */
  ofReturn(file: string, node: FunctionNode): readonly Origin[];
  /** Origins with the parameters of a called function replaced by what the call passes. */
  throughCall(origins: readonly Origin[], callee: FunctionNode, file: string, call: CallExpression | NewExpression): readonly Origin[];
}
