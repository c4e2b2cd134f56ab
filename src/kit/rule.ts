import type { TSESLint } from "@typescript-eslint/utils";
import type { RuleFinding, Severity } from "../base/finding.js";
import type { ClauseId } from "../standard/clauses.js";
import type { ProjectModel } from "../model/project-model.js";
import type { RepoView } from "../repo/repo-view.js";

/** The sections of the standard; a rule's file lies in the folder of its section. */
export type Section =
  | "architecture" | "api" | "config" | "logging" | "data" | "security" | "testing" | "stack" | "done";

/** Severity in a preset; with options where the preset asks for other than the defaults. */
export type PresetEntry = Severity | "off" | readonly [Severity, Readonly<Record<string, unknown>>];

/** What a file is for, read from its path and the settings. */
export type FileRole = "source" | "test" | "script" | "settings" | "tool-config" | "migration" | "fixture" | "generated";

/** What every rule says of itself. */
export interface RuleMeta<Options extends object = object> {
  /** Kebab case; the file, page and test have the same name. */
  readonly name: string;
  readonly section: Section;
  readonly clauses: readonly ClauseId[];
  /** One sentence without a full stop that begins with a verb: "Require …", "Forbid …". */
  readonly description: string;
  readonly presets: { readonly recommended: PresetEntry; readonly strict: PresetEntry; readonly legacy: PresetEntry };
  /** messageId → text with `{{placeholders}}`: what is wrong, the evidence, the consequence, the smallest edit. */
  readonly messages: Readonly<Record<string, string>>;
  /** JSON Schema of the properties of the one options object; each with a `description`. */
  readonly optionsSchema: Readonly<Record<string, OptionSchema>>;
  readonly defaultOptions: Options;
  readonly fixable?: "code";
  readonly hasSuggestions?: true;
}

/** The JSON Schema of one option. */
export interface OptionSchema {
  readonly type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly description: string;
  readonly [keyword: string]: unknown;
}

/** What a host gives a file check. */
export type FileContext = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Reads this file alone: an ordinary ESLint visitor on ESTree, without type services. */
export interface FileCheck<Options extends object> {
  /**
   * The file is only looked at when its text holds one of these (case-sensitive); an empty list means every file.
   * A test holds the filter against no filter.
   */
  readonly needs: readonly string[];
  /** Whether a text that holds one of these can have a finding at all; every one can if it is not said. */
  readonly suffices?: (text: string) => boolean;
  /** The roles of files that the check looks at. */
  readonly roles: readonly FileRole[];
  /** What findings share of which one is enough in `recommended`, by the data of the message and the text that is reported; undefined for one that stands for itself. */
  readonly causeOf?: (data: Readonly<Record<string, string>>, text: string) => string | undefined;
  create(context: FileContext, options: Options, role: FileRole): TSESLint.RuleListener;
}

/** Which files' findings are wanted. Never what is modelled. */
export interface Scope {
  has(file: string): boolean;
  /** The files of the scope that the model holds, sorted. */
  readonly files: readonly string[];
  /** The scope is the whole root: application-wide lacks and whole-repo sums are only reported then. */
  readonly whole: boolean;
  /** Whether a finding of the rule there would be told: the rule is on in the file, and no comment or exception lets it pass. */
  counts(place: Place): boolean;
}

/** Where a finding stands. */
export type Place = Pick<RuleFinding, "file" | "range">;

/** What a project check reads, so that its answer can be kept: this file's facts, its imports', or the whole model. */
export type Reads = "file" | "imports" | "model";

export interface ProjectCheck<Options extends object> {
  readonly reads: Reads;
  check(model: ProjectModel, scope: Scope, options: Options): Iterable<RuleFinding>;
}

/** Looks at git, manifests, env files and migrations; runs in the CLI alone. */
export interface RepoCheck<Options extends object> {
  check(repo: RepoView, model: ProjectModel, options: Options): Iterable<RuleFinding> | Promise<Iterable<RuleFinding>>;
}

/** A rule: what it is, and up to three ways in which it is computed. */
export interface Rule<Options extends object = object> extends RuleMeta<Options> {
  readonly file?: FileCheck<Options>;
  readonly project?: ProjectCheck<Options>;
  readonly repo?: RepoCheck<Options>;
}

/**
 * Declares a rule. The identity function, so that options are inferred from `defaultOptions` and checked against the
 * checks; the result is stored without its option type because every host reads options from data.
 */
export function defineRule<Options extends object>(rule: Rule<Options>): Rule {
  // Options arrive validated against optionsSchema and merged over defaultOptions, so the wider type is safe to call.
  return rule as unknown as Rule;
}

/** A finding before it has a severity of its own. */
export type { RuleFinding };
