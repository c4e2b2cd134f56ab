import type { FunctionNode } from "../../facts/syntax.js";
import type { Origin } from "./origin.js";
import type { ProjectModel } from "../project-model.js";

/** Packages that hand over the entries of an archive under the names which it has for them; others refuse `../` or take it off. */
const handing = /^(adm-zip|unzipper|unzip|unzip-stream|tar-stream)$/;

/** Whether an origin is the name that an archive has for one of its entries: `zip.getEntries()[0].entryName`. Whoever made the archive chose it. */
export function isEntryName(model: ProjectModel, { file, node, path }: Origin): boolean {
  return path.some((key) => key === "entryName" || key === "path") && model.values.of(file, node).some((value) => value.kind === "external" && handing.test(value.provenance.package));
}

/** Whether a function is given the entries of an archive one by one: `archive.on("entry", (entry) => …)`. */
export function takesEntries(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const passedTo = model.values.index(file).functions.get(node)?.passedTo;
  if (passedTo?.argument !== 1 || passedTo.call.callee.kind !== "member" || passedTo.call.callee.property !== "on") return false;
  const [event] = passedTo.call.arguments;
  return event?.kind === "literal" && event.value === "entry" && model.facts(file).imports.some(({ specifier }) => specifier !== undefined && handing.test(specifier));
}
