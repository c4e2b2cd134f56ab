import type { TSESTree } from "@typescript-eslint/utils";
import { splitWords } from "../base/words.js";
import { entropyOf } from "../catalogue/secrets/entropy.js";
import { findTokens } from "../catalogue/secrets/find-tokens.js";
import { chainRoot, importOf, type SourceCode, textOf } from "./syntax-nodes.js";

type Node = TSESTree.Node;

/** Keys of what the program itself checks or opens, whatever service they are named after. */
const ownKey = /pass(word|wd|phrase)?|pwd|jwt|sign|hmac|session|cookie|webhook|encrypt|cipher|csrf|pepper/i;
/** First words of keys that name no service. */
const common: ReadonlySet<string> = new Set(["app", "api", "auth", "server", "service", "secret", "token", "access", "admin", "internal", "client", "private", "master", "root"]);

/**
 * Whether a text that stands in for a key is handed to the client of the service that the key is named after, and is
 * no credential by its form: `new OpenAI({ apiKey: env.OPENAI_API_KEY || "sk-" })`. The service refuses it, and nobody
 * else asks for it.
 */
export function isRefusedByService(source: SourceCode, standIn: Node, key: string): boolean {
  const [service = ""] = splitWords(key);
  if (ownKey.test(key) || service.length < 3 || common.has(service.toLowerCase())) return false;
  const client = clientAround(standIn);
  return client !== undefined && !isCredential(textOf(standIn) ?? "") && nameOfClient(source, client).includes(service.toLowerCase());
}

function clientAround(node: Node): TSESTree.NewExpression | undefined {
  const { parent } = node;
  if (parent === undefined) return undefined;
  if (parent.type === "NewExpression") return parent.callee === node ? undefined : parent;
  return /^(LogicalExpression|ConditionalExpression|TemplateLiteral|Property|ObjectExpression|TSAsExpression|TSNonNullExpression)$/.test(parent.type) ? clientAround(parent) : undefined;
}

/** The class and the package it comes from, in small letters. */
function nameOfClient(source: SourceCode, { callee }: TSESTree.NewExpression): string {
  const root = chainRoot(callee);
  const from = importOf(source, callee) ?? importOf(source, root);
  return from === undefined || /^[./~#]/.test(from.module) ? "" : `${from.module} ${source.getText(callee)}`.toLowerCase();
}

function isCredential(text: string): boolean {
  return findTokens(text).length > 0 || (text.length >= 20 && entropyOf(text) >= 3);
}
