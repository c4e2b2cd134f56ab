import { lineStarts, type Span } from "../base/position.js";
import { readDirectives, readDocumentedImports, saysGenerated } from "./comments.js";
import type { FileFacts } from "./facts.js";
import { noteCommonJsExports } from "./read-export.js";
import { readBlock } from "./read-statement.js";
import { Reader } from "./reader.js";
import { parse, ts } from "./typescript.js";
import { factsVersion } from "./version.js";

/** In UTF-16 units. Nobody writes so much JavaScript into one file, and a bundle is no code of the application. */
const largestScript = 256 * 1024;

/**
 * All that one source text says, by itself.
 *
 * @param file root-relative path; only its extension matters
 * @param text the source without a byte-order mark
 * @returns facts that survive `JSON.stringify`. Broken syntax is recovered from and named in `syntaxError`.
 */
export function extractFacts(file: string, text: string): FileFacts {
  const source = parse(file, text);
  const reader = new Reader(source);
  const body = readBlock(reader, source.statements);
  noteCommonJsExports(reader, body);
  const bindings = reader.scopes.finish();
  const imports = [...reader.imports.finish(reader.scopes), ...readDocumentedImports(source)];
  const syntaxError = firstSyntaxError(source);
  const bundle = isBundle(file, text);
  return {
    version: factsVersion,
    lineStarts: lineStarts(text),
    ...(syntaxError && { syntaxError }),
    ...(saysGenerated(text) && { generated: true as const }),
    ...(bundle && { bundle: true as const }),
    ...(isEsModule(source) && { esModule: true as const }),
    imports,
    exports: bundle ? [] : reader.exports,
    bindings,
    types: bundle ? [] : reader.types,
    body: bundle ? [] : body,
    ...(reader.defaultExport && !bundle && { defaultExport: body.indexOf(reader.defaultExport) }),
    directives: readDirectives(source),
    secrets: reader.secrets.finish(),
  };
}

function isBundle(file: string, text: string): boolean {
  return /\.[cm]?js$/.test(file) && (text.length > largestScript || /[.-]min\.[cm]?js$/.test(file));
}

function firstSyntaxError(source: ts.SourceFile): { message: string; span: Span } | undefined {
  // The parser's own list is not in the public type; a Program, which would give it, costs a hundred times more.
  const diagnostics = (source as unknown as { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics;
  const first = diagnostics?.[0];
  if (!first) return undefined;
  return { message: ts.flattenDiagnosticMessageText(first.messageText, " "), span: [first.start, first.start + first.length] };
}

function isEsModule(source: ts.SourceFile): boolean {
  return ts.isExternalModule(source);
}
