import type { CallExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { receiverText } from "../project/store-uses.js";
import { HandlerCounts } from "./handler-counts.js";

/** How much a handler may do itself. */
interface Limits {
  readonly maxComplexity: number;
  readonly maxStatements: number;
  /** Whether one sum, one change of state, records of what was done, what is only started and a transaction around one call count, too. */
  readonly domainWork: "allow" | "report";
  /** Whether many paths or statements count where none of them does what a service is for: never, where they are more than twice the most, or always. */
  readonly sizeAlone: "allow" | "twice" | "report";
}

/** The service calls that a handler may put together by itself. */
const mostServiceCalls = 2;

/** What a handler does for a method that is more than parsing its input, one call and the answer, in words; empty for a thin one. */
export function workIn(model: ProjectModel, handler: Handler, method: string, options: Limits): string[] {
  const isStrict = options.domainWork === "report";
  const counts = new HandlerCounts(model, handler, method, !isStrict);
  const { statements, loops, sums, states, choices, queries, requests, services, writes, paths } = counts;
  const ofService = [
    ...(loops > 0 ? ["a loop that computes"] : []),
    ...(sums > 0 && loops === 0 && (isStrict || counts.priced > 0 || writes.size > 0) ? ["arithmetic on domain values"] : []),
    ...(counts.decidedWrites > 1 ? ["decisions over what a service gave, by which it writes one thing or another"] : []),
    ...(states > 0 && isStrict ? ["a change of state"] : []),
    ...(counts.transactions > 0 ? ["a transaction"] : []),
    ...(writes.size > 1 && model.transactions.onOnePath(handler.file, handler.node, writes) > 1 ? [`${writes.size} writes (${written([...writes])})`] : []),
  ];
  const size = [...(paths > options.maxComplexity ? [`${paths} paths (most ${options.maxComplexity})`] : []), ...(statements > options.maxStatements ? [`${statements} statements (most ${options.maxStatements})`] : [])];
  const parts = [
    ...(sums > 0 ? ["arithmetic on domain values"] : []),
    ...(states > 0 ? ["a change of state"] : []),
    ...(choices > 0 ? [plural(choices, "decision over what a service gave", "decisions over what services gave")] : []),
    ...(queries > 1 ? [`${queries} queries`] : []),
    ...(requests > 1 ? [`${requests} requests to other services`] : []),
    ...(services.size > mostServiceCalls ? [`${services.size} services`] : []),
  ];
  const sizeCounts = options.sizeAlone === "report" || (options.sizeAlone === "twice" && (paths > 2 * options.maxComplexity || statements > 2 * options.maxStatements));
  if (ofService.length === 0 && parts.length === 0 && !sizeCounts) return [];
  return [...ofService, ...size, ...(size.length > 0 ? parts.filter((one) => !ofService.includes(one)) : [])];
}

/** The first writes by name, in the order in which they stand. */
function written(writes: readonly CallExpression[]): string {
  const names = writes.toSorted((left, right) => left.span[0] - right.span[0]).map(({ callee }) => `\`${receiverText(callee)}\``);
  return names.length > most ? `${names.slice(0, most).join(", ")}, …` : names.join(", ");
}

/** So many writes are named. */
const most = 3;

function plural(count: number, one: string, many: string): string {
  return count === 1 ? `a ${one}` : `${count} ${many}`;
}
