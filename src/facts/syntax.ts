import type { Span } from "../base/position.js";

/**
 * The code of one file as JSON: a reduced syntax tree with what the rules ask about and nothing else.
 *
 * It is purely local: names carry the number of the binding that declares them in this file, and no path is resolved.
 * Every node has a `span` of UTF-16 offsets. What no rule asks about (labels, debugger, type arguments of JSX, …) is
 * left out or becomes `other`, which keeps its parts so that no call below it is lost.
 */
export type Expression =
  | NameExpression
  | ThisExpression
  | LiteralExpression
  | SecretExpression
  | RegexExpression
  | TemplateExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | NewExpression
  | ObjectExpression
  | ArrayExpression
  | SpreadExpression
  | FunctionExpression
  | ClassExpression
  | AwaitExpression
  | YieldExpression
  | AssignExpression
  | BinaryExpression
  | UnaryExpression
  | ConditionalExpression
  | CastExpression
  | ImportExpression
  | OtherExpression;

/** A name that is read. `binding` is an index into `FileFacts.bindings`; without one the name is a global. */
export interface NameExpression {
  readonly kind: "name";
  readonly span: Span;
  readonly name: string;
  readonly binding?: number;
}

export interface ThisExpression {
  readonly kind: "this" | "super";
  readonly span: Span;
}

/** A string (also a template without substitutions), number, boolean or null. `undefined` is a name. */
export interface LiteralExpression {
  readonly kind: "literal";
  readonly span: Span;
  readonly value: string | number | boolean | null;
}

/** A string literal that looks like a secret: its text never leaves the parser. */
export interface SecretExpression {
  readonly kind: "secret";
  readonly span: Span;
  /** The id of the token format, or `unknown`. */
  readonly format: string;
  readonly length: number;
}

export interface RegexExpression {
  readonly kind: "regex";
  readonly span: Span;
  readonly pattern: string;
  readonly flags: string;
}

/** A template with substitutions or a tag; `texts` has one element more than `values`. */
export interface TemplateExpression {
  readonly kind: "template";
  readonly span: Span;
  readonly tag?: Expression;
  readonly texts: readonly string[];
  readonly values: readonly Expression[];
}

/** `object.property`, `object?.property`, `object["property"]` and `object.#property` (with its `#`). */
export interface MemberExpression {
  readonly kind: "member";
  readonly span: Span;
  readonly object: Expression;
  readonly property: string;
  readonly propertySpan: Span;
  readonly optional?: true;
}

/** `object[index]` with an index that is not a string literal. */
export interface IndexExpression {
  readonly kind: "index";
  readonly span: Span;
  readonly object: Expression;
  readonly index: Expression;
}

export interface CallExpression {
  readonly kind: "call";
  readonly span: Span;
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
  readonly typeArguments?: readonly TypeNode[];
  readonly optional?: true;
}

export interface NewExpression {
  readonly kind: "new";
  readonly span: Span;
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
  readonly typeArguments?: readonly TypeNode[];
}

export interface ObjectExpression {
  readonly kind: "object";
  readonly span: Span;
  readonly members: readonly ObjectMember[];
}

/** A property, method, accessor or spread of an object literal. */
export type ObjectMember =
  | { readonly kind: "property"; readonly span: Span; readonly key: string; readonly keySpan: Span; readonly value: Expression; readonly shorthand?: true }
  | { readonly kind: "computed"; readonly span: Span; readonly key: Expression; readonly value: Expression }
  | { readonly kind: "getter" | "setter"; readonly span: Span; readonly key: string; readonly value: FunctionExpression }
  | { readonly kind: "spread"; readonly span: Span; readonly value: Expression };

export interface ArrayExpression {
  readonly kind: "array";
  readonly span: Span;
  readonly elements: readonly Expression[];
}

/** `...value` in an array or argument list. */
export interface SpreadExpression {
  readonly kind: "spread";
  readonly span: Span;
  readonly value: Expression;
}

export interface FunctionExpression {
  readonly kind: "function";
  readonly span: Span;
  readonly function: FunctionNode;
}

export interface ClassExpression {
  readonly kind: "class";
  readonly span: Span;
  readonly class: ClassNode;
}

export interface AwaitExpression {
  readonly kind: "await";
  readonly span: Span;
  readonly value: Expression;
}

export interface YieldExpression {
  readonly kind: "yield";
  readonly span: Span;
  readonly value?: Expression;
}

/** An assignment, with `=` or a compound operator such as `??=`. */
export interface AssignExpression {
  readonly kind: "assign";
  readonly span: Span;
  readonly operator: string;
  readonly target: Expression | Pattern;
  readonly value: Expression;
}

