import { callStep, describe, type Provenance } from "../../catalogue/index.js";
import type { Span } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";

/** A key of the environment that Nest's service of settings is asked for. */
export interface ServiceRead {
  readonly file: string;
  readonly span: Span;
  readonly key: string;
}

const environmentKey = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** `config.get("SMTP_USER")`: the keys of the environment that a package asks Nest's service of settings for and gives no default, but for those that functions of the project load under these names; none where these cannot be read. */
export function serviceReads(model: ProjectModel, unit: PackageUnit): readonly ServiceRead[] {
  const loaded = loadedKeys(model, unit);
  if (!loaded) return [];
  return model.filesOf(unit).flatMap((file) =>
    !isBackendCode(model, file)
      ? []
      : model.values.index(file).calls.flatMap(({ node }): readonly ServiceRead[] => {
          const [name, fallback] = node.arguments;
          // A key with a default cannot be missing.
          if (fallback !== undefined && fallback.kind !== "object") return [];
          if (node.callee.kind !== "member" || !/^get(?:OrThrow)?$/.test(node.callee.property) || !name) return [];
          const key = model.values.text(file, name);
          if (key === undefined || !environmentKey.test(key) || loaded.has(key)) return [];
          return model.values.of(file, node.callee).some((callee) => callee.kind === "external" && callee.provenance.package === "@nestjs/config" && describe(callee.provenance)?.settings?.does === "read") ? [{ file, span: node.span, key }] : [];
        }),
  );
}

/** The keys of what `ConfigModule.forRoot({ load: [settings] })` loads. */
function loadedKeys(model: ProjectModel, unit: PackageUnit): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  for (const file of model.filesOf(unit)) {
    for (const { node } of model.values.index(file).calls) {
      if (node.callee.kind !== "member" || node.callee.property !== "forRoot" || !model.values.of(file, node.callee).some((callee) => callee.kind === "external" && callee.provenance.package === "@nestjs/config")) continue;
      const [options] = node.arguments;
      const load = options?.kind === "object" ? options.members.find((member) => member.kind === "property" && member.key === "load") : undefined;
      for (const factory of load?.kind === "property" ? (load.value.kind === "array" ? load.value.elements : [undefined]) : []) {
        const found = factory && keysOf(model, file, factory);
        if (!found) return undefined;
        for (const key of found) keys.add(key);
      }
    }
  }
  return keys;
}

/** What `registerAs` gives, in the file that calls it or another. */
function isRegistered(provenance: Provenance): boolean {
  const { path } = provenance;
  return [path, path.at(-1) === callStep ? path.slice(0, -1) : path].some((steps) => describe({ ...provenance, path: steps })?.settings?.does === "register");
}

/** The names that the object has which a function returns; those of a namespace (`registerAs`) are asked for with dots. */
function keysOf(model: ProjectModel, file: string, factory: Expression): readonly string[] | undefined {
  const keys: string[] = [];
  const values = factory.kind === "spread" ? [] : model.values.of(file, factory);
  if (values.length === 0) return undefined;
  for (const value of values) {
    if (value.kind === "external" && value.site && isRegistered(value.provenance)) continue;
    const returned = value.kind === "function" ? model.values.returned(value.node) : undefined;
    if (value.kind !== "function" || !returned || returned.length === 0) return undefined;
    for (const result of returned) {
      const object = result.kind === "object" ? result : undefined;
      for (const member of object?.members ?? [undefined]) {
        if (member?.kind !== "property") return undefined;
        keys.push(member.key);
      }
    }
  }
  return keys;
}
