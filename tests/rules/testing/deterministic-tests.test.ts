import { afterEach, describe, expect, it } from "vitest";
import rule from "../../../rules/testing/deterministic-tests.js";
import { checkRepo } from "../../repo/check-repo.js";
import { GitFolder, removeFolders } from "../../repo/support.js";
import { checkProject, findingsOf } from "../../support/project.js";

afterEach(removeFolders);

const name = "deterministic-tests";

/** Each situation is a test file of its own; gives `line:column messageId` for each, by situation. */
async function verdicts(situations: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}): Promise<Record<string, readonly string[]>> {
  const names = Object.keys(situations);
  const files = Object.fromEntries(names.map((situation, index) => [`tests/case-${index}.test.ts`, situations[situation] ?? ""]));
  const found = await checkProject({ ...more, ...files }, { rule: name, preset: "strict" });
  return Object.fromEntries(names.map((situation, index) => [situation, found.filter((line) => line.startsWith(`tests/case-${index}.test.ts:`)).map((line) => line.replace(/^[^:]*:/, "").replace(` ${name}`, ""))]));
}

const silent = (situations: Readonly<Record<string, string>>): Record<string, readonly string[]> => Object.fromEntries(Object.keys(situations).map((situation) => [situation, []]));

const vitest = 'import { expect, it, vi } from "vitest";\n';

