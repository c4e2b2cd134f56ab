import { personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Exposure } from "./exposure.js";

/** `:req[authorization]` in a format of morgan (https://github.com/expressjs/morgan#reqheader). */
const headerToken = /:(?:req|res)\[([\w-]{1,60})\]/g;

/** What the format of an access log writes of requests: headers that hold a credential, whole bodies. */
export function* accessLogExposures(model: ProjectModel, file: string): Iterable<{ readonly node: CallExpression; readonly exposure: Exposure }> {
  for (const { node } of model.values.index(file).calls) {
    const [format] = node.arguments;
    const library = node.kind === "call" && format ? model.values.of(file, node.callee).find((callee) => callee.kind === "external" && /^(?:morgan|express-winston)$/.test(callee.provenance.package)) : undefined;
    if (node.kind !== "call" || !format || library?.kind !== "external") continue;
    if (library.provenance.package === "express-winston") {
      yield* whitelisted(model, file, node, format);
      continue;
    }
    for (const [, header = ""] of (model.values.text(file, format) ?? "").matchAll(headerToken)) {
      const named = personalDataOf(header);
      if (named && !named.onlyOfPerson) yield { node, exposure: { span: format.span, field: header, category: named.category } };
    }
  }
}

/** `requestWhitelist: ["body"]` of express-winston (https://github.com/bithavoc/express-winston#options), unless `bodyBlacklist` takes fields out of it. */
function* whitelisted(model: ProjectModel, file: string, node: CallExpression, options: Expression): Iterable<{ readonly node: CallExpression; readonly exposure: Exposure }> {
  const list = options.kind === "object" && !propertyOf(options, "bodyBlacklist") ? propertyOf(options, "requestWhitelist") : undefined;
  const elements = list?.kind === "array" ? list.elements : list?.kind === "call" ? list.arguments.flatMap((given) => (given.kind === "array" ? given.elements : [given])) : [];
  for (const element of elements) if (model.values.text(file, element) === "body") yield { node, exposure: { span: element.span, field: "req.body", category: "contact" } };
}
