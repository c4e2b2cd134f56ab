import { describe, expect, it } from "vitest";
import { judgeNamedSecret } from "../../../src/catalogue/secrets/named-secrets.js";
import { random, randomHex } from "../../support/secrets.js";

/** The public key of an account of Stellar by its form: `G`, then base32. */
const issuer = `GB${random(54, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;

const uuid = [8, 4, 4, 4, 12].map((length) => randomHex(length, length)).join("-");

describe("judgeNamedSecret", () => {
  it.each([
    ["HETZNER_TOKEN", random(64)],
    ["LINODE_TOKEN", randomHex(64)],
    ["POSTMARK_TOKEN", uuid],
    ["SNYK_TOKEN", uuid],
    ["RAILWAY_TOKEN", uuid],
    ["algoliaKey", randomHex(32)],
    ["DATADOG_KEY", randomHex(32)],
    ["fastlyKey", random(32)],
    ["cohereKey", random(40)],
    ["mandrillKey", random(22)],
    ["gocardlessToken", `live_${random(40)}`],
    ["mailgunKey", `key-${randomHex(32)}`],
    ["trelloToken", randomHex(64)],
    ["twitchToken", random(30, "abcdefghijklmnopqrstuvwxyz0123456789")],
    ["wallet_key", `0x${randomHex(64)}`],
  ])("takes %s for a secret of its provider", (name, value) => {
    expect(judgeNamedSecret(name, value)).toBe("key");
  });

  it.each([
    ["POSTMARK_TEMPLATE", uuid],
    ["orderToken", uuid],
    ["HETZNER_TOKEN", "machines-of-the-fleet"],
    ["HETZNER_PAGE_TOKEN", random(20)],
    ["SNYK_ORG_ID", uuid],
    ["algoliaIndex", randomHex(32)],
    ["algoliaPublicKey", randomHex(32)],
    ["walletAddress", `0x${randomHex(40)}`],
    ["token", `0x${randomHex(40)}`],
    ["token", `USDX:${issuer}`],
    ["tokenKey", issuer],
    ["rewardTokens", `0x${randomHex(40)}`],
    ["etagKey", randomHex(32)],
  ])("leaves %s alone where its form or its name fits no provider", (name, value) => {
    expect(judgeNamedSecret(name, value)).toBeUndefined();
  });

  it("takes letters of changing case for a password by its name, and words for none", () => {
    expect(judgeNamedSecret("dbPassword", random(20, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 23))).toBe("password");
    expect(judgeNamedSecret("dbPassword", "ForgottenPasswordPage")).toBeUndefined();
    expect(judgeNamedSecret("dbPassword", "storedElsewhereForNow")).toBeUndefined();
    expect(judgeNamedSecret("dbPassword", "userNameAndPassWord")).toBeUndefined();
    expect(judgeNamedSecret("dbPassword", "HTTPServerAPIKeyName")).toBeUndefined();
  });

  it.each([
    ["NGROK_TOKEN", random(49), "token"],
    ["ngrokToken", random(49), "token"],
    ["partner-token", randomHex(40), "token"],
    ["INFLUXDB_INIT_TOKEN", random(86), "token"],
    ["META_VERIFY_TOKEN", "acme_webhook_secret_2025", "token"],
    ["userTokenKey", random(60), "token"],
    ["PROD_PASS", "H4RV3ST", "password"],
    ["DB_PASSWORD_LOGGING", random(32), "password"],
    ["PRIVATE_KEY", random(2_000), "key"],
    ["JWT_SECRET_ADMIN", random(32), "key"],
    ["jwtSecretMobile", random(32), "key"],
  ])("takes %s for a secret by its value, whoever owns it", (name, value, kind) => {
    expect(judgeNamedSecret(name, value)).toBe(kind);
  });

  it.each([
    ["TOKEN_KEY", "x-access-token-v2"],
    ["tokenKey", "auth_token"],
    ["password", "___PROTECTED___"],
    ["NEXT_PAGE_TOKEN", random(40)],
    ["GAS_TOKEN", random(40)],
    ["nextPageToken", random(40)],
    ["siteVerificationToken", random(43)],
    ["partnerToken", "orders-of-partners"],
    ["RESET_TOKEN", random(40)],
    ["BUILD_PASS", "h4rvest"],
    ["JWT_SECRET_TEST", random(32)],
    ["DB_PASSWORD", "%harvest_pass%"],
    ["OAUTH_REFRESH_TOKEN", "1//fjkdsljfkdlsjfkdlsjfiewjfoiwejfoiwe"],
  ])("leaves %s alone", (name, value) => {
    expect(judgeNamedSecret(name, value)).toBeUndefined();
  });

  it("tells the hash of an account's password from a password", () => {
    const hash = randomHex(32);
    expect(judgeNamedSecret("password", hash, ["id", "username", "password", "nickName"])).toBeUndefined();
    expect(judgeNamedSecret("password", hash, ["host", "user", "password"])).toBe("password");
  });
});
