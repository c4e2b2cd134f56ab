import { wordTable } from "../../base/word-table.js";
import type { FileFacts } from "../../facts/facts.js";
import type { Parameter } from "../../facts/syntax.js";
import { indexOf } from "../modules/file-index.js";

/** Types that only code which answers remote calls names, by package (Connect, gRPC, nice-grpc). */
const serving: Readonly<Record<string, readonly string[]>> = wordTable({
  "@connectrpc/connect": ["ServiceImpl", "MethodImpl"],
  "@bufbuild/connect": ["ServiceImpl", "MethodImpl"],
  "@grpc/grpc-js": ["ServerUnaryCall", "ServerWritableStream", "ServerReadableStream", "ServerDuplexStream", "sendUnaryData", "UntypedHandleCall"],
  "nice-grpc": ["CallContext", "ServiceImplementation"],
});
/** What a handler of Connect is given behind the message; helpers of handlers take it first. */
const contexts = new Set(["HandlerContext"]);

/** Whether a file answers remote calls: it has methods of a service of Connect or gRPC. */
export function answersRemoteCalls(facts: FileFacts): boolean {
  const named = facts.imports.flatMap(({ specifier, names }) => (specifier !== undefined && specifier in serving ? names.map(({ imported }) => ({ specifier, imported })) : []));
  if (named.length === 0) return false;
  if (named.some(({ specifier, imported }) => serving[specifier]?.includes(imported))) return true;
  return named.some(({ imported }) => contexts.has(imported)) && [...indexOf(facts).functions.keys()].some(({ parameters }) => parameters.length > 1 && isContext(parameters.at(-1)));
}

function isContext(parameter: Parameter | undefined): boolean {
  return parameter?.type?.kind === "reference" && contexts.has(parameter.type.name);
}
