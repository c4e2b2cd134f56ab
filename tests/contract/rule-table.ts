import type { Section } from "../../src/kit/rule.js";
import type { ClauseId } from "../../src/standard/clauses.js";

/** What was agreed on a rule before it was written. */
export interface RuleRow {
  readonly name: string;
  readonly section: Section;
  readonly clauses: readonly ClauseId[];
  readonly recommended: "error" | "warn" | "off";
  readonly strict: "error" | "warn" | "off";
}

/** All rules of the standard. What a rule's metadata say is held against this. */
export const ruleTable: readonly RuleRow[] = [
  { name: "missing-layer", section: "architecture", clauses: ["ARCH-1", "ARCH-5"], recommended: "error", strict: "error" },
  { name: "layer-imports", section: "architecture", clauses: ["ARCH-1", "ARCH-3", "ARCH-5"], recommended: "error", strict: "error" },
  { name: "feature-boundaries", section: "architecture", clauses: ["ARCH-1"], recommended: "off", strict: "warn" },
  { name: "no-db-in-api", section: "architecture", clauses: ["ARCH-3", "ARCH-5"], recommended: "error", strict: "error" },
  { name: "no-http-in-service", section: "architecture", clauses: ["ARCH-3"], recommended: "error", strict: "error" },
  { name: "no-sql-outside-repository", section: "architecture", clauses: ["ARCH-5"], recommended: "error", strict: "error" },
  { name: "pure-domain", section: "architecture", clauses: ["ARCH-1"], recommended: "error", strict: "error" },
  { name: "thin-handlers", section: "architecture", clauses: ["ARCH-4"], recommended: "warn", strict: "error" },
  { name: "no-bootstrap-on-import", section: "architecture", clauses: ["ARCH-6"], recommended: "error", strict: "error" },
  { name: "injected-dependencies", section: "architecture", clauses: ["ARCH-6"], recommended: "warn", strict: "error" },
  { name: "no-layer-cycles", section: "architecture", clauses: ["ARCH-1"], recommended: "error", strict: "error" },
  { name: "no-erased-metadata-type", section: "architecture", clauses: ["ARCH-2", "API-2"], recommended: "error", strict: "error" },
  { name: "versioned-routes", section: "api", clauses: ["API-1"], recommended: "error", strict: "error" },
  { name: "request-schema", section: "api", clauses: ["API-2", "SEC-1"], recommended: "error", strict: "error" },
  { name: "input-schema", section: "api", clauses: ["SEC-1", "DATA-2"], recommended: "error", strict: "error" },
  { name: "response-schema", section: "api", clauses: ["API-2"], recommended: "error", strict: "error" },
  { name: "structured-errors", section: "api", clauses: ["API-3"], recommended: "error", strict: "error" },
  { name: "central-error-handler", section: "api", clauses: ["API-3"], recommended: "warn", strict: "error" },
  { name: "error-codes-stable", section: "api", clauses: ["API-3"], recommended: "off", strict: "warn" },
  { name: "idempotent-writes", section: "api", clauses: ["API-4"], recommended: "off", strict: "warn" },
  { name: "idempotent-consumers", section: "api", clauses: ["API-4"], recommended: "off", strict: "warn" },
  { name: "safe-get", section: "api", clauses: ["API-4"], recommended: "warn", strict: "error" },
  { name: "paginated-lists", section: "api", clauses: ["API-5"], recommended: "warn", strict: "error" },
  { name: "no-hardcoded-secrets", section: "config", clauses: ["CONF-2"], recommended: "error", strict: "error" },
  { name: "no-secret-fallbacks", section: "config", clauses: ["CONF-2"], recommended: "error", strict: "error" },
  { name: "no-process-env", section: "config", clauses: ["CONF-1"], recommended: "error", strict: "error" },
  { name: "validated-settings", section: "config", clauses: ["CONF-1", "CONF-4"], recommended: "error", strict: "error" },
  { name: "no-committed-env", section: "config", clauses: ["CONF-3"], recommended: "error", strict: "error" },
  { name: "env-example-in-sync", section: "config", clauses: ["CONF-3"], recommended: "warn", strict: "error" },
  { name: "explicit-environments", section: "config", clauses: ["CONF-4"], recommended: "warn", strict: "error" },
  { name: "structured-logging", section: "logging", clauses: ["LOG-1"], recommended: "warn", strict: "error" },
  { name: "request-id-in-logs", section: "logging", clauses: ["LOG-2"], recommended: "warn", strict: "error" },
  { name: "log-failure-context", section: "logging", clauses: ["LOG-3"], recommended: "warn", strict: "error" },
  { name: "no-pii-in-logs", section: "logging", clauses: ["LOG-4"], recommended: "error", strict: "error" },
  { name: "explicit-transactions", section: "data", clauses: ["DATA-1"], recommended: "warn", strict: "error" },
  { name: "use-transaction-handle", section: "data", clauses: ["DATA-1"], recommended: "error", strict: "error" },
  { name: "validate-before-persist", section: "data", clauses: ["DATA-2", "SEC-1"], recommended: "error", strict: "error" },
  { name: "migrations-only", section: "data", clauses: ["DATA-3", "STACK-5"], recommended: "error", strict: "error" },
  { name: "narrow-repositories", section: "data", clauses: ["DATA-4"], recommended: "warn", strict: "error" },
  { name: "bounded-queries", section: "data", clauses: ["DATA-4", "API-5"], recommended: "error", strict: "error" },
  { name: "no-unvalidated-input", section: "security", clauses: ["SEC-1"], recommended: "error", strict: "error" },
  { name: "no-sql-injection", section: "security", clauses: ["SEC-1"], recommended: "error", strict: "error" },
  { name: "require-auth", section: "security", clauses: ["SEC-2"], recommended: "error", strict: "error" },
  { name: "require-ownership", section: "security", clauses: ["SEC-2"], recommended: "off", strict: "warn" },
  { name: "require-rate-limit", section: "security", clauses: ["SEC-3"], recommended: "error", strict: "error" },
  { name: "least-privilege", section: "security", clauses: ["SEC-4"], recommended: "warn", strict: "error" },
  { name: "tested-modules", section: "testing", clauses: ["TEST-1", "TEST-2"], recommended: "warn", strict: "error" },
  { name: "deterministic-tests", section: "testing", clauses: ["TEST-4"], recommended: "warn", strict: "error" },
  { name: "regression-test-with-fix", section: "testing", clauses: ["TEST-3"], recommended: "off", strict: "error" },
  { name: "standard-stack", section: "stack", clauses: ["STACK-1", "STACK-2", "STACK-3", "STACK-4", "STACK-5", "STACK-6", "STACK-7", "CONF-1", "LOG-1"], recommended: "warn", strict: "error" },
  { name: "schema-change-needs-migration", section: "done", clauses: ["DATA-3", "DONE-4"], recommended: "error", strict: "error" },
  { name: "docs-updated", section: "done", clauses: ["DONE-4"], recommended: "off", strict: "warn" },
  // An error for the rules of security, and lowered to a warning by the engine for the others.
  { name: "justified-disable", section: "done", clauses: ["HOUSE"], recommended: "error", strict: "error" },
];
