import { rules } from "../../../rules/index.js";
import { toRecordingRule } from "../../kit/eslint-rule.js";

/** The plugin that the CLI gives to oxlint and ESLint: file checks only, reporting in a form that survives both. */
const plugin = {
  meta: { name: "std" },
  rules: Object.fromEntries(rules.filter((rule) => rule.file).map((rule) => [rule.name, toRecordingRule(rule)])),
};

export default plugin;
