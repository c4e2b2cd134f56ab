/** Texts that look like secrets, the same on every run, put together when a case is read. */
import { crc32 } from "node:zlib";

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const ALPHABETS = {
  hex: `${DIGITS}abcdef`,
  digits: DIGITS,
  letters: LOWER + UPPER,
  upper: UPPER + DIGITS,
  lowerdigits: LOWER + DIGITS,
  base32: `${UPPER}234567`,
  base62: DIGITS + UPPER + LOWER,
  base64: `${UPPER}${LOWER}${DIGITS}+/`,
  base64url: `${UPPER}${LOWER}${DIGITS}-_`,
};

function generator() {
  let state = 11;
  return (length, alphabet) =>
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return alphabet[Math.floor((state / 2_147_483_648) * alphabet.length)];
    }).join("");
}

/** The checksum that ends GitHub's and npm's tokens: CRC-32 of the text before it, in six digits of base 62. */
function withChecksum(prefix, body) {
  let rest = crc32(body);
  let tail = "";
  while (tail.length < 6) {
    tail = ALPHABETS.base62[rest % 62] + tail;
    rest = Math.floor(rest / 62);
  }
  return `${prefix}${body}${tail}`;
}

/** A function that puts a value in the place of every `{{kind argument}}` of a text. */
export function valueMaker() {
  const random = generator();
  const encoded = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  const dashes = "-".repeat(5);
  const pem = (kind, lineBreak) =>
    [`${dashes}BEGIN ${kind}${dashes}`, random(64, ALPHABETS.base64), random(64, ALPHABETS.base64), `${dashes}END ${kind}${dashes}`].join(lineBreak);
  const makers = {
    github: (prefix) => withChecksum(prefix, random(30, ALPHABETS.base62)),
    jwt: () => [encoded({ alg: "HS256", typ: "JWT" }), encoded({ sub: "1042", name: "Jo", iat: 1_700_000_000 }), random(43, ALPHABETS.base64url)].join("."),
    uuid: () => [8, 4, 4, 4, 12].map((length) => random(length, ALPHABETS.hex)).join("-"),
    pem: (kind) => pem(kind, "\n"),
    pemline: (kind) => pem(kind, "\\n"),
    discord: (digits) => encoded(random(Number(digits), "123456789")),
    dashes: () => dashes,
    open: () => "{{",
    example: () => "EXAMPLE",
    basic: () => Buffer.from(["svc", "R4inyDay#5"].join(":")).toString("base64"),
    base64password: () => Buffer.from(random(24, ALPHABETS.base62)).toString("base64"),
    gif: () => `data:image/gif;base64,${Buffer.from("GIF89a").toString("base64")}${random(40, ALPHABETS.base64)}`,
    bundle: () => Array.from({ length: 200 }, (_, index) => `function ${random(2, LOWER)}${index}(e,t){return e[${index}]=t,n(${index})}`).join(";"),
  };
  return (text) =>
    text.replace(/\{\{(\w+) ?([^}]*)\}\}/g, (_, kind, argument) => {
      const alphabet = ALPHABETS[kind];
      if (alphabet !== undefined) return random(Number(argument), alphabet);
      const maker = makers[kind];
      if (maker === undefined) throw new Error(`no such value: ${kind}`);
      return maker(argument);
    });
}