describe("waits", () => {
  it("are reported where a test itself sleeps", async () => {
    const sleep = "const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));\n";
    expect(await verdicts({
      "a promise of a timer": `${vitest}it("a", async () => {\n  await new Promise((resolve) => setTimeout(resolve, 200));\n});`,
      "a resolver in a function": `${vitest}it("a", async () => {\n  await new Promise<void>((done) => { setTimeout(() => { done(); }, 200); });\n});`,
      "timers/promises": `import { setTimeout } from "node:timers/promises";\nit("a", async () => {\n  await setTimeout(50);\n});`,
      "a helper": `${sleep}it("a", async () => {\n  await sleep(50);\n});`,
      "a helper of another file": `import { pause } from "./support/pause.js";\nit("a", async () => {\n  await pause(50);\n});`,
      "a package": `import delay from "delay";\nit("a", async () => {\n  await delay(50);\n});`,
      "a hook": `${sleep}afterAll(async () => {\n  await sleep(500);\n});\nit("a", () => {});`,
      "Bun": `import { test } from "bun:test";\ntest("a", async () => {\n  await Bun.sleep(10);\n});`,
      "a callback that ends the test": 'it("a", (done) => {\n  setTimeout(() => { check(); done(); }, 50);\n});',
      "a subtest of node:test": `import test from "node:test";\ntest("a", async (t) => {\n  await t.test("b", async () => {\n    await new Promise((r) => setTimeout(r, 9));\n  });\n});`,
    }, { "tests/support/pause.ts": "export const pause = async (ms: number) => { await new Promise((resolve) => setTimeout(resolve, ms)); };" })).toEqual({
      "a promise of a timer": ["3:9 sleep"], "a resolver in a function": ["3:9 sleep"], "timers/promises": ["3:9 sleep"], "a helper": ["3:9 sleep"],
      "a helper of another file": ["3:9 sleep"], "a package": ["3:9 sleep"], "a hook": ["3:9 sleep"], "Bun": ["3:9 sleep"], "a callback that ends the test": ["2:3 sleep"], "a subtest of node:test": ["4:11 sleep"],
    });
  });

  it("are let pass where they wait for no time, play a part, ask again, or time is fake", async () => {
    const situations = {
      "no time": 'it("a", async () => { await new Promise((r) => setTimeout(r, 0)); await new Promise((r) => setImmediate(r)); });',
      "a slow mock": `${vitest}it("a", async () => { const f = vi.fn(async () => { await new Promise((r) => setTimeout(r, 50)); }); await f(); });`,
      "a limit of time": 'it("a", (done) => { const limit = setTimeout(() => done(new Error("late")), 50); server.once("close", () => { clearTimeout(limit); done(); }); });',
      "a callback at once": 'it("a", (done) => { setTimeout(() => { done(); }, 0); });',
      "polling": 'it("a", async () => { while (!(await ready())) await new Promise((r) => setTimeout(r, 50)); });',
      "polling with a limit": 'it("a", async () => { for (let i = 0; i < 9; i++) { if (await ready()) break; await new Promise((r) => setTimeout(r, 50)); } });',
      "fake timers": `${vitest}it("a", async () => { vi.useFakeTimers(); const p = new Promise((r) => setTimeout(r, 50)); await vi.advanceTimersByTimeAsync(50); await p; await new Promise((r) => setTimeout(r, 50)); });`,
      "fake timers of node:test": 'import test, { mock } from "node:test";\nmock.timers.enable({ apis: ["setTimeout"] });\ntest("a", async () => { await new Promise((r) => setTimeout(r, 50)); });',
      "waitFor": `${vitest}it("a", async () => { await vi.waitFor(() => expect(done()).toBe(true)); });`,
      "a promise of something else": 'it("a", async () => { await new Promise((resolve) => { server.listen(0, resolve); setTimeout(stop, 100); }); });',
      "a browser": 'import { test } from "@playwright/test";\ntest("a", async () => { await new Promise((r) => setTimeout(r, 50)); });',
      "a rendered component": 'import { render } from "@testing-library/react";\nit("a", async () => { render(1); await new Promise((r) => setTimeout(r, 50)); });',
    };
    expect(await verdicts(situations)).toEqual(silent(situations));
  });

  it("are reported in tests beside one that takes the clock and gives it back", async () => {
    const held = 'it("a", () => { vi.useFakeTimers(); expect(later()).toBe(1); vi.useRealTimers(); });\n';
    const slow = 'it("b", async () => {\n  await new Promise((r) => setTimeout(r, 50));\n});';
    expect(await verdicts({ "given back": `${vitest}${held}${slow}` })).toEqual({ "given back": ["4:9 sleep"] });
    const back = `${vitest}beforeEach(() => { vi.useFakeTimers(); });\nit("a", async () => {\n  await new Promise((r) => setTimeout(r, 50));\n  vi.useRealTimers();\n  await new Promise((r) => setTimeout(r, 50));\n});`;
    expect(await verdicts({ back })).toEqual({ back: ["6:9 sleep"] });
    const kept = { "kept": `${vitest}${held.replace("vi.useRealTimers(); ", "")}${slow}`, "for all": `${vitest}beforeEach(() => { vi.useFakeTimers(); });\n${held}${slow}` };
    expect(await verdicts(kept)).toEqual(silent(kept));
  });

  it("and readings of the clock are reported outside of a group whose hook takes the clock, and let pass in it", async () => {
    const group = 'describe("held", () => {\n  beforeEach(() => { vi.useFakeTimers(); });\n  afterEach(() => { vi.useRealTimers(); });\n  it("a", async () => { await new Promise((r) => setTimeout(r, 50)); expect(Date.now()).toBe(new Date().getTime()); });\n});\n';
    const beside = 'describe("real", () => {\n  it("b", async () => {\n    await new Promise((r) => setTimeout(r, 50));\n    expect(until()).toBe(Date.now());\n  });\n});';
    expect(await verdicts({ "beside": `${vitest}${group}${beside}` })).toEqual({ beside: ["9:11 sleep", "10:26 clock"] });
    const held = { "all in the group": `${vitest}${group}`, "never given back": `${vitest}${group.replace("vi.useRealTimers();", "")}${beside}`, "while the group is made": `${vitest}${group.replace("beforeEach(() => { vi.useFakeTimers(); });", "vi.useFakeTimers();")}${beside}` };
    expect(await verdicts(held)).toEqual(silent(held));
  });

  it("measured against a limit that only something quite different exceeds say how long a thing may take", async () => {
    const timed = (limit: string): string => `import assert from "node:assert/strict";\nit("a", () => {\n  const start = performance.now();\n  run();\n  const elapsed = performance.now() - start;\n  assert.ok(elapsed < ${limit}, "too slow");\n});`;
    expect(await verdicts({ "a tight one": timed("90"), "a generous one": timed("90_000") })).toEqual({ "a tight one": ["6:13 elapsed"], "a generous one": [] });
  });

  it("are let pass where a set-up file of the runner fakes time", async () => {
    const slow = { "slow": 'it("a", async () => { await new Promise((r) => setTimeout(r, 50)); });' };
    const config = 'export default { test: { setupFiles: ["./tests/time.ts"] } };';
    expect(await verdicts(slow, { "vitest.config.ts": config, "tests/time.ts": "vi.useFakeTimers();" })).toEqual({ slow: [] });
    expect(await verdicts(slow, { "vitest.config.ts": config, "tests/time.ts": "vi.restoreAllMocks();" })).toEqual({ slow: ["1:29 sleep"] });
    expect(await verdicts(slow, { "jest.config.js": "module.exports = { fakeTimers: { enableGlobally: true } };" })).toEqual({ slow: [] });
  });
});

