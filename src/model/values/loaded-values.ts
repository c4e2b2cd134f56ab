import type { Expression } from "../../facts/syntax.js";
import { loadedInLoop } from "./loaded-modules.js";
import { collect, type Value } from "./value.js";
import type { Values } from "./values.js";

/** Whether a callee is `require`, or one that `createRequire` made. */
export function isRequire(values: Values, file: string, callee: Expression): boolean {
  // In `require("express").Router()` the outer call begins where the inner one does.
  if (callee.kind !== "name") return false;
  if (callee.binding === undefined) return callee.name === "require";
  return values.model.facts(file).imports.some((fact) => fact.form === "require" && fact.span[0] === callee.span[0]);
}

/** What `require(path)` and `import(path)` give: one module, or those of a loop over files. */
export function valuesOfLoad(values: Values, file: string, load: Expression, path: Expression | undefined): readonly Value[] {
  const specifier = path && values.text(file, path);
  return specifier === undefined && path ? collect(loadedInLoop(values.model, file, load), (one) => loaded(values, file, one)) : loaded(values, file, specifier);
}

function loaded(values: Values, file: string, specifier: string | undefined): readonly Value[] {
  if (specifier === undefined) return [];
  const target = values.model.resolve(file, specifier);
  if (target.kind === "file") {
    const whole = values.model.facts(target.file).exports.some((entry) => entry.name === "export=");
    return whole ? values.ofExport(target.file, "export=") : [{ kind: "namespace", file: target.file }];
  }
  if (target.kind === "package") return [{ kind: "external", provenance: { package: target.package, subpath: target.subpath, path: [] } }];
  const data = target.kind === "asset" ? values.dataFile(file, specifier, [0, 0]) : undefined;
  if (data) return values.of(file, data);
  return target.kind === "builtin" ? [{ kind: "external", provenance: { package: target.name, subpath: "", path: [] } }] : [];
}
