import type { StandardSection } from "../clause.js";

export const api: StandardSection = {
  id: "api",
  title: "API conventions",
  clauses: [
    {
      id: "API-1",
      title: "Versioned prefix",
      asks: ["Use versioned API prefix, e.g. `/api/v1`."],
      reading: "The full path of a route, through all mounts and prefixes, has a version segment before the resource, or the API says that it is versioned by header or by evolution.",
    },
    {
      id: "API-2",
      title: "Schemas for all contracts",
      asks: ["Use Pydantic models for all request/response contracts."],
      reading: "What a route reads from body, query and params, and what it sends, goes through a runtime schema that something enforces. A TypeScript type alone is no contract.",
    },
    {
      id: "API-3",
      title: "Structured errors with stable codes",
      asks: ["Return structured error payloads with stable error codes."],
      reading: "Every error response has one shape with a constant `code` or `type`; a central handler makes it; internals never leak; a code that has been published stays.",
    },
    {
      id: "API-4",
      title: "Idempotent writes",
      asks: ["Ensure idempotency for retry-safe write operations when applicable."],
      reading: "A write that a client or a broker may retry is told apart from a new one by a key, an upsert or a unique constraint; GET and HEAD write nothing.",
    },
    {
      id: "API-5",
      title: "Pagination, filtering, sorting",
      asks: ["Add pagination/filtering/sorting for list endpoints."],
      reading: "A route that returns a list takes a limit with an upper bound and a cursor or page, and says by what its result may be filtered and sorted.",
    },
  ],
};
