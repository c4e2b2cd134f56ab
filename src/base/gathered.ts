import { type Answers, answers } from "./answers.js";
import { Revisions } from "./revisions.js";
import { haveSameParts } from "./settled.js";

interface Entry<Item> {
  readonly part: number;
  items: readonly Item[] | undefined;
}

type Found<Key, Item> = ReadonlyMap<Key, readonly Item[]>;

/**
 * What the files of a project hold, gathered file by file under keys. After an edit only the files that it touches are gone
 * through again, and only the keys change under which something came or went.
 */
export class Gathered<Key, Item extends object> {
  readonly #files: readonly string[];
  readonly #find: (file: string) => Iterable<readonly [Key, Item]>;
  readonly #byFile: Answers<string, Found<Key, Item>> = answers();
  readonly #revisions = Revisions.active;
  /** What was found in each file when it was last gone through. */
  readonly #merged = new Map<string, Found<Key, Item>>();
  readonly #entries = new Map<Key, Entry<Item>>();
  #all: Map<Key, Item[]> | undefined;
  /** Asked for before anything else, so that keys are up to date. */
  readonly #whole = this.#revisions?.part(() => { this.#renew(); });
  #isBegun = false;

  constructor(files: readonly string[], find: (file: string) => Iterable<readonly [Key, Item]>) {
    this.#files = files;
    this.#find = find;
  }

  /** What is under a key, in the order of files and places. */
  of(key: Key): readonly Item[] {
    if (!this.#revisions) return (this.#all ??= group(this.#everything())).get(key) ?? [];
    this.#renewed(this.#revisions);
    let entry = this.#entries.get(key);
    if (!entry) {
      const revisions = this.#revisions;
      this.#entries.set(key, (entry = { part: revisions.part(() => { this.#renewed(revisions); }), items: undefined }));
    }
    this.#revisions.read(entry.part);
    return (entry.items ??= this.#files.flatMap((file) => this.#merged.get(file)?.get(key) ?? []));
  }

  #renewed(revisions: Revisions): void {
    if (!this.#isBegun) {
      this.#isBegun = true;
      this.#renew();
    } else if (this.#whole !== undefined) revisions.renew(this.#whole);
  }

  *#everything(): Iterable<readonly [Key, Item]> {
    for (const file of this.#files) yield* this.#find(file);
  }

  #renew(): void {
    const revisions = this.#revisions;
    if (!revisions) return;
    revisions.noteApart(() => {
      for (const file of this.#files) {
        const found = this.#byFile.of(file, () => group(this.#find(file)));
        const before = this.#merged.get(file);
        if (found === before) continue;
        this.#merged.set(file, found);
        for (const key of new Set([...(before?.keys() ?? []), ...found.keys()])) {
          const entry = this.#entries.get(key);
          if (!entry || haveSameParts(before?.get(key), found.get(key))) continue;
          entry.items = undefined;
          revisions.touch(entry.part);
        }
      }
    });
  }
}

function group<Key, Item>(found: Iterable<readonly [Key, Item]>): Map<Key, Item[]> {
  const byKey = new Map<Key, Item[]>();
  for (const [key, item] of found) {
    const items = byKey.get(key);
    if (items) items.push(item);
    else byKey.set(key, [item]);
  }
  return byKey;
}
