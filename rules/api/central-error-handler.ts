import { habitCause, repositoryCause } from "../../src/base/causes.js";
import { groupBy } from "../../src/base/group-by.js";
import { counted, listed } from "../../src/base/words.js";
import { idiomsOf } from "../../src/catalogue/idioms.js";
import { isPlainPage } from "../../src/kit/routes/answers.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { applicationOf, filesOfRoutes, isInfrastructure, relatedRoutes, routeCause, routeName, servedRoutes } from "../../src/kit/routes/routes.js";
import { roleOf } from "../../src/kit/roles.js";
import { losesRejection } from "../../src/kit/routes/lost-rejections.js";
import { defineRule } from "../../src/kit/rule.js";
import { ofWholeProject } from "../../src/kit/routes/whole-project.js";
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
    several: "{{count}} applications of this package have {{routes}} and no error handler of their own, so what clients see of an error is up to the framework. Give each {{idiom}} that answers with a stable code, best the same one.{{lost}}",
    lost: "{{route}} has an async handler that can fail outside any `try`, and Express 4 does not see what an async function throws: no error handler runs, the caller waits, and Node ends the process. Wrap it (`express-async-handler`), or move to Express 5.",
    someLost: "{{count}} of this file ({{routes}}) have async handlers that can fail outside any `try`, and Express 4 does not see what an async function throws: no error handler runs, the caller waits, and Node ends the process. Wrap them (`express-async-handler`), or move to Express 5.",
    none: "This application has {{routes}} and no error handler of its own, so what clients see of an error is up to the framework. Add {{idiom}} that answers with a stable code.{{lost}}",
  },
  optionsSchema: { report: { enum: ["causes", "applications"], description: "One finding for all applications of a package, or one for each." } },
  defaultOptions: { report: "causes" },
  project: {
    reads: "model",
    check: ofWholeProject<Options>(function* (model, { report }) {
      const served = groupBy(servedRoutes(model), (route) => applicationOf(model, route));
      const routesOf = (application: Application): readonly Route[] => served.get(application) ?? [];
      const bare = model.routes.applications.filter((application) => application.errorHandler === false && roleOf(application.file) !== "test" && routesOf(application).some((route) => !isInfrastructure(model, route) && !isPlainPage(model, route)));
      // An application without any error handler is told once.
      const told = ({ file }: Route): boolean => bare.some((application) => application.framework === "express" && model.packageOf(application.file) === model.packageOf(file));
      const losing = servedRoutes(model).filter((route) => !route.unmounted && losesRejection(model, route));
      for (const group of groupBy(bare, (application) => (report === "causes" ? `${model.packageOf(application.file).folder} ${application.framework}` : application)).values()) {
        const [first, ...others] = group;
        if (!first) continue;
        const lost = report === "causes" ? losing.filter((route) => first.framework === "express" && model.packageOf(route.file) === model.packageOf(first.file)).length : 0;
        const data = { routes: counted(group.flatMap(routesOf).length, "route"), idiom: idiomsOf(first.framework).errorHandler, lost: lost > 0 ? ` What the async handlers of ${counted(lost, "route")} throw outside any \`try\` Express 4 does not see at all: wrap them (\`express-async-handler\`), or move to Express 5.` : "" };
        // Applications of one repository that lack it lack it for one reason.
        const cause = report === "causes" ? repositoryCause(`handler of ${first.framework}`) : "application";
        if (others.length === 0) yield findingAt(model, first.file, first.span, "none", data, { cause });
        else yield findingAt(model, first.file, first.span, "several", { ...data, count: String(group.length) }, { cause, related: others.slice(0, 5).map(({ file, span }) => relatedAt(model, file, span, "another one")) });
      }
      if (report === "applications") {
        for (const route of losing) yield findingAt(model, route.file, route.span, "lost", { route: routeName(route) }, { cause: routeCause(model, route) });
        return;
      }
      for (const routes of groupBy(losing.filter((route) => !told(route)), ({ file }) => file).values()) {
        const [first] = routes;
        if (first) yield findingAt(model, first.file, first.span, "someLost", { count: counted(routes.length, "route"), routes: listed(routes.map(routeName), 5) }, { cause: habitCause(`rejections ${model.packageOf(first.file).folder}`), related: relatedRoutes(model, routes) });
      }
    }, filesOfRoutes),
  },
});
