import { EachAnswer } from "./each-answer.js";
import { oncePer, oncePerPart } from "./once-per.js";
import { Revisions } from "./revisions.js";
import { haveSameParts } from "./settled.js";

interface Entry<Item> {
  readonly part: number;
  items: readonly Item[] | undefined;
}

/**
 * What the files of a project hold, gathered file by file under keys. After an edit only the files that it touches are gone
 * through again, and only the keys change under which something came or went.
 */
export class Gathered<Key, Item> {
  readonly #files: readonly string[];
  readonly #find: (file: string) => Iterable<readonly [Key, Item]>;
  readonly #revisions = Revisions.active;
  readonly #byFile: EachAnswer<string, Map<Key, readonly Item[]>> | undefined;
  /** By key, what was found in each file when it was last gone through. */
  readonly #found = new Map<Key, Map<string, readonly Item[]>>();
  /** By file, its place among them. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #entries = new Map<Key, Entry<Item>>();
  #all: Map<Key, Item[]> | undefined;
  /** Asked for before anything else, so that keys are up to date. */
  readonly #whole = this.#revisions?.part(() => { this.#renew(); });
  #isBegun = false;

  constructor(files: readonly string[], find: (file: string) => Iterable<readonly [Key, Item]>) {
    this.#files = files;
    this.#find = find;
    this.#places = new Map(this.#revisions ? files.map((file, place) => [file, place]) : []);
    this.#byFile = this.#revisions && new EachAnswer(this.#revisions, files, (file) => group(find(file)));
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
    return (entry.items ??= this.#inOrder(key));
  }

  #inOrder(key: Key): readonly Item[] {
    const found = [...(this.#found.get(key) ?? [])];
    if (found.length > 1) found.sort(([left], [right]) => (this.#places.get(left) ?? 0) - (this.#places.get(right) ?? 0));
    return found.flatMap(([, items]) => items);
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
    for (const { key: file, before, after: found } of this.#byFile?.renew() ?? []) {
      for (const key of new Set([...(before?.keys() ?? []), ...found.keys()])) {
        const known = before?.get(key);
        if (known && haveSameParts(known, found.get(key))) {
          // What is alike stays the same, so that what is known of it is kept.
          found.set(key, known);
          continue;
        }
        this.#note(key, file, found.get(key));
        const entry = this.#entries.get(key);
        if (!entry) continue;
        entry.items = undefined;
        this.#revisions?.touch(entry.part);
      }
    }
  }

  #note(key: Key, file: string, items: readonly Item[] | undefined): void {
    const known = this.#found.get(key);
    if (items && known) known.set(file, items);
    else if (items) this.#found.set(key, new Map([[file, items]]));
    else if (known?.delete(file) && known.size === 0) this.#found.delete(key);
  }
}

/** What a question finds in all files of a project, in their order; the answer stays the same over edits that come to the same. */
export function inAllFiles<Owner extends { readonly files: readonly string[] }, Item>(find: (owner: Owner, file: string) => Iterable<Item>): (owner: Owner) => readonly Item[] {
  const gathered = oncePer((owner: Owner) => gatheredFrom(owner.files, (file) => find(owner, file)));
  return (owner) => gathered(owner).of("all");
}

/** The same for the files of a part of a project, such as a package. */
export function inFilesOf<Part, Owner extends { filesOf(part: Part): readonly string[] }, Item>(find: (owner: Owner, file: string) => Iterable<Item>): (owner: Owner, part: Part) => readonly Item[] {
  const gathered = oncePerPart((owner: Owner, part: Part) => gatheredFrom(owner.filesOf(part), (file) => find(owner, file)));
  return (owner, part) => gathered(owner, part).of("all");
}

function gatheredFrom<Item>(files: readonly string[], find: (file: string) => Iterable<Item>): Gathered<"all", Item> {
  return new Gathered(files, (file) => Array.from(find(file), (item) => ["all", item] as const));
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
