import type { StandardSection } from "../clause.js";

export const testing: StandardSection = {
  id: "testing",
  title: "Testing strategy",
  clauses: [
    {
      id: "TEST-1",
      title: "Unit tests",
      asks: ["Unit tests: domain/service logic and edge cases."],
      reading: "A test reaches every domain and service module without going through HTTP or a database.",
    },
    {
      id: "TEST-2",
      title: "Integration tests",
      asks: ["Integration tests: repository behavior and key API flows."],
      reading: "A test reaches every repository, and a test requests every route.",
    },
    {
      id: "TEST-3",
      title: "Regression tests",
      asks: ["Regression tests for every bug fix."],
      reading: "A commit that fixes something adds or changes an assertion in a test that reaches what it changed.",
    },
    {
      id: "TEST-4",
      title: "Deterministic tests",
      asks: ["Prefer deterministic tests; avoid timing-based flakes."],
      reading: "No test waits for real time, compares with the clock or randomness, calls a real host, or passes only in a certain order.",
    },
  ],
};
