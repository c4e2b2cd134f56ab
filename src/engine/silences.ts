import { offsetAt, type Position } from "../base/position.js";
import type { ProjectModel } from "../model/project-model.js";
import { type ExceptionSetting, isExpired } from "../settings/exceptions.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { readDirectives, readHashDirectives, silences } from "./directives.js";
import type { UsedDirective } from "./justify.js";
import { readSource } from "./project-files.js";
import { enclosingSymbol } from "./symbols.js";

/** What lets a finding pass. */
export type Silence = { readonly by: "comment"; readonly comment: UsedDirective } | { readonly by: "exception"; readonly exception: ExceptionSetting };

/** Files that are no code and have comments behind a hash: YAML, env files, Dockerfiles, TOML, shell scripts. */
const hashCommented = /\.(ya?ml|toml|sh)$|(^|\/)(\.env[\w.-]*|[\w.-]*\.env|(Dockerfile|Containerfile)[\w.-]*|[\w-]+\.Dockerfile)$/;

/** The comments of the files and the exceptions of the settings, which let findings pass; `today` is the day they are judged by, `YYYY-MM-DD`. */
export class Silences {
  readonly #model: ProjectModel;
  readonly #settings: ResolvedSettings;
  readonly #today: string;
  readonly #comments = new Map<string, readonly UsedDirective[]>();

  constructor(model: ProjectModel, settings: ResolvedSettings, today: string) {
    this.#model = model;
    this.#settings = settings;
    this.#today = today;
  }

  /** The comments of a file that concern std-check, each with the rules that it silenced so far. */
  comments(file: string): readonly UsedDirective[] {
    const known = this.#comments.get(file);
    if (known) return known;
    const read = this.#read(file).map((directive) => ({ directive, used: new Set<string>() }));
    this.#comments.set(file, read);
    return read;
  }

  /** What lets a finding of a rule pass that begins there; a comment before an exception. */
  of(rule: string, file: string, start: Position): Silence | undefined {
    const comment = this.comments(file).find(({ directive }) => silences(directive, rule, start.line) && (directive.until === undefined || directive.until >= this.#today));
    if (comment) return { by: "comment", comment };
    const exception = this.exception(rule, file, start);
    return exception && { by: "exception", exception };
  }

  /** The exception of the settings for such a finding. */
  exception(rule: string, file: string, start: Position): ExceptionSetting | undefined {
    const candidates = this.#settings.exceptions.filter((candidate) => candidate.rule === rule && !isExpired(candidate, this.#today));
    if (candidates.length === 0) return undefined;
    const facts = this.#model.has(file) ? this.#model.facts(file) : undefined;
    const symbol = facts && enclosingSymbol(facts, offsetAt(facts.lineStarts, start));
    return candidates.find((candidate) => candidate.covers(file, symbol));
  }

  #read(file: string): ReturnType<typeof readDirectives> {
    if (this.#model.has(file)) return readDirectives(this.#model.facts(file));
    if (!hashCommented.test(file)) return [];
    const read = readSource(this.#model.root, file);
    return "text" in read && read.text.includes("std-check-") ? readHashDirectives(read.text) : [];
  }
}
