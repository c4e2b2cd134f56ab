import type { Span } from "../base/position.js";
import type { ExportFact } from "./facts.js";
import { ImportCollector } from "./import-collector.js";
import type { GivenName } from "./read-function.js";
import { ScopeTracker } from "./scope.js";
import { type NamedPlace, SecretFinder } from "./secrets.js";
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
  readonly secrets: SecretFinder;
  /** Constants of the file whose text is known, for specifiers. */
  readonly constants = new Map<string, string>();
  /** Variables that hold what `createRequire` returned. */
  readonly requireNames = new Set<string>();
  /** Variables that hold a key of the environment: `const { ROOT_PASSWORD } = process.env`. */
  readonly environmentNames = new Set<string>();
  /** How many functions enclose the current node: imports inside run later than the module. */
  functionDepth = 0;
  /** How many properties named `example` enclose the current node: what they show is no secret. */
  exampleDepth = 0;
  /** What the objects, classes and enumerations around the current node are called. */
  readonly around: string[] = [];
  /** What the function around says that it returns, by its name. */
  result: GivenName | undefined;
  /** Whether the pattern that is read takes its parts from what looks like settings, or from what is unknown. */
  takesSettings = true;
  /** The statement that holds the value of the default export or of `module.exports`. */
  defaultExport: Statement | undefined;
  /** The branches of an `if`, or a function that wraps the script, give `module.exports` its value. */
  hasInnerExport = false;

  constructor(source: ts.SourceFile) {
    this.source = source;
    this.text = source.text;
    this.secrets = new SecretFinder(source.text);
  }

  span(node: ts.Node): Span {
    return [node.getStart(this.source), node.end];
  }

  textOf(node: ts.Node): string {
    return this.text.slice(node.getStart(this.source), node.end);
  }

  /** A string literal, without its text where that is a secret by its form or by the name it is given. */
  literal(span: Span, text: string, place?: NamedPlace): Expression {
    const secret = this.secrets.inLiteral(span, text, this.exampleDepth === 0 && place ? { ...place, around: this.around } : undefined);
    return secret ? { kind: "secret", span, format: secret.format, length: secret.length } : { kind: "literal", span, value: text };
  }

  /** Reads what stands in something that is called `name`. */
  inside<Result>(name: string | undefined, read: () => Result): Result {
    if (name === undefined) return read();
    this.around.push(name);
    const result = read();
    this.around.pop();
    return result;
  }

  /** A piece of a template, without its text where there is a secret in it. */
  visible(span: Span, text: string): string {
    return this.secrets.tokenIn(span) ? "…" : text;
  }
}

/** Whether an expression names settings: what is missing there has a stand-in, which is no-secret-fallbacks' business. */
export function looksLikeSettings(reader: Reader, node: ts.Node): boolean {
  return reader.environmentNames.has(reader.textOf(node)) || /\benv\b|config|settings/i.test(reader.textOf(node));
}