/** Any binary or logical operation, `&&`, `||`, `??`, `in` and `instanceof` included. */
export interface BinaryExpression {
  readonly kind: "binary";
  readonly span: Span;
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** `!x`, `-x`, `typeof x`, `void x`, `delete x`, `++x`, `x++` (operator `post++`), … */
export interface UnaryExpression {
  readonly kind: "unary";
  readonly span: Span;
  readonly operator: string;
  readonly value: Expression;
}

export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly span: Span;
  readonly test: Expression;
  readonly then: Expression;
  readonly else: Expression;
}

/** `x as T`, `<T>x`, `x satisfies T` and `x!`. `as const` has the type name `const`. */
export interface CastExpression {
  readonly kind: "cast";
  readonly span: Span;
  readonly form: "as" | "satisfies" | "non-null";
  readonly value: Expression;
  readonly type?: TypeNode;
}

/** `import(argument)`. `require(…)` is a call; `FileFacts.imports` lists both. */
export interface ImportExpression {
  readonly kind: "import";
  readonly span: Span;
  readonly argument: Expression;
}

/** Anything else; `parts` are the expressions below it in source order (JSX attributes and children, comma operands, …). */
export interface OtherExpression {
  readonly kind: "other";
  readonly span: Span;
  readonly syntax: string;
  readonly parts: readonly Expression[];
}

/** What a declaration, parameter or assignment binds. */
export type Pattern =
  | { readonly kind: "binding"; readonly span: Span; readonly name: string; readonly binding: number }
  | { readonly kind: "object-pattern"; readonly span: Span; readonly properties: readonly PatternProperty[]; readonly rest?: Pattern }
  | { readonly kind: "array-pattern"; readonly span: Span; readonly elements: readonly (PatternElement | null)[]; readonly rest?: Pattern }
  /** A target that declares nothing: `[a.b] = …`. */
  | { readonly kind: "target"; readonly span: Span; readonly expression: Expression };

export interface PatternElement {
  readonly value: Pattern;
  readonly default?: Expression;
}

export interface PatternProperty extends PatternElement {
  readonly span: Span;
  /** The key as text; absent when it is computed. */
  readonly key?: string;
}

export type Statement =
  | { readonly kind: "expression"; readonly span: Span; readonly value: Expression }
  | VariableStatement
  | { readonly kind: "return"; readonly span: Span; readonly value?: Expression }
  | { readonly kind: "throw"; readonly span: Span; readonly value: Expression }
  | { readonly kind: "if"; readonly span: Span; readonly test: Expression; readonly then: readonly Statement[]; readonly else?: readonly Statement[] }
  | LoopStatement
  | TryStatement
  | { readonly kind: "switch"; readonly span: Span; readonly subject: Expression; readonly cases: readonly SwitchCase[] }
  /** `namespace` is the binding of the namespace whose body it is. */
  | { readonly kind: "block"; readonly span: Span; readonly body: readonly Statement[]; readonly namespace?: number }
  | { readonly kind: "function"; readonly span: Span; readonly function: FunctionNode }
  | { readonly kind: "class"; readonly span: Span; readonly class: ClassNode }
  | EnumStatement
  | { readonly kind: "break" | "continue"; readonly span: Span };

export interface VariableStatement {
  readonly kind: "variable";
  readonly span: Span;
  readonly keyword: "const" | "let" | "var" | "using";
  readonly declarators: readonly Declarator[];
}

export interface Declarator {
  readonly span: Span;
  readonly target: Pattern;
  readonly type?: TypeNode;
  readonly value?: Expression;
}

export interface LoopStatement {
  readonly kind: "loop";
  readonly span: Span;
  readonly form: "for" | "for-of" | "for-in" | "while" | "do";
  /** What `for` runs before, or the declaration of `for … of`. */
  readonly initial?: Statement;
  /** What `for … of` and `for … in` run over. */
  readonly subject?: Expression;
  readonly test?: Expression;
  readonly update?: Expression;
  readonly awaited?: true;
  readonly body: readonly Statement[];
}

export interface TryStatement {
  readonly kind: "try";
  readonly span: Span;
  readonly body: readonly Statement[];
  readonly handler?: { readonly span: Span; readonly parameter?: Pattern; readonly body: readonly Statement[]; readonly comment?: true };
  readonly finalizer?: readonly Statement[];
}

export interface SwitchCase {
  readonly span: Span;
  /** Absent for `default`. */
  readonly test?: Expression;
  readonly body: readonly Statement[];
}

export interface EnumStatement {
  readonly kind: "enum";
  readonly span: Span;
  readonly name: string;
  readonly binding: number;
  readonly members: readonly { readonly name: string; readonly span: Span; readonly value?: Expression }[];
}

