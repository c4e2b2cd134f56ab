import { wordTable } from "../../base/word-table.js";

/**
 * Functions of H3 that read a part of the request, which Nuxt and Nitro import by themselves; `validates` ones hand it to
 * the schema or function that they are given. Source: the references of h3 1 and 2.
 */
export const h3Readers: Readonly<Record<string, { readonly part: "body" | "query" | "params" | "headers" | "cookies" | "file" | "url"; readonly validates?: true }>> = wordTable({
  readBody: { part: "body" },
  readRawBody: { part: "body" },
  readFormData: { part: "body" },
  readMultipartFormData: { part: "file" },
  readValidatedBody: { part: "body", validates: true },
  getQuery: { part: "query" },
  getValidatedQuery: { part: "query", validates: true },
  getRouterParam: { part: "params" },
  getRouterParams: { part: "params" },
  getValidatedRouterParams: { part: "params", validates: true },
  getHeader: { part: "headers" },
  getHeaders: { part: "headers" },
  getRequestHeader: { part: "headers" },
  getRequestHeaders: { part: "headers" },
  getCookie: { part: "cookies" },
  parseCookies: { part: "cookies" },
  getRequestURL: { part: "url" },
});

/** Where those functions come from: their package, or nowhere where a framework imports them. */
export const h3Packages = /^(h3|nitro|nitropack|#imports|global)$/;
