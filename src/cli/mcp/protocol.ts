/** A message as it came in, before anything is known of it. */
interface Request {
  readonly id?: string | number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** An error with a code of JSON-RPC. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Codes of JSON-RPC 2.0, section 5.1. */
export const errorCode = { parse: -32700, request: -32600, method: -32601, params: -32602, internal: -32603 } as const;

/** Answers a request; gives its result, or throws a ProtocolError. */
export type Handler = (params: Readonly<Record<string, unknown>>) => unknown;

/**
 * The answer to one line of JSON-RPC 2.0, as text without a line break; undefined for notifications, which get none.
 * Never throws: what goes wrong is in the answer.
 */
export async function answer(line: string, handlers: ReadonlyMap<string, Handler>): Promise<string | undefined> {
  let id: string | number | null = null;
  try {
    const request = parse(line);
    if (request.id === undefined) return undefined;
    ({ id } = request);
    const handler = handlers.get(request.method);
    if (!handler) throw new ProtocolError(errorCode.method, `There is no method ${request.method}.`);
    return JSON.stringify({ jsonrpc: "2.0", id, result: await handler(request.params) });
  } catch (error) {
    const code = error instanceof ProtocolError ? error.code : errorCode.internal;
    return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message: error instanceof Error ? error.message : String(error) } });
  }
}

function parse(line: string): Request {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    throw new ProtocolError(errorCode.parse, "This is no JSON.");
  }
  if (!isRecord(message) || message["jsonrpc"] !== "2.0" || typeof message["method"] !== "string") throw new ProtocolError(errorCode.request, "This is no request of JSON-RPC 2.0.");
  const { id, method, params } = message;
  return { method, params: isRecord(params) ? params : {}, ...((typeof id === "string" || typeof id === "number") && { id }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
