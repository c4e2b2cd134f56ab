import { repositoryCause } from "../../src/base/causes.js";
import { folderOf, isWithin } from "../../src/base/paths.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { isCustomary } from "../../src/kit/schema-changes/customary-changes.js";
import { isForDevelopment, isForTests } from "../../src/kit/project/development-branches.js";
import { isRunByHandler } from "../../src/kit/routes/handlers.js";
import { isImportedByTestsAlone } from "../../src/kit/layering/layering.js";
import { lackingMigrations } from "../../src/kit/schema-changes/lacking-migrations.js";
import { isInMemory } from "../../src/kit/schema-changes/memory-databases.js";
import { isOfMigration, runners, runsMigrations } from "../../src/kit/schema-changes/migration-steps.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { type SchemaCommand, schemaCommands } from "../../src/kit/schema-changes/schema-commands.js";
import { schemaOptions } from "../../src/kit/schema-changes/schema-options.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import type { StoreOperation } from "../../src/model/data/data-access.js";
import { changesGivenTable, changesWorkTable, keepsStoreGoing, makesDatabase } from "../../src/kit/schema-changes/work-tables.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { RepoView } from "../../src/repo/repo-view.js";

interface Options {
  readonly boot: boolean;
}

/** Files that empty or fill a database, and that somebody runs by hand. */
const makingReady = /(^|[/.-])(db|database)-?(reset|setup|init|seed(ing)?|clean)(?=[/.-])|(^|[/.-])(reset|clean|wipe|drop)-?(db|database)(?=[/.-])|(^|\/)[Ss]eed(er|s)?[A-Z]\w*\.[cm]?[jt]s$/;
/** Databases that live in the memory of tests. */
const throwaway = /^(mongodb-memory-server(-\w+)?|pg-mem|testcontainers|@testcontainers\/.*)$/;
/** A module that holds migrations, or what runs them: `config/migrations.ts`, `data-migrations/index.ts`. */
const migrating = /(^|[/-])(migrations?|migrator)(\/|\.[cm]?[jt]s$)/i;
const requestLayers: readonly (string | undefined)[] = ["api", "service", "domain"];

export default defineRule<Options>({
  name: "migrations-only",
  section: "data",
  clauses: ["DATA-3", "STACK-5"],
  description: "Require every change of the database schema to be a migration",
  presets: { recommended: "error", strict: ["error", { boot: true }], legacy: "warn" },
  messages: {
    option: "`{{option}}: true` changes the schema when the application connects: a renamed column is dropped with its data, in production too, and no review sees it. Set it to `false`, and generate a migration.",
    configurable: "`{{option}}` depends on a setting here, so one wrong value changes the schema of a deployed database when the application connects. Set it to `false`, and run migrations everywhere.",
    call: "`{{call}}` changes the schema while the application runs: no review sees it, no other instance waits for it, and nothing takes it back. Put it into a migration.",
    statement: "This SQL changes the schema while the application runs. Put it into a migration.",
    runner: "`{{call}}` runs migrations in code that serves requests. Run them in a step or an entry file of their own, before the application starts.",
    boot: "`{{call}}` runs migrations when the application starts: every instance tries at once, and a failed one keeps all from starting. Run them in a step of the deployment.",
    command: "`{{command}}` runs in {{label}} and changes the schema without a migration: what it does to a deployed database is decided at that moment, with its data. Generate migrations, and run {{instead}} here.",
    folder: "{{package}} uses {{library}} and has no migrations: how its database comes to its schema is not in the repository. Generate a first migration from the schema as it is.",
  },
  optionsSchema: { boot: { type: "boolean", description: "Also report migrations that run, and indexes that are made, when the application starts." } },
  defaultOptions: { boot: false },
  project: {
    reads: "model",
    *check(model, scope, { boot }) {
      for (const file of scope.files) {
        // What a published library changes, it changes for those who install it.
        if (!isBackendCode(model, file) || model.packageOf(file).published) continue;
        for (const finding of schemaChanges(model, file, boot)) yield { ...finding, clauses: ["DATA-3"] };
      }
    },
  },
  repo: {
    *check(repo, model, { boot }) {
      const commands = [...schemaCommands(repo)];
      for (const { source, command, instead } of commands) yield { file: source.file, range: source.range, messageId: "command", data: { command, label: source.label, instead }, cause: command, clauses: ["DATA-3"] };
      yield* withoutMigrations(repo, model, commands, boot);
    },
  },
});

