import type { StandardSection } from "../clause.js";

export const security: StandardSection = {
  id: "security",
  title: "Security baseline",
  clauses: [
    {
      id: "SEC-1",
      title: "Validate and sanitise input",
      asks: ["Validate and sanitize all external input."],
      reading: "Whatever comes from outside goes through a schema before it is used, and reaches no query text, path, shell, redirect, URL, expression or template as it came.",
    },
    {
      id: "SEC-2",
      title: "Authentication and authorisation",
      asks: ["Enforce authN/authZ in API layer and service layer as needed."],
      reading: "Every entry point authenticates its caller or is declared public, and a resource is read and written only for whom it belongs to.",
    },
    {
      id: "SEC-3",
      title: "Rate limits",
      asks: ["Apply rate limiting for public or high-risk endpoints."],
      reading: "Public routes and those that guess, send, export or cost (login, reset, upload, search) are behind a limiter that is applied, not only set up.",
    },
    {
      id: "SEC-4",
      title: "Least privilege",
      asks: ["Use least-privilege credentials for database and infrastructure access."],
      reading: "The application connects as a user of its own with the rights it needs: no superuser, no wildcard grant, no container that runs as root, TLS verified.",
    },
  ],
};
