import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findTokens } from "../../../src/catalogue/secrets/find-tokens.js";
import { tokenFormats } from "../../../src/catalogue/secrets/formats.js";
import { markedFormats } from "../../../src/catalogue/secrets/marked.js";
import { piecesOf } from "../../../src/catalogue/secrets/shape.js";
import { privateKey, random, randomHex, webToken } from "../../support/secrets.js";

/** The letters of the shapes, spelled out; without the marks where a token cannot end in one. */
const letters = {
  d: "5274908163",
  h: "0123456789abcdef",
  l: "abcdefghijklmnopqrstuvwxyz0123456789",
  u: "ABCDEFGHJKLMNPQRSTUVWXYZ23456",
  t: "ABCDEFGHJKLMNPQRSTUVWXYZ234567",
  y: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  a: undefined,
  w: undefined,
  b: undefined,
  p: undefined,
} as const;

/** A text of a shape; `short` leaves out the last character that the shape demands. */
function textOf(shape: string, short = false): string {
  const pieces = piecesOf(shape);
  return pieces
    .map((piece, index) => ("text" in piece ? piece.text.slice(0, short && index === pieces.length - 1 ? -1 : undefined) : random(piece.min - (short && index === pieces.length - 1 ? 1 : 0), letters[piece.letter], 7 + index)))
    .join("");
}

