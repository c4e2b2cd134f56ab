import type { Clause, ClauseId, StandardSection } from "./clause.js";
import { api } from "./sections/api.js";
import { architecture } from "./sections/architecture.js";
import { configuration } from "./sections/config.js";
import { data } from "./sections/data.js";
import { done } from "./sections/done.js";
import { house } from "./sections/house.js";
import { logging } from "./sections/logging.js";
import { security } from "./sections/security.js";
import { stack } from "./sections/stack.js";
import { testing } from "./sections/testing.js";

export type { Clause, ClauseId, StandardSection } from "./clause.js";

/** The sections of the standard in its order, and last what std-check asks of its own use. */
export const sections: readonly StandardSection[] = [stack, architecture, api, configuration, logging, data, security, testing, done, house];

/** All clauses, in the order of the standard. */
export const clauses: readonly Clause[] = sections.flatMap((section) => section.clauses);

const byId: ReadonlyMap<string, Clause> = new Map(clauses.map((clause) => [clause.id, clause]));

/** The clause with this id; undefined for an id that the standard does not have. */
export function findClause(id: string): Clause | undefined {
  return byId.get(id);
}

/** The clauses that a rule enforces, in the rule's order. Throws for an id that the standard does not have. */
export function clausesOf(rule: { readonly name: string; readonly clauses: readonly ClauseId[] }): readonly Clause[] {
  return rule.clauses.map((id) => {
    const clause = byId.get(id);
    if (clause === undefined) throw new Error(`The rule ${rule.name} names the clause ${id}, which the standard does not have.`);
    return clause;
  });
}
