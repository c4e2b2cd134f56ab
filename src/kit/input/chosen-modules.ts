import { within } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { anyFreeText } from "./request-sinks.js";

/** Packages that put all modules which a text may name into the program, so that no others are found. */
const bundlers = ["next", "nuxt", "vite", "webpack", "@sveltejs/kit", "@remix-run/node", "astro"];

/** What `import()` is given where a request chooses the module: `import(`./plugins/${name}`)`. */
export function chosenModules(model: ProjectModel, file: string): readonly { readonly node: Expression; readonly flow: RequestFlow }[] {
  const loads = model.facts(file).imports.filter(({ form, specifier }) => form === "dynamic" && specifier === undefined);
  if (loads.length === 0 || bundlers.some((name) => model.packageOf(file).dependencies.has(name))) return [];
  const found: Expression[] = [];
  walkAll(model.facts(file).body, (part) => {
    if ("kind" in part && part.kind === "import") found.push(part.argument);
    return loads.some(({ span }) => within(span, part.span));
  });
  return found.flatMap((node) => {
    const flow = anyFreeText(model, file, node, "code");
    return flow ? [{ node, flow }] : [];
  });
}
