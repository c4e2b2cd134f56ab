import type { TSESTree } from "@typescript-eslint/utils";
import { repositoryCause } from "../../src/base/causes.js";
import { lazily } from "../../src/base/once-per.js";
import { baseName } from "../../src/base/paths.js";
import { findTokens } from "../../src/catalogue/secrets/find-tokens.js";
import { secretNameOf, secretWord } from "../../src/catalogue/secrets/secret-names.js";
import { isMachineMade } from "../../src/catalogue/secrets/secret-values.js";
import { asksToBeReplaced, isOfLocalStore, isRefusedByService, isUnfilledCredential } from "../../src/kit/secrets/client-credentials.js";
import { isAskedFor, isRefusedEmpty } from "../../src/kit/secrets/empty-secrets.js";
import { isPublicKey } from "../../src/kit/settings/env-files.js";
import { isGuardedInProduction, productionGuards } from "../../src/kit/secrets/production-guards.js";
import { defineRule } from "../../src/kit/rule.js";
import { defaultOfCall, defaultOfProperty, isAboutSettings, keyOfTransformed, type SchemaDefault } from "../../src/kit/secrets/schema-defaults.js";
import { isSettingsObject, settingRead, standIn } from "../../src/kit/secrets/secret-settings.js";
import { defaultsBeneath, isHashed, isInLogical, isOfDevelopment, isReadBeside, isWhereMissing, lastOperand, spreadProperties } from "../../src/kit/secrets/stand-in-forms.js";
import { isForTests, isMadeUpForTrials, isTrialScript } from "../../src/kit/secrets/trial-files.js";
import { keyName, textOf } from "../../src/kit/syntax-nodes.js";

type Node = TSESTree.Node;

interface Options {
  readonly clients: boolean;
}

/** `E2E_USER_PASSWORD`, `INTEGRATION_TEST_TOKEN`: only who tries the application out is asked for it. */
const isOfTest = (key: string): boolean => /^(?:e2e|tests?|testing|integration_tests?)_|_(?:e2e|tests?)$/i.test(key);

/** `INTEGRATION_PASSWORD`, `SHOP_TEST_PASSWORD` of a script, `SEED_ADMIN_PASSWORD` of seeds: the account with which the application is tried out. */
const isOfTrial = (key: string): boolean => /^(?:seed|e2e|tests?|integration|smoke|demo|load|perf|bench|sandbox|example)_|_tests?_/i.test(key);

/** Nobody writes more than this into one file. */
const mostWritten = 256 * 1024;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const environmentKey = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** `SMTP_PASS` names where else to look; `CHANGE_ME` is written alike. */
const namesKey = (text: string): boolean => environmentKey.test(text) && !asksToBeReplaced(text);

