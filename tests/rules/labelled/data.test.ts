import { checkLabelledSets } from "../../support/labelled-sets.js";

/** Rules that are off in `recommended`. */
const strictOnly: ReadonlySet<string> = new Set(["idempotent-writes"]);

checkLabelledSets("data", (_set, rule) => (strictOnly.has(rule) ? "strict" : "recommended"));
