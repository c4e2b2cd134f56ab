import { describe, expect, it } from "vitest";
import { likelySecretNameOf, secretNameOf, secretWord } from "../../../src/catalogue/secrets/secret-names.js";

describe("the word that every name of a secret has", () => {
  const names = ["password", "PGPASSWORD", "dbPasswd", "SMTP_PWD", "mailPass", "passphrase", "apiKey", "SIGNING_KEYS", "VNP_HASHSECRET", "clientSecretStr", "secretOrKey", "pepper", "refreshToken", "GH_TOKEN", "credentials", "bearer", "MNEMONIC", "seedPhrase", "NGROK_TOKEN", "PROD_PASS", "API_KEY_OF_INVOICES"];

  it.each(names)("stands in %s, which promises one", (name) => {
    expect(secretNameOf(name) ?? likelySecretNameOf(name)).toBeDefined();
    expect(secretWord.test(name)).toBe(true);
  });

  it("stands in no other name", () => {
    expect(["port", "databaseUrl", "LOG_LEVEL"].filter((name) => secretWord.test(name))).toEqual([]);
  });
});
