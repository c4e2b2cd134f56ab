import type { Provenance } from "../../src/catalogue/provenance.js";

/** Reads `drizzle-orm/node-postgres:drizzle.().select`: an import's specifier, a colon, and the steps. */
export function provenanceOf(text: string): Provenance {
  const colon = text.lastIndexOf(":");
  const specifier = text.slice(0, colon);
  const path = text.slice(colon + 1).split(".");
  if (specifier.startsWith("node:")) return { package: specifier, subpath: "", path };
  const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return { package: name, subpath: specifier.slice(name.length), path };
}