describe("findTokens", () => {
  it("knows as many formats as its reference", () => {
    expect(new Set(tokenFormats.map(({ id }) => id)).size + markedFormats.length).toBeGreaterThan(130);
  });

  const named = tokenFormats.map((format) => [`${format.id} ${format.prefix}… ${format.shape}`, format] as const);

  it.each(named)("finds %s", (_name, { id, prefix, shape }) => {
    const token = prefix + textOf(shape);
    expect(findTokens(`const a = "${token}";`)).toEqual([{ format: id, start: 11, end: 11 + token.length }]);
  });

  it.each(named)("stays silent on %s, cut short", (_name, { prefix, shape }) => {
    const found = findTokens(`const a = "${prefix}${textOf(shape, true)}";`).map(({ format }) => format);
    // The shorter text may be whole in another shape of the same provider.
    expect(tokenFormats.some((other) => found.includes(other.id) && other.prefix.startsWith(prefix.slice(0, 3)) && other.shape !== shape) ? [] : found).toEqual([]);
  });

  it("believes a checksum more than a word that looks like a placeholder", () => {
    const body = `${random(22)}example0`;
    let rest = crc32(body);
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let tail = "";
    for (let count = 0; count < 6; count++, rest = Math.floor(rest / 62)) tail = (digits[rest % 62] ?? "") + tail;
    expect(findTokens(`"ghp_${body}${tail}"`).map(({ format }) => format)).toEqual(["github-token"]);
    expect(findTokens(`"ghp_${body}${tail.split("").reverse().join("")}"`)).toEqual([]);
  });

  it.each([
    ["a web token", webToken({ sub: "42", scope: "admin" }), "json-web-token"],
    ["a private key", privateKey(), "private-key"],
    ["a private key with escaped line breaks", privateKey("PRIVATE KEY", "\\n"), "private-key"],
    ["an OpenSSH key", privateKey("OPENSSH PRIVATE KEY"), "private-key"],
    ["a Slack webhook", ["https://hooks", "slack", `com/services/T${random(8, "ABCDEFGH23456")}/B${random(9, "ABCDEFGH23456")}/${random(24)}`].join("."), "slack-webhook"],
    ["an Azure storage key", `AccountName=x;Account${"Key"}=${random(86)}==;`, "azure-storage-key"],
    ["a Mailchimp key", `${randomHex(32)}-${"us"}12`, "mailchimp-key"],
    ["a Telegram bot token in the address of a call", `https://api.telegram.org/bot${random(9, "123456789")}:${"AA"}${random(33)}/sendMessage`, "telegram-bot-token"],
    ["a Telegram bot token", `${random(9, "123456789")}:${"AA"}${random(33)}`, "telegram-bot-token"],
    ["a Twilio key", `${"S"}K${randomHex(32)}`, "twilio-key"],
    ["a Discord bot token", [Buffer.from(random(18, "123456789")).toString("base64url").replace(/^./, "M"), random(6), random(27)].join("."), "discord-bot-token"],
    ["a Firebase server key", [`AAAA${random(7)}`, `APA91b${random(134)}`].join(":"), "firebase-server-key"],
    ["a New Relic licence", `${randomHex(36)}${"NR"}AL`, "newrelic-license"],
    ["an Azure DevOps token", `${random(76)}${"AZ"}DO${random(4)}`, "azure-devops-token"],
    ["a MaxMind key", `${random(6)}_${random(29)}_${"m"}mk`, "maxmind-key"],
    ["a Facebook app token", `${random(16, "123456789")}|${random(27)}`, "facebook-app-token"],
    ["a Twitter bearer token", "A".repeat(22) + random(90, "BCDEFGHabcdefgh123456789"), "twitter-bearer-token"],
    ["a password in a query", `jdbc:postgresql://db.acme.io/shop?user=app&${"pass"}word=${random(9)}7`, "password-in-query"],
    ["an Azure client secret", `${random(3)}8Q~${random(34)}`, "azure-client-secret"],
    ["a Teams webhook", `https://acme.${"webhook"}.office.com/webhookb2/${[8, 4, 4, 4, 12].map((length) => randomHex(length)).join("-")}@${[8, 4, 4, 4, 12].map((length) => randomHex(length)).join("-")}/IncomingWebhook/${randomHex(32)}/x`, "teams-webhook"],
    ["a Discord webhook", `https://discord.com/api/${"web"}hooks/${random(18, "123456789")}/${random(68)}`, "discord-webhook"],
    ["an Azure shared access key", `Endpoint=sb://x/;SharedAccess${"Key"}=${random(43)}=`, "azure-service-bus-key"],
    ["an old OpenAI key", `sk-${random(20)}T3Blbk${"FJ"}${random(20)}`, "openai-key"],
    ["a Terraform token", `${random(14)}.atlas${"v1"}.${random(64)}`, "terraform-token"],
    ["a Mapbox token", `sk.${"ey"}J${random(70)}.${random(22)}`, "mapbox-secret"],
    ["a Paddle key", `pd${"l"}_sdbx_apikey_${random(26, "abcdefghijklmnopqrstuvwxyz0123456789")}_${random(22)}_${random(3)}`, "paddle-key"],
    ["an Airtable token", `pa${"t"}${random(14)}.${randomHex(64)}`, "airtable-token"],
    ["a Facebook token", `EA${"AM"}${random(120)}`, "facebook-token"],
    ["a Braintree token", `access_token$${"prod"}uction$${random(16, "abc123xyz")}$${randomHex(32)}`, "braintree-token"],
    ["a password of SQL Server", `Server=x;${"Pass"}word=${random(12)};Encrypt=true`, "sql-server-password"],
    ["a key in a query", `https://api.acme.io/?api_${"key"}=${random(32)}`, "key-in-query"],
    ["a LinkedIn secret", `WPL_${"AP"}1.${random(20)}`, "linkedin-secret"],
    ["a password in a URL", `postgres://${"app"}:${random(14)}@db.acme.io:5432/main`, "url-credentials"],
    ["a password in a Redis URL without a user", `redis://${""}:${random(20)}@cache.acme.io:6379`, "url-credentials"],
  ])("finds %s", (_name, text, format) => {
    expect(findTokens(`value = '${text}'`).map((token) => token.format)).toEqual([format]);
  });

  it.each([
    ["a URL without credentials", "postgres://db.acme.io:5432/main"],
    ["a URL whose password is put in later", "postgres://app:${password}@db.acme.io:5432/main"],
    ["the password of every local database", "postgres://postgres:postgres@localhost:5432/main"],
    ["a password that is crossed out", `rediss://default:A${"x".repeat(40)}A@cache.acme.io:6379`],
    ["a placeholder password", "mongodb://user:<password>@cluster.mongodb.net"],
    ["the head of a private key", `key.includes("${"-".repeat(5)}BEGIN PRIVATE KEY${"-".repeat(5)}") && key.length > 100 && somethingElse(key, "with more text behind it")`],
    ["a private key without a body", privateKey().replaceAll(/[A-Za-z0-9]{64}/g, "...")],
    ["a public key", privateKey("PUBLIC KEY")],
    ["a private key that is cut short", privateKey().replace(/\n(?=-----END)/, ".\n")],
    ["a certificate", privateKey("CERTIFICATE")],
    ["a pattern of a token", "/gh[pousr]_[A-Za-z0-9]{36}/"],
    ["a token made of one character", `ghp_${"x".repeat(36)}`],
    ["a token that says it is an example", `AKIA${"IOSFODNN7"}EXAMPLE`],
    ["the web token of documentation", webToken({ sub: "1234567890", name: "John Doe" })],
    ["a prefix inside a word", `xghp_${random(36)}`],
    ["an integrity string", `sha512-${random(86)}==`],
    ["what comes up in a picture by chance", `data:image/png;base64,${random(40)}/EA${"AM"}${random(120)}+SK${randomHex(32)}==`],
    ["a mark inside a word", `${random(4)}EA${"AM"}${random(120)}`],
    ["the password of an example", "HOST=https://TestUser:passw0rd@cloud.example.com/files"],
    ["an object path", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p"],
  ])("stays silent on %s", (_name, text) => {
    expect(findTokens(text)).toEqual([]);
  });

  it("reads a long text in time that grows with its length", () => {
    const text = `://a:b@ ${"-".repeat(5)}BEGIN PRIVATE KEY${"-".repeat(5)} eyJ0 AccountKey= Q~ `.repeat(20_000);
    const started = performance.now();
    findTokens(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
