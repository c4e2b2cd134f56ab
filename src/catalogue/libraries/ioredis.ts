import type { ApiValue, Library } from "../library.js";

const list: ApiValue = { store: { role: "list" } };
const page: ApiValue = { store: { role: "list", bounded: true } };
const read: ApiValue = { store: { role: "read" } };
const write: ApiValue = { store: { role: "write", write: "update" } };
const remove: ApiValue = { store: { role: "write", write: "delete" } };
const script: ApiValue = { store: { role: "statement", text: ["0"], parameters: ["1+"] } };

/** Redis commands by lower-case name; the `redis` package also has them in camel case. */
function commands(names: Readonly<Record<string, ApiValue>>): Record<string, ApiValue> {
  const all: Record<string, ApiValue> = {};
  for (const [spelling, value] of Object.entries(names)) {
    all[spelling] = value;
    all[spelling.toLowerCase()] = value;
  }
  return all;
}

const redis = commands({
  keys: list,
  sMembers: list,
  hGetAll: list,
  hKeys: list,
  hVals: list,
  lRange: list,
  zRange: list,
  scan: page,
  sScan: page,
  hScan: page,
  zScan: page,
  scanStream: page,
  scanIterator: page,
  get: read,
  mGet: read,
  exists: read,
  ttl: read,
  hGet: read,
  hMGet: read,
  sIsMember: read,
  zScore: read,
  lLen: read,
  sCard: read,
  ping: read,
  set: { store: { role: "write", write: "upsert" } },
  setEx: { store: { role: "write", write: "upsert" } },
  pSetEx: { store: { role: "write", write: "upsert" } },
  setNX: { store: { role: "write", write: "insert" } },
  mSet: write,
  getSet: write,
  getDel: remove,
  getEx: write,
  append: write,
  incr: write,
  incrBy: write,
  decr: write,
  decrBy: write,
  hSet: write,
  hMSet: write,
  hIncrBy: write,
  hDel: remove,
  lPush: write,
  rPush: write,
  lPop: remove,
  rPop: remove,
  sAdd: write,
  sRem: remove,
  zAdd: write,
  zRem: remove,
  expire: write,
  pExpire: write,
  persist: write,
  del: remove,
  unlink: remove,
  xAdd: write,
  publish: write,
  flushAll: { store: { role: "write", write: "delete", many: true } },
  flushDb: { store: { role: "write", write: "delete", many: true } },
  eval: script,
  evalSha: { store: { role: "statement", parameters: ["1+"] } },
});

const library: Library = {
  package: "ioredis",
  also: ["redis", "@redis/client", "@redis/cluster"],
  capabilities: ["data-access", "cache"],
  store: { family: "redis", execution: "eager" },
  harmless: ["ReplyError", "*Error", "RedisOptions"],
  leaks: { error: ["Redis", "default", "Cluster", "RedisClientType", "ChainableCommander", "RedisClientMultiCommandType"] },
  exports: {
    default: { new: "client", call: "client", effect: { makes: "connection", opens: true, unless: [{ at: "0.lazyConnect", is: true }, { at: "1.lazyConnect", is: true }, { at: "2.lazyConnect", is: true }] }, members: { Cluster: { new: "client", effect: { makes: "connection", opens: true, unless: [{ at: "1.lazyConnect", is: true }] } } } },
    Redis: { new: "client", effect: { makes: "connection", opens: true, unless: [{ at: "0.lazyConnect", is: true }, { at: "1.lazyConnect", is: true }, { at: "2.lazyConnect", is: true }] } },
    Cluster: { new: "client", effect: { makes: "connection", opens: true, unless: [{ at: "1.lazyConnect", is: true }] } },
    createClient: { call: "client", effect: { makes: "client" } },
    createCluster: { call: "client", effect: { makes: "client" } },
    createClientPool: { call: "client", effect: { makes: "pool" } },
    createSentinel: { call: "client", effect: { makes: "client" } },
    RedisClientType: { new: "client" },
    RedisClusterType: { new: "client" },
    RedisClient: { new: "client" },
  },
  values: {
    client: {
      is: "client",
      members: {
        ...redis,
        connect: { store: { role: "connect" }, effect: { makes: "connection", opens: true }, call: "client" },
        disconnect: { store: { role: "disconnect" } },
        quit: { store: { role: "disconnect" } },
        close: { store: { role: "disconnect" } },
        destroy: { store: { role: "disconnect" } },
        multi: { store: { role: "begin", execution: "sync" }, call: "multi" },
        pipeline: { store: { role: "start", execution: "sync" }, call: "multi" },
        watch: { store: { role: "read" } },
        duplicate: { call: "client" },
        on: {},
        once: {},
        subscribe: { queue: { does: "consume" } },
      },
    },
    multi: {
      is: "statement",
      members: {
        exec: { store: { role: "execute" } },
        execAsPipeline: { store: { role: "execute" } },
        discard: { store: { role: "rollback" } },
      },
      others: { store: { role: "clause", execution: "explicit" }, call: "self" },
    },
  },
};

export default library;