describe("the clock", () => {
  it("is reported where it decides an assertion", async () => {
    expect(await verdicts({
      "an expected reading": 'it("a", () => {\n  expect(make().at).toEqual(new Date());\n});',
      "a reading in an object": 'it("a", () => {\n  expect(save).toHaveBeenCalledWith({ at: Date.now() });\n});',
      "a reading made for the comparison": 'it("a", () => {\n  const now = Math.floor(Date.now() / 1000);\n  expect(make().exp).toBe(now + 60);\n});',
      "a time that date-fns takes of today": 'import { parse } from "date-fns";\nit("a", () => {\n  expect(make().at).toEqual(parse("05", "dd", new Date()));\n});',
      "node:assert": 'import assert from "node:assert";\nit("a", () => {\n  assert.strictEqual(make().at, Date.now());\n});',
      "chai": 'it("a", () => {\n  expect(make().at).to.equal(Date.now());\n});',
      "how long something took": 'it("a", async () => {\n  const start = performance.now();\n  await work();\n  expect(performance.now() - start).toBeLessThan(100);\n});',
      "a function that makes a time": 'it("a", () => {\n  expect(report().at).toBe(toTimestamp(new Date()));\n});',
      "the same through a constant": 'it("a", async () => {\n  const start = Date.now();\n  await work();\n  const took = Date.now() - start;\n  expect(took).toBeLessThan(50);\n});',
    })).toEqual({
      "an expected reading": ["2:29 clock"], "a reading in an object": ["2:43 clock"], "a reading made for the comparison": ["3:27 clock"], "a time that date-fns takes of today": ["3:47 clock"], "node:assert": ["3:33 clock"],
      "chai": ["2:30 clock"], "how long something took": ["4:10 elapsed"], "a function that makes a time": ["2:40 clock"], "the same through a constant": ["5:10 elapsed"],
    });
  });

  it("is let pass where both sides have the same reading, bounds hold, or time is set", async () => {
    const situations = {
      "a value that was handed in": 'it("a", () => { const now = new Date(); expect(make(now).at).toEqual(now); });',
      "bounds": 'it("a", () => { const before = Date.now(); const { at } = make(); expect(at).toBeGreaterThanOrEqual(before); expect(at).toBeLessThanOrEqual(Date.now()); });',
      "set time": `${vitest}it("a", () => { vi.setSystemTime(0); expect(make().at).toEqual(new Date()); });`,
      "mockdate": 'import MockDate from "mockdate";\nit("a", () => { MockDate.set(0); expect(make().at).toEqual(new Date()); });',
      "any date": 'it("a", () => { expect(make().at).toEqual(expect.any(Date)); });',
      "a fixed date": 'it("a", () => { expect(make().at).toEqual(new Date("2026-01-01")); });',
      "not equal": 'it("a", () => { expect(make().at).not.toEqual(new Date()); });',
      "fixtures": 'it("a", () => { const user = { createdAt: new Date() }; expect(show(user)).toEqual("a"); });',
      "a generous budget": 'it("a", () => { const start = Date.now(); parse(text); expect(Date.now() - start).toBeLessThan(2000); });',
      "at least so long": 'it("a", () => { const start = Date.now(); parse(text); expect(Date.now() - start).toBeGreaterThanOrEqual(90); });',
      "a day that date-fns is given beside a whole date": 'import { parse } from "date-fns";\nit("a", () => { expect(make().at).toEqual(parse("2024-05-17", "yyyy-MM-dd", new Date())); });',
      "the year": 'it("a", () => { expect(footer()).toBe(new Date().getFullYear()); });',
      "the day of the month": 'it("a", () => { const today = new Date(); expect(fields()).toEqual([{ name: "day", value: today.getDate() }]); });',
      "the day as a text": 'it("a", () => { expect(report().day).toBe(new Date().toISOString().slice(0, 10)); expect(report().day).toBe(new Date().toISOString().split("T")[0]); });',
      "a format without the time of day": 'it("a", () => { expect(report().rows).toEqual([["a", moment().format("YYYY-MM-DD")]]); });',
      "a function that makes a date": 'it("a", () => { expect(report()).toMatchObject({ on: texts.toIsoDate(new Date()) }); expect(today()).toBe(asDay(new Date())); });',
    };
    expect(await verdicts(situations)).toEqual(silent(situations));
  });
});

