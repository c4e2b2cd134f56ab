import type { StandardSection } from "../clause.js";

export const done: StandardSection = {
  id: "done",
  title: "Done criteria",
  clauses: [
    {
      id: "DONE-1",
      title: "Behaviour as requested",
      asks: ["behavior is implemented as requested,"],
      reading: "What was asked for is what the change does.",
      person: "Only who asked for a change can say whether it does what was asked.",
    },
    {
      id: "DONE-2",
      title: "Tests pass",
      asks: ["relevant tests pass,"],
      reading: "The repository's test command passes; of a fix, the changed tests fail on the code before it.",
      steps: ["test"],
    },
    {
      id: "DONE-3",
      title: "Lint and format pass",
      asks: ["lint/format checks pass,"],
      reading: "The repository's lint and format commands pass.",
      steps: ["lint", "format"],
    },
    {
      id: "DONE-4",
      title: "Migrations and docs updated",
      asks: ["migrations/docs are updated when behavior or schema changes."],
      reading: "A changed schema declaration comes with its migration; changed routes, settings or public errors come with changed documentation.",
    },
    {
      id: "DONE-5",
      title: "Recommended checks",
      asks: ["uv run ruff check src tests scripts", "uv run ruff format --check src tests scripts", "uv run mypy src", "uv run pytest"],
      reading: "The linter, the formatter, `tsc` and the test runner all run over the whole repository before a task is called done.",
      steps: ["lint", "format", "types", "test"],
    },
  ],
};
