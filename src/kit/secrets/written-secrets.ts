import { baseName } from "../../base/paths.js";
import { signsHere } from "../../catalogue/secrets/named-secrets.js";
import { isMadeUpName } from "../../catalogue/secrets/secret-names.js";
import { isMachineMade } from "../../catalogue/secrets/secret-values.js";
import type { SecretFact } from "../../facts/facts.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isForDevelopers, roleOf } from "../roles.js";
import { variablesAround } from "./low-stakes.js";
import { isTrialScript } from "./trial-files.js";

/** Runners of tests, and what they start. */
const ofTests = /^(?:testcontainers|@testcontainers\/.+|@playwright\/test|vitest|@jest\/globals|mocha|ava|tap|uvu|@cucumber\/cucumber|supertest)$/;

/** Whether nobody asks what a file of code holds: tests, fixtures, generated code, migrations and seeds hold made-up secrets; translations hold words about them. Scripts run against what is real. */
export function isExempt(model: ProjectModel, file: string): boolean {
  const role = roleOf(file);
  if (role === "script") return /seed|fixture|mock|fake|hydrate|populate|dummy|demo|simulat|bench/i.test(file);
  const { layer } = model.layerOf(file);
  if (/(?:^|\/)(?:mock|stub)[-_][^/]+$|[-_.](?:mock|stub)s?(?:[-_]server)?\.[cm]?[jt]sx?$/i.test(file) || /(?:^|\/)(?:Stub|Mock|Fake)[A-Z][^/]*$/.test(file)) return true;
  // What starts a database for tests gives it a password, and what a runner of tests runs makes up what it needs.
  if (model.edgesFrom(file).some(({ target }) => target.kind === "package" && ofTests.test(target.package))) return true;
  return role === "test" || role === "fixture" || role === "generated" || role === "migration" || (role === "tool-config" && runsTests(model, file)) || layer === "tests" || layer === "migrations" || /(^|\/)(locales?|i18n|lang|translations?|messages)\//.test(file);
}

/** A file of seeds wherever it lies (`db/seedUsers.ts`), one that tries the application out (`test-login.js`), and a file of examples (`data-source.example.ts`): passwords in them are made up, keys and tokens are not. */
export function makesUpPasswords(file: string): boolean {
  const role = roleOf(file);
  const name = baseName(file);
  if (isForDevelopers(file) || isTrialScript(file, role) || (role === "script" && /^check[-_]/.test(name))) return true;
  return seeding.test(name) || trying.test(name) || /(?:^|[-_.])(?:examples?|samples?)\./.test(name) || tryingFolder.test(file);
}

/** `seed-users.ts`, `usersSeeder.ts`, `roles.seed.ts` */
const seeding = /^seed(?:er|ers|s|ing)?(?=[A-Z._-])|[-_.]seed(?:s|er|ers|ing)?\.|[a-z]Seed(?:s|er)?(?=[A-Z.])/;
/** `test-login.js`, `prepareTestUsers.ts`, `api_test_orders.ts`, `qa-accounts.ts` */
const trying = /(?:^|[-_.])tests?[-_](?:data|users?|accounts?|db|customers?|orders?)|^prepareTest[A-Z]|^(?:test|try|demo|simulate|seed|verify|smoke|debug)[-_.]|^(?:test|debug)(?=[A-Z])|^[a-z]{2,12}[-_](?:test|demo)[-_]|^qa[-_]|[-_]test\.[cm]?[jt]s$/;
const tryingFolder = /(?:^|\/)(?:performance[\w-]*|load[-_]?tests?|test[-_](?:app|client|page|harness))\//i;

/** A script of MongoDB's shell that makes the users of a database, as the container does when it first starts: `db.createUser({ user, pwd })`. Nothing declares `db` there. */
export function makesStoreUsers(model: ProjectModel, file: string): boolean {
  return model.values.index(file).calls.some(({ node: { callee } }) => callee.kind === "member" && /^(?:createUser|getSiblingDB|updateUser|changeUserPassword)$/.test(callee.property) && callee.object.kind === "name" && callee.object.name === "db" && model.edgesFrom(file).length === 0);
}

/** The settings of a test runner make up what the tests find in their environment. */
function runsTests(model: ProjectModel, file: string): boolean {
  return /^(?:vitest|jest|playwright|cypress|karma|wdio)\b/.test(baseName(file)) || model.facts(file).imports.some(({ specifier }) => specifier === "vitest/config");
}

/** `@ApiResponse({ schema: { example: { token: "eyJ…" } } })` shows what an answer looks like. */
function isDescribed(model: ProjectModel, file: string, { span: [start, end] }: SecretFact): boolean {
  return model.values.index(file).calls.some(({ node }) => node.callee.kind === "name" && /^Api[A-Z]/.test(node.callee.name) && node.span[0] <= start && end <= node.span[1]);
}

/** `const mockUserToken = { jwt: "eyJ…" }`: whose it is, is said. */
function isOfNobody(model: ProjectModel, file: string, { format, span }: SecretFact): boolean {
  return format === "json-web-token" && variablesAround(model, file, span).some(isMadeUpName);
}

/** `res.json({ secret: "account-42" })`: what every client is answered keeps no one out. */
function isAnswered(model: ProjectModel, file: string, { span: [start, end] }: SecretFact): boolean {
  return model.values.index(file).calls.some(({ node: { callee, span } }) => callee.kind === "member" && /^(?:json|send)$/.test(callee.property) && callee.object.kind === "name" && /^(?:res|response|reply|ctx|c)$/.test(callee.object.name) && span[0] <= start && end <= span[1]);
}

