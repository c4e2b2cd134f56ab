import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import { describe } from "../../catalogue/index.js";
import type { FunctionNode } from "../../facts/syntax.js";
import type { FileIndex } from "../modules/file-index.js";
import { behind, type ExternalValue, type Value } from "./value.js";
import type { Values } from "./values.js";

/**
 * The function that the file in which a package made something adds to it under a name of its own:
 * `const logger = winston.createLogger(); logger.audit = (message, fields) => …`; undefined for what the package itself gives.
 */
export function addedFunction(values: Values, object: ExternalValue, name: string): readonly Value[] | undefined {
  const { site } = object;
  if (!site) return undefined;
  const index = values.index(site.file);
  const added = addedTo(index).get(name);
  if (!added || describe(behind(object, name).provenance)) return undefined;
  const own = added.filter(({ binding }) => {
    const source = index.sources[binding];
    return source?.kind === "value" && source.path.length === 0 && source.value === site.node;
  });
  return own.length > 0 ? own.map(({ node }) => ({ kind: "function", file: site.file, node })) : undefined;
}

/** By name: the functions that a file assigns to members of its variables. */
const addedTo = oncePer((index: FileIndex): ReadonlyMap<string, readonly AddedFunction[]> =>
  groupBy(
    index.memberAssignments.flatMap(({ object, property, value }) => (object.kind === "name" && object.binding !== undefined && value.kind === "function" ? [{ name: property, binding: object.binding, node: value.function }] : [])),
    ({ name }) => name,
  ),
);

interface AddedFunction {
  readonly name: string;
  readonly binding: number;
  readonly node: FunctionNode;
}