/** A function declaration or expression, arrow function, method, accessor or constructor. */
export interface FunctionNode {
  readonly span: Span;
  /** Its own name, or that of the variable, property or member that holds it. */
  readonly name?: string;
  readonly nameSpan?: Span;
  /** The binding that a function declaration makes. */
  readonly binding?: number;
  readonly form: "function" | "arrow" | "method" | "getter" | "setter" | "constructor";
  readonly async?: true;
  readonly generator?: true;
  readonly parameters: readonly Parameter[];
  readonly returns?: TypeNode;
  readonly typeParameters?: readonly string[];
  /** An arrow function with an expression body has one return statement. Absent for overloads and abstract members. */
  readonly body?: readonly Statement[];
  /** The body is empty, or returns a constant, and a comment in it or beside it says why. */
  readonly comment?: true;
}

export interface Parameter {
  readonly span: Span;
  readonly target: Pattern;
  readonly type?: TypeNode;
  readonly default?: Expression;
  readonly rest?: true;
  readonly optional?: true;
  /** Set on a constructor parameter that also declares a property. */
  readonly property?: "public" | "private" | "protected" | "readonly";
  readonly decorators?: readonly Decorator[];
}

export interface Decorator {
  readonly span: Span;
  readonly value: Expression;
}

export interface ClassNode {
  readonly span: Span;
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly binding?: number;
  readonly abstract?: true;
  readonly extends?: { readonly value: Expression; readonly typeArguments?: readonly TypeNode[] };
  readonly implements?: readonly TypeNode[];
  readonly decorators?: readonly Decorator[];
  readonly typeParameters?: readonly string[];
  readonly members: readonly ClassMember[];
}

export type ClassMember =
  | {
      readonly kind: "method";
      readonly span: Span;
      readonly name: string;
      readonly nameSpan: Span;
      readonly static?: true;
      readonly abstract?: true;
      readonly access?: "private" | "protected";
      readonly decorators?: readonly Decorator[];
      /** Methods, accessors and the constructor (named `constructor`). */
      readonly function: FunctionNode;
    }
  | {
      readonly kind: "property";
      readonly span: Span;
      readonly name: string;
      readonly nameSpan: Span;
      readonly static?: true;
      readonly abstract?: true;
      readonly access?: "private" | "protected";
      readonly optional?: true;
      readonly decorators?: readonly Decorator[];
      readonly type?: TypeNode;
      readonly value?: Expression;
    }
  | { readonly kind: "static-block"; readonly span: Span; readonly body: readonly Statement[] };

/** A type as written. `name` of a reference is dotted (`Prisma.UserCreateInput`). */
export type TypeNode =
  | { readonly kind: "reference"; readonly span: Span; readonly name: string; readonly binding?: number; readonly arguments?: readonly TypeNode[] }
  | { readonly kind: "keyword"; readonly span: Span; readonly name: string }
  | { readonly kind: "literal"; readonly span: Span; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly span: Span; readonly element: TypeNode }
  | { readonly kind: "tuple"; readonly span: Span; readonly elements: readonly TypeNode[] }
  | { readonly kind: "union" | "intersection"; readonly span: Span; readonly types: readonly TypeNode[] }
  | { readonly kind: "object"; readonly span: Span; readonly members: readonly TypeMember[] }
  | { readonly kind: "function"; readonly span: Span; readonly parameters: readonly Parameter[]; readonly returns?: TypeNode }
  | { readonly kind: "typeof"; readonly span: Span; readonly name: string; readonly binding?: number }
  | { readonly kind: "import"; readonly span: Span; readonly specifier: string; readonly name?: string; readonly typeof?: true; readonly arguments?: readonly TypeNode[] }
  | { readonly kind: "index"; readonly span: Span; readonly object: TypeNode; readonly index: TypeNode }
  | { readonly kind: "operator"; readonly span: Span; readonly operator: string; readonly type: TypeNode }
  | { readonly kind: "other"; readonly span: Span; readonly syntax: string; readonly parts: readonly TypeNode[] };

export interface TypeMember {
  readonly span: Span;
  readonly name: string;
  readonly optional?: true;
  readonly type?: TypeNode;
  readonly method?: true;
}

/** An interface or type alias, at any depth. */
export interface TypeDeclaration {
  readonly kind: "interface" | "alias";
  readonly span: Span;
  readonly name: string;
  readonly binding: number;
  readonly extends?: readonly TypeNode[];
  readonly typeParameters?: readonly string[];
  /** The members of an interface as an object type, or the aliased type. */
  readonly type: TypeNode;
}
