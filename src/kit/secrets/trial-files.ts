import { baseName } from "../../base/paths.js";
import { splitWords } from "../../base/words.js";
import { findTokens } from "../../catalogue/secrets/find-tokens.js";
import { isMachineMade } from "../../catalogue/secrets/secret-values.js";
import type { FileRole } from "../rule.js";

/** Settings of tests and of CI by their file's name: `settings.test.ts`, `test.ts`, `build-test-application.ts`, `vitest.config.ts`, `prepare-database-ci.js`. */
const testSettings = /^(?:build|create|make|start|setup|init)-test-|(^|[.-])test(ing)?\.[cm]?[jt]s$|^test[-.](setup|preload|env|utils|helpers?)\b|[-_.]ci\.[cm]?[jt]s$|^(vitest|jest|playwright|cypress|karma)[.-]/i;

/** Data for developers to work with: `seedDevData.js`, `load-demo-data.ts`. */
const trialData = /(?:seed|populate|load)[-_\w]{0,20}(?:dev|demo|sample|test|local|dummy|fake|mock|swagger|postman)|(?:dev|demo|sample|test|local|dummy)[-_]?seed/i;

/** What a script does that starts or asks the application to try or to show it: `run-smoke-stack.js`, `capture-screenshots.ts`. */
const trialWords: ReadonlySet<string> = new Set(["smoke", "trial", "capture", "screenshot", "screenshots", "demo", "simulate", "simulation", "bench", "benchmark", "e2e", "selftest"]);

/** `test-orders.js`, `verify_login.js`, `integration-runner.ts`, as opposed to what integrates another service. */
const triesOut = /^(?:test|try|verify|debug)(?=[-_.A-Z])|integration[-_.]?(?:runner|tests?|checks?|suite)/;

/** Whether a file gives settings to tests alone, or data to developers, by its name. */
export function isForTests(file: string): boolean {
  const name = baseName(file.replaceAll("\\", "/"));
  return testSettings.test(name) || trialData.test(name);
}

/** Whether a script tries the application out or shows it, by its name: what it logs in or signs with was made up for that. */
export function isTrialScript(file: string, role: FileRole): boolean {
  const name = baseName(file.replaceAll("\\", "/"));
  return role === "script" && (triesOut.test(name) || splitWords(name).some((word) => trialWords.has(word)));
}

/** Whether a text is no password that somebody has chosen well, and none that a machine has made. */
export function isMadeUpForTrials(text: string): boolean {
  return findTokens(text).length === 0 && !isMachineMade(text) && !(/[A-Z]/.test(text) && /\d/.test(text) && /[^\w-]/.test(text));
}

/** A folder of documentation or examples, or of what agents are told; one among the sources is about the documentation of an interface. */
export function isInDocumentation(file: string): boolean {
  const folders = file.split("/").slice(0, -1);
  const place = folders.findIndex((folder) => /^(docs?|examples?|samples?|\.agents|\.claude|\.cursor)$/i.test(folder));
  return place !== -1 && !folders.slice(0, place).some((folder) => /^(src|lib|server|app)$/.test(folder));
}
