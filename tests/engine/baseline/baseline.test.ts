import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/base/errors.js";
import { addedEntries, assertShrinks, type Baseline, baselineStatus, createBaseline, emptyBaseline, matchBaseline, pruneBaseline } from "../../../src/engine/baseline/baseline.js";
import { baselineText, parseBaseline } from "../../../src/engine/baseline/file.js";
import { finding, fingerprint, random, someFindings, wholeRun } from "./support.js";

const old = finding("layer-imports", "src/a.ts", "imports db");
const other = finding("layer-imports", "src/a.ts", "imports mailer");
const elsewhere = finding("layer-imports", "src/b.ts", "imports db");

function baselineOf(...findings: (typeof old)[]): Baseline {
  return createBaseline(findings, emptyBaseline, wholeRun);
}

describe("a baseline", () => {
  it("lets known findings pass, wherever their lines moved", () => {
    const moved = finding(old.rule, old.file, "imports db", 90);
    expect(matchBaseline([moved], baselineOf(old), wholeRun)).toMatchObject({ reported: [], stale: [], passed: [{ finding: moved }] });
  });

  it("reports a new finding where an old one of the same rule was mended in the same file", () => {
    const match = matchBaseline([other], baselineOf(old), wholeRun);
    expect(match.reported).toEqual([other]);
    expect(match.stale).toMatchObject([{ fingerprint: old.fingerprint }]);
  });

  it("lets one finding pass for each entry, also among equal ones", () => {
    expect(matchBaseline([old, { ...old }], baselineOf(old), wholeRun).reported).toHaveLength(1);
    expect(matchBaseline([old, { ...old }], baselineOf(old, { ...old }), wholeRun).reported).toHaveLength(0);
  });

  it("reports a finding again from the day after its entry's expiry", () => {
    const [entry] = baselineOf(old).entries;
    const expiring = (expires: string): Baseline => ({ version: 1, entries: entry === undefined ? [] : [{ ...entry, expires }] });
    expect(matchBaseline([old], expiring("2026-06-01"), wholeRun).reported).toEqual([]);
    const match = matchBaseline([old], expiring("2026-05-31"), wholeRun);
    expect(match).toMatchObject({ reported: [old], passed: [], stale: [], expired: [{ finding: old }] });
  });

  it("keeps reason and expiry of an entry when it is made anew or pruned", () => {
    const remarked: Baseline = { version: 1, entries: baselineOf(old).entries.map((entry) => ({ ...entry, reason: "legacy", expires: "2027-01-01" })) };
    expect(createBaseline([old, other], remarked, wholeRun).entries.find(({ fingerprint }) => fingerprint === old.fingerprint)).toMatchObject({ reason: "legacy", expires: "2027-01-01" });
    expect(pruneBaseline([old, other], remarked, wholeRun)).toEqual(remarked);
  });
});

describe("renamed files", () => {
  const renamed = finding("layer-imports", "src/new.ts", "imports db");
  const run = { ...wholeRun, before: (one: typeof old) => (one.file === "src/new.ts" ? { file: "src/a.ts", fingerprint: fingerprint(one.rule, "src/a.ts", "imports db") } : undefined) };

  it("keep their entries", () => {
    expect(matchBaseline([renamed], baselineOf(old), run)).toMatchObject({ reported: [], stale: [] });
  });

  it("get their new name when the baseline is pruned", () => {
    const pruned = pruneBaseline([renamed], baselineOf(old), run);
    expect(pruned.entries).toEqual([{ rule: old.rule, file: "src/new.ts", fingerprint: renamed.fingerprint }]);
    expect(matchBaseline([renamed], pruned, wholeRun).reported).toEqual([]);
  });

  it("do not take the entries of a file that now has their old name", () => {
    expect(matchBaseline([renamed, old], baselineOf(old), run).reported).toEqual([renamed]);
  });
});

describe("a partial run", () => {
  const run = { ...wholeRun, looked: ({ file }: { file: string }) => file === "src/a.ts" };
  const baseline = baselineOf(old, other, elsewhere);

  it("calls only entries stale that it looked for", () => {
    expect(matchBaseline([old], baseline, run).stale).toMatchObject([{ file: "src/a.ts", fingerprint: other.fingerprint }]);
  });

  it("leaves the other entries as they are", () => {
    expect(pruneBaseline([old], baseline, run)).toEqual(baselineOf(old, elsewhere));
    const fresh = finding("thin-handlers", "src/a.ts", "loops");
    expect(createBaseline([old, fresh], baseline, run)).toEqual(baselineOf(old, fresh, elsewhere));
  });
});

