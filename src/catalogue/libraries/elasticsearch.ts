import type { ApiReference, Library } from "../library.js";

const schema: ApiReference = { store: { role: "schema" } };

const library: Library = {
  package: "@elastic/elasticsearch",
  also: ["@opensearch-project/opensearch"],
  capabilities: ["data-access", "search"],
  store: { family: "search", execution: "eager" },
  harmless: ["errors", "errors.*"],
  leaks: { error: ["Client", "estypes", "estypes.*"] },
  exports: { Client: { new: "client", effect: { makes: "client" } } },
  values: {
    client: {
      is: "client",
      members: {
        // Ten hits unless a size is asked for.
        search: { store: { role: "list", bounded: true, filter: ["0.query", "0.body"], limit: ["0.size", "0.body.size"] }, sinks: [{ kind: "filter", at: "0.query" }, { kind: "filter", at: "0.body" }] },
        msearch: { store: { role: "list", bounded: true } },
        get: { store: { role: "read", filter: ["0.id"] } },
        mget: { store: { role: "list", bounded: true } },
        exists: { store: { role: "read", filter: ["0.id"] } },
        count: { store: { role: "read" } },
        index: { store: { role: "write", write: "upsert", data: ["0.document", "0.body"] } },
        create: { store: { role: "write", write: "insert", data: ["0.document", "0.body"] } },
        update: { store: { role: "write", write: "update", data: ["0.doc", "0.body"], filter: ["0.id"] } },
        delete: { store: { role: "write", write: "delete", filter: ["0.id"] } },
        bulk: { store: { role: "write", write: "other", many: true, data: ["0.operations", "0.body"] } },
        updateByQuery: { store: { role: "write", write: "update", many: true, filter: ["0.query"] } },
        deleteByQuery: { store: { role: "write", write: "delete", many: true, filter: ["0.query"] } },
        reindex: { store: { role: "write", write: "other", many: true } },
        sql: { members: { query: { store: { role: "statement", text: ["0.query"], parameters: ["0.params"] } } } },
        esql: { members: { query: { store: { role: "statement", text: ["0.query"], parameters: ["0.params"] } } } },
        helpers: { members: { search: { store: { role: "list" } }, scrollSearch: { store: { role: "list", bounded: true } }, scrollDocuments: { store: { role: "list", bounded: true } }, bulk: { store: { role: "write", write: "other", many: true, data: ["0.datasource"] } } } },
        indices: { members: { create: schema, delete: schema, putMapping: schema, putSettings: schema, putTemplate: schema, putIndexTemplate: schema, updateAliases: schema, exists: { store: { role: "read" } }, refresh: {} } },
        ping: { store: { role: "read" } },
        close: { store: { role: "disconnect" } },
      },
    },
  },
};

export default library;
