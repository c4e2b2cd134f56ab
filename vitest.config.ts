import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["tests/**/*.test.ts"], globals: false, testTimeout: 60_000, pool: "threads" },
});
