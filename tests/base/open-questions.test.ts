import { describe, expect, it, vi } from "vitest";
import { answers } from "../../src/base/answers.js";
import { OpenQuestions } from "../../src/base/open-questions.js";
import { Revisions } from "../../src/base/revisions.js";

type Graph = Readonly<Record<string, readonly string[]>>;

/** Asks what each node of a graph leads to, in the order given; with the number of times that an answer was worked out. */
function ask(graph: Graph, order: readonly string[], bounds: { readonly deepest?: number; readonly mostSteps?: number; readonly onGivenUp?: (key: object) => void } = {}): { readonly found: Readonly<Record<string, readonly string[]>>; readonly worked: number } {
  const keys = Object.fromEntries(Object.keys(graph).map((name) => [name, { name }]));
  const table = answers<object, readonly string[]>();
  const questions = new OpenQuestions<string>({ deepest: 50, mostSteps: 100_000, ...bounds });
  let worked = 0;
  const reach = (name: string): readonly string[] =>
    questions.answer(table, keys[name] ?? {}, () => {
      worked++;
      return [...new Set([name, ...(graph[name] ?? []).flatMap(reach)])];
    });
  return { found: Object.fromEntries(order.map((name) => [name, [...reach(name)].sort()])), worked };
}

describe("open questions", () => {
  it("are answered in full from each side of a cycle", () => {
    const graph = { a: ["b"], b: ["c"], c: ["a", "d"], d: [] };
    expect(ask(graph, ["a", "b", "c", "d"]).found).toEqual({ a: ["a", "b", "c", "d"], b: ["a", "b", "c", "d"], c: ["a", "b", "c", "d"], d: ["d"] });
  });

  it("give the same answers in cycles that cross, whichever is asked first", () => {
    const graph = { a: ["b", "c"], b: ["c", "a"], c: ["b", "d"], d: ["e", "b"], e: ["c", "f"], f: [] };
    const all = ["a", "b", "c", "d", "e", "f"];
    const inner = ["b", "c", "d", "e"];
    for (const order of [all, [...all].reverse(), ["c", ...all]]) {
      const { found } = ask(graph, order);
      for (const name of inner) expect(found[name]).toEqual(all);
      expect(found["f"]).toEqual(["f"]);
    }
  });

  it("do not go through a part of a cycle once for each way that leads there", () => {
    // Each rung leads to both sides of the next, and the last back to the first: 2 to the power of 20 ways.
    const rungs = Array.from({ length: 20 }, (_, rung): [string, readonly string[]][] => ["l", "r"].map((side) => [`${side}${rung}`, rung === 19 ? ["l0"] : [`l${rung + 1}`, `r${rung + 1}`]]));
    const { found, worked } = ask(Object.fromEntries(rungs.flat()), ["l0"]);
    expect(found["l0"]).toHaveLength(39);
    expect(worked).toBe(39);
  });

  it("are given up beyond the bounds, and answered where they are asked from nearer", () => {
    const chain = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`n${index}`, index === 9 ? [] : [`n${index + 1}`]]));
    const onGivenUp = vi.fn();
    const { found } = ask(chain, ["n0", "n5"], { deepest: 6, onGivenUp });
    expect(found).toEqual({ n0: ["n0", "n1", "n2", "n3", "n4", "n5"], n5: ["n5", "n6", "n7", "n8", "n9"] });
    expect(onGivenUp).toHaveBeenCalledTimes(1);
    expect(ask(chain, ["n0"], { mostSteps: 3 }).found).toEqual({ n0: ["n0", "n1", "n2"] });
  });

  it("are answered alike while revisions are watched", () => {
    const graph = { a: ["b", "c"], b: ["a", "c"], c: ["b"] };
    expect(new Revisions().watch(() => ask(graph, ["a", "b"]))).toEqual(ask(graph, ["a", "b"]));
  });
});
