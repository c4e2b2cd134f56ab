import { habitCause, repositoryCause } from "../../src/base/causes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { type Span, within } from "../../src/base/position.js";
import type { CallExpression, NewExpression } from "../../src/facts/syntax.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { isServerTest, type TestCase, testCases } from "../../src/kit/testing/test-cases.js";
import { clockAssertions } from "../../src/kit/testing/test-clock.js";
import { controlOf, frozenCases, isBackInTime } from "../../src/kit/testing/test-control.js";
import { focusListeners } from "../../src/kit/testing/test-focus.js";
import { realHosts } from "../../src/kit/testing/test-hosts.js";
import { randomChoices } from "../../src/kit/testing/test-randomness.js";
import { repeatedInCode, repeatedInScripts } from "../../src/kit/testing/test-repetition.js";
import { environmentLeaks, sharedState } from "../../src/kit/testing/test-state.js";
import { realWaits } from "../../src/kit/testing/test-waits.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly everyFile: boolean;
}

/** From the next file on it is how the suite is written. */
const few = 3;

/** What a suite that is written so has in all its files. */
const habits: Readonly<Record<string, string>> = { shared: "sharedInMany", sleep: "sleepInMany" };

export default defineRule<Options>({
  name: "deterministic-tests",
  section: "testing",
  clauses: ["TEST-4"],
  description: "Require tests that give the same answer in each run, in any order, and all of them",
  presets: { recommended: "warn", strict: ["error", { everyFile: true }], legacy: "off" },
  messages: {
    focused: "`{{call}}` keeps every other test of the run from being run, so the suite passes whatever they would say. Remove it.",
    skipped: "`{{call}}` leaves this out and nothing says why, so nobody will take it back. Mend or delete the test, or put the reason and an issue in a comment above it.",
    sleep: "This test waits for real time to pass: too short on a slow machine, wasted on a fast one. Wait for what it is waiting for (`vi.waitFor`, an event, a promise), or use fake timers and advance them.",
    clock: "This expects exactly `{{reading}}`, and the tested code read the clock at another moment: it fails when a tick lies between. Set the time (`vi.setSystemTime`), inject a clock, or compare with bounds taken before and after.",
    elapsed: "This asserts how long something took, which depends on the machine and its load. Assert what happened (calls, order, result) with fake timers instead.",
    random: "`{{call}}` is random and decides {{decides}}, so a failure does not come back when it is looked for. Seed it, or write the cases out.",
    network: "This test calls {{host}}: it fails when that host is slow, down or changed. Answer the request in the test (msw, nock, an injected client).",
    shared: "`{{name}}` is set by one test and read by another one (line {{line}}): {{so}}. Make it in `beforeEach`, or in each test that needs it.",
    sharedInMany: "In {{count}} files a test sets what another one reads, here first (`{{name}}`, read in line {{line}}; then {{others}}): none of them can run alone or in another order. Make such values in `beforeEach`, or in each test that needs them.",
    sleepInMany: "Tests of {{count}} files wait for real time to pass, here first (then {{others}}): too short on a slow machine, wasted on a fast one. Wait for what they are waiting for (`vi.waitFor`, an event, a promise), or use fake timers and advance them.",
    environment: "This test changes `process.env` and nothing changes it back, so later tests run under other settings. Use `vi.stubEnv` with `unstubAllEnvs`, or restore it in `afterEach`.",
    repeated: "`{{option}}` {{what}}. Mend the test that needs it.",
  },
  optionsSchema: { everyFile: { type: "boolean", description: "Report every file where tests of more than three share what they set, or wait for real time, and not the first alone." } },
  defaultOptions: { everyFile: false },
  file: {
    needs: [".only", ".skip", "fit(", "fdescribe(", "ftest(", "xit(", "xtest(", "xdescribe(", "xcontext(", "xspecify(", "xit.", "xtest.", "xdescribe.", "only:", "skip:"],
    roles: ["test"],
    // Whatever a file leaves out is looked at in one go, and so is what many leave out; each test that runs alone is an accident.
    causeOf: (_data, text) => (/only|^f/.test(text) ? undefined : habitCause("skipped")),
    create: focusListeners,
  },
  project: {
    reads: "model",
    *check(model, scope, { everyFile }) {
      const habit: Habit = { key: "deterministic-tests", files: model.files, findingsIn: (file) => findingsIn(model, file), kindOf: ({ messageId }) => (messageId in habits ? messageId : undefined), sums: habits, fewOf: () => few };
      for (const file of scope.files) yield* everyFile ? findingsIn(model, file) : toldOnce(model, scope, file, habit);
    },
  },
  repo: {
    *check(repo) {
      for (const { file, range, option, what } of repeatedInScripts(repo)) yield { file, range, messageId: "repeated", data: { option, what }, cause: repositoryCause(option) };
    },
  },
});

function* findingsIn(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const { span, option, what } of repeatedInCode(model, file)) yield findingAt(model, file, span, "repeated", { option, what }, { cause: option });
  if (isServerTest(model, file)) yield* checkTest(model, file, testCases(model, file));
}

function* checkTest(model: ProjectModel, file: string, cases: readonly TestCase[]): Iterable<RuleFinding> {
  const control = controlOf(model, file);
  const frozen = control.time ? frozenCases(model, file, cases) : [];
  const isReal = ({ span }: { readonly span: Span }): boolean => frozen?.some(({ body }) => within(span, body.span)) === false;
  for (const node of realWaits(model, file, cases)) if (isReal(node) || isBackInTime(model, file, node, cases)) yield findingAt(model, file, node.span, "sleep", {}, { cause: "sleep" });
  if (frozen) {
    for (const { kind, node, assertion } of clockAssertions(model, file)) {
      if (!isReal(assertion.call)) continue;
      const related = [relatedAt(model, file, assertion.call.span, "the assertion")];
      if (kind === "elapsed") yield findingAt(model, file, node.span, "elapsed", {}, { cause: "elapsed", related });
      else yield findingAt(model, file, node.span, "clock", { reading: node.kind === "name" ? node.name : reading(node) }, { cause: "clock", related });
    }
  }
  if (!control.randomness) for (const { node, decides } of randomChoices(model, file)) yield findingAt(model, file, node.span, "random", { call: reading(node), decides }, { cause: "random" });
  if (!control.network) for (const { node, host } of realHosts(model, file)) yield findingAt(model, file, node.span, "network", { host }, { cause: host });
  for (const { name, write, read, begun } of sharedState(model, file, cases)) yield findingAt(model, file, write, "shared", { name, line: String(model.range(file, read).start.line), so: begun ? "what that one is given hangs on the order" : "neither can run alone or in another order" }, { cause: "shared", related: [relatedAt(model, file, read, "read here")] });
  for (const span of environmentLeaks(model, file, cases)) yield findingAt(model, file, span, "environment", {}, { cause: "environment" });
}

/** `Date.now()`, `new Date()`, `faker.number.int()`. */
function reading(node: CallExpression | NewExpression | { readonly kind: string }): string {
  if (node.kind === "new") return "new Date()";
  if (!("callee" in node)) return "the clock";
  const names: string[] = [];
  let at = node.callee;
  for (; at.kind === "member"; at = at.object) names.unshift(at.property);
  return `${[at.kind === "name" ? at.name : "…", ...names].join(".")}()`;
}
