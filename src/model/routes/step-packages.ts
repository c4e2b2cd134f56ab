import { describe, type Middleware } from "../../catalogue/index.js";
import { propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";
import { takesAnything } from "./loose-schemas.js";
import type { StepRole } from "./route.js";
import type { Judgement } from "./step-judgement.js";
import { partsOf } from "./step-parts.js";

const roleOfMiddleware: Readonly<Record<Middleware["role"], StepRole>> = {
  auth: "auth", attach: "auth-attach", authz: "authz", "rate-limit": "rate-limit", "rate-limit-exemption": "unlimited", validation: "validation", "body-parser": "context", "request-id": "context", "request-log": "context", context: "context",
  idempotency: "idempotency", pagination: "pagination", "error-handler": "context", "error-wrapper": "error-wrapper", "security-headers": "context", cors: "context", compression: "context", session: "context", static: "context", docs: "context", "webhook-signature": "auth", upload: "context",
};

/** A plugin with what it is given, where the framework calls it. */
interface Registered {
  readonly plugin: Expression;
  readonly options: Expression | undefined;
}

/** What a step is by the package that it is taken from. */
export function ofPackage(model: ProjectModel, file: string, value: ExternalValue, used: Expression | Registered): Judgement | undefined {
  const { provenance } = value;
  const middleware = describe(provenance.path.length === 0 ? { ...provenance, path: ["default"] } : provenance)?.middleware;
  // `helmet.referrerPolicy()` is of what `helmet()` is for.
  const [whole = "default"] = provenance.path;
  const around = middleware ? undefined : describe({ ...provenance, path: [provenance.path.length > 1 ? whole : "default"] })?.middleware;
  if (around && roleOfMiddleware[around.role] === "context") return { role: "context" };
  if (middleware && (middleware.direct === true || "plugin" in used || used.kind === "call" || used.kind === "new")) return fromCatalogue(model, file, middleware, used);
  return ofMade(model, value);
}

/** The value is what a call of a known factory gave, here or elsewhere: `export const limiter = rateLimit({ … })`. */
export function ofMade(model: ProjectModel, { provenance, site }: ExternalValue): Judgement | undefined {
  // `jwt({ … }).unless({ path })` refuses as `jwt({ … })` does, with exceptions that its author wrote down.
  const path = provenance.path.at(-2) === "unless" ? provenance.path.slice(0, -2) : provenance.path;
  const calls = path.filter((step) => step === "()" || step === "new()").length;
  const middleware = path.at(-1) === "()" || path.at(-1) === "new()" ? describe({ ...provenance, path: path.slice(0, -1) })?.middleware : undefined;
  // The site is that of the first call; the options of a later one are not at hand.
  return middleware && fromCatalogue(model, site?.file ?? "", middleware, calls === 1 ? site?.node : undefined);
}

function fromCatalogue(model: ProjectModel, file: string, middleware: Middleware, used: Expression | Registered | undefined): Judgement {
  const role = roleOfMiddleware[middleware.role];
  const given = argumentsOf(used);
  if (role === "auth" && isOptional(model, file, given, middleware)) return { role: "auth-attach", optional: true };
  if (role === "rate-limit" && isOptional(model, file, given, middleware)) return { role: "context" };
  // `@SkipThrottle({ chat: true })` leaves the other limits as they are.
  if (role === "unlimited") return { role: given[0]?.kind === "object" && propertyOf(given[0], "default") === undefined && given[0].members.length > 0 ? "context" : role };
  if (role !== "validation") return { role };
  const parts = used && "kind" in used && used.kind === "call" ? partsOf(model, file, used) : [];
  return { role, enforced: !given.some((one) => takesAnything(model, file, one)), ...(parts.length > 0 && { parts }) };
}

function argumentsOf(used: Expression | Registered | undefined): readonly Expression[] {
  if (!used) return [];
  if ("plugin" in used) return used.options ? [used.plugin, used.options] : [used.plugin];
  return used.kind === "call" || used.kind === "new" ? used.arguments : [];
}

/** `expressjwt({ credentialsRequired: false })`, `passport.authenticate(["jwt", "anonymous"])` and their kin, also behind constants. */
function isOptional(model: ProjectModel, file: string, given: readonly Expression[], { optionalWhen = [] }: Middleware): boolean {
  return optionalWhen.some(({ at, is }) => {
    const [index = "0", ...keys] = at.split(".");
    let node: Expression | undefined = given[index === "last" ? given.length - 1 : Number(index)];
    for (const key of keys) {
      const object = node && model.values.of(file, node).find((value) => value.kind === "object");
      node = object?.kind === "object" ? propertyOf(object.node, key) : undefined;
    }
    const alternatives = node?.kind === "array" ? node.elements : node ? [node] : [];
    return alternatives.some((one) => one.kind === "literal" && one.value === is);
  });
}
