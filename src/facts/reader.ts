import type { Span } from "../base/position.js";
import type { ExportFact } from "./facts.js";
import { ImportCollector } from "./import-collector.js";
import { ScopeTracker } from "./scope.js";
import type { Expression, Statement, TypeDeclaration } from "./syntax.js";
import type { ts } from "./typescript.js";

/** What the readers of one file share. */
export class Reader {
  readonly source: ts.SourceFile;
  readonly text: string;
  readonly scopes = new ScopeTracker();
  readonly imports = new ImportCollector();
  readonly exports: ExportFact[] = [];
  readonly types: TypeDeclaration[] = [];
  /** Constants of the file whose text is known, for specifiers. */
  readonly constants = new Map<string, string>();
  /** Variables that hold what `createRequire` returned. */
  readonly requireNames = new Set<string>();
  /** How many functions enclose the current node: imports inside run later than the module. */
  functionDepth = 0;
  /** The statement that holds the value of the default export or of `module.exports`. */
  defaultExport: Statement | undefined;

  constructor(source: ts.SourceFile) {
    this.source = source;
    this.text = source.text;
  }

  span(node: ts.Node): Span {
    return [node.getStart(this.source), node.end];
  }

  textOf(node: ts.Node): string {
    return this.text.slice(node.getStart(this.source), node.end);
  }

  /** A string literal, without its text where that looks like a secret. */
  literal(span: Span, text: string): Expression {
    return { kind: "literal", span, value: text };
  }

  /** A piece of a template, without what looks like a secret in it. */
  visible(text: string): string {
    return text;
  }
}