describe("randomness", () => {
  it("is reported where it decides", async () => {
    expect(await verdicts({
      "a branch": 'it("a", () => {\n  if (Math.random() > 0.5) run();\n});',
      "a pick": 'it("a", () => {\n  run(list[Math.floor(Math.random() * 3)]);\n});',
      "an order": 'it("a", () => {\n  run(list.sort(() => Math.random() - 0.5));\n});',
      "a snapshot": 'import { faker } from "@faker-js/faker";\nit("a", () => {\n  expect({ name: faker.person.firstName() }).toMatchSnapshot();\n});',
      "a branch, as a constant": 'it("a", () => {\n  const isOld = Math.random() > 0.5;\n  if (isOld) run();\n});',
      "a pick, as a constant": 'it("a", () => {\n  const at = Math.floor(Math.random() * 3);\n  run(list[at]);\n});',
      "a snapshot of a constant": 'it("a", () => {\n  const id = Math.random();\n  expect({ id }).toMatchSnapshot();\n});',
    })).toEqual({ "a branch, as a constant": ["2:17 random"], "a pick, as a constant": ["2:25 random"], "a snapshot of a constant": ["2:14 random"], "a branch": ["2:7 random"], "a pick": ["2:23 random"], "an order": ["2:23 random"], "a snapshot": ["3:18 random"] });
  });

  it("is let pass as a key, seeded, and with a property matcher", async () => {
    const situations = {
      "a key": 'it("a", () => { const email = `${Math.random()}@example.com`; expect(create(email).email).toBe(email); });',
      "a seed": 'import { faker } from "@faker-js/faker";\nfaker.seed(1);\nit("a", () => { expect({ name: faker.person.firstName() }).toMatchSnapshot(); });',
      "a stub": `${vitest}it("a", () => { vi.spyOn(Math, "random").mockReturnValue(0.1); if (Math.random() > 0.5) run(); });`,
      "a constant that is a key": 'it("a", () => { const id = Math.floor(Math.random() * 1000); expect(create({ id }).id).toBe(id); });',
      "a made-up id that is a key": 'import { faker } from "@faker-js/faker";\nit("a", () => { const id = faker.string.uuid(); keep(id); expect(kept[id]).toBe(1); });',
      "a property matcher": 'it("a", () => { expect({ id: Math.random() }).toMatchSnapshot({ id: expect.any(Number) }); });',
    };
    expect(await verdicts(situations)).toEqual(silent(situations));
  });
});

