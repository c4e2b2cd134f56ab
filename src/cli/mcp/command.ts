import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { exitCode } from "../../base/errors.js";
import { version } from "../version.js";
import { answer, errorCode, type Handler, ProtocolError } from "./protocol.js";
import { tools } from "./tools.js";
import { startFolder } from "../start-folder.js";

/** Revisions of the Model Context Protocol whose handshake and tools are what is spoken here. */
const revisions = ["2025-06-18", "2025-03-26", "2024-11-05"];

/** `std-check mcp`: serves tools over standard input and output until the input ends. */
export async function mcpCommand(options: Readonly<Record<string, unknown>>): Promise<void> {
  const handlers = handlersFor(startFolder(options));
  const open: Promise<void>[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    open.push(answer(line, handlers).then((text) => {
      if (text !== undefined) process.stdout.write(`${text}\n`);
    }));
  }
  await Promise.all(open);
}

function handlersFor(cwd: string): ReadonlyMap<string, Handler> {
  return new Map<string, Handler>([
    ["initialize", ({ protocolVersion }) => ({ protocolVersion: revisions.find((one) => one === protocolVersion) ?? revisions[0], capabilities: { tools: {} }, serverInfo: { name: "std-check", version } })],
    ["ping", () => ({})],
    ["tools/list", () => ({ tools: tools.map(({ name, description, input }) => ({ name, description, inputSchema: z.toJSONSchema(input, { io: "input" }), annotations: { readOnlyHint: true } })) })],
    ["tools/call", (params) => callTool(params, cwd)],
  ]);
}

async function callTool({ name, arguments: given = {} }: Readonly<Record<string, unknown>>, cwd: string): Promise<object> {
  const tool = tools.find((one) => one.name === name);
  if (!tool) throw new ProtocolError(errorCode.params, `There is no tool "${String(name)}". Tools: ${tools.map((one) => one.name).join(", ")}.`);
  const input = tool.input.safeParse(given);
  if (!input.success) throw new ProtocolError(errorCode.params, z.prettifyError(input.error));
  const { text, failed } = await runTool(tool.command(input.data), cwd);
  return { content: [{ type: "text", text }], isError: failed };
}

/** Runs a command in a process of its own: standard output is the protocol's here, and each answer is of the files as they are. */
function runTool(command: readonly string[], cwd: string): Promise<{ readonly text: string; readonly failed: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL("../main.js", import.meta.url)), ...command], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      const failed = code !== exitCode.clean && code !== exitCode.findings;
      resolve({ text: failed ? `${complaint}${Buffer.concat(chunks).toString()}` : Buffer.concat(chunks).toString(), failed });
    });
  });
}
