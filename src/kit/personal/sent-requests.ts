import { oncePerPart } from "../../base/once-per.js";
import { within } from "../../base/position.js";
import { personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import { nameOf } from "./exposure.js";
import type { CallExpression, Expression, NewExpression, TryStatement } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/**
 * The credential that a request of axios carries that is made in a `try`: its errors keep the request's settings and its
 * body, and give them to whoever writes them down (https://github.com/axios/axios#handling-errors). Undefined where there is none.
 */
export function carriesCredential(model: ProjectModel, file: string, statement: TryStatement): string | undefined {
  const { body: [first], handler } = statement;
  if (!first || !handler) return undefined;
  const { calls, tries } = model.values.index(file);
  // What a `try` inside is told of and keeps comes no further.
  const kept = tries.filter((inner) => inner !== statement && inner.handler && !someNode(inner.handler.body, ({ kind }) => kind === "throw") && within(inner.span, statement.span));
  for (const { node } of calls) {
    const isOutside = node.span[0] < first.span[0] || node.span[1] > handler.span[0] || kept.some(({ body }) => body.some(({ span }) => within(node.span, span)));
    const named = isOutside ? undefined : credentialSent(model, file, node);
    if (named !== undefined) return named;
  }
  return undefined;
}

/** The credential that a call sends which may be one of axios: in its settings, in its body, or by what its client adds to each. */
export function credentialSent(model: ProjectModel, file: string, node: CallExpression | NewExpression, isBare = false): string | undefined {
  for (const callee of model.values.of(file, node.callee)) {
    if (callee.kind !== "external" || callee.provenance.package !== "axios") continue;
    // `axios.create(…)` sends nothing, and neither does a method of what was answered.
    if (node.callee.kind !== "name" && !sends.test(lastName(node.callee))) continue;
    const { site } = callee;
    if (!isBare && node.callee.kind === "member" && lastName(node.callee.object) !== "axios" && givesOtherErrors(model, site?.file ?? file)) continue;
    const [, sent] = /^(?:post|put|patch)(?:Form)?$/.test(lastName(node.callee)) ? node.arguments : [];
    const named = firstOf(node.arguments.map((argument) => inSettings(model, file, argument)))
      ?? (sent && inObject(model, file, sent))
      ?? (site && firstOf(site.node.arguments.map((argument) => inSettings(model, site.file, argument))))
      // A client of one's own, as opposed to `axios` itself.
      ?? (site || node.callee.kind !== "member" || lastName(node.callee.object) !== "axios" ? setLater(model, site?.file ?? file) : undefined);
    if (named !== undefined) return named;
  }
  return undefined;
}

/** The same of what a client that goes by a name sends anywhere in a file, for what is given its errors before anything is made of them. */
export function credentialOfClient(model: ProjectModel, file: string, client: string): string | undefined {
  for (const { node } of model.values.index(file).calls) {
    const named = node.callee.kind === "member" && nameOf(node.callee.object) === client ? credentialSent(model, file, node, true) : undefined;
    if (named !== undefined) return named;
  }
  return undefined;
}

const sends = /^(?:get|delete|head|options|post|put|patch|request|postForm|putForm|patchForm)$/;

/** `client.interceptors.response.use(done, (error) => Promise.reject(new Failure(error.message)))`: what a file makes of the errors of its clients. */
const givesOtherErrors = oncePerPart((model: ProjectModel, file: string): boolean =>
  model.values.index(file).calls.some(({ node: { callee, arguments: [, failed] } }) => callee.kind === "member" && callee.property === "use" && callee.object.kind === "member" && callee.object.property === "response" && failed?.kind === "function" && someNode(failed.function.body ?? [], (part) => part.kind === "new")),
);

function firstOf(names: readonly (string | undefined)[]): string | undefined {
  return names.find((name) => name !== undefined);
}

/** The header, the parameter, or the option `auth`, of a request's settings that lets it in. */
function inSettings(model: ProjectModel, file: string, settings: Expression): string | undefined {
  for (const value of model.values.of(file, settings)) {
    for (const member of value.kind === "object" ? value.node.members : []) {
      if (member.kind !== "property") continue;
      if (member.key === "auth") return member.key;
      const named = /^(?:headers|params|data)$/.test(member.key) ? inObject(model, value.kind === "object" ? value.file : file, member.value) : undefined;
      if (named !== undefined) return named;
    }
  }
  return undefined;
}

/** The credential that an object names, as it is or as a form: `qs.stringify({ client_secret })`, `new URLSearchParams({ refresh_token })`. */
function inObject(model: ProjectModel, file: string, node: Expression): string | undefined {
  for (const value of model.values.of(file, node)) {
    const named = value.kind === "object" ? value.node.members.find((member) => member.kind === "property" && member.value.kind !== "literal" && isCredential(member.key)) : undefined;
    if (named?.kind === "property") return named.key;
  }
  const made = madeOf(model, file, node);
  const [form] = (made?.kind === "call" && /^stringify$/.test(lastName(made.callee))) || (made?.kind === "new" && lastName(made.callee) === "URLSearchParams") ? made.arguments : [];
  return form && inObject(model, file, form);
}

/** What a variable was given, else the expression itself. */
function madeOf(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  if (node.kind !== "name" || node.binding === undefined) return node;
  const source = model.values.index(file).sources[node.binding];
  return source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
}

/** `config.headers.Authorization = …` of an interceptor, `client.defaults.headers.common.Authorization = …`: what a file adds to all requests of its clients. */
const setLater = oncePerPart((model: ProjectModel, file: string): string | undefined =>
  model.values.index(file).memberAssignments.find(({ object, property }) => /^(?:headers|common)$/.test(lastName(object)) && isCredential(property))?.property,
);

function isCredential(name: string): boolean {
  return /^(?:token|credential)$/.test(personalDataOf(name)?.category ?? "");
}
