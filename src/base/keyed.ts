/** Entries by key. What is kept about an object, such as a piece of syntax, goes with the object. */
export class Keyed<Key, Entry> {
  readonly #named = new Map<Key, Entry>();
  readonly #ofObjects = new WeakMap<Key & object, Entry>();

  get(key: Key): Entry | undefined {
    return isObject(key) ? this.#ofObjects.get(key) : this.#named.get(key);
  }

  set(key: Key, entry: Entry): void {
    if (isObject(key)) this.#ofObjects.set(key, entry);
    else this.#named.set(key, entry);
  }
}

function isObject<Key>(key: Key): key is Key & object {
  return typeof key === "object" && key !== null;
}
