import type { RuleFinding } from "../../src/base/finding.js";
import { describe, newStep, type OptionTest, type Provenance, type Sink } from "../../src/catalogue/index.js";
import type { CallExpression, Expression, NewExpression } from "../../src/facts/syntax.js";
import { answeredHtml } from "../../src/kit/input/answered-html.js";
import { chosenModules } from "../../src/kit/input/chosen-modules.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { mergedKeys } from "../../src/kit/input/merged-keys.js";
import { flowPlaces } from "../../src/kit/input/request-flows.js";
import { isOwnJob } from "../../src/kit/input/produced-messages.js";
import { dangerousFlow, patternFlow } from "../../src/kit/input/request-sinks.js";
import { returnedRedirects } from "../../src/kit/input/returned-redirects.js";
import { defineRule } from "../../src/kit/rule.js";
import { isFromTrusted } from "../../src/kit/input/trusted-callers.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { toldOfMessages } from "../../src/kit/input/unchecked-messages.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RequestFlow } from "../../src/model/origins/request-data.js";

const dangers: Readonly<Record<Sink["kind"] | "keys" | "pattern", string>> = {
  pattern: "a pattern that the database looks for, so a client can match what it likes and keep the database busy",
  keys: "the keys of an object, `__proto__` among them, so a client can change what all objects inherit",
  path: "a file path, so a client can reach other files", shell: "a command line, so a client can run commands", code: "code that is run", redirect: "a redirect target, so a client can be sent anywhere",
  url: "the address of an outgoing request, so a client can reach internal hosts", regexp: "a regular expression, so a client can stop the process", html: "HTML, so a client can run scripts in others' browsers", filter: "a filter whose operators a client can choose",
  deserialise: "data that is turned into objects", xml: "XML that is parsed", template: "a template", header: "a response header", ldap: "an LDAP filter", xpath: "an XPath", email: "a mail header",
};

export default defineRule({
  name: "no-unvalidated-input",
  section: "security",
  clauses: ["SEC-1"],
  description: "Forbid request data in dangerous places before it has been parsed",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: { unchecked: "`{{data}}` comes from the request ({{source}}) unparsed and becomes {{danger}} in `{{call}}`. Parse it with a schema that allows only what is meant, or choose from constants." },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!isBackendCode(model, file)) continue;
        for (const { node } of model.values.index(file).calls) yield* checkCall(model, file, node);
        for (const { node, flow, name } of mergedKeys(model, file)) {
          yield findingAt(model, file, node.span, "unchecked", { data: flow.source.text, source: flow.source.text, danger: dangers.keys, call: name }, { cause: `keys ${flow.source.file} ${readOf(flow)}`, related: flowPlaces(model, flow) });
        }
        for (const { node, flow } of chosenModules(model, file)) {
          yield findingAt(model, file, node.span, "unchecked", { data: flow.source.text, source: flow.source.text, danger: dangers.code, call: "import()" }, { cause: `code ${flow.source.file} ${readOf(flow)}`, related: flowPlaces(model, flow) });
        }
        for (const { answer, value, flow } of answeredHtml(model, file)) {
          yield findingAt(model, file, value.span, "unchecked", { data: flow.source.text, source: flow.source.text, danger: dangers.html, call: answer }, { cause: `html ${flow.source.file} ${readOf(flow)}`, related: flowPlaces(model, flow) });
        }
        for (const { value, flow } of returnedRedirects(model, file)) {
          yield findingAt(model, file, value.span, "unchecked", { data: flow.source.text, source: flow.source.text, danger: dangers.redirect, call: "@Redirect()" }, { cause: `redirect ${flow.source.file} ${readOf(flow)}`, related: flowPlaces(model, flow) });
        }
      }
    },
  },
});

function* checkCall(model: ProjectModel, file: string, call: CallExpression | NewExpression): Iterable<RuleFinding> {
  for (const callee of calleesOf(model, file, call)) {
    const { sinks = [] } = describe(callee, model.packageOf(file).dependencies.get(callee.package)) ?? {};
    for (const { kind, at, when, unless = [] } of sinks) {
      if ((when && !when.some((test) => holds(model, file, call, test))) || model.values.argumentsAt(file, call, unless).length > 0) continue;
      for (const node of model.values.argumentsAt(file, call, [at])) {
        const found = dangerousFlow(model, file, call, node, kind);
        const flow = found ?? (kind === "filter" ? patternFlow(model, file, node) : undefined);
        // What the project itself puts into a job, or its own services send, says where to look, not what to run; whether it is parsed is input-schema's to say.
        if (!flow || (kind !== "shell" && kind !== "code" && (isOwnJob(model, flow) || isFromTrusted(model, flow)))) continue;
        const data = receiverText(node);
        // Where a package parses none of its messages, that is one lack.
        const toldBy = kind === "filter" ? toldOfMessages(model, flow) : undefined;
        const danger = found ? kind : "pattern";
        yield findingAt(model, file, node.span, "unchecked", { data: data === "…" ? flow.source.text : data, source: flow.source.text, danger: dangers[danger], call: receiverText(call.callee) }, { ...(found === undefined && { severity: "warn" as const }), cause: `${danger} ${flow.source.file} ${readOf(flow)}${handedTo(model, file, node, flow)}`, ...(toldBy && { toldBy }), related: flowPlaces(model, flow) });
        return;
      }
    }
  }
}

/** Where request data are read. A request that is handed on whole is one read, wherever in its handler that happens. */
function readOf({ source, reader }: RequestFlow): number {
  return reader && /^(req|request|ctx|context|c|event)$/.test(source.text) ? reader.span[0] : source.span[0];
}

/** What one place hands to many handlers, as a dispatcher of messages does, each of them is to check. */
function handedTo(model: ProjectModel, file: string, node: Expression, { source, part, through }: RequestFlow): string {
  return part === "message" && through.length > 0 && source.file !== file ? ` ${model.values.index(file).functionAround(node)?.node.span[0] ?? ""}` : "";
}

/** What packages a call may run. The response of a handler that nothing types is that of Express, and what moves itself is an upload. */
function calleesOf(model: ProjectModel, file: string, { callee }: CallExpression | NewExpression): readonly Provenance[] {
  if (callee.kind === "member" && callee.property === "mv" && model.packageOf(file).dependencies.has("express-fileupload")) return [{ package: "express-fileupload", subpath: "", path: ["UploadedFile", newStep, "mv"] }];
  const known = model.values.of(file, callee).flatMap((value) => (value.kind === "external" ? [value.provenance] : []));
  if (known.length > 0 || callee.kind !== "member") return known;
  // `text.match(pattern)` makes a regular expression of a text.
  if (/^(match|matchAll|search)$/.test(callee.property) && isText(model, file, callee.object)) return [{ package: "global", subpath: "", path: ["RegExp"] }];
  return model.requestData.isResponse(file, callee.object) ? [{ package: "express", subpath: "", path: ["Response", newStep, callee.property] }] : [];
}

function isText(model: ProjectModel, file: string, node: Expression): boolean {
  const values = model.values.of(file, node);
  return values.length > 0 && values.every((value) => (value.kind === "constant" && typeof value.value === "string") || (value.kind === "primitive" && value.name === "string"));
}

function holds(model: ProjectModel, file: string, call: CallExpression | NewExpression, { at, is }: OptionTest): boolean {
  return model.values.argumentsAt(file, call, [at]).some((node) => model.values.of(file, node).some((value) => value.kind === "constant" && value.value === is));
}
