import { isFor } from "../catalogue/index.js";
import type { PersonalDataCategory } from "../catalogue/lexicon/personal-data.js";
import type { Expression } from "../facts/syntax.js";
import type { Look } from "./exposure.js";

/** What a variable holds by what is done with it, whatever it is called: `jwt.verify(raw, key)` takes a token, `mongoose.connect(target)` an address with a password in it. */
export function usedAs({ model, file }: Look, { binding }: Expression & { readonly kind: "name" }): PersonalDataCategory | undefined {
  for (const { node } of model.values.index(file).calls) {
    const [given] = node.arguments;
    if (node.kind !== "call" || given?.kind !== "name" || binding === undefined || given.binding !== binding) continue;
    if (model.dataAccess.at(file, node)?.role === "connect") return "credential";
    const verifies = model.values.of(file, node.callee).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "token") && /^(?:verify(?:Async)?|decode|jwtVerify|jwtDecrypt|decodeJwt|jwtDecode)$/.test(value.provenance.path.at(-1) ?? ""));
    if (verifies) return "token";
  }
  return undefined;
}
