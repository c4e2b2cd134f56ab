import { repositoryCause } from "../../src/base/causes.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { SecretFact } from "../../src/facts/facts.js";
import { keyOf } from "../../src/kit/secrets/constant-keys.js";
import { comparedCredentials } from "../../src/kit/secrets/compared-credentials.js";
import { composedSecrets } from "../../src/kit/secrets/composed-secrets.js";
import { type Declared, declarationOf } from "../../src/kit/secrets/declared-constants.js";
import { type FileSecret, secretsInFiles, type ToldSecret } from "../../src/kit/secrets/file-secrets.js";
import { isEnvFile } from "../../src/kit/settings/env-files.js";
import { hashedPasswords } from "../../src/kit/secrets/hashed-passwords.js";
import { pastFinding, secretsInHistory } from "../../src/kit/secrets/history-secrets.js";
import { lowStakes, variablesAround } from "../../src/kit/secrets/low-stakes.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { codeCopies, copiesFor } from "../../src/kit/secrets/code-copies.js";
import type { SecretCopies } from "../../src/kit/secrets/secret-copies.js";
import { isInDocumentation } from "../../src/kit/secrets/trial-files.js";
import { constantSecrets, givenByCallers, heldText } from "../../src/kit/secrets/secret-sinks.js";
import { isExempt, keysInMigration, makesStoreUsers, makesUpPasswords, makesUpRecords, writtenSecrets } from "../../src/kit/secrets/written-secrets.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { GitChange, RepoView } from "../../src/repo/repo-view.js";

const advice = "Take it from the settings module, which reads it from the environment, and revoke this one: it stays in git's history.";

interface Options {
  readonly developers: boolean;
}

export default defineRule<Options>({
  name: "no-hardcoded-secrets",
  section: "config",
  clauses: ["CONF-2"],
  description: "Forbid secrets in code and configuration files: tokens, keys, passwords, credentials in URLs, constants that sign",
  presets: { recommended: "error", strict: ["error", { developers: true }], legacy: "error" },
  messages: {
    compared: `\`{{name}}\` is compared with a constant of the code ({{length}} characters): whoever can read the repository, or guess it, gets in. ${advice}`,
    token: `This is a secret by its form ({{format}}, {{length}} characters): whoever can read the repository can use it. ${advice}`,
    named: `\`{{name}}\` is given a literal that looks like a real {{kind}} ({{length}} characters): whoever can read the repository can use it. ${advice}`,
    lowStakes: "Here stands what looks like a real {{kind}} ({{length}} characters) of {{stakes}}: whoever can read the repository has it, and values of such places are copied to where they count. Let each machine make its own, or keep it in a file that git ignores.",
    past: `Commit {{commit}} added a secret in line {{line}} of this file ({{format}}, {{length}} characters{{name}}). It is gone from the file, but every clone holds it: revoke it. Only then is rewriting the history worth anything.`,
    hashed: `The password that \`{{hasher}}\` hashes here is a constant of the code ({{length}} characters): whoever can read or guess it logs in to each account that is made with it. Make one up at random, or let its owner set it.`,
    sink: `The secret that \`{{sink}}\` is given is a constant of the code: whoever can read or guess it can sign, decrypt or log in as the application. ${advice}`,
  },
  optionsSchema: { developers: { type: "boolean", description: "Also report passwords and signing keys of what runs on developers' machines alone: compose files that run the sources or stand-ins for services, scripts of MongoDB's shell that make users." } },
  defaultOptions: { developers: false },
  project: {
    reads: "imports",
    *check(model, scope, { developers }) {
      const copies = copiesFor(model, developers);
      for (const file of scope.files) {
        for (const secret of keysInMigration(model, file)) yield* judge(model, file, secret, copies);
        if (isExempt(model, file)) continue;
        for (const secret of writtenSecrets(model, file)) if (developers || !(secret.format === "password" && secret.name !== undefined && makesStoreUsers(model, file))) yield* judge(model, file, secret, copies);
        // Documentation shows how a library is called; a weak word there guards nothing.
        if (!isInDocumentation(file) && !makesUpPasswords(file)) yield* sinkFindings(model, file, copies);
        if (!makesUpRecords(model, file) && !makesUpPasswords(file) && !/factor(?:y|ies)\b/i.test(file)) yield* hashedFindings(model, file, copies);
        yield* composedFindings(model, file, copies);
      }
    },
  },
  repo: {
    *check(repo, model, { developers }) {
      const added = addedLines(repo);
      for (const secret of secretsInFiles(repo, developers, codeCopies(model, developers))) if (!added || added.get(secret.file)?.some(([first, last]) => secret.range.start.line >= first && secret.range.start.line <= last) === true) yield judgeInFile(secret);
      for (const past of secretsInHistory(repo)) if (!isEnvFile(past.file)) yield pastFinding(past);
    },
  },
});

/** In a checked range only what it adds counts; undefined where the whole repository is asked for. */
function addedLines(repo: RepoView): ReadonlyMap<string, GitChange["added"]> | undefined {
  const range = repo.git?.range;
  return range && new Map(range.changes.map(({ file, added }) => [file, added]));
}

