import type { StoreOperation } from "../../model/data/data-access.js";

/** Indexes of document stores are made at the start by convention, and sync only adds what is missing. */
const atStart = /^(createIndex|createIndexes|ensureIndexes|syncIndexes|dropIndex|dropIndexes|createCollection|createCollections|createSearchIndex)$/;
/** Collections that are put in the place of others, or emptied at once, are data. */
const swaps = /^(drop|rename)$/;

/** Whether a call that changes a schema is what its store is used to: indexes and missing tables that are made at the start, collections that are swapped. */
export function isCustomary(operation: StoreOperation, method: string, servesRequests: boolean): boolean {
  if (operation.family === "mongo" && swaps.test(method)) return true;
  return !servesRequests && (atStart.test(method) || (method === "sync" && !isForced(operation)));
}

/** `sync({ force })` and `sync({ alter })` drop and change; `sync()` makes the tables that are missing. */
function isForced({ node }: StoreOperation): boolean {
  const [options] = node.kind === "call" ? node.arguments : [];
  if (options === undefined) return false;
  if (options.kind !== "object") return true;
  return options.members.some((member) => member.kind === "spread" || (member.kind === "property" && /^(force|alter)$/.test(member.key) && !(member.value.kind === "literal" && member.value.value === false)));
}
