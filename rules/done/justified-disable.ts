import { defineRule } from "../../src/kit/rule.js";

/** Computed by the engine, which alone knows what every comment silenced. */
export default defineRule({
  name: "justified-disable",
  section: "done",
  clauses: ["HOUSE"],
  description: "Require a reason for every comment that turns a rule off, and no comment that turns nothing off",
  presets: { recommended: "error", strict: "error", legacy: "warn" },
  messages: {
    noReason: "This comment turns off {{rules}} without saying why. Write the reason behind `--`, with an owner and a date if it should end: `-- reason @owner until:2027-03-01`.",
    unused: "This comment turns off {{rules}}, which reports nothing here. Remove it.",
    expired: "This comment turned off {{rules}} until {{until}}. Mend what it hid, or give it a new date.",
    expiredException: "The exception for {{rule}} ended on {{until}}. {{owner}}: mend what it covers, or give it a new date.",
  },
  optionsSchema: {},
  defaultOptions: {},
});
