import type { StandardSection } from "../clause.js";

export const data: StandardSection = {
  id: "data",
  title: "Data and transactions",
  clauses: [
    {
      id: "DATA-1",
      title: "Transaction boundaries",
      asks: ["Use explicit transaction boundaries for write operations."],
      reading: "Writes that belong together run in one transaction, every statement in it uses the handle of that transaction, and a failure rolls it back.",
    },
    {
      id: "DATA-2",
      title: "Validate before persistence",
      asks: ["Validate incoming data before persistence."],
      reading: "What a request or message brings is stored only after a schema or a list of keys has restricted it.",
    },
    {
      id: "DATA-3",
      title: "Schema changes by migration",
      asks: ["Use migrations for schema changes; do not mutate schema manually in production."],
      reading: "The schema changes by migrations that git tracks; no code or script alters it at run time, and a changed declaration comes with its migration.",
    },
    {
      id: "DATA-4",
      title: "Narrow repositories",
      asks: ["Keep repository methods narrow and purpose-driven."],
      reading: "A repository method does one named thing with domain types and plain filters; it takes no query, ORM type or arbitrary condition, and never reads without a bound.",
    },
  ],
};
