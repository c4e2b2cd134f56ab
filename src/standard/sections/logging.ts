import type { StandardSection } from "../clause.js";

export const logging: StandardSection = {
  id: "logging",
  title: "Logging and observability",
  clauses: [
    {
      id: "LOG-1",
      title: "Structured logs",
      asks: ["Use `loguru` for structured logs."],
      reading: "A logger such as pino or winston takes fields and a constant message; no `console`, and no message that is put together from values.",
    },
    {
      id: "LOG-2",
      title: "Request or trace ids",
      asks: ["Include request or trace identifiers in logs."],
      reading: "The logger of a request is bound to its id, by the framework, a child logger or async context, and the id travels to outbound calls and jobs.",
    },
    {
      id: "LOG-3",
      title: "Failures with context",
      asks: ["Log failures with actionable context (operation, entity id, reason)."],
      reading: "A caught error is rethrown, returned as a failure, or logged as an object with the operation and the id of what it concerned. None is swallowed.",
    },
    {
      id: "LOG-4",
      title: "No personal data or secrets",
      asks: ["Avoid logging PII, tokens, passwords, or raw secrets."],
      reading: "Personal data, credentials and whole requests, bodies, headers or users reach no log call unless they are masked, hashed or redacted.",
    },
  ],
};
