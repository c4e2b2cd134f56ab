import { splitWords } from "../base/words.js";
import type { CallExpression, NewExpression } from "../facts/syntax.js";
import { someNode } from "../facts/walk.js";
import type { ProjectModel } from "../model/project-model.js";
import type { Exposure } from "./exposure.js";

/** Code that takes a text apart. What checks web tokens may be called a parser as well. */
const takesApart = /(?:^|[/._-])(?:lexer|tokeni[sz]er|parser|grammar|formula)s?(?=[/._-]|$)/i;
const letsIn = /auth|jwt|jws|oauth|token-|cookie|header|bearer|session|login/i;

/** Code that has a text spoken or written by a model, piece by piece. */
const speaking: ReadonlySet<string> = new Set(["tts", "speech", "prompt", "completion", "embedding", "embeddings", "llm", "vocabulary"]);

const locking: ReadonlySet<string> = new Set(["lock", "unlock", "mutex", "lease", "semaphore"]);

/** Whether a token is none that lets anybody in: a piece of a text in a parser or of what is spoken, or what says who holds a lock. */
export function isOtherToken(model: ProjectModel, file: string, node: CallExpression | NewExpression, { category, field }: Exposure): boolean {
  if (category !== "token" || !/(?:^|[._]|[a-z])tokens?\)?$/i.test(field)) return false;
  if (takesApart.test(file) && !letsIn.test(file)) return true;
  const around = model.values.index(file).functionAround(node);
  const name = around?.member?.name ?? around?.node.name ?? "";
  if (/(?:^|[._ ])tokens\)?$/i.test(field) && [name, around?.class?.name ?? "", file].flatMap(splitWords).some((word) => speaking.has(word))) return true;
  return splitWords(name).some((word) => locking.has(word)) || someNode(node.arguments, (part) => (part.kind === "template" ? part.texts : part.kind === "literal" && typeof part.value === "string" ? [part.value] : []).some((text) => /\b(?:lock|mutex|lease)\b/i.test(text)));
}
