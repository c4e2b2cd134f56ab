import { describe, expect, it } from "vitest";
import { findTokens } from "../../../src/catalogue/secrets/find-tokens.js";
import { tokenFormats } from "../../../src/catalogue/secrets/formats.js";
import { privateKey, random, randomHex, webToken } from "../../support/secrets.js";

const hex = "0123456789abcdef";
const bodies = {
  hex: [hex], base62: [undefined], base64url: [undefined], base64: [undefined], lower36: ["abcdefghijklmnopqrstuvwxyz0123456789"],
  upper36: ["ABCDEFGHJKLMNPQRSTUVWXYZ234567"], dashed: [undefined], dotted: [undefined],
} as const;

describe("findTokens", () => {
  it.each(tokenFormats.map((format) => [`${format.id} ${format.prefix}`, format] as const))("finds %s", (_name, format) => {
    const token = format.prefix + random(format.min, bodies[format.alphabet][0]);
    expect(findTokens(`const a = "${token}";`)).toEqual([{ format: format.id, start: 11, end: 11 + token.length }]);
  });

  it.each([
    ["a web token", webToken({ sub: "42", scope: "admin" }), "json-web-token"],
    ["a private key", privateKey(), "private-key"],
    ["a private key with escaped line breaks", privateKey("PRIVATE KEY", "\\n"), "private-key"],
    ["an OpenSSH key", privateKey("OPENSSH PRIVATE KEY"), "private-key"],
    ["a Slack webhook", ["https://hooks", "slack", `com/services/T${random(8, "ABCDEFGH23456")}/B${random(9, "ABCDEFGH23456")}/${random(24)}`].join("."), "slack-webhook"],
    ["an Azure storage key", `AccountName=x;Account${"Key"}=${random(86)}==;`, "azure-storage-key"],
    ["a Mailchimp key", `${randomHex(32)}-${"us"}12`, "mailchimp-key"],
    ["a Telegram bot token", `${random(9, "123456789")}:${"AA"}${random(33)}`, "telegram-bot-token"],
    ["a Twilio key", `${"S"}K${randomHex(32)}`, "twilio-key"],
    ["a password in a URL", `postgres://${"app"}:${random(14)}@db.acme.io:5432/main`, "url-credentials"],
    ["a password in a Redis URL without a user", `redis://${""}:${random(20)}@cache.acme.io:6379`, "url-credentials"],
  ])("finds %s", (_name, text, format) => {
    expect(findTokens(`value = '${text}'`).map((token) => token.format)).toEqual([format]);
  });

  it.each([
    ["a URL without credentials", "postgres://db.acme.io:5432/main"],
    ["a URL whose password is put in later", "postgres://app:${password}@db.acme.io:5432/main"],
    ["the password of every local database", "postgres://postgres:postgres@localhost:5432/main"],
    ["a placeholder password", "mongodb://user:<password>@cluster.mongodb.net"],
    ["the head of a private key", `key.includes("${"-".repeat(5)}BEGIN PRIVATE KEY${"-".repeat(5)}") && key.length > 100 && somethingElse(key, "with more text behind it")`],
    ["a private key without a body", privateKey().replaceAll(/[A-Za-z0-9]{64}/g, "...")],
    ["a public key", privateKey("PUBLIC KEY")],
    ["a certificate", privateKey("CERTIFICATE")],
    ["a pattern of a token", "/gh[pousr]_[A-Za-z0-9]{36}/"],
    ["a token made of one character", `ghp_${"x".repeat(36)}`],
    ["a token that says it is an example", `AKIA${"IOSFODNN7"}EXAMPLE`],
    ["the web token of documentation", webToken({ sub: "1234567890", name: "John Doe" })],
    ["a prefix inside a word", `xghp_${random(36)}`],
    ["an integrity string", `sha512-${random(86)}==`],
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
