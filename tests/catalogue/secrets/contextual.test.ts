import { describe, expect, it } from "vitest";
import { judgeNamedSecret } from "../../../src/catalogue/secrets/named-secrets.js";
import { random, randomHex } from "../../support/secrets.js";

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
    ["HETZNER_TOKEN", random(20)],
    ["SNYK_ORG_ID", uuid],
    ["algoliaIndex", randomHex(32)],
    ["algoliaPublicKey", randomHex(32)],
    ["walletAddress", `0x${randomHex(40)}`],
    ["etagKey", randomHex(32)],
  ])("leaves %s alone where its form or its name fits no provider", (name, value) => {
    expect(judgeNamedSecret(name, value)).toBeUndefined();
  });
});
