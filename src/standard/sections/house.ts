import type { StandardSection } from "../clause.js";

/** Not of the standard: what std-check asks of those who use it. */
export const house: StandardSection = {
  id: "house",
  title: "Use of std-check",
  clauses: [
    {
      id: "HOUSE",
      title: "Justified exceptions",
      asks: [],
      reading: "Whoever turns a rule off says why, and a comment that turns nothing off goes.",
    },
  ],
};
