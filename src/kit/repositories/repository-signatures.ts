import type { Span } from "../../base/position.js";
import type { FunctionNode, Parameter, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { makesClient } from "./repository-members.js";
import { isAnyObject, isFreeForm, isNameOfHandle, leakIn } from "./repository-types.js";

/** What the signature of a repository's function shows of its store, and where. */
export interface Shown {
  readonly shows: "sql" | "takes" | "takesAny" | "takesFilter" | "returns" | "returnsAny" | "returnsBuilder";
  readonly span: Span;
  /** As written. */
  readonly type?: string;
}

/** Which types count. */
interface Counted {
  /** Also types of rows and enumerations that a library makes. */
  readonly plain: boolean;
  /** Rows that save themselves, which such a row gives by its relations. */
  readonly rows: boolean;
  /** Clients that it takes, which functions without a class are given. */
  readonly clients: boolean;
}

/** What a function takes and gives back that belongs to its store, once for each place. */
export function* shownBy(model: ProjectModel, file: string, node: FunctionNode, counted: Counted): Iterable<Shown> {
  for (const [index] of node.parameters.entries()) yield* shownByParameter(model, file, node, index, counted);
  yield* shownByResult(model, file, node, counted);
}

function* shownByParameter(model: ProjectModel, file: string, node: FunctionNode, index: number, counted: Counted): Iterable<Shown> {
  const parameter = node.parameters[index];
  if (!parameter) return;
  const { type } = parameter;
  const flows = model.transactions.summaryOf(file, node).flows.filter((flow) => flow.parameter === index);
  const reachesWhole = (kind: "text" | "filter"): boolean => flows.some(({ to, path, steps }) => to.kind === kind && path.length === 0 && steps.length === 0);
  if (reachesWhole("text") && isText(type)) yield { shows: "sql", span: parameter.span };
  if (!type) return;
  if (reachesWhole("filter") && isAnyObject(type)) yield { shows: "takesFilter", span: type.span, type: model.text(file)?.slice(...type.span) ?? "object" };
  const isOpenColumn = !counted.plain && parameter.target.kind === "binding" && isFreeForm(parameter.target.name, type);
  const leak = isHandle(parameter) || isOpenColumn ? undefined : leakIn(model, file, type, { plain: counted.plain, rows: counted.rows, handles: false, clients: counted.clients });
  // What only goes through to somebody else's function reaches no statement.
  if (leak && (!leak.any || flows.length > 0)) yield { shows: leak.any ? "takesAny" : "takes", span: leak.span, type: leak.name };
}

function* shownByResult(model: ProjectModel, file: string, node: FunctionNode, { plain, rows }: Counted): Iterable<Shown> {
  const leak = node.returns && leakIn(model, file, node.returns, { plain, rows, handles: true, clients: true });
  // What opens the connection gives it: `useFactory: async (): Promise<Sequelize> => new Sequelize(…)`.
  if (leak && !leak.any && makesClient(model, file, node)) return;
  if (leak) yield { shows: leak.any ? "returnsAny" : "returns", span: leak.span, type: leak.name };
  else if (!node.returns && !node.async) {
    const builder = model.transactions.contentOf(file, node).operations.find(({ completion, execution, executed, continued, family, role, methods }) => completion === "returned" && !executed && !continued && family === "sql" && (role === "start" || methods.at(-1) === "$dynamic" || (execution === "explicit" && (role === "list" || role === "write"))));
    if (builder) yield { shows: "returnsBuilder", span: builder.span };
  }
}

function isText(type: TypeNode | undefined): boolean {
  return type === undefined || (type.kind === "keyword" && type.name === "string");
}

function isHandle({ target, optional, default: fallback }: Parameter): boolean {
  return target.kind === "binding" && isNameOfHandle(target.name, optional === true || fallback !== undefined);
}
