/**
 * Texts that look like secrets, put together when a test runs, so that no committed file holds one.
 */
import { crc32 } from "node:zlib";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A text of `length` characters of an alphabet that looks random and is always the same for the same seed. */
export function random(length: number, alphabet = letters, seed = 7): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[Math.floor((state / 2_147_483_648) * alphabet.length)] ?? "";
  }).join("");
}

/** `random` in hexadecimal digits. */
export function randomHex(length: number, seed = 7): string {
  return random(length, "0123456789abcdef", seed);
}

/** A JSON web token with this payload. */
export function webToken(payload: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "HS256", typ: "JWT" }), part(payload), random(43)].join(".");
}

/** A private key in PEM form with a made-up body. */
export function privateKey(kind = "RSA PRIVATE KEY", lineBreak = "\n"): string {
  const dashes = "-".repeat(5);
  return [`${dashes}BEGIN ${kind}${dashes}`, random(64), random(64, undefined, 3), `${dashes}END ${kind}${dashes}`].join(lineBreak);
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A token of GitHub or npm: the last six of its signs are the checksum of those before them, in base 62. */
export function checkedToken(prefix: string, seed = 7): string {
  const body = random(30, base62, seed);
  const digits = Array.from({ length: 6 }, (_, place) => base62[Math.floor(crc32(body) / 62 ** (5 - place)) % 62]);
  return `${prefix}${body}${digits.join("")}`;
}

const alphabets: Readonly<Record<string, string>> = { hex: "0123456789abcdef", base64: letters, base32: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", digits: "123456789", letters: letters.slice(0, 52) };

/** What `{{kind argument}}` stands for in a labelled case: `24`, `hex 64`, `checked ghp_`, `uuid`, `jwt`, `dashes`, `text IOSFODNN7EXAMPLE` as it is. */
export function madeUp(kind: string, argument: string, seed: number): string | undefined {
  if (/^\d+$/.test(kind)) return random(Number(kind), undefined, seed);
  const alphabet = alphabets[kind];
  if (alphabet !== undefined) return random(Number(argument), alphabet, seed);
  if (kind === "checked") return checkedToken(argument, seed);
  if (kind === "uuid") return [8, 4, 4, 4, 12].map((length, place) => randomHex(length, seed + place)).join("-");
  if (kind === "text") return argument;
  if (kind === "jwt") return webToken({ sub: "1042" });
  return kind === "dashes" ? "-".repeat(5) : undefined;
}
