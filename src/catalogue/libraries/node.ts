import type { ApiValue, Library, ArgumentPath } from "../library.js";
import type { LogLevel, Sink } from "../concerns.js";

const sink = (kind: Sink["kind"], ...at: readonly ArgumentPath[]): ApiValue => ({ sinks: at.map((place) => ({ kind, at: place })) });
/** Runs a program with arguments that no shell reads, unless it is told to or is one. */
const program: ApiValue = {
  sinks: [
    { kind: "shell", at: "0" },
    { kind: "shell", at: "1", when: [{ at: "2.shell", is: true }, { at: "1.shell", is: true }, ...["sh", "bash", "zsh", "/bin/sh", "/bin/bash", "cmd", "cmd.exe", "powershell"].map((shell) => ({ at: "0", is: shell }) as const)] },
  ],
};
const path = sink("path", "0");
const paths = sink("path", "0", "1");
const request: ApiValue = { http: { does: "request", url: ["0"] }, sinks: [{ kind: "url", at: "0" }] };

/** What `fs-extra` has besides. */
const besides = ["remove", "outputFile", "outputJson", "readJson", "writeJson", "ensureDir", "ensureFile", "emptyDir", "mkdirp", "pathExists"];
// `realpath` is missing: it is asked to see whether a path stays where it should.
const files: Record<string, ApiValue> = {
  ...Object.fromEntries(
    ["readFile", "writeFile", "appendFile", "open", "unlink", "rm", "rmdir", "mkdir", "readdir", "opendir", "stat", "lstat", "access", "truncate", "chmod", "chown", "watch", "watchFile", "exists", "createReadStream", "createWriteStream", ...besides].flatMap((name) => [
      [name, path],
      [`${name}Sync`, path],
    ]),
  ),
  ...Object.fromEntries(["rename", "copyFile", "cp", "link", "symlink", "copy", "move"].flatMap((name) => [[name, paths], [`${name}Sync`, paths]])),
  createReadStream: { ...path, effect: { makes: "file", opens: true } },
  createWriteStream: { ...path, effect: { makes: "file", opens: true } },
  readFileSync: { ...path, effect: { makes: "file", opens: true, passing: true } },
  mkdirSync: { ...path, effect: { makes: "folder", opens: true, passing: true } },
  openSync: { ...path, effect: { makes: "file", opens: true } },
  watch: { ...path, effect: { makes: "watcher", opens: true } },
};

const server: ApiValue = { is: "http-server", members: { listen: { effect: { makes: "server", opens: true } }, close: {}, on: {} } };

const print = (level: LogLevel): ApiValue => ({ log: { does: "write", level, shape: "any" } });
const consoleMethods = { log: print("info"), info: print("info"), warn: print("warn"), error: print("error"), debug: print("debug"), trace: print("trace"), dir: print("info"), table: print("info"), group: print("info"), assert: print("error"), timeLog: print("info") };