/** What the code of a file does to the schema. */
function* schemaChanges(model: ProjectModel, file: string, boot: boolean): Iterable<RuleFinding> {
  // What starts a database in memory throws it away again.
  if (makingReady.test(file) || model.facts(file).imports.some(({ specifier }) => throwaway.test(specifier ?? "")) || (migrating.test(file) && !migrating.test(folderOf(model.packageOf(file).folder)))) return;
  for (const { span, option, value } of schemaOptions(model, file)) {
    if (value === "on") yield findingAt(model, file, span, "option", { option });
    // What a settings file hands on is reported where the connection takes it.
    else if (value === "unknown" && model.layerOf(file).layer !== "settings") yield findingAt(model, file, span, "configurable", { option }, { severity: "warn", cause: option });
  }
  // What tests alone import runs for them; a connection may be made by a container that is told so in a file of its own.
  if (isImportedByTestsAlone(model, file)) return;
  let end = -1;
  for (const operation of model.dataAccess.of(file)) {
    // A statement is one operation, and so are the parts that run on their own.
    if (operation.span[1] <= end) continue;
    const finding = ofOperation(model, file, operation, boot);
    if (finding) end = operation.span[1];
    if (finding) yield finding;
  }
}

function ofOperation(model: ProjectModel, file: string, operation: StoreOperation, boot: boolean): RuleFinding | undefined {
  const { role, family, node, span, sql } = operation;
  // An index of a search engine is built anew from the data, at run time by its nature.
  if (role !== "schema" || family === "object" || family === "redis" || family === "search") return undefined;
  const callee = node.kind === "template" ? undefined : node.callee;
  const method = callee?.kind === "member" ? callee.property : callee?.kind === "name" ? callee.name : "";
  const call = node.kind === "template" ? "sql" : receiverText(node);
  const servesRequests = requestLayers.includes(model.layerOf(file).layer) || isRunByHandler(model, file, node);
  if (!servesRequests && !runners.test(method) && isOfMigration(model, operation)) return undefined;
  const index = model.values.index(file);
  if (changesWorkTable(model, operation) || changesGivenTable(model, operation) || keepsStoreGoing(model, operation) || makesDatabase(model, operation) || isInMemory(model, operation) || isForTests(index, node) || (family !== "sql" && isForDevelopment(index, node))) return undefined;
  if (sql) return findingAt(model, file, span, "statement", {}, { cause: "statement" });
  if (runners.test(method)) return servesRequests ? findingAt(model, file, span, "runner", { call }) : boot ? findingAt(model, file, span, "boot", { call }) : undefined;
  if (!boot && isCustomary(operation, method, servesRequests)) return undefined;
  const cause = `${operation.in?.node.span[0] ?? call} ${operation.package}`;
  // Where developers alone run it, one schema in two hands is what is left of it.
  return isForDevelopment(index, node) ? findingAt(model, file, span, "call", { call }, { cause: `${cause} development`, severity: "warn" }) : findingAt(model, file, span, "call", { call }, { cause });
}

/** Backends on a relational store without a folder of migrations; what brings the schema about in their place is reported where it stands. */
function* withoutMigrations(repo: RepoView, model: ProjectModel, commands: readonly SchemaCommand[], boot: boolean): Iterable<RuleFinding> {
  for (const { folder, manifest, library, evidence } of lackingMigrations(repo, model)) {
    if (commands.some(({ source }) => isWithin(folder, source.file)) || changesSchema(model, folder, boot) || runsMigrations(model, codeOf(model, folder))) continue;
    yield { file: evidence.file, range: evidence.range, messageId: "folder", data: { package: manifest.name === undefined ? "This project" : `\`${manifest.name}\``, library }, cause: repositoryCause("folder") };
  }
}

/** Whether the code of a package is reported for bringing its schema about: `synchronize: true`, `sync({ alter: true })`. */
function changesSchema(model: ProjectModel, folder: string, boot: boolean): boolean {
  return codeOf(model, folder).some((file) => [...schemaChanges(model, file, boot)].some(({ messageId }) => /^(option|call|statement)$/.test(messageId)));
}

function codeOf(model: ProjectModel, folder: string): readonly string[] {
  return model.files.filter((file) => model.packageOf(file).folder === folder && isBackendCode(model, file));
}
