import { personalDataOf } from "../catalogue/lexicon/personal-data.js";
import type { CallExpression } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Exposure } from "./exposure.js";

/** `:req[authorization]` in a format of morgan (https://github.com/expressjs/morgan#reqheader). */
const headerToken = /:(?:req|res)\[([\w-]{1,60})\]/g;

/** The headers that hold a credential and that the format of an access log writes. */
export function* accessLogExposures(model: ProjectModel, file: string): Iterable<{ readonly node: CallExpression; readonly exposure: Exposure }> {
  for (const { node } of model.values.index(file).calls) {
    const [format] = node.arguments;
    if (node.kind !== "call" || !format || !model.values.of(file, node.callee).some((callee) => callee.kind === "external" && callee.provenance.package === "morgan")) continue;
    for (const [, header = ""] of (model.values.text(file, format) ?? "").matchAll(headerToken)) {
      const named = personalDataOf(header);
      if (named && !named.onlyOfPerson) yield { node, exposure: { span: format.span, field: header, category: named.category } };
    }
  }
}
