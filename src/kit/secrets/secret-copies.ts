import { repositoryCause } from "../../base/causes.js";
import { isOfOwnStore } from "../../catalogue/secrets/own-store.js";
import type { SecretFact } from "../../facts/facts.js";

/** `scheme://user:password@host` */
const address = /^[a-z][\w+.-]{1,30}:\/\/[^\s/:@]*:([^\s/]+)@/i;

/** The first places of secrets that are written down: a copy, also in another file or in an address, is revoked with the first. */
export class SecretCopies {
  readonly #firsts = new Map<string, string>();
  /** What another rule tells. */
  readonly #others: ReadonlySet<string>;

  constructor(others: ReadonlySet<string> = new Set()) {
    this.#others = others;
  }

  /** Whether another rule tells of a secret, which is revoked with what it tells. */
  isToldElsewhere(secret: string): boolean {
    return this.#others.has(bareText(secret));
  }

  /**
   * The cause that the copies of a secret share. Of a word, which may be written for many things, those share it that are
   * given the same name or stand in the same address; undefined for one that has neither. `cause` is that of a first place.
   */
  causeOf(secret: string, file: string, start: number, name?: string, cause = repositoryCause(`${file}@${start}`)): string | undefined {
    const text = unquoted(secret);
    const part = bareText(secret);
    const isWord = part.length < 8 || isOfOwnStore(part);
    if (isWord && part === text && name === undefined) return undefined;
    return this.shared(isWord ? `${name ?? ""} ${text}` : part, cause);
  }

  /** The cause that the copies of a secret of code share; of the accounts that one file makes the first stands for all. */
  causeOfFact(text: string, file: string, { span: [start], name, ofAccount }: SecretFact): string | undefined {
    const accounts = ofAccount ? this.shared(`accounts ${file}`, repositoryCause(`${file}@${start}`)) : undefined;
    return this.causeOf(text, file, start, name, accounts) ?? accounts;
  }

  /** The cause of whatever `key` tells apart: that of its first place. */
  shared(key: string, cause: string): string {
    const first = this.#firsts.get(key) ?? cause;
    this.#firsts.set(key, first);
    return first;
  }
}

function unquoted(secret: string): string {
  return secret.replace(/^["'`]|["'`]$/g, "");
}

/** The secret alone: without quotes, the address around it, the scheme of a header, the name that a list gives it. */
export function bareText(secret: string): string {
  const text = unquoted(secret);
  return address.exec(text)?.[1] ?? text.replace(/^(?:Bearer|Token|Basic) /i, "");
}