describe("hosts", () => {
  it("are reported where the test calls the network", async () => {
    expect(await verdicts({
      "fetch": 'it("a", async () => {\n  await fetch("https://api.github.com/users");\n});',
      "axios": 'import axios from "axios";\nit("a", async () => {\n  await axios.get("https://jsonplaceholder.typicode.com/posts");\n});',
      "a template": 'it("a", async () => {\n  await fetch(`https://api.stripe.com/${path}`);\n});',
    })).toEqual({ "fetch": ["2:9 network"], "axios": ["3:9 network"], "a template": ["2:9 network"] });
  });

  it("are let pass where they are this machine, made up, or answered in the test", async () => {
    const situations = {
      "this machine": 'it("a", async () => { await fetch("http://localhost:3000/users"); await fetch("http://127.0.0.1/"); });',
      "a made-up host": 'it("a", async () => { await fetch("https://api.example.com/users"); });',
      "msw": 'import { setupServer } from "msw/node";\nsetupServer();\nit("a", async () => { await fetch("https://api.github.com/users"); });',
      "a stubbed fetch": `${vitest}it("a", async () => { vi.stubGlobal("fetch", vi.fn()); await fetch("https://api.github.com/users"); });`,
      "a mocked client": 'import axios from "axios";\njest.mock("axios");\nit("a", async () => { await axios.get("https://api.github.com/users"); });',
      "supertest": 'import request from "supertest";\nit("a", async () => { await request(app).get("/users"); });',
      "an unknown host": 'it("a", async () => { await fetch(`${base}/users`); });',
      "a probe": 'async function isOnline() { try { await fetch("https://api.github.com", { method: "HEAD" }); return true; } catch { return false; } }\nconst online = await isOnline();\n(online ? it : it.skip)("a", () => { run(); }); // needs the network',
    };
    expect(await verdicts(situations)).toEqual(silent(situations));
  });
});

describe("state", () => {
  it("is reported where one test hands something to another one", async () => {
    expect(await verdicts({
      "a variable of the module": 'let id: string;\nit("creates", async () => {\n  id = (await create()).id;\n});\nit("reads", () => { read(id); });',
      "a variable of the group": 'describe("a", () => {\n  let id = "";\n  it("creates", () => { id = create(); });\n  it("reads", () => { read(id); });\n});',
      "a list of the module": 'const made: string[] = [];\nit("a", () => { made.push(create()); });\nit("b", () => { expect(made).toHaveLength(1); });',
      "the environment": 'it("a", () => {\n  process.env.MODE = "fast";\n  run();\n});',
    })).toEqual({ "a variable of the module": ["3:3 shared"], "a variable of the group": ["3:25 shared"], "a list of the module": ["2:17 shared"], "the environment": ["2:3 environment"] });
  });

  it("is let pass where hooks make it anew, or it is one test's own", async () => {
    const situations = {
      "a hook for each test": 'let id: string;\nbeforeEach(() => { id = create(); });\nit("a", () => { id = change(id); });\nit("b", () => { read(id); });',
      "a hook for all": 'let app: App;\nbeforeAll(() => { app = create(); });\nit("a", () => { read(app); });\nit("b", () => { read(app); });',
      "a store with a method of that name": 'let store: Store;\nbeforeAll(() => { store = create(); });\nit("a", async () => { await store.delete("1"); });\nit("b", () => { read(store); });',
      "one test alone": 'let id: string;\nit("a", () => { id = create(); read(id); });\nafterAll(() => { drop(id); });',
      "each test for itself": 'let id: string;\nit("a", () => { id = create(); read(id); });\nit("b", () => { id = create(); read(id); });',
      "a list that is emptied for each test": 'const made: string[] = [];\nbeforeEach(() => { made.length = 0; });\nit("a", () => { made.push(create()); });\nit("b", () => { expect(made).toEqual([]); });',
      "a list of what is to be cleaned up": 'const made = new Set<string>();\nafterAll(() => { made.forEach(drop); });\nit("a", () => { made.add(create()); });\nit("b", () => { made.add(create()); });',
      "an environment restored from settings": 'import { settings } from "../src/settings.js";\nit("a", () => { const before = settings.MODE; process.env.MODE = "fast"; run(); process.env.MODE = before; });',
      "a restored environment": 'afterEach(() => { delete process.env.MODE; });\nit("a", () => { process.env.MODE = "fast"; });',
      "a value given back": 'it("a", () => { const before = process.env.MODE; process.env.MODE = "fast"; run(); process.env.MODE = before; });',
      "an environment for the whole file": 'process.env.MODE = "fast";\nit("a", () => { run(); });',
    };
    expect(await verdicts(situations)).toEqual(silent(situations));
  });
});

