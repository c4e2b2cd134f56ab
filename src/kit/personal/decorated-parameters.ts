import { lastName } from "../../facts/names.js";
import type { BindingSource } from "../../model/modules/file-index.js";

/** What a framework's decorator takes a parameter from: `authorization` of `@Headers("authorization") given: string`; undefined where none says. */
export function decoratedName(source: Extract<BindingSource, { kind: "parameter" }>): string | undefined {
  if (source.path.length > 0) return undefined;
  for (const { value } of source.function.parameters[source.index]?.decorators ?? []) {
    if (value.kind === "call" && /^(?:Ip|RealIP)$/.test(lastName(value.callee))) return "ip address";
    const [name] = value.kind === "call" && /^(?:Headers?|Body|Query|Param|Cookies?|Args|HeaderParam|BodyParam|QueryParam|CookieParam)$/.test(lastName(value.callee)) ? value.arguments : [];
    if (name?.kind === "literal" && typeof name.value === "string") return name.value;
  }
  return undefined;
}
