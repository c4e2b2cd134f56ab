import { beforeEach, describe, expect, test } from "vitest";
import { type Answers, answers } from "../../src/base/answers.js";
import { Gathered, inAllFiles, inFilesOf } from "../../src/base/gathered.js";
import { oncePer, oncePerPart } from "../../src/base/once-per.js";
import { Revisions } from "../../src/base/revisions.js";
import { haveSameParts, settledPerPart, settlePlain } from "../../src/base/settled.js";

/** Texts by name that are read as parts, and what was made from them. */
class Library {
  readonly revisions = new Revisions();
  readonly texts = new Map(Object.entries({ a: "one", b: "two", c: "three" }));
  readonly made: string[] = [];
  readonly #parts = new Map([...this.texts.keys()].map((name) => [name, this.revisions.part()]));

  read(name: string): string {
    Revisions.active?.read(this.#parts.get(name) ?? -1);
    return this.texts.get(name) ?? "";
  }

  write(name: string, text: string): void {
    this.texts.set(name, text);
    this.revisions.advance();
    this.revisions.touch(this.#parts.get(name) ?? -1);
  }

  /** What is made in `run`, in order. */
  watch(run: () => void): readonly string[] {
    this.made.length = 0;
    this.revisions.watch(run);
    return [...this.made];
  }
}

let library: Library;
beforeEach(() => {
  library = new Library();
});

describe("answers", () => {
  const length = oncePerPart((from: Library, name: string) => {
    from.made.push(name);
    return from.read(name).length;
  });
  const sum = oncePer((from: Library) => {
    from.made.push("sum");
    return length(from, "a") + length(from, "b");
  });

  test("are made again where something changed that they were made from, and nowhere else", () => {
    expect(library.watch(() => sum(library))).toEqual(["sum", "a", "b"]);
    expect(library.watch(() => sum(library))).toEqual([]);
    library.write("c", "other");
    expect(library.watch(() => sum(library))).toEqual([]);
    library.write("b", "longer");
    expect(library.watch(() => { expect(sum(library)).toBe(9); })).toEqual(["sum", "b"]);
  });

  test("made from many parts are one part of what is made of them", () => {
    const names = Array.from({ length: 60 }, (_, at) => `part${at}`);
    class Shelf {
      readonly revisions = new Revisions();
      readonly made: string[] = [];
      readonly lengths = new Map(names.map((name, at) => [name, at]));
      readonly parts = new Map(names.map((name) => [name, this.revisions.part()]));
      read(name: string): number {
        this.revisions.read(this.parts.get(name) ?? -1);
        return this.lengths.get(name) ?? 0;
      }
      write(name: string, length: number): void {
        this.lengths.set(name, length);
        this.revisions.advance();
        this.revisions.touch(this.parts.get(name) ?? -1);
      }
      ask<Result>(run: () => Result): { readonly made: readonly string[]; readonly answer: Result } {
        this.made.length = 0;
        const answer = this.revisions.watch(run);
        return { made: [...this.made], answer };
      }
    }
    const longest = oncePer((shelf: Shelf) => {
      shelf.made.push("longest");
      return Math.max(...names.slice(0, 50).map((name) => shelf.read(name)));
    });
    const twice = oncePer((shelf: Shelf) => {
      shelf.made.push("twice");
      return 2 * longest(shelf);
    });
    const shelf = new Shelf();
    expect(shelf.ask(() => twice(shelf))).toEqual({ made: ["twice", "longest"], answer: 98 });
    shelf.write("part55", 1_000);
    expect(shelf.ask(() => twice(shelf))).toEqual({ made: [], answer: 98 });
    shelf.write("part7", 100);
    expect(shelf.ask(() => twice(shelf))).toEqual({ made: ["twice", "longest"], answer: 200 });
    shelf.write("part7", 300);
    expect(shelf.ask(() => longest(shelf))).toEqual({ made: ["longest"], answer: 300 });
    expect(shelf.ask(() => twice(shelf))).toEqual({ made: ["twice"], answer: 600 });
    shelf.write("part56", 5_000);
    expect(shelf.ask(() => twice(shelf))).toEqual({ made: [], answer: 600 });
  });

  test("depend on what was made from a part before they were asked", () => {
    library.watch(() => length(library, "b"));
    library.watch(() => sum(library));
    library.write("b", "longer");
    expect(library.watch(() => { expect(sum(library)).toBe(9); })).toEqual(["sum", "b"]);
  });

  test("are kept for good where nothing is watched", () => {
    expect(sum(library)).toBe(6);
    library.write("b", "longer");
    expect(sum(library)).toBe(6);
  });

  test("of undefined are kept too", () => {
    const nothing = oncePerPart((from: Library, name: string): string | undefined => {
      from.made.push(name);
      from.read(name);
      return undefined;
    });
    expect(library.watch(() => { nothing(library, "a"); nothing(library, "a"); })).toEqual(["a"]);
    expect([nothing(library, "b"), nothing(library, "b")]).toEqual([undefined, undefined]);
  });

  test("that are not final are made at each question", () => {
    const table = library.revisions.watch((): Answers<string, number> => answers());
    const ask = (isFinal: boolean): number => table.get("a") ?? table.make("a", () => library.made.push("a"), () => isFinal);
    expect(library.watch(() => { ask(false); ask(true); ask(true); })).toEqual(["a", "a"]);
  });

  test("that an error kept from being made leave no trace", () => {
    let fails = true;
    const shaky = oncePer((from: Library) => {
      from.read("a");
      if (fails) throw new Error("not now");
      return from.read("b");
    });
    expect(() => { library.watch(() => shaky(library)); }).toThrow("not now");
    fails = false;
    library.watch(() => { expect(shaky(library)).toBe("two"); });
    library.write("b", "2");
    library.watch(() => { expect(shaky(library)).toBe("2"); });
  });
});

describe("settled answers", () => {
  const parity = settledPerPart((from: Library, name: string) => {
    from.made.push(`parity ${name}`);
    return from.read(name).length % 2;
  });
  const told = oncePer((from: Library) => {
    from.made.push("told");
    return parity(from, "a") === 0 ? "even" : "odd";
  });

  test("keep what is built on them while they stay the same", () => {
    expect(library.watch(() => told(library))).toEqual(["told", "parity a"]);
    library.write("a", "longer text");
    expect(library.watch(() => { expect(told(library)).toBe("odd"); })).toEqual(["parity a"]);
    library.write("a", "ab");
    expect(library.watch(() => { expect(told(library)).toBe("even"); })).toEqual(["parity a", "told"]);
  });

  test("stay the same object where plain data are written the same", () => {
    const words = settledPerPart((from: Library, name: string) => ({ first: from.read(name)[0] }), settlePlain);
    library.watch(() => {
      const before = words(library, "a");
      library.write("a", "other");
      expect(words(library, "a")).toBe(before);
      library.write("a", "new");
      expect(words(library, "a")).toEqual({ first: "n" });
    });
  });
});

test("plain data with a place are compared by what they say, and syntax by being the same", () => {
  const schema = (by: string) => ({ kind: "enforced", file: "src/a.ts", span: [1, 2], by });
  expect(haveSameParts(schema("zod"), schema("zod"))).toBe(true);
  expect(haveSameParts(schema("zod"), schema("joi"))).toBe(false);
  const node = { kind: "name", name: "a", span: [1, 2] };
  expect(haveSameParts([node], [node])).toBe(true);
  expect(haveSameParts([node], [{ ...node }])).toBe(false);
});

describe("gathered items", () => {
  function* lettersIn(name: string): Iterable<readonly [string, { readonly name: string }]> {
    library.made.push(name);
    for (const letter of library.read(name)) yield [letter, { name }];
  }

  test("are gone through again only in what changed, and a key changes only with its items", () => {
    const letters = library.revisions.watch(() => new Gathered([...library.texts.keys()], lettersIn));
    const of = oncePerPart((from: Library, letter: string) => {
      from.made.push(letter);
      return letters.of(letter).map(({ name }) => name);
    });
    library.watch(() => {
      expect(of(library, "o")).toEqual(["a", "b"]);
      expect(of(library, "e")).toEqual(["a", "c", "c"]);
      expect(of(library, "z")).toEqual([]);
    });
    library.write("b", "twz");
    expect(library.watch(() => {
      expect(of(library, "o")).toEqual(["a"]);
      expect(of(library, "e")).toEqual(["a", "c", "c"]);
      expect(of(library, "z")).toEqual(["b"]);
    })).toEqual(["b", "o", "z"]);
  });

  test("come in the order of files where nothing is watched", () => {
    const letters = new Gathered([...library.texts.keys()], lettersIn);
    expect(letters.of("t").map(({ name }) => name)).toEqual(["b", "c"]);
    expect(letters.of("e").map(({ name }) => name)).toEqual(["a", "c", "c"]);
    expect(library.made).toEqual(["a", "b", "c"]);
  });
});

describe("what is found in files", () => {
  class Shop {
    readonly files = ["a", "b", "c"];
    readonly library: Library;
    constructor(from: Library) {
      this.library = from;
    }
    filesOf(part: "first" | "last"): readonly string[] {
      return part === "first" ? ["a", "b"] : ["c"];
    }
  }
  const find = ({ library: from }: Shop, file: string): { readonly word: string }[] => {
    from.made.push(file);
    return from.read(file).split(" ").map((word) => ({ word }));
  };
  const words = inAllFiles(find);
  const wordsOf = inFilesOf(find);
  const kept = oncePer((shop: Shop) => {
    shop.library.made.push("kept");
    return words(shop).map(({ word }) => word).join(" ");
  });

  test("is looked for again only in files that changed, and comes in their order", () => {
    const shop = new Shop(library);
    expect(library.watch(() => { expect(kept(shop)).toBe("one two three"); })).toEqual(["kept", "a", "b", "c"]);
    library.write("b", "two more");
    expect(library.watch(() => { expect(kept(shop)).toBe("one two more three"); })).toEqual(["b", "kept"]);
  });

  test("stays the same where an edit comes to the same", () => {
    const shop = new Shop(library);
    let before: readonly unknown[] = [];
    library.watch(() => { kept(shop); before = words(shop); });
    library.write("a", "one");
    expect(library.watch(() => { expect(kept(shop)).toBe("one two three"); expect(words(shop)).toBe(before); })).toEqual(["a"]);
    library.write("c", "four");
    library.watch(() => { expect(words(shop).slice(0, 2)).toEqual(before.slice(0, 2)); expect(words(shop)[0]).toBe(before[0]); });
  });

  test("is told apart by the part of the project that is asked about", () => {
    const shop = new Shop(library);
    expect(library.watch(() => { expect(wordsOf(shop, "last")).toEqual([{ word: "three" }]); })).toEqual(["c"]);
    expect(library.watch(() => { expect(wordsOf(shop, "first")).toEqual([{ word: "one" }, { word: "two" }]); })).toEqual(["a", "b"]);
    library.write("c", "four");
    expect(library.watch(() => { expect(wordsOf(shop, "first")).toHaveLength(2); expect(wordsOf(shop, "last")).toEqual([{ word: "four" }]); })).toEqual(["c"]);
  });

  test("is gathered without being watched as well", () => {
    expect(words(new Shop(library))).toEqual([{ word: "one" }, { word: "two" }, { word: "three" }]);
  });
});

test("only plain data is alike: maps, sets and what a class makes are the same or not", () => {
  expect(haveSameParts({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true);
  expect(haveSameParts({ a: undefined }, { b: undefined })).toBe(false);
  expect(haveSameParts(new Map(), new Map())).toBe(false);
  expect(haveSameParts(new Set([1]), new Set([1]))).toBe(false);
  expect(haveSameParts(new Revisions(), new Revisions())).toBe(false);
});
