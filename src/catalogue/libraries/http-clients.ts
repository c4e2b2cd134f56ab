import type { ApiReference, ApiValue, ArgumentPath, Library } from "../library.js";

/** A request whose address stands in one of `url` and whose settings, with body and headers, in `options`. */
function request(url: readonly ArgumentPath[], options: "0" | "1", ...body: readonly string[]): ApiValue {
  return {
    http: { does: "request", url, body: body.map((name): ArgumentPath => `${options}.${name}`), headers: [`${options}.headers`] },
    sinks: url.map((at) => ({ kind: "url", at })),
  };
}

const verbs = ["get", "post", "put", "patch", "delete", "head", "options"] as const;
const all = (value: ApiReference): Record<string, ApiReference> => Object.fromEntries(verbs.map((verb) => [verb, value]));

const got = request(["0", "0.url"], "1", "json", "body", "form");
const ky = request(["0"], "1", "json", "body");
const fetches = request(["0"], "1", "body");
const undici = request(["0"], "1", "body");
const body: ApiValue = { http: { does: "request", body: ["0"] }, call: "self" };

const libraries: readonly Library[] = [
  { package: "got", also: ["got-cjs"], capabilities: ["http-client"], harmless: ["*Error"], exports: { default: { is: "http-client", ...got, members: { ...all(got), stream: got, extend: { call: "client", http: { does: "create" } }, paginate: got } }, got: "client" }, values: { client: { is: "http-client", ...got, members: { ...all(got), stream: got, extend: { call: "client", http: { does: "create" } } } } } },
  { package: "ky", also: ["ky-universal"], capabilities: ["http-client"], harmless: ["HTTPError", "TimeoutError"], exports: { default: "client" }, values: { client: { is: "http-client", ...ky, members: { ...all(ky), create: { call: "client", http: { does: "create" } }, extend: { call: "client", http: { does: "create" } } } } } },
  { package: "node-fetch", also: ["cross-fetch", "isomorphic-fetch", "ofetch", "whatwg-fetch", "make-fetch-happen", "fetch-retry"], capabilities: ["http-client"], harmless: ["FetchError", "AbortError", "Headers", "Response"], exports: { default: fetches, fetch: fetches, ofetch: { ...fetches, members: { create: { call: fetches } } }, $fetch: fetches } },
  {
    package: "undici",
    capabilities: ["http-client"],
    harmless: ["errors", "errors.*", "Headers", "FormData"],
    exports: { fetch: fetches, request: undici, stream: undici, pipeline: undici, Client: { new: "client", effect: { makes: "client" } }, Pool: { new: "client", effect: { makes: "pool" } }, Agent: { new: "client", effect: { makes: "pool" } }, MockAgent: {} },
    values: { client: { is: "http-client", members: { request: request(["0.path"], "0", "body"), close: {} } } },
  },
  {
    package: "superagent",
    capabilities: ["http-client"],
    exports: { default: { ...fetches, members: all({ ...request(["0"], "1"), call: "request" }) } },
    values: { request: { is: "http-client", members: { send: body, auth: { secrets: ["1"], call: "self" }, query: { call: "self" }, set: { call: "self" } }, others: { call: "self" } } },
  },
  { package: "request", also: ["request-promise", "request-promise-native", "phin", "bent", "wretch", "teeny-request", "simple-get"], capabilities: ["http-client"], exports: { default: { ...request(["0", "0.url", "0.uri"], "0", "body", "json", "form"), members: all(request(["0", "0.url"], "0", "body")) } } },
  // `needle("get", url)`, `needle.get(url)`
  { package: "needle", capabilities: ["http-client"], exports: { default: { http: { does: "request", url: ["1"], body: ["2"], headers: ["3.headers"] }, sinks: [{ kind: "url", at: "1" }], members: all(request(["0"], "1")) } } },
  { package: "openapi-fetch", also: ["graphql-request", "@urql/core", "axios-retry", "axios-cache-interceptor", "@octokit/*", "octokit", "googleapis", "@slack/*", "telegraf", "grammy", "node-telegram-bot-api", "airtable", "@gitbeaker/*", "@sanity/client", "@shopify/*", "@segment/analytics-node", "mixpanel", "customerio-node", "soap", "@hubspot/api-client", "@notionhq/client", "@linear/sdk", "@sendbird/*", "@zendesk/*", "intercom-client", "@azure/*", "@google-cloud/*", "@googleapis/*", "plaid", "shippo", "docusign-esign", "@kubernetes/client-node"], capabilities: ["http-client"] },
];

export default libraries;