/** Node's built-in modules. */
const libraries: readonly Library[] = [
  { package: "node:fs", also: ["fs-extra", "graceful-fs"], capabilities: ["file-system"], exports: { ...files, promises: { members: files } } },
  { package: "node:fs/promises", capabilities: ["file-system"], exports: files },
  {
    package: "node:child_process",
    capabilities: ["shell"],
    exports: { exec: sink("shell", "0"), execSync: sink("shell", "0"), execFile: program, execFileSync: program, spawn: program, spawnSync: program, fork: sink("path", "0") },
  },
  { package: "node:vm", capabilities: ["shell"], exports: { runInNewContext: sink("code", "0"), runInThisContext: sink("code", "0"), runInContext: sink("code", "0"), compileFunction: sink("code", "0"), Script: sink("code", "0") } },
  {
    package: "node:http",
    also: ["node:https", "node:http2"],
    capabilities: ["http-client", "web-server"],
    httpStatuses: ["STATUS_CODES", "constants"],
    exports: { request, get: request, createServer: { call: "server", effect: { makes: "server" } }, createSecureServer: { call: "server", effect: { makes: "server" } }, Server: { new: "server", effect: { makes: "server" } }, Agent: { new: {} }, IncomingMessage: { new: { is: "request" } }, ServerResponse: { new: { is: "response" } } },
    values: { server },
  },
  { package: "node:net", also: ["node:tls", "node:dgram"], capabilities: ["web-server"], exports: { createServer: { call: "node:http#server", effect: { makes: "server" } }, connect: { effect: { makes: "connection", opens: true } }, createConnection: { effect: { makes: "connection", opens: true } } } },
  {
    package: "node:crypto",
    capabilities: ["random", "id"],
    exports: {
      createHmac: { secrets: ["1"] },
      createCipheriv: { secrets: ["1"] },
      createDecipheriv: { secrets: ["1"] },
      createCipher: { secrets: ["1"] },
      createDecipher: { secrets: ["1"] },
      hkdf: { secrets: ["1"] },
      hkdfSync: { secrets: ["1"] },
      createSecretKey: { secrets: ["0"] },
      createPrivateKey: { secrets: ["0.passphrase"] },
      privateDecrypt: { secrets: ["0.passphrase"] },
      privateEncrypt: { secrets: ["0.passphrase"] },
      pbkdf2: { secrets: ["0"] },
      pbkdf2Sync: { secrets: ["0"] },
      scryptSync: { secrets: ["0"] },
      scrypt: { secrets: ["0"] },
      timingSafeEqual: { secrets: ["0", "1"] },
      createSign: { call: "signer" },
      sign: { secrets: ["2"] },
      subtle: { members: { importKey: { secrets: ["1"] } } },
      webcrypto: { members: { subtle: { members: { importKey: { secrets: ["1"] } } } } },
      randomUUID: {},
      randomBytes: {},
      randomInt: {},
    },
    values: { signer: { members: { update: { call: "self" }, sign: { secrets: ["0", "0.key", "0.passphrase"] } } } },
  },
  { package: "node:worker_threads", capabilities: ["shell"], exports: { Worker: { effect: { makes: "worker", opens: true }, sinks: [{ kind: "code", at: "0" }] } } },
  { package: "node:cluster", capabilities: ["web-server"], exports: { fork: { effect: { makes: "worker", opens: true } } } },
  { package: "node:timers", capabilities: ["clock"], exports: { setInterval: { effect: { makes: "timer", opens: true } }, setTimeout: { effect: { makes: "timer", opens: true } } } },
  { package: "node:timers/promises", capabilities: ["clock"], exports: { setInterval: { effect: { makes: "timer", opens: true } }, setTimeout: { effect: { makes: "timer", opens: true } } } },
  { package: "node:async_hooks", capabilities: ["ambient-context"], exports: { AsyncLocalStorage: { new: {} } } },
  { package: "node:test", capabilities: ["test-runner"] },
  { package: "node:assert", also: ["node:assert/strict"], capabilities: ["test-tool"] },
  { package: "node:perf_hooks", capabilities: ["clock"] },
  { package: "node:os", also: ["node:readline", "node:repl", "node:inspector", "node:tty"], capabilities: ["shell"] },
  { package: "node:dns", also: ["node:dns/promises"], capabilities: ["http-client"] },
  { package: "node:util", capabilities: ["utility"], exports: { debuglog: { call: "debug#logger" }, debug: { call: "debug#logger" } } },
  { package: "node:path", also: ["node:url", "node:events", "node:buffer", "node:stream", "node:string_decoder", "node:querystring", "node:punycode", "node:zlib"], capabilities: ["utility"] },
  {
    package: "node:console",
    capabilities: ["logger"],
    exports: { ...consoleMethods, default: "console", Console: { new: "console" } },
    values: { console: { is: "logger", members: consoleMethods } },
  },
];

export default libraries;