describe("in CI", () => {
  it("a baseline may shrink and follow renames, and not grow", () => {
    expect(() => assertShrinks(baselineOf(old, other), baselineOf(old))).not.toThrow();
    expect(() => assertShrinks(baselineOf(old), baselineOf(old))).not.toThrow();
    expect(() => assertShrinks(baselineOf(old), baselineOf(old, other))).toThrow(UserError);
    expect(() => assertShrinks(baselineOf(old), baselineOf(other))).toThrow("The baseline would grow by 1 entry (layer-imports in src/a.ts), and in CI it may only shrink.");
  });

  it("an entry of a renamed file takes the place of the old one", () => {
    const renamed = finding("layer-imports", "src/new.ts", "imports db");
    const from = (file: string) => (file === "src/new.ts" ? "src/a.ts" : undefined);
    expect(addedEntries(baselineOf(old), baselineOf(renamed), from)).toEqual([]);
    expect(addedEntries(baselineOf(old), baselineOf(renamed, finding("layer-imports", "src/new.ts", "x")), from)).toHaveLength(1);
    expect(addedEntries(baselineOf(old), baselineOf(finding("other-rule", "src/new.ts", "x")), from)).toHaveLength(1);
  });
});

describe("the status", () => {
  it("counts by rule and names what ends soon", () => {
    const baseline: Baseline = { version: 1, entries: [...baselineOf(old, other).entries, { rule: "thin-handlers", file: "src/a.ts", fingerprint: "v1:ab", expires: "2026-07-01" }] };
    const fresh = finding("no-process-env", "src/a.ts", "reads PORT");
    expect(baselineStatus([old, fresh], baseline, wholeRun)).toMatchObject({
      entries: 3, reported: 1, passed: 1,
      byRule: [{ rule: "layer-imports", entries: 2, stale: 1 }, { rule: "thin-handlers", entries: 1, stale: 1 }],
      expiring: [{ rule: "thin-handlers" }],
    });
  });
});

describe.each(Array.from({ length: 25 }, (_, seed) => seed))("whatever the findings (seed %i)", (seed) => {
  const next = random(seed);
  const before = someFindings(next, 40);
  const baseline = createBaseline(before, emptyBaseline, wholeRun);
  const gone = new Set(before.filter(() => next() < 0.3));
  const added = someFindings(next, 15).filter((one) => !before.some(({ fingerprint }) => fingerprint === one.fingerprint));
  const after = [...before.filter((one) => !gone.has(one)), ...added].sort(() => next() - 0.5);
  const keys = (entries: readonly { fingerprint: string }[]) => entries.map(({ fingerprint }) => fingerprint).sort();

  it("reports the new ones and no others, and calls the mended ones stale", () => {
    const match = matchBaseline(after, baseline, wholeRun);
    expect(keys(match.reported)).toEqual(keys(added));
    expect(keys(match.stale)).toEqual(keys([...gone]));
    expect(match.passed).toHaveLength(before.length - gone.size);
  });

  it("reports nothing right after it was made", () => {
    expect(matchBaseline(before, baseline, wholeRun)).toMatchObject({ reported: [], stale: [] });
    expect(createBaseline(before, baseline, wholeRun)).toEqual(baseline);
  });

  it("only shrinks when pruned, once", () => {
    const pruned = pruneBaseline(after, baseline, wholeRun);
    expect(() => assertShrinks(baseline, pruned)).not.toThrow();
    expect(pruneBaseline(after, pruned, wholeRun)).toEqual(pruned);
    expect(keys(matchBaseline(after, pruned, wholeRun).reported)).toEqual(keys(added));
  });

  it("is the same for findings in another order", () => {
    expect(createBaseline([...before].reverse(), emptyBaseline, wholeRun)).toEqual(baseline);
  });

  it("agrees with itself over partial runs", () => {
    const part = (file: string) => ({ ...wholeRun, looked: (entry: { file: string }) => entry.file === file });
    const files = [...new Set([...before, ...after].map(({ file }) => file))];
    const pruned = files.reduce((sofar, file) => pruneBaseline(after.filter((one) => one.file === file), sofar, part(file)), baseline);
    expect(pruned).toEqual(pruneBaseline(after, baseline, wholeRun));
  });

  it("survives being written and read", () => {
    expect(parseBaseline(baselineText(baseline))).toEqual(baseline);
  });
});
