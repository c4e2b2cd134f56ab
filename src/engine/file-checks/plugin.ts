import { fileCheckRules } from "../../../rules/file-checks.js";
import { toRecordingRule } from "../../kit/eslint-rule.js";

/** The plugin that the CLI gives to oxlint and ESLint: file checks only, reporting in a form that survives both. */
const plugin = {
  meta: { name: "std" },
  rules: Object.fromEntries(fileCheckRules.map((rule) => [rule.name, toRecordingRule(rule)])),
};

export default plugin;
