/**
 * Texts that look like secrets, put together when a test runs, so that no committed file holds one.
 */
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
