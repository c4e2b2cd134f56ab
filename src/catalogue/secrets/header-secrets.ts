import { entropyOf } from "./entropy.js";
import { isRandomKey, isSecretValue } from "./secret-values.js";

/**
 * Whether the value of a header holds credentials: an `Authorization` of `Bearer …` with a random token or `Basic …`
 * with a user and password, a `Cookie` that lets somebody in.
 */
export function secretInHeader(name: string, value: string): "authorization-header" | "session-cookie" | undefined {
  // `//registry.acme.io/:_auth=…` of npm is what follows `Basic`.
  if (name === "_auth") return isBasic(value) ? "authorization-header" : undefined;
  if (/^cookie$/i.test(name)) return value.split(";").some(isSession) ? "session-cookie" : undefined;
  if (!/^(proxy-?)?authorization$/i.test(name)) return undefined;
  const [, scheme = "", credentials = ""] = /^(bearer|basic|token|apikey|api-key|key)\s+(\S+)$/i.exec(value) ?? [];
  if (scheme.toLowerCase() === "basic") return isBasic(credentials) ? "authorization-header" : undefined;
  return scheme !== "" && isSecretValue("key", credentials) && entropyOf(credentials) >= 3 ? "authorization-header" : undefined;
}

/** Sessions that a server keeps, and ends by itself before long: what somebody copied out of a browser opens nothing. */
const endsByItself = /^(?:connect\.sid|PHPSESSID|JSESSIONID|ASP\.NET_SessionId|laravel_session|ci_session|_session_id)$/i;

/** `session=…` with a random value. */
function isSession(pair: string): boolean {
  const [, key = "", value = ""] = /^\s*([\w.-]{2,100})=(\S{24,4000})$/.exec(pair) ?? [];
  if (endsByItself.test(key)) return false;
  return /sess|(?:^|[._-])sid$|token|auth|jwt|remember|login|identity/i.test(key) && /\d/.test(value) && /[a-z]/i.test(value) && entropyOf(value) >= 3.5 && !/[${}<>*]|\.\.\./.test(value);
}

function isBasic(credentials: string): boolean {
  // Services that take a key for the whole of it.
  if (isRandomKey(credentials) && !/=$/.test(credentials) && !isEncodedText(credentials)) return true;
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(credentials)) return false;
  const [user = "", password = ""] = Buffer.from(credentials, "base64").toString("latin1").split(":");
  // Services that know their users by a key take it for the name, with no password.
  // The first account of RabbitMQ, which lets it in from its own machine alone.
  if (user === "guest" && password === "guest") return false;
  if (password === "") return isSecretValue("key", user) && user.length >= 20;
  return /^[\x20-\x7e]+$/.test(user) && /^[\x20-\x7e]{4,}$/.test(password);
}

function isEncodedText(credentials: string): boolean {
  return /^[\x20-\x7e]+$/.test(Buffer.from(credentials, "base64").toString("latin1"));
}
