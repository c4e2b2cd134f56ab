import type { LogLevel } from "../concerns.js";
import type { ApiReference, Library } from "../library.js";

const levels: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];
const writes: Record<string, ApiReference> = Object.fromEntries(levels.map((level) => [level, { log: { does: "write", level, shape: "fields-message" } }]));

const library: Library = {
  package: "pino",
  capabilities: ["logger"],
  exports: {
    default: { like: ["factory"], call: "logger", log: { does: "create", options: "0", redaction: ["redact", "serializers", "formatters", "hooks"], errorKey: "err" }, members: { pino: "factory" } },
    pino: "factory",
    Logger: { new: "logger" },
    BaseLogger: { new: "logger" },
    transport: {},
    destination: { effect: { makes: "file", opens: true } },
  },
  values: {
    factory: {
      call: "logger",
      log: { does: "create", options: "0", redaction: ["redact", "serializers", "formatters", "hooks"], errorKey: "err" },
      members: {
        Logger: { new: "logger" },
        transport: {},
        destination: { effect: { makes: "file", opens: true } },
        stdSerializers: {},
        stdTimeFunctions: {},
      },
    },
    logger: {
      is: "logger",
      members: {
        ...writes,
        child: { log: { does: "child", fields: "0" }, call: "logger" },
        setBindings: { log: { does: "fields", fields: "0" } },
        silent: {},
        level: {},
        flush: {},
        bindings: {},
        isLevelEnabled: {},
      },
    },
  },
};

export default library;
