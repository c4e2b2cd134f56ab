import { oncePer } from "../../base/once-per.js";
import type { ProjectModel } from "../project-model.js";
import type { ExternalValue } from "../values/value.js";
import { madeAt } from "../values/value.js";

/** Whether nothing is done with a router but to register on it: files that import its file do not use it, and its own neither serves, mounts nor hands it on. */
export function isIdle(model: ProjectModel, { site }: ExternalValue): boolean {
  if (!site) return false;
  const { file, node } = madeAt(site);
  const index = model.values.index(file);
  let made = node as Parameters<typeof index.parentOf>[0];
  let parent = index.parentOf(made);
  // `new Hono().basePath("/v1")`
  while (parent && "kind" in parent && (parent.kind === "member" || (parent.kind === "call" && parent.callee === made) || parent.kind === "cast")) [made, parent] = [parent, index.parentOf(parent)];
  const target = parent && "kind" in parent && parent.kind === "variable" ? parent.declarators.find(({ value }) => value === made)?.target : undefined;
  if (target?.kind !== "binding" || model.edgesTo(file).length === 0 || takenByOthers(model).has(`${file} ${target.binding}`) || takenByOthers(model).has(file)) return false;
  return model.values.usesOf(file, target.binding).every((use) => {
    const member = index.parentOf(use);
    const call = member && "kind" in member && member.kind === "member" && member.object === use ? index.parentOf(member) : undefined;
    return call !== undefined && "kind" in call && call.kind === "call" && call.callee === member && !/^(fetch|request|listen|fire)$/.test(call.callee.kind === "member" ? call.callee.property : "");
  });
}

/** What files take from one another to use it: an import that nothing uses is left out when the code is compiled. */
const takenByOthers = oncePer((model: ProjectModel): ReadonlySet<string> => {
  const taken = new Set<string>();
  for (const file of model.files)
    for (const { names } of model.edgesFrom(file))
      for (const { kind, declaration } of names) {
        if (kind !== "runtime") continue;
        if (declaration.kind === "binding") taken.add(`${declaration.file} ${declaration.binding}`);
        else if (declaration.kind === "namespace") taken.add(declaration.file);
      }
  return taken;
});
