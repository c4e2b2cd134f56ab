import { groupBy } from "../../src/base/group-by.js";
import { counted } from "../../src/base/words.js";
import { idiomsOf } from "../../src/catalogue/idioms.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { applicationOf, servedRoutes } from "../../src/kit/routes.js";
import { roleOf } from "../../src/kit/roles.js";
import { defineRule } from "../../src/kit/rule.js";
import type { Application, Route } from "../../src/model/routes/route.js";

interface Options {
  readonly report: "causes" | "applications";
}

export default defineRule<Options>({
  name: "central-error-handler",
  section: "api",
  clauses: ["API-3"],
  description: "Require one place that maps errors to responses in every application with routes",
  presets: { recommended: "warn", strict: ["error", { report: "applications" }], legacy: "off" },
  messages: {
    several: "{{count}} applications of this package have {{routes}} and no error handler of their own, so what clients see of an error is up to the framework. Give each {{idiom}} that answers with a stable code, best the same one.",
    none: "This application has {{routes}} and no error handler of its own, so what clients see of an error is up to the framework. Add {{idiom}} that answers with a stable code.",
  },
  optionsSchema: { report: { enum: ["causes", "applications"], description: "One finding for all applications of a package, or one for each." } },
  defaultOptions: { report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, { report }) {
      const served = groupBy(servedRoutes(model), (route) => applicationOf(model, route));
      const routesOf = (application: Application): readonly Route[] => served.get(application) ?? [];
      const bare = model.routes.applications.filter((application) => application.errorHandler === false && roleOf(application.file) !== "test" && routesOf(application).length > 0);
      for (const group of groupBy(bare, (application) => (report === "causes" ? `${model.packageOf(application.file).folder} ${application.framework}` : application)).values()) {
        const [first, ...others] = group;
        if (!first || !scope.has(first.file)) continue;
        const data = { routes: counted(group.flatMap(routesOf).length, "route"), idiom: idiomsOf(first.framework).errorHandler };
        if (others.length === 0) yield findingAt(model, first.file, first.span, "none", data, { cause: "application" });
        else yield findingAt(model, first.file, first.span, "several", { ...data, count: String(group.length) }, { cause: "application", related: others.slice(0, 5).map(({ file, span }) => relatedAt(model, file, span, "another one")) });
      }
    },
  },
});