describe("what is run", () => {
  it("is reported where tests are alone, left out or repeated", async () => {
    expect(await verdicts({
      "only": 'it.only("a", () => {});',
      "a focused group": 'fdescribe("a", () => {});',
      "only with cases": 'it.only.each([1])("a", () => {});',
      "an option of node:test": 'import test from "node:test";\ntest("a", { only: true }, () => {});',
      "skip": 'it.skip("a", () => {});',
      "xit": 'xit("a", () => {});',
      "an option that skips": 'import test from "node:test";\ntest("a", { skip: true }, () => {});',
      "a comment of what comes before": 'it("a", () => {}); // needs a queue\n\nit.skip("b", () => {});',
      "a lint comment": '// eslint-disable-next-line no-skipped\nit.skip("a", () => {});',
      "retries of Jest": 'jest.retryTimes(3);\nit("a", () => {});',
      "retries of Mocha": 'describe("a", function () { this.retries(2); it("b", () => {}); });',
      "retries of Vitest": 'it("a", { retry: 2 }, () => {});',
    })).toEqual({
      "only": ["1:1 focused"], "a focused group": ["1:1 focused"], "only with cases": ["1:1 focused"], "an option of node:test": ["2:13 focused"], "skip": ["1:1 skipped"], "xit": ["1:1 skipped"],
      "an option that skips": ["2:13 skipped"], "a comment of what comes before": ["3:1 skipped"], "a lint comment": ["2:1 skipped"], "retries of Jest": ["1:1 repeated"], "retries of Mocha": ["1:29 repeated"], "retries of Vitest": ["1:11 repeated"],
    });
  });

  it("is told once of a file, and not of components", async () => {
    const code = 'it.skip("a", () => {});\nit.skip("b", () => {});\nit.only("c", () => {});\nit.only("d", () => {});';
    expect(await checkProject({ "tests/a.test.ts": code }, { rule: name, preset: "recommended" })).toEqual([`tests/a.test.ts:1:1 ${name} skipped`, `tests/a.test.ts:3:1 ${name} focused`, `tests/a.test.ts:4:1 ${name} focused`]);
    expect(await checkProject({ "tests/a.test.tsx": code }, { rule: name, preset: "recommended" })).toHaveLength(2);
  });

  it("is told once of the repository where more than three files leave something out", async () => {
    const left = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`tests/${at}.test.ts`, 'it.skip("a", () => {});']));
    expect(await checkProject(left(3), { rule: name, preset: "recommended" })).toHaveLength(3);
    const [only, ...more] = await findingsOf(left(4), { rule: name, preset: "recommended", cliOnly: true });
    expect([only?.file, only?.messageId, only?.help, more]).toEqual(["tests/0.test.ts", "skipped", "The same holds for 3 other files: tests/1.test.ts, tests/2.test.ts, tests/3.test.ts.", []]);
    expect(await checkProject(left(4), { rule: name, preset: "strict" })).toHaveLength(4);
    const passed = { ...left(3), "tests/9.test.ts": '// eslint-disable-next-line std/deterministic-tests -- the bank is closed until March\nit.skip("a", () => {});' };
    expect(await checkProject(passed, { rule: name, preset: "recommended", cliOnly: true })).toHaveLength(3);
  });

  it("is let pass with a reason, a condition, or another meaning", async () => {
    const situations = {
      "a reason above": '// The sandbox of the bank is closed until March.\nit.skip("a", () => {});',
      "a reason above an empty line": 'describe("a", () => {\n  // These need a queue that keeps its order.\n\n  describe.skip("b", () => {});\n});',
      "a reason beside": 'it.skip("a", () => {}); // https://issues.example.org/7',
      "a reason in the body": 'it.skip("a", () => {\n  // Needs a queue that keeps its order.\n  run();\n});',
      "an issue in the title": 'it.skip("a (#1234)", () => {});',
      "a text as the reason": 'import test from "node:test";\ntest("a", { skip: "no IPv6 in CI" }, () => {});',
      "a condition": 'const run = process.env.CI ? it : it.skip;\nrun("a", () => {});\nit.skipIf(process.env.CI)("b", () => {});',
      "Playwright's": 'import { test } from "@playwright/test";\ntest("a", ({ browserName }) => { test.skip(browserName === "webkit", "no support"); });',
      "other methods": 'it("a", () => { db.only("name", () => {}); query.skip("x", () => {}); });',
      "no retry": 'it("a", { retry: 0 }, () => {});',
    };
    expect(await verdicts(situations)).toEqual(silent(situations));
  });

  it("is reported in the runner's configuration", async () => {
    const check = (file: string, text: string) => checkProject({ [file]: text }, { rule: name });
    expect(await check("vitest.config.ts", "export default { test: { retry: 2 } };")).toEqual([`vitest.config.ts:1:26 ${name} repeated`]);
    expect(await check("jest.config.js", "module.exports = { forceExit: true };")).toEqual([`jest.config.js:1:20 ${name} repeated`]);
    expect(await check("vitest.config.ts", "export default { test: { retry: 0, testTimeout: 9 } };")).toEqual([]);
  });

  it.each([
    ["jest --forceExit", 1],
    ["jest --runInBand --force-exit", 1],
    ["mocha --exit", 1],
    ["mocha --retries 2", 1],
    ["vitest run --retry=3", 1],
    ["jest --runInBand", 0],
    ["vitest run", 0],
    ["tool --forceExit", 0],
  ])("in the script `%s`", async (command, count) => {
    const repo = new GitFolder({ "package.json": JSON.stringify({ name: "api", scripts: { test: command } }) });
    expect(await checkRepo(rule, repo.root)).toHaveLength(count);
  });
});

