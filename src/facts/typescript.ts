import tsMorph = require("ts-morph");

/**
 * The compiler API that ts-morph carries (TypeScript 6.0 with ts-morph 28). The repo's own TypeScript is never used: its
 * version differs from repo to repo, and version 7 has no such API. By `require`, since an `import` would read the 10 MB of
 * CommonJS twice, once for the names that they export.
 */
export import ts = tsMorph.ts;

/** Parses one text without type information; never throws, syntax errors are recovered from. */
export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(
    file,
    text,
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
    scriptKind(file),
  );
}

function scriptKind(file: string): ts.ScriptKind {
  if (file.endsWith(".tsx")) return ts.ScriptKind.TSX;
  if (/\.[cm]?ts$/.test(file)) return ts.ScriptKind.TS;
  // JSX is legal in every JavaScript file as far as tools go.
  return ts.ScriptKind.JSX;
}
