import { lineStarts, type Span } from "../base/position.js";
import { readDirectives, readDocumentedImports, saysGenerated } from "./comments.js";
import type { FileFacts } from "./facts.js";
import { noteCommonJsExports } from "./read-export.js";
import { readBlock } from "./read-statement.js";
import { Reader } from "./reader.js";
import { parse, ts } from "./typescript.js";
import { factsVersion } from "./version.js";

/** In UTF-16 units. Hardly anybody writes so much JavaScript into one file, and a bundle is no code of the application. */
const largestScript = 256 * 1024;
/** A file that loads so many others of its own project is written, however long it has grown; a bundle has them in it. */
const fewestOwnImports = 5;

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
  const passedOver = noCodeOfTheProject(file, text, { isBroken: syntaxError !== undefined, ownImports: imports.filter(({ specifier }) => specifier?.startsWith(".") === true).length });
  return {
    version: factsVersion,
    lineStarts: lineStarts(text),
    ...(syntaxError && !passedOver && { syntaxError }),
    ...(saysGenerated(text) && { generated: true as const }),
    ...(passedOver && { passedOver }),
    ...(isEsModule(source) && { esModule: true as const }),
    imports,
    exports: passedOver ? [] : reader.exports,
    bindings,
    types: passedOver ? [] : reader.types,
    body: passedOver ? [] : body,
    ...(reader.hasInnerExport && !passedOver && { hasInnerExport: true as const }),
    ...(reader.defaultExport && !passedOver && { defaultExport: body.indexOf(reader.defaultExport) }),
    directives: readDirectives(source),
    secrets: reader.secrets.finish(),
  };
}

/** Why a script is not read as code: a tool put it together, it is a template of a page, or it has the types of Flow. */
function noCodeOfTheProject(file: string, text: string, { isBroken, ownImports }: { readonly isBroken: boolean; readonly ownImports: number }): FileFacts["passedOver"] {
  if (!/\.[cm]?jsx?$/.test(file)) return undefined;
  if (/\.[cm]?js$/.test(file) && ((text.length > largestScript && ownImports < fewestOwnImports) || /[.-]min\.[cm]?js$/.test(file))) return "bundle";
  if (!isBroken) return undefined;
  return /<%[-=_#]?\s?[\w(]/.test(text) ? "template" : /@flow\b/.test(text.slice(0, 1_000)) ? "flow" : undefined;
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
