import type { ApiValue, Library } from "../library.js";

const filter: ApiValue = { store: { role: "clause", filter: ["0", "1"] }, call: "self" };

/** supabase-js: no transactions in the client, errors are returned. */
const library: Library = {
  package: "@supabase/supabase-js",
  also: ["@supabase/ssr", "@supabase/postgrest-js", "@supabase/auth-helpers-nextjs"],
  capabilities: ["data-access", "auth", "storage"],
  store: { family: "sql", execution: "lazy" },
  harmless: ["*Error", "isAuthError"],
  leaks: { error: ["SupabaseClient", "Postgrest*"], warn: ["User", "Session"] },
  exports: { createClient: { call: "client", effect: { makes: "client" } }, createServerClient: { call: "client", effect: { makes: "client" } }, createBrowserClient: { call: "client", effect: { makes: "client" } }, SupabaseClient: { new: "client" } },
  values: {
    client: {
      is: "client",
      members: {
        from: { call: "table" },
        schema: { call: "client" },
        rpc: { store: { role: "statement" }, call: "select" },
        auth: {},
        storage: { members: { from: { call: { is: "storage" } } } },
        functions: { members: { invoke: { http: { does: "request", body: ["1.body"] } } } },
        channel: {},
      },
    },
    table: {
      is: "model",
      members: {
        select: { store: { role: "list" }, call: "select" },
        insert: { store: { role: "write", write: "insert", data: ["0"] }, call: "select" },
        upsert: { store: { role: "write", write: "upsert", data: ["0"] }, call: "select" },
        update: { store: { role: "write", write: "update", data: ["0"] }, call: "select" },
        delete: { store: { role: "write", write: "delete" }, call: "select" },
      },
    },
    select: {
      is: "statement",
      members: {
        select: { store: { role: "clause" }, call: "self" },
        limit: { store: { role: "clause", limit: ["0"] }, call: "self" },
        range: { store: { role: "clause", limit: ["1"] }, call: "self" },
        single: { store: { role: "clause", single: true }, call: "self" },
        maybeSingle: { store: { role: "clause", single: true }, call: "self" },
        or: { store: { role: "clause", filter: ["0"], text: ["0"] }, call: "self" },
        filter: { store: { role: "clause", filter: ["2"] }, call: "self" },
        eq: filter,
        neq: filter,
        gt: filter,
        gte: filter,
        lt: filter,
        lte: filter,
        in: filter,
        is: filter,
        like: filter,
        ilike: filter,
        contains: filter,
        match: { store: { role: "clause", filter: ["0"] }, call: "self" },
        then: {},
        throwOnError: { call: "self" },
      },
      others: { store: { role: "clause" }, call: "self" },
    },
  },
};

export default library;
