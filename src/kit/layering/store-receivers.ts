import { within } from "../../base/position.js";
import { kindOf, type Provenance, reachesStore } from "../../catalogue/index.js";
import { chainRoot } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { receiverText, type StoreUse } from "../project/store-uses.js";

/** A use of a store with what it goes through. */
export interface ReceivedUse {
  readonly use: StoreUse;
  /** Clients are told apart by what they are called, the models of one library belong together, and what a transaction hands out to what opened it. */
  readonly receiver: string;
  /** The name that it begins with. */
  readonly binding: number | undefined;
  /** Where the client or model is made. */
  readonly madeIn: string | undefined;
}

/** What the uses of stores in a file go through. */
export function receivedUses(model: ProjectModel, file: string, uses: readonly StoreUse[]): readonly ReceivedUse[] {
  const found: ReceivedUse[] = [];
  for (const use of uses) {
    const root = use.package === "SQL text" ? chainRoot(use.target) : clientOf(model, file, use.target);
    const name = chainRoot(use.target);
    // `tx.orders` in `db.transaction(async (tx) => …)`, and a collection that a client gave.
    const before = found.find((other) => within(use.span, other.use.span)) ?? (use.local ? found.find((other) => other.use.package === use.package) : undefined);
    const made = model.values.of(file, root ?? use.target).find((value) => value.kind === "external" && value.site !== undefined);
    found.push({ use, receiver: before?.receiver ?? (root === undefined ? `models of ${use.package}` : receiverText(root)), binding: name.kind === "name" ? name.binding : undefined, madeIn: made?.kind === "external" ? made.site?.file : undefined });
  }
  return found;
}

/** The client that an expression is a part or product of; undefined for a model that is used by itself. */
function clientOf(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  const inner = node.kind === "member" ? node.object : node.kind === "call" ? node.callee : node.kind === "await" || node.kind === "cast" ? node.value : undefined;
  const deeper = inner && clientOf(model, file, inner);
  if (deeper) return deeper;
  const provenances = model.values.of(file, node).flatMap((value) => (value.kind === "external" && reachesStore(value.provenance) ? [value.provenance] : []));
  if (provenances.some(isClient)) return node;
  // `this.prisma.user` of a class that extends the client.
  return node.kind === "member" && provenances.some((provenance) => isClient({ ...provenance, path: provenance.path.slice(0, -1) })) ? node.object : undefined;
}

function isClient(provenance: Provenance): boolean {
  return /^(?:client|handle)$/.test(kindOf(provenance) ?? "");
}
