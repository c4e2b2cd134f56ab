import { baseName } from "../../base/paths.js";
import type { Command } from "../../repo/commands/expand.js";
import type { CommandSource } from "../../repo/commands/sources.js";
import type { RepoView } from "../../repo/repo-view.js";

/** A command that changes a database's schema without a migration, and what starts it. */
export interface SchemaCommand {
  readonly source: CommandSource;
  /** `prisma db push` */
  readonly command: string;
  /** The command that applies migrations. */
  readonly instead: string;
}

interface KnownCommand {
  readonly program: RegExp;
  readonly words: RegExp;
  readonly instead: string;
}

/** Sources: the command references of the tools. */
const known: readonly KnownCommand[] = [
  { program: /^prisma$/, words: /^(db push|migrate (dev|reset))\b/, instead: "`prisma migrate deploy`" },
  { program: /^drizzle-kit$/, words: /^push(:\w+)?\b/, instead: "`drizzle-kit migrate`" },
  { program: /^typeorm(-ts-node-(commonjs|esm))?$/, words: /\bschema:(sync|drop)\b/, instead: "`typeorm migration:run`" },
  { program: /^mikro-orm(-esm)?$/, words: /\bschema:(update|create|drop|fresh)\b/, instead: "`mikro-orm migration:up`" },
];
/** Where a database is made for one run and thrown away. */
const throwAway = /(^|[^a-z])(tests?|e2e|integration|unit|spec|lint|check|checks|ci|quality|coverage|dev|development|local|playground|playwright|cypress|vitest|jest|preview|benchmarks?|docs)([^a-z]|$)/i;

/** The commands that change a schema in what starts, deploys or releases the application: no tests, hooks or developer's scripts. */
export function* schemaCommands(repo: RepoView): Iterable<SchemaCommand> {
  for (const source of repo.readers.commandSources()) {
    if (source.kind === "hook" || isThrowAway(source)) continue;
    const seen = new Set<string>();
    for (const command of repo.readers.expandCommands(source)) {
      const found = knownCommand(command);
      if (found === undefined || command.via.some(({ name }) => throwAway.test(name)) || seen.has(found.command) || isForDevelopers(source.text, command.args.join(" "))) continue;
      seen.add(found.command);
      yield { source, ...found };
    }
  }
}

function isThrowAway({ kind, label, file }: CommandSource): boolean {
  if (throwAway.test(label)) return true;
  return kind !== "lifecycle" && throwAway.test(baseName(file)) && !/deploy|release|prod/i.test(label);
}

/** Whether a line runs a command for developers alone: `if [ "$NODE_ENV" = "development" ]; then typeorm schema:drop; fi`. */
function isForDevelopers(line: string, args: string): boolean {
  const before = line.slice(0, Math.max(0, line.indexOf(args)));
  const branch = before.slice(Math.max(0, before.lastIndexOf("if [")));
  return /^if \[/.test(branch) && !/\b(?:fi|else|elif)\b/.test(branch) && /ENV\w*\}?["'\\]*\s*={1,2}\s*["'\\]*(?:dev|local|test)/i.test(branch);
}

function knownCommand({ name, args }: Command): { readonly command: string; readonly instead: string } | undefined {
  const words = args.join(" ");
  const match = known.find((one) => one.program.test(name) && one.words.test(words));
  const part = match?.words.exec(words)?.[0];
  return match && part !== undefined ? { command: `${name} ${part}`, instead: match.instead } : undefined;
}
