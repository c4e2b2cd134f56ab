import { groupBy } from "../../src/base/group-by.js";
import { counted } from "../../src/base/words.js";
import { idiomsOf } from "../../src/catalogue/idioms.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { applicationOf, servedRoutes } from "../../src/kit/routes.js";
import { roleOf } from "../../src/kit/roles.js";
import { defineRule } from "../../src/kit/rule.js";

export default defineRule({
  name: "central-error-handler",
  section: "api",
  clauses: ["API-3"],
  description: "Require one place that maps errors to responses in every application with routes",
  presets: { recommended: "warn", strict: "error", legacy: "off" },
  messages: { none: "This application has {{routes}} and no error handler of its own, so what clients see of an error is up to the framework. Add {{idiom}} that answers with a stable code." },
  optionsSchema: {},
  defaultOptions: {},
  project: {
    reads: "model",
    *check(model, scope) {
      const served = groupBy(servedRoutes(model), (route) => applicationOf(model, route));
      for (const application of model.routes.applications) {
        if (!scope.has(application.file) || application.errorHandler !== false || roleOf(application.file) === "test") continue;
        const count = served.get(application)?.length ?? 0;
        if (count > 0) yield findingAt(model, application.file, application.span, "none", { routes: counted(count, "route"), idiom: idiomsOf(application.framework).errorHandler }, { cause: "application" });
      }
    },
  },
});
