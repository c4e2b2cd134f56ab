import { checkLabelledSets } from "../../support/labelled-sets.js";

/** Rules that are off in `recommended`. */
const strictOnly: ReadonlySet<string> = new Set(["idempotent-writes"]);

/** Sets whose backends were written for `strict`. */
const strictSets: ReadonlySet<string> = new Set(["data-31"]);

checkLabelledSets("data", (set, rule) => (strictOnly.has(rule) || strictSets.has(set) ? "strict" : "recommended"));
