import { baseName } from "../base/paths.js";
import { splitWords } from "../base/words.js";
import type { FileRole } from "./rule.js";

/** Settings of tests and of CI by their file's name: `settings.test.ts`, `test.ts`, `build-test-application.ts`, `vitest.config.ts`, `prepare-database-ci.js`. */
const testSettings = /^(?:build|create|make|start|setup|init)-test-|(^|[.-])test(ing)?\.[cm]?[jt]s$|^test[-.](setup|preload|env|utils|helpers?)\b|[-_.]ci\.[cm]?[jt]s$|^(vitest|jest|playwright|cypress|karma)[.-]/i;

/** Data for developers to work with: `seedDevData.js`, `load-demo-data.ts`. */
const trialData = /(?:seed|populate|load)[-_\w]{0,20}(?:dev|demo|sample|test|local|dummy|fake|mock|swagger|postman)|(?:dev|demo|sample|test|local|dummy)[-_]?seed/i;

/** What a script does that starts the application to try or to show it: `run-smoke-stack.js`, `capture-screenshots.ts`. */
const trialWords: ReadonlySet<string> = new Set(["smoke", "trial", "capture", "screenshot", "screenshots", "demo", "simulate", "simulation", "bench", "benchmark", "e2e", "selftest"]);

/** Whether a file gives settings to tests or trials alone, by its name. */
export function isForTrials(file: string, role: FileRole): boolean {
  const name = baseName(file.replaceAll("\\", "/"));
  return testSettings.test(name) || trialData.test(name) || (role === "script" && splitWords(name).some((word) => trialWords.has(word)));
}
