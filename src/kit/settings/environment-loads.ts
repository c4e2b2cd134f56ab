import { oncePerPart } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import { describe } from "../../catalogue/index.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { mayLoad, mayRead } from "./stray-environment-reads.js";

/** A place that puts what a file holds into the environment, and how it is written. */
export interface EnvironmentLoad {
  readonly span: Span;
  readonly call: string;
}

/** `dotenv.config()` and `import "dotenv/config"` in a file where neither settings nor the start of the application are. */
export const strayEnvironmentLoads = oncePerPart((model: ProjectModel, file: string): readonly EnvironmentLoad[] => {
  if (file.endsWith(".d.ts") || mayRead(model, file) || mayLoad(model, file)) return [];
  const imported = model.facts(file).imports.flatMap(({ specifier, span }) => (specifier !== undefined && /^(dotenv|dotenv-flow|@dotenvx\/dotenvx)\/(config|register)(\.js)?$/.test(specifier) ? [{ span, call: `import "${specifier}"` }] : []));
  const called = model.values.index(file).calls.flatMap(({ node }) => {
    const isLoader = model.values.of(file, node.callee).some((callee) => callee.kind === "external" && describe(callee.provenance)?.settings?.does === "load" && /dotenv|@next\/env/.test(callee.provenance.package));
    return isLoader && !isForTests(node) ? [{ span: node.span, call: node.callee.kind === "member" ? `dotenv.${node.callee.property}()` : "config()" }] : [];
  });
  return [...imported, ...called];
});

/** `config({ path: ".env.test" })` */
function isForTests({ arguments: [options] }: CallExpression | NewExpression): boolean {
  const path = options?.kind === "object" ? propertyOf(options, "path") : undefined;
  return path?.kind === "literal" && /\.env\.test(?:\.local)?$/.test(String(path.value));
}
