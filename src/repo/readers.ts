import { compareText } from "../base/finding.js";
import type { CommandLine } from "./commands/command-line.js";
import { type Command, expandCommands } from "./commands/expand.js";
import { type CommandSource, listCommandSources } from "./commands/sources.js";
import { type ComposeFile, listComposeFiles } from "./readers/compose.js";
import { parseData, type ParsedData } from "./readers/data.js";
import { type Dockerfile, type DockerVariable, finalInstructions, type Instruction, listDockerfiles, variablesOf } from "./readers/dockerfile.js";
import { type EnvFile, parseEnv } from "./readers/env-file.js";
import { listLockfiles, type Lockfile, type PackageManagement, packageManagement } from "./readers/lockfiles.js";
import { type Manifest, readManifest } from "./readers/manifest.js";
import { listPackages, packageAround, type RepoPackage } from "./readers/packages.js";
import type { RepoView } from "./repo-view.js";
import { findMigrations, type MigrationFolder } from "./schema/migrations.js";
import { schemaChanges, type SchemaChange } from "./schema/schema-changes.js";
import { listPrismaSchemas, type PrismaProject } from "./schema/prisma-files.js";
import { detectStack, type PackageStack } from "./stack.js";

/** What a rule may ask of a repository's files, read when it is asked for and kept. */
export interface RepoReaders {
  /** A JSON or YAML file with positions; undefined if it cannot be read. */
  data(file: string): ParsedData | undefined;
  /** Says that a file could not be read, or not as a whole: a part of what is not known. */
  note(file: string, reason: string): void;
  /** What was said so, by path. */
  notes(): readonly { readonly file: string; readonly reason: string }[];
  /** A package.json by its path. */
  manifest(file: string): Manifest | undefined;
  /** The packages with the workspaces that they belong to, outermost first. */
  packages(): readonly RepoPackage[];
  /** The innermost package whose folder holds the file. */
  packageAround(file: string): RepoPackage | undefined;
  lockfiles(): readonly Lockfile[];
  packageManagement(of: RepoPackage): PackageManagement;
  /** An env file; undefined if it cannot be read. */
  env(file: string): EnvFile | undefined;
  dockerfiles(): readonly Dockerfile[];
  /** The instructions of the image that is run, those of the stages that it builds on included. */
  finalInstructions(dockerfile: Dockerfile): readonly Instruction[];
  /** The variables that an ENV or ARG sets. */
  dockerVariables(instruction: Instruction): readonly DockerVariable[];
  composeFiles(): readonly ComposeFile[];
  /** Every place that starts commands by itself: CI, containers, platforms, lifecycle scripts, git hooks. */
  commandSources(): readonly CommandSource[];
  /** The programs that a command runs in the end, through scripts, workspaces, task runners and shell files. */
  expandCommands(line: CommandLine): readonly Command[];
  migrations(): readonly MigrationFolder[];
  prismaSchemas(): readonly PrismaProject[];
  /** The slots of the default stack and what fills them, for each backend and for the workspace around it. */
  stack(): readonly PackageStack[];
  /** Tables whose declarations differ in the checked range; none where no range was asked for. */
  schemaChanges(): readonly SchemaChange[];
}

/** The readers of a repository. */
export function makeReaders(repo: RepoView): RepoReaders {
  const noted = new Map<string, string>();
  const parse = <Parsed>(file: string, read: (text: string) => Parsed): Parsed | undefined => {
    const text = repo.read(file);
    if (text === undefined) return undefined;
    if (text.includes("\uFFFD")) noted.set(file, "holds bytes that are no UTF-8; read as far as possible");
    return read(text);
  };
  /** Templates of Helm and the like become data when they are filled in. */
  const isTemplate = (text: string): boolean => text.includes("{{");
  const readData = (file: string, text: string): ParsedData => {
    const parsed = parseData(file, text);
    const [problem] = parsed.problems;
    // What the parser says may quote the text.
    if (problem && !isTemplate(text)) noted.set(file, `line ${problem.range.start.line} is broken; read as far as possible`);
    return parsed;
  };
  const readEnv = (file: string, text: string): EnvFile => {
    const parsed = parseEnv(text);
    const [line] = parsed.unread;
    if (line) noted.set(file, `line ${line.start.line} is no assignment; read as far as possible`);
    return parsed;
  };
  return {
    data: (file) => parse(file, (text) => readData(file, text)),
    note: (file, reason) => void noted.set(file, reason),
    notes: () => [...noted].map(([file, reason]) => ({ file, reason })).sort((left, right) => compareText(left.file, right.file)),
    manifest: (file) => readManifest(repo, file),
    packages: () => listPackages(repo),
    packageAround: (file) => packageAround(repo, file),
    lockfiles: () => listLockfiles(repo),
    packageManagement: (of) => packageManagement(repo, of),
    env: (file) => parse(file, (text) => readEnv(file, text)),
    dockerfiles: () => listDockerfiles(repo),
    finalInstructions,
    dockerVariables: variablesOf,
    composeFiles: () => listComposeFiles(repo),
    commandSources: () => listCommandSources(repo),
    expandCommands: (line) => expandCommands(repo, line),
    migrations: () => findMigrations(repo),
    prismaSchemas: () => listPrismaSchemas(repo),
    stack: () => detectStack(repo),
    schemaChanges: () => schemaChanges(repo),
  };
}
