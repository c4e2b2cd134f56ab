import { walkAll } from "../../facts/walk.js";
import type { Handler, Route } from "../../model/routes/route.js";

/** `const { code, state } = req.query`: what an identity provider, or one that an application is installed at, sends the browser back with, wherever that is. */
export function takesLoginAnswer({ node }: Handler): boolean {
  const names = namesOf({ node });
  return names.some((name) => /^(code|installation_?[iI]d)$/.test(name)) && names.some((name) => /^(state|nonce|codeVerifier|code_verifier|redirect_uri|redirectUri)$/.test(name));
}

/** Whether a route is where a login elsewhere ends, though no word of its path says so: it is read, takes a code and a state, and makes a token of them. */
export function endsLogin({ method, handler }: Route): boolean {
  return method === "GET" && handler !== undefined && takesLoginAnswer(handler) && namesOf(handler).some((name) => /token|oauth|exchange/i.test(name));
}

/** What a handler reads: the keys of what it answers with, and the state that a framework keeps beside a request, are none of it. */
function namesOf({ node }: Pick<Handler, "node">): readonly string[] {
  const names = new Set<string>();
  walkAll([...node.parameters.map(({ target }) => target), ...(node.body ?? [])], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "name" || part.kind === "binding") names.add(part.name);
    else if (part.kind === "object-pattern") for (const { key } of part.properties) if (key !== undefined) names.add(key);
    if (part.kind === "member" && !(part.property === "state" && part.object.kind === "name" && /^(c|ctx|context)$/.test(part.object.name))) names.add(part.property);
    return undefined;
  });
  return [...names];
}
