import type { NamedCall } from "../calls/call-sites.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";

/** An operation on a router, and the calls of the functions around it that it is for. */
interface Called {
  readonly receiver: ExternalValue;
  readonly from?: readonly NamedCall[];
}

/** A router that a function makes is another one in each run of it; this tells by what call an operation belongs to which. Undefined where all runs are alike. */
export function runOf(model: ProjectModel, { receiver: { site }, from = [] }: Called): string | undefined {
  if (!site || site.by || from.length === 0) return undefined;
  const maker = model.values.index(site.file).functionAround(site.node)?.node;
  const run = maker && from.find(({ file, call }) => model.values.of(file, call.callee).some((value) => value.kind === "function" && value.node === maker));
  return run && `${run.file}@${run.call.span[0]}`;
}

/** The key of a router in one run of the function that makes it. */
export function keyInRun(key: string, run: string | undefined): string {
  return run === undefined ? key : `${key} run by ${run}`;
}
