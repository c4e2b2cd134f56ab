import { isFor, isNeutral, type Provenance } from "../../catalogue/index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { ExternalValue } from "../../model/values/value.js";

/**
 * Whether a class of the file is what a web framework, or its authentication, asks for: it implements a type of theirs
 * (`implements TokenService`) or extends a store (`extends Store`), and speaks in their words for it.
 */
export function isAskedByFramework(model: ProjectModel, file: string): boolean {
  const isAsked = ({ provenance }: ExternalValue): boolean => isFor(provenance.package, provenance.subpath, "web-framework", "auth") && !isNeutral(provenance);
  return model.values.index(file).classes.some(({ extends: base, implements: ports = [] }) => {
    const bases = base ? model.values.of(file, base.value).filter((value) => value.kind === "external" && stores.test(value.provenance.path[0] ?? "")) : [];
    return [...bases, ...ports.flatMap((port) => model.values.ofType(file, port))].some((value) => value.kind === "external" && isAsked(value));
  });
}

/** What a framework keeps sessions and uploads in. */
const stores = /(?:Store(?:Adapter)?|StorageEngine)$/;

/** Whether a name of a web framework is of a request that is answered, and not of what answers requests. */
export function isOfRequest({ path: [name = ""] }: Provenance): boolean {
  return /request|response|reply|context|event|cookie|header|nextfunction/i.test(name);
}
