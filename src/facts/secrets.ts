import { crc32 } from "node:zlib";
import type { Span } from "../base/position.js";
import { findTokens, type FoundToken } from "../catalogue/secrets/find-tokens.js";
import { isOfOwnStore, isOfStoreAt } from "../catalogue/secrets/own-store.js";
import { secretInHeader } from "../catalogue/secrets/header-secrets.js";
import { judgeNamedSecret, secretInCommand } from "../catalogue/secrets/named-secrets.js";
import { isMachineMade } from "../catalogue/secrets/secret-values.js";
import type { SecretFact } from "./facts.js";

/** `//   pass: "…",` */
const commented = /^[ \t]*\/\/[ \t]*(?:(?:const|let|var)[ \t]+)?["']?(?<name>[A-Za-z_][\w-]{2,40})["']?[ \t]*[:=][ \t]*(["'`])(?<value>[^"'`\s]{8,100})\2[ \t]*[,;]?[ \t]*$/gm;

/** Letters in both cases and three digits or more, none of which make a word. */
const mixed = /^(?=.{16,60}$)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=(?:\D*\d){3})(?![A-Za-z0-9]*[a-z]{5})[A-Za-z0-9]+$/;

/** The name a value is given, and whether it only stands in for a missing setting. */
export interface NamedPlace {
  readonly name: string;
  /** The names of the values beside it, in an object. */
  readonly beside?: readonly string[];
  /** What the objects, classes and enumerations around it are called. */
  readonly around?: readonly string[];
  /** The host that is written beside it. */
  readonly host?: string;
  readonly fallback?: true;
}

/** Whether what stands beside a password makes it that of an account: `{ email, password, role }`. */
function isAccount(beside: readonly string[] = []): boolean {
  return beside.some((name) => /^(?:e?mail|user_?name|login|phone\w*)$/i.test(name)) && beside.some((name) => /^(?:roles?|name|label|(?:first|last|full|display)_?name|is_?(?:admin|active|verified|email_?verified))$/i.test(name));
}

/** `mysqlOnline`, `production` */
const ofProduction = /prod(?:uction)?$|prod(?:uction)?(?=[A-Z_])|online|live$/i;

/** Finds the secrets of one source text: by their form anywhere in it, comments included, and by the name a literal is given. */
export class SecretFinder {
  readonly #tokens: readonly FoundToken[];
  readonly #named: SecretFact[] = [];
  readonly #fallbacks = new Set<FoundToken>();
  /** Tokens that stand in a string or template, as opposed to a comment. */
  readonly #inCode = new Set<FoundToken>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = findTokens(text);
  }

  /** The secret that a string literal is or holds; undefined if it is none. */
  inLiteral(span: Span, text: string, place: NamedPlace | undefined): SecretFact | undefined {
    const token = this.tokenIn(span);
    if (token) {
      if (place?.fallback) this.#fallbacks.add(token);
      return { span, format: token.format, length: text.length };
    }
    const kind = place && (judgeNamedSecret(place.name, text, place.beside, place.around) ?? secretInHeader(place.name, text));
    // A word that opens a store which nobody else reaches; in production the machine itself may be the server.
    if (kind === "password" && isOfStoreAt(place?.host, text) && (isOfOwnStore(text) || place?.around?.some((name) => ofProduction.test(name)) !== true)) return undefined;
    const given = kind === undefined ? secretInCommand(text) : { name: place?.name ?? "", kind, length: text.length };
    if (!given) return undefined;
    const fact: SecretFact = { span, format: given.kind, length: given.length, name: given.name, ...(place?.fallback && { fallback: true }), ...(given.kind === "password" && isAccount(place?.beside) && { ofAccount: true }) };
    this.#named.push(fact);
    return fact;
  }

  /** The first token that lies in or reaches into a stretch of the text. */
  tokenIn([start, end]: Span): FoundToken | undefined {
    // Tokens lie in order and apart: the first that ends behind the start is the only one to ask.
    let low = 0;
    for (let high = this.#tokens.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((this.#tokens[middle]?.end ?? 0) > start) high = middle;
      else low = middle + 1;
    }
    const found = this.#tokens[low];
    const token = found !== undefined && found.start < end ? found : undefined;
    if (token) this.#inCode.add(token);
    return token;
  }

  /** Credentials that somebody has taken out of the code with two strokes, and left there. */
  #inComments(tokens: readonly FoundToken[]): readonly SecretFact[] {
    return [...this.#text.matchAll(commented)].flatMap(({ index, 0: line, groups = {} }): readonly SecretFact[] => {
      const { name = "", value = "" } = groups;
      const kind = judgeNamedSecret(name, value, ["user"]);
      const start = index + line.lastIndexOf(value) - 1;
      const isSure = kind === "password" ? value.length >= 8 && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && !/pass|word|test|user|admin/i.test(value) : kind === "key" && (isMachineMade(value) || mixed.test(value));
      if (kind === undefined || !isSure || tokens.some((token) => token.start < start + value.length && start < token.end)) return [];
      return [{ span: [start, start + value.length + 2], format: kind, length: value.length, name }];
    });
  }

  /** All secrets, in source order. */
  finish(): SecretFact[] {
    // A web token in a comment shows what one looks like.
    const counted = this.#tokens.filter((token) => token.format !== "json-web-token" || this.#inCode.has(token));
    const tokens = counted.map((token): SecretFact => ({ span: [token.start, token.end], format: token.format, length: token.end - token.start, ...(this.#fallbacks.has(token) && { fallback: true }) }));
    const all = [...tokens, ...this.#named, ...this.#inComments(counted)].sort((left, right) => left.span[0] - right.span[0]);
    return all.map((fact) => (/password|credentials|phrase/.test(fact.format) ? fact : { ...fact, mark: crc32(this.#text.slice(...fact.span)) }));
  }
}
