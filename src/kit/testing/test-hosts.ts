import { within } from "../../base/position.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

const clients = /^(fetch|axios|got|ky|superagent|request|undici|needle|wretch)$/;
/** Hosts that are this machine or a container beside it, or that no name server knows. */
const unreal = /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|\[|::1)|(^|\.)(test|example|invalid|localhost|local|internal|example\.(com|org|net))$/i;

/** The requests of a test file to hosts of the real network. */
export function* realHosts(model: ProjectModel, file: string): Iterable<{ readonly node: Expression; readonly host: string }> {
  for (const { node } of model.values.index(file).calls) {
    const [first] = node.arguments;
    if (node.kind !== "call" || !first || !isClient(node.callee)) continue;
    const url = first.kind === "object" ? first.members.flatMap((member) => (member.kind === "property" && member.key === "url" ? [member.value] : []))[0] : first;
    const host = url && hostOf(model, file, url);
    if (host !== undefined && !unreal.test(host) && !isProbe(model, file, node)) yield { node, host };
  }
}

/** A request that only finds out whether a host can be reached, for tests that are left out where it cannot: `try { await fetch(host); return true; } catch { return false; }`. */
function isProbe(model: ProjectModel, file: string, node: Expression): boolean {
  const isVerdict = (body: readonly Statement[]): boolean => body.some((statement) => statement.kind === "return" && statement.value?.kind === "literal" && typeof statement.value.value === "boolean");
  const around = model.values.index(file).functionAround(node)?.node.body ?? [];
  return someNode(around, (part) => part.kind === "try" && part.handler !== undefined && isVerdict(part.body) && isVerdict(part.handler.body) && part.body.some(({ span }) => within(node.span, span)));
}

/** `fetch(…)`, `axios.get(…)`: only clients of their own, no application under test. */
function isClient(callee: Expression): boolean {
  if (callee.kind === "name") return callee.name === "fetch" || /^(axios|got|ky|needle)$/.test(callee.name);
  return callee.kind === "member" && callee.object.kind === "name" && clients.test(callee.object.name) && /^(get|post|put|patch|delete|head|request|fetch)$/.test(callee.property);
}

function hostOf(model: ProjectModel, file: string, node: Expression): string | undefined {
  const text = node.kind === "template" && !node.tag ? node.texts[0] : model.values.text(file, node);
  // A template's host is known only where a slash ends it.
  const host = /^https?:\/\/(?:[^/@\s]*@)?([a-z\d.-]+\.[a-z]{2,})(?::\d+)?(\/|$)/i.exec(text ?? "");
  return host && (node.kind !== "template" || host[2] === "/") ? host[1] : undefined;
}