function* judge(model: ProjectModel, file: string, secret: SecretFact, copies: SecretCopies): Iterable<RuleFinding> {
  const text = model.text(file)?.slice(...secret.span) ?? "";
  if (copies.isToldElsewhere(text)) return;
  const cause = copies.causeOfFact(text, file, secret);
  const stakes = lowStakes({ file, text, format: secret.format, name: secret.name, around: variablesAround(model, file, secret.span) });
  yield findingAt(model, file, secret.span, ...told(secret, stakes), { ...(cause !== undefined && { cause }), ...(stakes !== undefined && { severity: "warn" as const }) });
}

function judgeInFile(secret: ToldSecret): RuleFinding {
  const stakes = lowStakes(secret);
  const [messageId, data] = told(secret, stakes);
  return { file: secret.file, range: secret.range, messageId, data, ...(secret.cause !== undefined && { cause: secret.cause }), ...(stakes !== undefined && { severity: "warn" }) };
}

/** What a finding says of a secret: its form, or the name that tells; `stakes`: the little that it opens. */
function told({ format, length, name }: Pick<FileSecret, "format" | "length" | "name">, stakes: string | undefined): [messageId: string, data: Record<string, string>] {
  if (stakes !== undefined) return ["lowStakes", { length: String(length), kind: format.replaceAll("-", " "), stakes }];
  return name === undefined ? ["token", { length: String(length), format }] : ["named", { length: String(length), name, kind: format.replaceAll("-", " ") }];
}

/** Passwords that are hashed where they are written; of the accounts that one function makes the first stands for all. */
function* hashedFindings(model: ProjectModel, file: string, copies: SecretCopies): Iterable<RuleFinding> {
  for (const { argument, hasher, length } of hashedPasswords(model, file)) {
    const around = model.values.index(file).functionAround(argument)?.node.span[0] ?? 0;
    const accounts = copies.shared(`hashed in ${file}@${around}`, repositoryCause(`${file}@${argument.span[0]}`));
    yield findingAt(model, file, argument.span, "hashed", { hasher, length: String(length) }, { cause: copies.shared(`hashed ${model.values.text(file, argument) ?? ""}`, accounts) });
  }
}

/** Secrets that are put together, and constants that a secret or a credential of a request is compared with, each once. */
function* composedFindings(model: ProjectModel, file: string, copies: SecretCopies): Iterable<RuleFinding> {
  const seen = new Set<string>();
  for (const { expression, format, length, name } of composedSecrets(model, file)) {
    const source = declarationOf(model, file, expression);
    const key = keyOf(model, file, expression, source);
    if (seen.has(key)) continue;
    seen.add(key);
    const data = { length: String(length), format, ...(name !== undefined && { name, kind: format.replaceAll("-", " ") }) };
    yield findingAt(model, file, expression.span, name === undefined ? "token" : "named", data, { cause: key, ...(source && { related: [relatedAt(model, source.file, source.span, "the constant")] }) });
  }
  for (const { name, constant, length } of comparedCredentials(model, file)) {
    const source = declarationOf(model, file, constant);
    const key = keyOf(model, file, constant, source);
    if (seen.has(key)) continue;
    seen.add(key);
    const cause = source ? key : copies.shared(`${name} ${model.values.text(file, constant) ?? ""}`, repositoryCause(key));
    yield findingAt(model, file, constant.span, "compared", { name, length: String(length) }, { cause, ...(source && { related: [relatedAt(model, source.file, source.span, "the constant")] }) });
  }
}

/** What is written where a constant is declared; undefined where that is no literal. */
function textAt(model: ProjectModel, { file, span }: Declared): string | undefined {
  return /^(["'`])(.*)\1$/s.exec(model.text(file)?.slice(...span) ?? "")?.[2];
}

/** One finding for each constant, at the first place that takes it. */
function* sinkFindings(model: ProjectModel, file: string, copies: SecretCopies): Iterable<RuleFinding> {
  const seen = new Set<string>();
  for (const { argument, sink, declared } of constantSecrets(model, file)) {
    const source = declared ?? givenByCallers(model, file, argument) ?? declarationOf(model, file, argument);
    const key = keyOf(model, file, argument, source);
    if (seen.has(key)) continue;
    seen.add(key);
    const text = heldText(model, file, argument) ?? (declared && textAt(model, declared));
    if (text !== undefined && copies.isToldElsewhere(text)) continue;
    const own = source ? key : repositoryCause(key);
    // A word that one library is given in several places is one; elsewhere the same word is another.
    const cause = text === undefined ? own : source && text.length < 16 ? copies.shared(`${source.file} ${text}`, own) : copies.shared(text.length < 16 ? `${sink.split(" ")[0] ?? ""} ${text}` : text, own);
    yield findingAt(model, file, argument.span, "sink", { sink }, { cause, ...(source && { related: [relatedAt(model, source.file, source.span, "the constant")] }) });
  }
}

