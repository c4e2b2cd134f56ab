import { groupBy } from "../../../base/group-by.js";
import { oncePer } from "../../../base/once-per.js";
import type { ProjectModel } from "../../project-model.js";
import type { ExternalValue } from "../../values/value.js";
import type { RawStep } from "../adapter.js";
import { gatherOperations, type Operation, pathBehind } from "../operations.js";
import type { Located } from "../../values/located.js";

const verbs = /^(get|head|post|put|patch|delete|options)$/;

/** What a file registers with next-connect for one method. */
export interface ConnectedRoute {
  readonly operation: Operation;
  readonly method: string;
  readonly chain: readonly RawStep[];
  readonly handler: Located | undefined;
}

/** The routes of next-connect by the file that registers them, each behind what its router uses before it. */
export const connectedRoutes = oncePer((model: ProjectModel): ReadonlyMap<string, readonly ConnectedRoute[]> => groupBy([...gatherOperations(model, isNextConnect).values()].flatMap(routesOf), ({ operation }) => operation.file));

function isNextConnect({ provenance }: ExternalValue): boolean {
  return provenance.package === "next-connect";
}

function routesOf(operations: readonly Operation[]): readonly ConnectedRoute[] {
  const used: Operation[] = [];
  return operations.flatMap((operation): readonly ConnectedRoute[] => {
    if (operation.method === "use") used.push(operation);
    if (!verbs.test(operation.method)) return [];
    const handlers = withoutPath(operation);
    const before = used.filter((one) => !isClone(one) || one.file === operation.file).flatMap(withoutPath);
    const steps = [...before, ...handlers.slice(0, -1)].map((step) => ({ ...step, origin: "route" as const }));
    return [{ operation, method: operation.method.toUpperCase(), chain: steps, handler: handlers.at(-1) }];
  });
}

/** A path may stand before the functions: `router.use("/api", requireUser)`. */
function withoutPath({ arguments: given }: Operation): readonly Located[] {
  const [first] = given;
  return first?.node.kind === "literal" || first?.node.kind === "regex" ? given.slice(1) : given;
}

/** `base.clone().use(…)` is of the copy alone. */
function isClone({ receiver }: Operation): boolean {
  return pathBehind(receiver).includes("clone");
}
