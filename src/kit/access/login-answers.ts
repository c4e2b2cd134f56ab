import type { Handler, Route } from "../../model/routes/route.js";
import { namesIn } from "../routes/handlers.js";

/** `const { code, state } = req.query`: what an identity provider, or one that an application is installed at, sends the browser back with, wherever that is. */
export function takesLoginAnswer({ node }: Handler): boolean {
  const names = namesOf({ node });
  return names.some((name) => /^(code|installation_?[iI]d)$/.test(name)) && names.some((name) => /^(state|nonce|codeVerifier|code_verifier|redirect_uri|redirectUri)$/.test(name));
}

/** Whether a route is where a login elsewhere ends, though no word of its path says so: it is read, takes a code and a state, and makes a token of them. */
export function endsLogin({ method, handler }: Route): boolean {
  return method === "GET" && handler !== undefined && takesLoginAnswer(handler) && namesOf(handler).some((name) => /token|oauth|exchange/i.test(name));
}

const namesOf = ({ node }: Pick<Handler, "node">): readonly string[] => [...namesIn([...node.parameters.map(({ target }) => target), ...(node.body ?? [])])];
