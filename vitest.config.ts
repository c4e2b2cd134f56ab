import { defineConfig } from "vitest/config";

// Without isolation modules are loaded once for each worker instead of once for each file; nothing in them outlives a project.
export default defineConfig({
  test: { include: ["tests/**/*.test.ts"], globalSetup: ["tests/support/build.ts"], testTimeout: 60_000, hookTimeout: 60_000, pool: "threads", isolate: false, maxWorkers: "100%" },
});
