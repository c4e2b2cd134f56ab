import { oncePerPart } from "../../base/once-per.js";
import { type Span, within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import { isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type EnvironmentTest, environmentTests } from "./environment-tests.js";
import { decidedNames } from "./guarded-code.js";
import { storeUses } from "../project/store-uses.js";

const production = /^(prod|production|live)$/i;
/** Names of what must not differ between the last stage and production unless somebody says so. */
const security = /secure|httponly|samesite|cookie|\bcors\b|origins|csrf|helmet|auth(?!or(?!i))|jwt|guard|permission|ratelimit|throttl|\bssl|\btls|unauthorized|captcha|password|introspection|trustproxy|relaxed|lenient|permissive|bypass|insecure|otp\b/i;
const documentation = /swagger|openapi|redoc|api-?docs|apiReference|scalar(?!s)/i;
const data = /synchroni|dropschema|truncate|seed|migrat|deletemany|deleteall|wipe|autoindex|sandbox|dryrun/i;

/** What of security or data a two-way test for production decides, by the name that says so: `secure`, `synchronize`; undefined if nothing does. */
export function decidedByProduction(model: ProjectModel, file: string, { node, texts }: EnvironmentTest): string | undefined {
  if (node.kind !== "binary" || !texts.some(({ value }) => production.test(value))) return undefined;
  const hasStore = storeUses(model, file).length > 0;
  // A sentence is what somebody is told, not what is decided; `sequelize.authenticate()` connects.
  const names = decidedNames(model, file, node).filter((name) => !/\s\S+\s/.test(name) && !(hasStore && name === "authenticate"));
  if (names.some((name) => documentation.test(name)) && hasSettingBeside(model, file, node)) return undefined;
  const named = (words: RegExp): string | undefined => names.find((name) => words.test(name.replaceAll(/[\s_-]/g, "")));
  // `sequelize.sync()`; other things are synchronous.
  return named(security) ?? named(data) ?? (hasStore ? named(/^sync$/i) : undefined);
}

/** `NODE_ENV !== "production" || process.env.DOCS_ENABLED === "true"`: a setting of its own has a say as well. */
function hasSettingBeside(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  for (let at: SyntaxNode = node; ; ) {
    const parent = parentOf(at);
    if (!parent || isFunctionNode(parent) || !("kind" in parent) || parent.kind !== "binary" || !/^(?:\|\||&&|\?\?)$/.test(parent.operator)) return false;
    const other = parent.left === at ? parent.right : parent.left;
    if (someNode([other], (part) => part.kind === "member" && /^(?:env|config|settings?)$/i.test(lastName(part.object)) && !environmentTests(model, file).some(({ read }) => read === part))) return true;
    at = parent;
  }
}

/** What the tests for production in a file decide, with where each reads the name. */
const decisionsIn = oncePerPart((model: ProjectModel, file: string): readonly { readonly span: Span; readonly what: string }[] =>
  environmentTests(model, file).flatMap((test) => {
    const what = decidedByProduction(model, file, test);
    return what === undefined ? [] : [{ span: test.read.span, what }];
  }),
);

/** What of security or data hangs on the read of the environment's name at `span`. */
export function decidedAt(model: ProjectModel, file: string, span: Span): string | undefined {
  return decisionsIn(model, file).find((decision) => within(decision.span, span))?.what;
}
