import type { Span } from "../base/position.js";
import type { Statement, TypeDeclaration } from "./syntax.js";

/** How a module brings another one in. */
export type ImportForm =
  /** `import … from "x"` and `import "x"` */
  | "import"
  /** `export { a } from "x"` */
  | "export"
  /** `export * from "x"` and `export * as n from "x"` */
  | "export-star"
  /** `import("x")` */
  | "dynamic"
  /** `require("x")`, also through `createRequire` */
  | "require"
  /** `import x = require("x")` */
  | "import-equals"
  /** `import("x").T` and `typeof import("x")` in a type */
  | "import-type"
  /** `import("x").T` in a JSDoc comment, or `@import` */
  | "jsdoc";

/** One name of an import or re-export. */
export interface ImportedName {
  /** The name in the other module: `default`, `*` for the namespace, or the export's name. */
  readonly imported: string;
  /** The local binding, or for a re-export the name it is exported under. */
  readonly local: string;
  /** Index into `FileFacts.bindings`; absent for re-exports. */
  readonly binding?: number;
  readonly span: Span;
  /** `import type { a }` or `import { type a }`. */
  readonly typeOnly?: true;
  /**
   * How this file uses the local name: as a value, only in types, only in types of which at least one is the type of a
   * decorated declaration (which `emitDecoratorMetadata` keeps at run time), or not at all.
   */
  readonly use: "value" | "metadata" | "type" | "none";
}

/** One import, re-export, `require` or type import. */
export interface ImportFact {
  readonly form: ImportForm;
  /** The specifier as text; absent when it is not a constant. Constants of this file and templates without values are folded. */
  readonly specifier?: string;
  readonly span: Span;
  readonly specifierSpan: Span;
  /** The whole declaration is type-only. */
  readonly typeOnly?: true;
  readonly names: readonly ImportedName[];
  /** Runs inside a function, not when the module is loaded. */
  readonly deferred?: true;
}

/** A name that the module offers. Re-exports are in `imports`. */
export interface ExportFact {
  /** `default` for the default export, `export=` for `export =` and `module.exports =`. */
  readonly name: string;
  readonly span: Span;
  /** The binding that is exported; absent for an expression, which then is in `FileFacts.defaultExport`. */
  readonly binding?: number;
  readonly typeOnly?: true;
}

export type BindingKind =
  | "import" | "variable" | "parameter" | "function" | "class" | "enum" | "interface" | "alias" | "namespace" | "catch";

/** A declared name. Its index in `FileFacts.bindings` is its identity in this file. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly span: Span;
  /** Declared at the top level of the module. */
  readonly top?: true;
  /** Assigned after its declaration, so that its initial value is not its only one. */
  readonly reassigned?: true;
}

/** A comment that directs a checker, as written behind `//` or between the comment marks. */
export interface DirectiveFact {
  readonly span: Span;
  readonly text: string;
}

/** A secret in the source. Its text is not kept. */
export interface SecretFact {
  /** Of the token, or of the literal where only its name tells. */
  readonly span: Span;
  /** The id of a token format, or what its name says it is: `password`, `key`, `token`, `phrase`, `authorization-header`. */
  readonly format: string;
  /** In UTF-16 units. */
  readonly length: number;
  /** The name of the variable, property, parameter or header that told. */
  readonly name?: string;
  /** It stands in for a setting that may be missing. */
  readonly fallback?: true;
  /** A password beside a mail address and what else is kept of an account. */
  readonly ofAccount?: true;
  /** Tells copies of a token or key, by a checksum of its text that nothing of the text can be read from; none for passwords. */
  readonly mark?: number;
}

/** All that one source text says, by itself. */
export interface FileFacts {
  /** Of the code that made them. */
  readonly version: string;
  /** Offsets at which lines start. */
  readonly lineStarts: readonly number[];
  /** The first syntax error; other facts are then as good as recovery allows, and no finding is reported but this one. */
  readonly syntaxError?: { readonly message: string; readonly span: Span };
  /** Has `@generated` or a like mark in its first lines. */
  readonly generated?: true;
  /** A program that a tool put together in one file, a template, or a script with the types of Flow: only its imports and secrets are known. */
  readonly passedOver?: "bundle" | "template" | "flow";
  /** Uses `import`, `export` or `import.meta`: an ES module by its syntax. */
  readonly esModule?: true;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly bindings: readonly Binding[];
  readonly types: readonly TypeDeclaration[];
  /** The module's statements. `export` is dropped from declarations; `export default <expression>` is an expression statement. */
  readonly body: readonly Statement[];
  /** Index into `body` of the expression of `export default` or `export =`. */
  readonly defaultExport?: number;
  /** What a script exports stands further in, where `innerExport` finds it. */
  readonly hasInnerExport?: true;
  readonly directives: readonly DirectiveFact[];
  /** In source order. */
  readonly secrets: readonly SecretFact[];
}
