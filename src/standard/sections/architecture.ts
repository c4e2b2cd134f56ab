import type { StandardSection } from "../clause.js";

export const architecture: StandardSection = {
  id: "architecture",
  title: "Architecture",
  clauses: [
    {
      id: "ARCH-1",
      title: "Layered design",
      asks: [
        "Use a layered design to keep boundaries clear:",
        "`service` layer: business use cases and orchestration",
        "`domain` layer: pure business models and rules",
      ],
      reading: "Code is of the layer api, service, repository or domain, and imports run from api to service to repository to domain, never back. The domain does no I/O and reads no ambient state.",
    },
    {
      id: "ARCH-2",
      title: "What is api",
      asks: ["`api` layer: HTTP routes, request/response schemas, auth guards"],
      reading: "Routes, controllers, resolvers, consumers, guards, pipes, interceptors, filters, middleware and the schemas of requests and responses are the api layer, and the framework can see at run time what they declare.",
    },
    {
      id: "ARCH-3",
      title: "HTTP concerns stay in api",
      asks: ["Keep HTTP concerns in `api`; do not put business logic in route handlers."],
      reading: "Requests, responses, status codes, headers, cookies and the exceptions of a web framework occur in api alone, and api reaches data through services.",
    },
    {
      id: "ARCH-4",
      title: "No business logic in handlers",
      asks: ["Keep HTTP concerns in `api`; do not put business logic in route handlers."],
      reading: "A handler reads its input, calls one use case and maps the result to a response. Decisions, computations, several writes and transactions are a service's.",
    },
    {
      id: "ARCH-5",
      title: "SQL and sessions stay in repository",
      asks: ["`repository` layer: persistence and external storage access", "Keep SQL/session details in repository layer."],
      reading: "SQL text, query builders, ORM models, sessions and clients of a database are used in repositories alone; a service may open a transaction through a port.",
    },
    {
      id: "ARCH-6",
      title: "Services are testable alone",
      asks: ["Service layer should be testable without HTTP or database bootstrapping."],
      reading: "Importing a service starts nothing: no client, pool, server or timer. Its repositories and clients are handed to it, so that a test can hand it others.",
    },
  ],
};
