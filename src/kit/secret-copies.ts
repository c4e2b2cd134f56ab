import { repositoryCause } from "../base/causes.js";
import { isOfOwnStore } from "../catalogue/secrets/own-store.js";

/** `scheme://user:password@host` */
const address = /^[a-z][\w+.-]{1,30}:\/\/[^\s/:@]*:([^\s/]+)@/i;

/** The first places of secrets that are written down: a copy, also in another file or in an address, is revoked with the first. */
export class SecretCopies {
  readonly #firsts = new Map<string, string>();

  /**
   * The cause that the copies of a secret share. Of a word, which may be written for many things, those share it that are
   * given the same name or stand in the same address; undefined for one that has neither.
   */
  causeOf(secret: string, file: string, start: number, name?: string): string | undefined {
    const text = secret.replace(/^["'`]|["'`]$/g, "");
    const part = address.exec(text)?.[1] ?? text.replace(/^(?:Bearer|Token|Basic) /i, "");
    const isWord = part.length < 8 || isOfOwnStore(part);
    if (isWord && part === text && name === undefined) return undefined;
    return this.shared(isWord ? `${name ?? ""} ${text}` : part, repositoryCause(`${file}@${start}`));
  }

  /** The cause of whatever `key` tells apart: that of its first place. */
  shared(key: string, cause: string): string {
    const first = this.#firsts.get(key) ?? cause;
    this.#firsts.set(key, first);
    return first;
  }
}
