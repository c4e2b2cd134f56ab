import { crc32 } from "node:zlib";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Whether the last six characters of a token's body are the CRC-32 of those before it in base 62, as in the tokens of
 * GitHub (https://github.blog/engineering/behind-githubs-new-authentication-token-formats/) and npm.
 */
export function endsWithChecksum(body: string): boolean {
  let rest = crc32(body.slice(0, -6));
  let tail = "";
  for (let count = 0; count < 6; count++) {
    tail = (digits[rest % 62] ?? "") + tail;
    rest = Math.floor(rest / 62);
  }
  return body.endsWith(tail);
}
