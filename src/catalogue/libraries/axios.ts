import type { ApiValue, Library } from "../library.js";

const read: ApiValue = { http: { does: "request", url: ["0"], headers: ["1.headers"] }, sinks: [{ kind: "url", at: "0" }] };
const write: ApiValue = { http: { does: "request", url: ["0"], body: ["1"], headers: ["2.headers"] }, sinks: [{ kind: "url", at: "0" }] };
const methods: Record<string, ApiValue> = {
  get: read,
  delete: read,
  head: read,
  options: read,
  post: write,
  put: write,
  patch: write,
  postForm: write,
  putForm: write,
  patchForm: write,
  request: { http: { does: "request", url: ["0.url"], body: ["0.data"], headers: ["0.headers"] }, sinks: [{ kind: "url", at: "0.url" }] },
};

const create: ApiValue = { call: "instance", http: { does: "create" }, sinks: [{ kind: "url", at: "0.baseURL" }] };

const library: Library = {
  package: "axios",
  also: ["redaxios"],
  capabilities: ["http-client"],
  harmless: ["AxiosError", "isAxiosError", "HttpStatusCode"],
  httpStatuses: ["HttpStatusCode"],
  exports: {
    default: { like: ["instance"], http: { does: "request", url: ["0", "0.url"], body: ["0.data"] }, sinks: [{ kind: "url", at: "0" }], members: { create, isAxiosError: {}, AxiosError: {} } },
    create,
    Axios: { new: "instance" },
    AxiosInstance: { new: "instance" },
    AxiosStatic: { new: "instance" },
    AxiosError: {},
    isAxiosError: {},
    ...methods,
  },
  values: {
    instance: { is: "http-client", http: { does: "request", url: ["0", "0.url"], body: ["0.data"] }, sinks: [{ kind: "url", at: "0" }], members: { ...methods, interceptors: {}, defaults: {} } },
  },
};

export default library;
