import { personalDataOf } from "../catalogue/lexicon/personal-data.js";
import type { Expression, TryStatement } from "../facts/syntax.js";
import type { ProjectModel } from "../model/project-model.js";

/**
 * The credential that a request of axios carries that is made in a `try`: its errors keep the request's settings, and
 * give them to whoever writes them down (https://github.com/axios/axios#handling-errors). Undefined where there is none.
 */
export function carriesCredential(model: ProjectModel, file: string, { body, handler }: TryStatement): string | undefined {
  const [first] = body;
  if (!first || !handler) return undefined;
  for (const { node } of model.values.index(file).calls) {
    if (node.span[0] < first.span[0] || node.span[1] > handler.span[0]) continue;
    for (const callee of model.values.of(file, node.callee)) {
      if (callee.kind !== "external" || callee.provenance.package !== "axios") continue;
      const given = [...node.arguments.map((argument) => credentialIn(model, file, argument)), ...(callee.site ? callee.site.node.arguments.map((argument) => credentialIn(model, callee.site?.file ?? file, argument)) : [])];
      const named = given.find((name) => name !== undefined);
      if (named !== undefined) return named;
    }
  }
  return undefined;
}

/** The header, or the option `auth`, of a request's settings that lets it in. */
function credentialIn(model: ProjectModel, file: string, settings: Expression): string | undefined {
  for (const value of model.values.of(file, settings)) {
    for (const member of value.kind === "object" ? value.node.members : []) {
      if (member.kind !== "property") continue;
      if (member.key === "auth") return member.key;
      if (member.key !== "headers") continue;
      for (const headers of model.values.of(value.kind === "object" ? value.file : file, member.value)) {
        const named = headers.kind === "object" ? headers.node.members.find((header) => header.kind === "property" && /^(?:token|credential)$/.test(personalDataOf(header.key)?.category ?? "")) : undefined;
        if (named?.kind === "property") return named.key;
      }
    }
  }
  return undefined;
}
