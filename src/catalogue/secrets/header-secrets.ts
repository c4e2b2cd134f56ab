import { entropyOf } from "./entropy.js";
import { isSecretValue } from "./secret-values.js";

/**
 * Whether the value of an `Authorization` header holds credentials: `Bearer …` with a random token, `Basic …` with
 * a user and password.
 */
export function secretInHeader(name: string, value: string): "authorization-header" | undefined {
  if (!/^(proxy-?)?authorization$/i.test(name)) return undefined;
  const [, scheme = "", credentials = ""] = /^(bearer|basic|token|apikey|api-key|key)\s+(\S+)$/i.exec(value) ?? [];
  if (scheme.toLowerCase() === "basic") return isBasic(credentials) ? "authorization-header" : undefined;
  return scheme !== "" && isSecretValue("key", credentials) && entropyOf(credentials) >= 3 ? "authorization-header" : undefined;
}

function isBasic(credentials: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(credentials)) return false;
  const [user = "", password = ""] = Buffer.from(credentials, "base64").toString("latin1").split(":");
  return /^[\x20-\x7e]+$/.test(user) && /^[\x20-\x7e]{4,}$/.test(password);
}
