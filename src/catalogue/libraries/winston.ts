import type { LogLevel } from "../concerns.js";
import type { ApiValue, Library } from "../library.js";

const write = (level: LogLevel): ApiValue => ({ log: { does: "write", level, shape: "message-fields" }, call: "self" });
const writes = {
  // npm levels
  error: write("error"), warn: write("warn"), info: write("info"), http: write("info"), verbose: write("debug"), debug: write("debug"), silly: write("trace"),
  // syslog levels
  emerg: write("fatal"), alert: write("fatal"), crit: write("fatal"), warning: write("warn"), notice: write("info"),
  log: { log: { does: "write", level: "info", shape: "level-first" } } satisfies ApiValue,
};

const library: Library = {
  package: "winston",
  capabilities: ["logger"],
  exports: {
    default: { like: ["exports"] },
    ...writes,
    createLogger: { call: "logger", log: { does: "create", options: "0", redaction: ["format"] } },
    Logger: { new: "logger" },
    child: { log: { does: "child", fields: "0" }, call: "logger" },
    loggers: { members: { get: { call: "logger" }, add: { call: "logger" } } },
    format: {},
    transports: { members: { File: { effect: { makes: "file", opens: true } } } },
  },
  values: {
    exports: { members: { ...writes, createLogger: { call: "logger", log: { does: "create", options: "0", redaction: ["format"] } }, child: { log: { does: "child", fields: "0" }, call: "logger" }, Logger: { new: "logger" }, loggers: { members: { get: { call: "logger" }, add: { call: "logger" } } }, transports: { members: { File: { effect: { makes: "file", opens: true } } } } } },
    logger: { is: "logger", members: { ...writes, child: { log: { does: "child", fields: "0" }, call: "logger" }, add: {}, configure: {}, startTimer: {}, level: {}, profile: {} } },
  },
};

export default library;