it("says what happens where the other test runs alone: it lacks what it needs, or has what the variable began with", async () => {
  const suite = (declared: string): Record<string, string> => ({ "tests/a.test.ts": `${declared}\nit("makes", async () => { order = await make(); });\nit("reads", async () => { expect(await read(order)).toBe(1); });` });
  const messages = async (declared: string): Promise<readonly string[]> => (await findingsOf(suite(declared), { rule: name })).map(({ message }) => message);
  expect((await messages("let order: Order;"))[0]).toContain("neither can run alone");
  expect((await messages("let order = orderOf({ total: 1 });"))[0]).toContain("hangs on the order");
});

it("tells once how a suite is written, in strict file by file, and what few files do file by file", async () => {
  const handing = 'let id = 0;\nit("makes", async () => { id = await make(); });\nit("reads", async () => { expect(await read(id)).toBe(1); });';
  const waiting = 'it("waits", async () => { await new Promise((resolve) => setTimeout(resolve, 50)); expect(1).toBe(1); });';
  const suite = (count: number, text: string): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`tests/${String(at).padStart(2, "0")}.test.ts`, text]));
  expect(await checkProject(suite(11, handing), { rule: name })).toEqual([`tests/00.test.ts:2:27 ${name} sharedInMany`]);
  expect(await checkProject(suite(11, waiting), { rule: name })).toEqual([`tests/00.test.ts:1:33 ${name} sleepInMany`]);
  expect(await checkProject(suite(11, handing), { rule: name, options: { everyFile: true } })).toHaveLength(11);
  expect(await checkProject({ ...suite(3, handing), "tests/99.test.ts": waiting }, { rule: name })).toHaveLength(4);
});
