import type { RuleFinding } from "../../src/base/finding.js";
import { describe, type Sink } from "../../src/catalogue/index.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { flowPlaces, isChecked } from "../../src/kit/request-flows.js";
import { defineRule } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/store-uses.js";
import type { ProjectModel } from "../../src/model/project-model.js";

const dangers: Readonly<Record<Sink["kind"], string>> = {
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
        for (const { node } of model.values.index(file).calls)
          for (const callee of model.values.of(file, node.callee)) {
            if (callee.kind !== "external") continue;
            for (const sink of describe(callee.provenance)?.sinks ?? []) yield* checkSink(model, file, node, sink);
          }
      }
    },
  },
});

function* checkSink(model: ProjectModel, file: string, call: Extract<Expression, { kind: "call" | "new" }>, sink: Sink): Iterable<RuleFinding> {
  // JSON and texts of templates are not HTML; headers and mail are left to the platform's own checks.
  if (sink.kind === "html" && call.arguments[0]?.kind !== "template" && call.arguments[0]?.kind !== "binary") return;
  if (sink.kind === "header" || sink.kind === "email") return;
  const [index = "0", ...keys] = sink.at.split(".");
  const start = index === "rest" ? call.arguments : [call.arguments[index === "last" ? call.arguments.length - 1 : Number(index)]];
  for (const argument of start) {
    const node = argument && keys.reduce<Expression | undefined>((at, key) => (at?.kind === "object" ? at.members.flatMap((member) => (member.kind === "property" && member.key === key ? [member.value] : []))[0] : undefined), argument);
    const flow = node && model.requestData.of(file, node);
    if (!node || !flow || isChecked(model, flow)) continue;
    // A path or address with a fixed beginning of its own host leaves the client a part of it only.
    if (sink.kind === "url" && node.kind === "template" && /^https?:\/\/[^/]+\//.test(node.texts[0] ?? "")) continue;
    yield findingAt(model, file, node.span, "unchecked", { data: receiverText(node) === "…" ? flow.source.text : receiverText(node), source: flow.source.text, danger: dangers[sink.kind], call: receiverText(call.callee) }, { cause: `${call.span[0]}`, related: flowPlaces(model, flow) });
  }
}
