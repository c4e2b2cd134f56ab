import { oncePerPart } from "../../base/once-per.js";
import { capabilitiesOf } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode, MemberExpression } from "../../facts/syntax.js";
import { type CodeNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler, Route } from "../../model/routes/route.js";
import { callsIn, reachedFunctions } from "./reach.js";

/** What a handler does to let somebody in, itself and in what it calls. */
interface LoginWork {
  /** It keeps who the caller is, or sends them to where that is found out. */
  readonly starts: boolean;
  /** It makes a token. */
  readonly signs: boolean;
  /** It compares a password. */
  readonly compares: boolean;
  /** It hashes one. */
  readonly hashes: boolean;
}

export const loginWork = oncePerPart((model: ProjectModel, handler: Handler): LoginWork => {
  let starts = false;
  let signs = false;
  let compares = false;
  let hashes = false;
  for (const { file, node } of reachedFunctions(model, handler.file, handler.node)) {
    starts ||= keepsPrincipal(node);
    for (const { callee: called } of callsIn(node))
      for (const callee of model.values.of(file, called)) {
        if (callee.kind !== "external") continue;
        const { package: name, subpath, path } = callee.provenance;
        const last = path.at(-1) ?? "";
        const capabilities = capabilitiesOf(name, subpath);
        if (capabilities.includes("token") || name === "@nestjs/jwt") signs ||= /^(sign|signAsync|SignJWT)$/.test(last);
        // `auth.handler(request)`: the library's own routes, which sign callers in and out.
        if (name === "better-auth" && last === "handler") starts = true;
        if (capabilities.includes("auth") && /^(handler|handleAuth|signIn\w*|signUp\w*|login|logIn|setUserSession)$/.test(last)) signs = true;
        // `passport.authenticate(provider)` inside a handler sends the caller to the provider.
        if (name === "passport" && last === "authenticate") starts = true;
        // The way to a provider begins with a state that its answer must bring back.
        if (capabilities.includes("auth") && /^(generateState|createAuthorizationURL|buildAuthorizationUrl|authorizationUrl|randomState)$/.test(last)) starts = true;
        if (capabilities.includes("password-hashing")) {
          compares ||= /^(compare|compareSync|verify)$/.test(last);
          hashes ||= /^hash(Sync)?$/.test(last);
        }
      }
  }
  return { starts, signs, compares, hashes };
});

/** Why a route is where callers come in, though no word of its path says so: `POST /users/jwt`; undefined where it is not. */
export function entryByPassword(model: ProjectModel, route: Route): string | undefined {
  const { method, path, handler, steps } = route;
  if (method !== "POST" || !handler || path.includes(":") || steps.some(({ role, origin }) => /^auth/.test(role) && origin !== "handler")) return undefined;
  const { compares, hashes } = loginWork(model, handler);
  if (compares) return "it compares a password";
  return hashes && isOfAccounts(route) ? "it takes the password of a new account" : undefined;
}

/** `POST /users`: accounts, or how they are entered. */
export function isOfAccounts({ path }: Route): boolean {
  return /\/(users?|accounts?|members?|customers?|auth)$/i.test(path);
}

/** `request.session.userId = user.id`, where nothing asks before who that was. */
function keepsPrincipal({ body = [] }: FunctionNode): boolean {
  const targets = new Set<Expression>();
  const isOfSession = (part: CodeNode): part is MemberExpression => part.kind === "member" && /^(user|userId|uid|account|accountId|isLoggedIn|loggedIn|isAuthenticated|authenticated)$/.test(part.property) && lastName(part.object) === "session";
  someNode(body, (part) => {
    if (part.kind === "assign" && part.target.kind === "member" && isOfSession(part.target) && !(part.value.kind === "literal" && !part.value.value)) targets.add(part.target);
    return false;
  });
  return targets.size > 0 && !someNode(body, (part) => isOfSession(part) && !targets.has(part));
}
