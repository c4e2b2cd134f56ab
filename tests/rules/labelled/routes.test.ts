import { checkLabelledSets } from "../../support/labelled-sets.js";

/** Sets that were marked with what a team leaves on; in the others each place stands by itself, as `strict` has it. */
const markedForRecommended: ReadonlySet<string> = new Set(["routes-3", "routes-4", "routes-10", "routes-12", "routes-13", "routes-14", "routes-15", "routes-16"]);

/** Rules that are off in `recommended`. */
const strictOnly: ReadonlySet<string> = new Set(["idempotent-consumers", "idempotent-writes", "require-ownership"]);

checkLabelledSets("routes", (set, rule) => (markedForRecommended.has(set) && !strictOnly.has(rule) ? "recommended" : "strict"));
