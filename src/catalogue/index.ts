import type { Capability } from "./capabilities.js";
import type { Execution, StoreCall, StoreLibrary } from "./data-access.js";
import { findLibrary, findSubpath } from "./find-library.js";
import type { ApiKind, ApiValue, Library } from "./library.js";
import { type Found, lookUp } from "./look-up.js";
import { isListed } from "./match-name.js";
import type { Provenance } from "./provenance.js";

export type { Capability } from "./capabilities.js";
export type * from "./concerns.js";
export type * from "./data-access.js";
export { findLibrary } from "./find-library.js";
export type { ApiKind, ApiValue, ArgumentPath, Effect, Library, OptionTest } from "./library.js";
export { allEntryNames, entryNames, entryOf } from "./entries.js";
export { awaited, follow, type Found, lookUp } from "./look-up.js";
export { callStep, elementStep, newStep, type Provenance } from "./provenance.js";

/** What a package, or one of its subpaths (empty, or with a slash in front), is for; empty if the catalogue does not know it. */
export function capabilitiesOf(name: string, subpath = ""): readonly Capability[] {
  const found = findSubpath(name, subpath);
  return found?.subpath?.capabilities ?? found?.library.capabilities ?? [];
}

/** Whether a package or subpath is for one of `wanted`. */
export function isFor(name: string, subpath: string, ...wanted: readonly Capability[]): boolean {
  for (const capability of capabilitiesOf(name, subpath)) if (wanted.includes(capability)) return true;
  return false;
}

const remote: readonly Capability[] = ["payment", "sms", "ai", "mail", "http-client"];

/** Whether a package speaks to a service of somebody else, so that its calls are waited for; of one that nobody knows its name tells: `@acme/sdk`, `acme-api-client`. */
export function isOfService(name: string, subpath: string): boolean {
  const known = capabilitiesOf(name, subpath);
  return known.length > 0 ? known.some((capability) => remote.includes(capability)) && !known.includes("queue") : /(^|[-/])(sdk|api|client)(-(node|js|ts|nodejs))?$|-sdk-/.test(name);
}

/** The form in which a value is used: called, constructed (commands of AWS), or put in front of a template. */
export type CallForm = "call" | "new" | "tag";

/** What a call does to a store, with what holds for the whole library filled in. */
export interface StoreAccess {
  readonly library: Library;
  readonly family: StoreLibrary["family"];
  readonly call: StoreCall & { readonly execution: Execution };
  /** What the method is called on; absent for a function that the package exports. */
  readonly receiver: ApiKind | undefined;
}

/**
 * What using the value at `callee` does to a store: `storeAccess(prisma.user.findMany, "call")` is a list read. Undefined
 * if it does nothing to one, or the catalogue does not know it. `version` is the installed one, if known.
 */
export function storeAccess(callee: Provenance, form: CallForm, version?: string): StoreAccess | undefined {
  const found = lookUp(callee, version);
  return found && storeAccessOf(found, form);
}

/** The same for a value that was looked up. */
export function storeAccessOf(found: Found, form: CallForm): StoreAccess | undefined {
  const { value, library } = found;
  const call = form === "tag" ? (value.tag ?? value.store) : value.store;
  if (!call || !library.store) return undefined;
  return { library, family: library.store.family, call: { ...call, execution: call.execution ?? library.store.execution }, receiver: found.owner?.value.is ?? value.is };
}

/** What a value is: client, handle, request, logger, …; undefined if the catalogue does not say. */
export function kindOf(provenance: Provenance): ApiKind | undefined {
  return lookUp(provenance)?.value.is;
}

/** All that the catalogue says of a value; undefined if it does not know it. */
export function describe(provenance: Provenance, version?: string): ApiValue | undefined {
  return lookUp(provenance, version)?.value;
}

/** Kinds of value that reach a store. */
const storeKinds: ReadonlySet<ApiKind> = new Set(["client", "handle", "model", "statement", "cursor", "document", "migrator"]);

/** Whether a value reaches a store: a client, handle, model, builder, document, … of a data-access library. */
export function reachesStore(provenance: Provenance): boolean {
  const found = lookUp(provenance);
  return found?.library.store !== undefined && found.value.is !== undefined && storeKinds.has(found.value.is);
}

/** Whether an export of a data-access package is harmless where the package is not wanted: error classes, enumerations, constants. */
export function isHarmless(provenance: Provenance): boolean {
  return isListed(exportedName(provenance), findLibrary(provenance.package)?.harmless);
}

/** Whether an export of a framework says nothing about the layer that uses it, such as Nest's `Injectable` and `Logger`, or what it helps itself with (`@nestjs/common/utils/shared.utils`). */
export function isNeutral(provenance: Provenance): boolean {
  return /^\/?utils\//.test(provenance.subpath) || isListed(exportedName(provenance), findLibrary(provenance.package)?.neutral);
}

/** Whether a value is a web framework's exception: its class, an instance, or a function that makes one. */
export function isHttpException(provenance: Provenance): boolean {
  if (kindOf(provenance) === "http-exception") return true;
  const library = findLibrary(provenance.package);
  return isListed(exportedName(provenance), library?.httpExceptions) || isListed(provenance.path[0] ?? "", library?.httpExceptions);
}

/** Whether a value is the name of an HTTP status, such as `HttpStatus.NOT_FOUND`. */
export function isHttpStatus(provenance: Provenance): boolean {
  return isListed(provenance.path[0] ?? "", findLibrary(provenance.package)?.httpStatuses);
}

/** Whether a value is a type of a package for something else that holds a request, such as `ExpressContext` of a server of GraphQL. */
export function isHttpContext(provenance: Provenance): boolean {
  return isListed(provenance.path[0] ?? "", findLibrary(provenance.package)?.httpContexts);
}

/** How bad it is for a type of a package to stand in a signature above the repository; undefined if it is not. */
export function leakOf(provenance: Provenance): "error" | "warn" | undefined {
  const leaks = findLibrary(provenance.package)?.leaks;
  const name = exportedName(provenance);
  if (isListed(name, leaks?.error)) return "error";
  return isListed(name, leaks?.warn) ? "warn" : undefined;
}

/** The dotted name of the export that a path begins with: `Prisma.TransactionClient` for an instance of it. */
function exportedName(provenance: Provenance): string {
  const end = provenance.path.findIndex((step) => step.endsWith("()") || step.startsWith("=>") || step === "[]");
  return (end === -1 ? provenance.path : provenance.path.slice(0, end)).join(".");
}
