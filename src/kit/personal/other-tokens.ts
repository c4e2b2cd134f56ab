import { splitWords } from "../../base/words.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, NewExpression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type Exposure, keyOf, wayTo } from "./exposure.js";

/** Code that takes a text apart. What checks web tokens may be called a parser as well. */
const takesApart = /(?:^|[/._-])(?:lexer|tokeni[sz]er|parser|grammar|formula)s?(?=[/._-]|$)/i;
const letsIn = /auth|jwt|jws|oauth|token-|cookie|header|bearer|session|login/i;

/** Code that has a text spoken or written by a model, piece by piece. */
const speaking: ReadonlySet<string> = new Set(["tts", "speech", "prompt", "completion", "embedding", "embeddings", "llm", "vocabulary"]);

const locking: ReadonlySet<string> = new Set(["lock", "unlock", "mutex", "lease", "semaphore"]);

/** Packages that speak to a chain, on which tokens are owned and sold. */
const chains = [
  "ethers", "viem", "web3", "@solana/web3.js", "alchemy-sdk", "@polkadot/api", "starknet", "@mysten/sui", "@ton/ton", "near-api-js", "aptos",
  "@aptos-labs/ts-sdk", "arweave", "@stellar/stellar-sdk", "stellar-sdk", "xrpl", "tronweb", "@cosmjs/stargate", "@hashgraph/sdk", "algosdk",
  "@solana/kit", "@ethersproject/providers", "bitcoinjs-lib", "@dfinity/agent", "thirdweb",
];
const opens = /(?:access|refresh|id|auth|bearer|session|api|reset|device|invite|csrf|push|user|jwt|verification|login|registration)_?-?tokens?$/i;

/** Whether a file is of an application that works with a chain's tokens. */
function tradesTokens(model: ProjectModel, file: string): boolean {
  // Functions of one application may be packages of their own, with its dependencies above them.
  const around = model.packages.filter(({ folder }) => folder === "" || file.startsWith(`${folder}/`));
  return around.some(({ dependencies }) => chains.some((name) => dependencies.has(name)));
}

function keepsInRedis(model: ProjectModel, file: string): boolean {
  return [...model.packageOf(file).dependencies.keys()].some((name) => /^(?:io)?redis$|^@(?:redis|upstash\/redis|node-redis)|^bullmq$/.test(name));
}

/** Whether an address is one of a chain, with what it owns and who goes by it, which everybody may look up: `clientAddress`, `payer`. */
export function isChainAddress(model: ProjectModel, file: string, exposure: Exposure): boolean {
  const { category } = exposure;
  const key = keyOf(exposure);
  const isOwners = category === "contact" && /(?:^|wallet|owner|giver|user|refund|recipient|deposit|sender)address$/i.test(key);
  const isOwned = category === "employment" && /balance$/i.test(key);
  const goesByAddress = category === "identity" && /(?:^|[a-z])(?:payer|payee|holder|sender|recipient|buyer|seller)s?$/i.test(key) && key === wayTo(exposure);
  const isAccount = category === "identity" && /(?:^|token|claim|source|destination)accounts?$/i.test(key) && key === wayTo(exposure);
  return (isOwners || isOwned || goesByAddress || isAccount || (category === "location" && /address$/i.test(key) && !/ip|remote_?address$/i.test(wayTo(exposure)))) && tradesTokens(model, file);
}

/** `const tokens = query.split(" ").map(stem)`: the words of a text; of a header that is split one is the credential. */
function areWords(model: ProjectModel, file: string, { arguments: given }: CallExpression | NewExpression, field: string): boolean {
  return someNode(given, (part) => {
    if (part.kind !== "name" || part.name !== field || part.binding === undefined) return false;
    const source = model.values.index(file).sources[part.binding];
    let isSplit = false;
    let at = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
    for (; at?.kind === "call" && at.callee.kind === "member"; at = at.callee.object) isSplit ||= /^(?:split|match|matchAll|tokeni[sz]e)$/.test(at.callee.property);
    const name = at && (at.kind === "name" || at.kind === "member") ? lastName(at) : "";
    return isSplit && name !== "" && !/token|bearer/i.test(name) && !letsIn.test(name);
  });
}

/** Whether a token is none that lets anybody in: a piece of a text in a parser or of what is spoken, or what says who holds a lock. */
export function isOtherToken(model: ProjectModel, file: string, node: CallExpression | NewExpression, exposure: Exposure): boolean {
  const { category } = exposure;
  const way = wayTo(exposure);
  const key = keyOf(exposure);
  // The number under which a bank lets a payment through.
  if (category === "token" && /^authorization$/i.test(key) && !/header|req|request|config|options|\bauth\b/i.test(way.slice(0, -key.length)) && /pay|charge|card|acquir|checkout|e-?commerce|terminal/i.test(file)) return true;
  // A stream of Redis has a key as everything there.
  if (category === "credential" && /stream_?keys?(?:\(\))?$/i.test(key)) return keepsInRedis(model, file);
  // The sessions of MCP are told apart by an id that lets nobody in.
  if (category === "token" && /session-?_?id$/i.test(key) && (/mcp/i.test(way) || model.facts(file).imports.some(({ specifier }) => specifier?.startsWith("@modelcontextprotocol/") === true))) return true;
  if (category !== "token" || !/(?:^|[a-z0-9_])tokens?(?:data|info|lower|upper)?$/i.test(key)) return false;
  if (takesApart.test(file) && !letsIn.test(file)) return true;
  if (areWords(model, file, node, way)) return true;
  if (tradesTokens(model, file) && !opens.test(key) && !letsIn.test(file)) return true;
  const around = model.values.index(file).functionAround(node);
  const name = around?.member?.name ?? around?.node.name ?? "";
  if (/(?:^|_)tokens$/i.test(key) && [name, around?.class?.name ?? "", file].flatMap(splitWords).some((word) => speaking.has(word))) return true;
  return splitWords(name).some((word) => locking.has(word)) || someNode(node.arguments, (part) => (part.kind === "template" ? part.texts : part.kind === "literal" && typeof part.value === "string" ? [part.value] : []).some((text) => /\b(?:lock|mutex|lease)\b/i.test(text)));
}
