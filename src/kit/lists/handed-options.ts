import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { putUnder, sitesOf } from "./limits.js";

/** What options of a query call the number of rows. */
const rowsKey = /^(take|limit)$/;

/** The values that say how many rows a query reads whose options a function of the project hands on: `size` of `orders.find({ where, take: size })`, also where it is put into them. */
export function limitsHandedOn(model: ProjectModel, file: string): readonly Expression[] {
  return model.values.index(file).calls.flatMap(({ node }) => {
    if (node.kind !== "call" || model.dataAccess.at(file, node)) return [];
    return node.arguments.flatMap((argument, position) => {
      const limits = limitsIn(model, file, argument);
      return limits.length > 0 && isHandedToQuery(model, file, node, position) ? limits : [];
    });
  });
}

/** Whether the options of a query are a parameter of its function, and whoever calls that says in them how many rows it wants; `reader`, if it calls it itself, speaks for the others. */
export function isLimitedByCallers(model: ProjectModel, file: string, { node }: StoreOperation, reader?: FunctionNode): boolean {
  const options = node.kind === "template" ? [] : node.arguments;
  return options.some((option) => {
    const source = option.kind === "name" && option.binding !== undefined ? model.values.index(file).sources[option.binding] : undefined;
    if (source?.kind !== "parameter" || source.path.length > 0) return false;
    const sites = sitesOf(model, file, source);
    const own = sites.filter(({ file: at, call }) => model.values.index(at).functionAround(call)?.node === reader);
    const given = (own.length > 0 ? own : sites).map(({ file: at, call }) => ({ at, options: call.arguments[source.index] }));
    return given.length > 0 && given.every(({ at, options: one }) => one !== undefined && limitsIn(model, at, one, true).length > 0);
  });
}

/** Whether a call hands an argument to a query as its options: `find(options) { return this.rows.find(options); }`. */
function isHandedToQuery(model: ProjectModel, file: string, call: CallExpression, position: number): boolean {
  return model.transactions.callees(file, call).some((callee) => {
    const isParameter = (part: Expression): boolean => {
      const source = part.kind === "name" && part.binding !== undefined ? model.values.index(callee.file).sources[part.binding] : undefined;
      return source?.kind === "parameter" && source.function === callee.node && source.index === position && source.path.length === 0;
    };
    return model.transactions.contentOf(callee.file, callee.node).operations.some(({ role, node }) => role === "list" && node.kind === "call" && node.arguments.some(isParameter));
  });
}

/** The limits of options that are written out here; with `surely`, those that no condition leaves out. */
function limitsIn(model: ProjectModel, file: string, options: Expression, surely = false): readonly Expression[] {
  const index = model.values.index(file);
  const source = options.kind === "name" && options.binding !== undefined ? index.sources[options.binding] : undefined;
  const written = source?.kind === "value" && source.path.length === 0 ? source.value : options;
  const own = written?.kind === "object" ? written.members.flatMap((member) => (member.kind === "property" && rowsKey.test(member.key) ? [member.value] : [])) : [];
  if (options.kind !== "name" || options.binding === undefined || source?.kind !== "value") return own;
  // `options.take = size`, `options["take"] = size`
  return [...own, ...putUnder(model, file, options, (key) => rowsKey.test(key)).filter((value) => !(surely && isUnderCondition(model, file, value)))];
}

function isUnderCondition(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(node); at && !isFunctionNode(at); at = parentOf(at)) if ("kind" in at && (at.kind === "if" || at.kind === "conditional")) return true;
  return false;
}
