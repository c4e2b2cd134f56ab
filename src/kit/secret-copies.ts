import { repositoryCause } from "../base/causes.js";
import { isOfOwnStore } from "../catalogue/secrets/own-store.js";

/** `scheme://user:password@host` */
const address = /^[a-z][\w+.-]{1,30}:\/\/[^\s/:@]*:([^\s/]+)@/i;

/** The first places of secrets that are written down: a copy, also in another file or in an address, is revoked with the first. */
export class SecretCopies {
  readonly #firsts = new Map<string, string>();

  /** The cause that the copies of a secret share; undefined for a word, which stands for itself wherever it is written. */
  causeOf(secret: string, file: string, start: number): string | undefined {
    const part = address.exec(secret)?.[1] ?? secret.replace(/^["'`]|["'`]$/g, "").replace(/^(?:Bearer|Token|Basic) /i, "");
    return part.length < 8 || isOfOwnStore(part) ? undefined : this.shared(part, repositoryCause(`${file}@${start}`));
  }

  /** The cause of whatever `key` tells apart: that of its first place. */
  shared(key: string, cause: string): string {
    const first = this.#firsts.get(key) ?? cause;
    this.#firsts.set(key, first);
    return first;
  }
}