/** A token by its name alone, among values of a message that is made up: `{ recipient: "anna@example.com", token: "…" }`; the password of somebody who is called a user for tests. */
function isInMadeUpMessage(text: string, { format, name, span: [start, end] }: SecretFact): boolean {
  if (format === "password") return name !== undefined && /\btest[-_.]?user\b/i.test(text.slice(Math.max(0, start - 150), end + 150)) && !isMachineMade(text.slice(start + 1, end - 1));
  return format === "token" && name !== undefined && /[@/.]example\.(?:com|org|net)\b/.test(text.slice(Math.max(0, start - 200), end + 200));
}

/** Libraries with which the records of tests and demonstrations are made up. */
const makersOfRecords = /^(?:@faker-js\/faker|faker|@ngneat\/falso|chance|casual|fishery|factory\.ts|factory-girl|@mikro-orm\/seeder|typeorm-(?:extension|seeding)|@jorgebodega\/typeorm-\w+|nestjs-seeder)$/;

/** Whether the accounts in a file are made up, with passwords that nobody has. */
export function makesUpRecords(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target }) => target.kind === "package" && makersOfRecords.test(target.package));
}

/** The keys of services that a migration or a seed writes into the settings of a store, by their form: passwords there are made up, these are given out. */
export function keysInMigration(model: ProjectModel, file: string): readonly SecretFact[] {
  return roleOf(file) === "migration" ? model.facts(file).secrets.filter(({ name, format }) => name === undefined && !/^(?:url-credentials|json-web-token|private-key|statement-password)$/.test(format)) : [];
}

/** `"EAAO…"; // Add full token here`: only what comes behind it is the secret. */
function asksForMore(text: string, end: number): boolean {
  const line = text.indexOf("\n", end);
  return /\/\/.{0,40}\b(?:add|put|insert|paste|enter|replace)\b.{0,40}\b(?:here|token|key|secret|password|yours?)\b/i.test(text.slice(end, line === -1 ? end + 200 : Math.min(line, end + 200)));
}

/** How many lines above a key are asked what they say of it. */
const mostAbove = 6;

/** `// Publishable keys (not secrets), the same in every browser.` above a key that only its name tells, with nothing between but others of the kind. */
function isSaidToBePublic(text: string, { format, name, span: [start] }: SecretFact): boolean {
  if (name === undefined || !/^(?:key|token)$/.test(format) || /secret|private/i.test(name)) return false;
  const above = text.slice(Math.max(0, start - 800), start).split("\n").slice(0, -1).slice(-mostAbove);
  const empty = above.findLastIndex((line) => line.trim() === "");
  return above.slice(empty + 1).some((line) => /^\s*(?:\/\/|\/?\*)/.test(line) && saysPublic(line));
}

/** `publishable and secret keys` speaks of others, too. */
function saysPublic(comment: string): boolean {
  const denied = comment.replace(/\b(?:not (?:a )?|no )secrets?\b/gi, "publishable");
  return /\bpublishable\b/i.test(denied) && !/\bsecrets?\b|\bprivate\b/i.test(denied);
}

/** Whether whoever opens a page is given a file: a script of a served folder, or code of the user interface. */
function isShownInPages(model: ProjectModel, file: string): boolean {
  return (/(?:^|\/)(?:public|static|www|wwwroot)\//.test(file) && !/\.[cm]?tsx?$/.test(file)) || model.layerOf(file).evidence.includes("user interface");
}

/** The secrets of a file that are told by their form or by the name of a literal. What stands in for a missing setting is the business of no-secret-fallbacks. */
export function writtenSecrets(model: ProjectModel, file: string): readonly SecretFact[] {
  const madeUp = makesUpRecords(model, file);
  const passwords = makesUpPasswords(file) || /(?:^|\/)(?:docs?|swagger|openapi)\/|(?:^|[\/._-])(?:swagger|openapi)[\w.-]*$/i.test(file);
  const ofDevelopers = /[-_.](?:dev|development|local)\.[cm]?[jt]s$|(?:^|\/)(?:dev|development|local)\.[cm]?[jt]s$/.test(file);
  // What a developer's machine signs with, unless it is too random to have been made up for it.
  const isOfDevelopers = ({ name, span: [start, end] }: SecretFact): boolean => ofDevelopers && name !== undefined && signsHere(name) && !isMachineMade((model.text(file) ?? "").slice(start + 1, end - 1));
  const text = model.text(file) ?? "";
  // `Basic` and what somebody logs in with.
  const isPassword = ({ format, span }: SecretFact): boolean => format === "password" || (format === "authorization-header" && /^.?Basic /.test(text.slice(span[0], span[0] + 8)));
  const isShown = isShownInPages(model, file);
  return model.facts(file).secrets
    // A key of Google's that pages show, and accounts that a page offers to whoever tries the application out.
    .filter(({ format, ofAccount }) => !(isShown && (format === "google-api-key" || ofAccount === true)))
    .filter((secret) => secret.fallback !== true && !isOfNobody(model, file, secret) && !isSaidToBePublic(text, secret) && !(secret.length < 40 && asksForMore(text, secret.span[1])) && !isInMadeUpMessage(text, secret))
    .filter((secret) => !(/^json-web-token$|-in-query$/.test(secret.format) && isDescribed(model, file, secret)) && !isOfDevelopers(secret))
    .filter((secret) => secret.name === undefined || !(madeUp || (passwords && isPassword(secret)) || (!isMachineMade(text.slice(secret.span[0] + 1, secret.span[1] - 1)) && isAnswered(model, file, secret))));
}