export default defineRule<Options>({
  name: "no-secret-fallbacks",
  section: "config",
  clauses: ["CONF-2"],
  description: "Forbid secrets that fall back to a text of the code",
  presets: { recommended: "error", strict: ["error", { clients: true }], legacy: "error" },
  messages: {
    empty: "`{{key}}` falls back to an empty text: where it is not set, the application starts all the same, and everybody can sign or decrypt what it signs. Drop the fallback, so that the settings schema stops the start.",
    fallback: "`{{key}}` falls back to a text of the code: where it is not set, the application starts all the same, and whoever has read the code holds its secret. Drop the fallback, so that the settings schema stops the start.",
  },
  optionsSchema: { clients: { type: "boolean", description: "Also report stand-ins that the file refuses in production, those for credentials of services that the program only calls, which those services refuse, texts that ask to be replaced by one, and empty texts that libraries refuse to sign with." } },
  defaultOptions: { clients: false },
  file: {
    needs: ["env", "Env", "ENV", "conf", "Conf", "CONF", "etting", "ETTING", "ecret", "SECRET", "_KEY", "TOKEN", "PASS"],
    // A setting without a name of secrets may fall back to a token.
    suffices: (text) => secretWord.test(text) || findTokens(text).length > 0,
    roles: ["source", "settings", "script", "tool-config"],
    // The same stand-in of a setting is taken away in one go, wherever it is written.
    causeOf: ({ key = "" }, text) => (text.length < 8 ? undefined : repositoryCause(isMachineMade(text.slice(1, -1)) || uuid.test(text.slice(1, -1)) ? text : `${key.replace(/[^a-z0-9]/gi, "").toLowerCase()} ${text}`)),
    create(context, { clients }, role) {
      const source = context.sourceCode;
      const { filename } = context;
      const name = baseName(filename.replaceAll("\\", "/"));
      // What a bundler has put together is written elsewhere.
      if (isForTests(filename) || source.text.length > mostWritten) return {};
      const isTrial = isTrialScript(filename, role);
      // What a script sends and what infrastructure is made with until somebody sets it lets nobody in here.
      const isSetElsewhere = role === "script" || /seed/i.test(name) || /(?:^|[/\\])(?:infra(?:structure)?|pulumi|cdk|sst|terraform|performance[\w-]*)[/\\]/i.test(filename);
      const inSettings = isAboutSettings(filename, role);
      // Pages show what is kept for somebody by the same names.
      const isPage = /\.[jt]sx$/.test(filename);
      const reported = new Set<Node>();
      const guards = lazily(() => productionGuards(source));
      /** Tells of a stand-in, once, whichever form led to it. */
      const judge = (key: string | undefined, fallback: Node | null | undefined): void => {
        const found = key === undefined ? undefined : standIn(source, fallback, key);
        // `get("smtpPass", "SMTP_PASS")` names where else to look.
        if (key === undefined || (isPage && !environmentKey.test(key)) || isPublicKey(key) || (!clients && isOfTest(key)) || found === undefined || (isTrial && isMadeUpForTrials(textOf(found) ?? "")) || namesKey(textOf(found) ?? "") || (isSetElsewhere && (asksToBeReplaced(textOf(found) ?? "") || isOfTrial(key))) || reported.has(found) || isHashed(found) || isReadBeside(source, found, key) || (!clients && (isRefusedByService(source, found, key) || isOfLocalStore(source, found, key) || isUnfilledCredential(key, textOf(found) ?? "")))) return;
        if (textOf(found) === "" && (isAskedFor(source, found) || (!clients && isRefusedEmpty(key, inSettings)))) return;
        if (!clients && isGuardedInProduction(guards(), fallback ?? found, key)) return;
        reported.add(found);
        context.report({ node: found, messageId: textOf(found) === "" ? "empty" : "fallback", data: { key } });
      };
      const judgeDefault = (found: SchemaDefault | undefined): void => {
        if (found && !(found.checked === true && textOf(found.value) === "") && (clients || found.ofDevelopment !== true)) judge(found.key, found.value);
      };
      const judgePattern = (pattern: Node, value: Node): void => {
        if (pattern.type !== "ObjectPattern" || !isSettingsObject(source, value)) return;
        for (const property of pattern.properties) if (property.type === "Property" && property.value.type === "AssignmentPattern") judge(keyName(property), property.value.right);
      };
      return {
        LogicalExpression(node) {
          if (node.operator !== "&&" && !isInLogical(node)) judge(settingRead(source, node.left) ?? keyOfTransformed(node.left, inSettings), lastOperand(node));
        },
        ConditionalExpression({ test, consequent, alternate }) {
          const asked = source.getText(test);
          // Nothing that a build or a test signs lets anybody in.
          if (/\btest\b|build(?:ing|_?time|_?phase)|production-build/i.test(asked)) return;
          if (!clients && isOfDevelopment(asked) && settingRead(source, alternate) !== undefined) return;
          for (const [read, other] of [[consequent, alternate], [alternate, consequent]] as const) {
            const key = settingRead(source, read);
            // An empty text in place of a setting that may well be there leaves it out on purpose.
            if (key !== undefined && (textOf(other) !== "" || asked.includes(key) || /env|prod|dev/i.test(asked))) judge(key, other);
          }
        },
        VariableDeclarator({ id, init }) {
          if (init !== null) judgePattern(id, init);
        },
        // `({ jwtSecret = "…" } = process.env) => …`
        AssignmentPattern({ left, right }) {
          judgePattern(left, right);
        },
        AssignmentExpression(node) {
          const { operator, left, right } = node;
          const key = settingRead(source, left);
          // A tool that needs no secret is given something that its settings accept; so is a test.
          if (role === "tool-config" || /\btest\b/i.test(textOf(right) ?? "")) return;
          if (operator === "||=" || operator === "??=" || (key !== undefined && operator === "=" && isWhereMissing(source, node, key))) judge(key, right);
        },
        ObjectExpression({ properties }) {
          // `{ SESSION_SECRET: "…", ...process.env }`
          const spread = properties.findLastIndex((property) => property.type === "SpreadElement" && isSettingsObject(source, property.argument));
          for (const property of properties.slice(0, Math.max(0, spread)).flatMap((given) => spreadProperties(source, given))) if (property.type === "Property") judge(secretKey(keyName(property)), property.value);
        },
        CallExpression(node) {
          judgeDefault(defaultOfCall(node, inSettings));
          // `get(process.env, "SESSION_SECRET", "…")`
          const [holder, key, fallback] = node.arguments;
          // `required(env, "JWT_SECRET", "AUTH_SECRET")` names another key to look at.
          for (const property of defaultsBeneath(source, node)) judge(secretKey(keyName(property)), property.value);
          if (holder && fallback && isSettingsObject(source, holder) && !namesKey(textOf(fallback) ?? "")) judge(secretKey(textOf(key)), fallback);
        },
        Property(node) {
          judgeDefault(defaultOfProperty(node, inSettings));
          const text = textOf(node.value);
          // ArkType writes defaults into its types: "string = 'x'".
          if (text !== undefined && node.parent.type === "ObjectExpression" && isTypeCall(node.parent.parent) && /=\s*['"][^'"]+['"]$/.test(text)) judge(keyName(node), node.value);
        },
        PropertyDefinition(node) {
          if (node.decorators.length > 0 && node.value !== null && isSettingsClass(node.parent.parent, inSettings)) judge(secretKey(keyName(node)), node.value);
        },
      };
    },
  },
});

function secretKey(key: string | undefined): string | undefined {
  return key !== undefined && secretNameOf(key) !== undefined ? key : undefined;
}

function isTypeCall(node: Node): boolean {
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "type";
}

function isSettingsClass(node: Node, inSettings: boolean): boolean {
  return (node.type === "ClassDeclaration" || node.type === "ClassExpression") && (inSettings || /env|config|setting/i.test(node.id?.name ?? ""));
}
