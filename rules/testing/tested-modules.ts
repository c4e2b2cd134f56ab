import { wordTable } from "../../src/base/word-table.js";
import type { RelatedLocation, RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { counted, enumerated } from "../../src/base/words.js";
import type { Span } from "../../src/base/position.js";
import { changedCode, isTouched } from "../../src/kit/testing/changed-code.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { routeName } from "../../src/kit/routes/routes.js";
import { defineRule } from "../../src/kit/rule.js";
import { coveredFiles } from "../../src/kit/testing/test-coverage.js";
import { testReachOf } from "../../src/kit/testing/test-reach.js";
import { isRequested } from "../../src/kit/testing/test-requests.js";
import { bySize, firstToTest, modulesToTest, noTests, routesToTest, type TestedLayer, testedLayers } from "../../src/kit/testing/tests-reached.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";
import type { GitChange } from "../../src/repo/repo-view.js";

interface Options {
  readonly report: "layers" | "each";
}

type Covered = ReadonlyMap<string, boolean>;

/** A sum names no more files than this. */
const mostNamed = 10;

export default defineRule<Options>({
  name: "tested-modules",
  section: "testing",
  clauses: ["TEST-1", "TEST-2"],
  description: "Require a test that reaches each service, domain and repository module, and one that requests each route",
  presets: { recommended: "warn", strict: ["error", { report: "each" }], legacy: "off" },
  messages: {
    noTests: "Nothing here is tested: {{modules}} and {{routes}}, and no test. Begin with this module, the largest of {{layer}}.",
    unit: "No test reaches this {{layer}} module but through the api layer, so its edge cases are not tested. Add a test that imports it and hands it what it needs.",
    repository: "No test reaches this repository, so its queries run for the first time in production. Add a test that runs them against a database.",
    route: "No test requests {{route}}, so nothing holds its path, its checks and its answer. Add a test that requests it ({{how}}).",
    sum: "No test {{lacks}}. Begin with this one, where most is not tested.",
  },
  optionsSchema: { report: { enum: ["layers", "each"], description: "One sum of what tests leave out (with a checked range: the changed modules), or each module and route." } },
  defaultOptions: { report: "layers" },
  project: {
    reads: "model",
    *check(model, scope, { report }) {
      if (report === "each" && testReachOf(model).tests.length > 0) yield* each(model, scope, new Map());
      else if (report === "each" && scope.whole) yield* nothingTested(model);
    },
  },
  repo: {
    *check(repo, model, { report }) {
      if (report === "each") return;
      const covered = coveredFiles(repo);
      const range = repo.git?.range;
      if (testReachOf(model).tests.length === 0 && covered.size === 0) {
        if (range === undefined) yield* nothingTested(model);
        return;
      }
      if (range === undefined) yield* sums(model, covered);
      else {
        const changes = changedCode(repo, range);
        yield* each(model, changes, covered, changes);
      }
    },
  },
});

/** Coverage says more than imports: what ran is tested, and what was only loaded is not. */
function isTested(model: ProjectModel, file: string, layer: TestedLayer, covered: Covered): boolean {
  const reach = testReachOf(model);
  // Which repositories an application runs that is tested from outside cannot be told.
  return covered.get(file) ?? (layer === "repository" ? reach.isReached(file) || reach.fromOutside.length > 0 : reach.isUnitTested(file));
}

/** Each untested module of a scope, and each route; of a range, the routes that it touches where they are registered or handled. */
function* each(model: ProjectModel, scope: { has(file: string): boolean }, covered: Covered, changes?: ReadonlyMap<string, GitChange>): Iterable<RuleFinding> {
  const isChangedAt = (file: string, span: Span): boolean => {
    const change = changes?.get(file);
    return change !== undefined && isTouched(change, model.range(file, span));
  };
  const isConcerned = ({ file, span, handler }: Route): boolean => (changes === undefined ? scope.has(file) : isChangedAt(file, span) || (handler !== undefined && isChangedAt(handler.file, handler.node.span)));

  for (const layer of testedLayers)
    for (const file of modulesToTest(model, layer)) {
      if (!scope.has(file) || isTested(model, file, layer, covered)) continue;
      yield layer === "repository" ? findingAt(model, file, firstLine(model, file), "repository", {}) : findingAt(model, file, firstLine(model, file), "unit", { layer });
    }
  for (const route of routesToTest(model)) if (isConcerned(route) && isRequested(model, route) === false) yield findingAt(model, route.file, route.span, "route", { route: routeName(route), how: howToRequest(route) });
}

/** What is not tested of a kind of code: how many of how many, in words, and where it is told. */
interface Lack {
  readonly untested: number;
  readonly all: number;
  readonly said: string;
  readonly file: string;
  readonly span: Span;
  readonly related: readonly RelatedLocation[];
}

/** Up to so many of a kind may go without a test where they are less than a quarter of it. */
const fewUntested = 10;

function isMore({ untested, all }: Lack): boolean {
  return untested > fewUntested || untested * 4 >= all;
}

/** One finding for all that tests leave out, where there is most to begin with. */
function* sums(model: ProjectModel, covered: Covered): Iterable<RuleFinding> {
  const lacks = [...testedLayers.flatMap((layer) => layerLack(model, layer, covered) ?? []), ...routeLack(model)].filter(isMore);
  const [first] = lacks;
  if (first) yield findingAt(model, first.file, first.span, "sum", { lacks: enumerated(lacks.map(({ said }) => said)) }, { cause: "sum", related: lacks.flatMap((lack) => [...(lack === first ? [] : [relatedAt(model, lack.file, lack.span, "not tested either")]), ...lack.related]) });
}

function layerLack(model: ProjectModel, layer: TestedLayer, covered: Covered): Lack | undefined {
  const all = modulesToTest(model, layer);
  const [file, ...rest] = bySize(model, all.filter((one) => !isTested(model, one, layer, covered)));
  if (file === undefined) return undefined;
  const said = `reaches ${rest.length + 1} of ${counted(all.length, `${layer} module`)}${layer === "repository" ? "" : " but through the api layer"}`;
  return { untested: rest.length + 1, all: all.length, said, file, span: firstLine(model, file), related: rest.slice(0, mostNamed - 1).map((other) => relatedAt(model, other, firstLine(model, other), "not tested either")) };
}

function routeLack(model: ProjectModel): Lack[] {
  const routes = routesToTest(model);
  const open = routes.filter((route) => isRequested(model, route) === false);
  const [worst = []] = [...groupBy(open, ({ file }) => file).values()].sort((left, right) => right.length - left.length);
  return worst.slice(0, 1).map((first) => ({ untested: open.length, all: routes.length, said: `requests ${open.length} of ${counted(routes.length, "route")} (${howToRequest(first)})`, file: first.file, span: first.span, related: worst.slice(1, mostNamed).map((route) => relatedAt(model, route.file, route.span, routeName(route))) }));
}

function* nothingTested(model: ProjectModel): Iterable<RuleFinding> {
  const count = testedLayers.reduce((sum, layer) => sum + modulesToTest(model, layer).length, 0);
  const begin = firstToTest(model);
  if (!begin) return;
  const data = { modules: counted(count, "module"), routes: counted(routesToTest(model).length, "route"), layer: begin.layer ? `the ${begin.layer} layer` : "the routes" };
  yield findingAt(model, begin.file, begin.route?.span ?? firstLine(model, begin.file), "noTests", data, { cause: noTests });
}

/** The first statement that is more than an import, at its first line. */
function firstLine(model: ProjectModel, file: string): readonly [number, number] {
  const { body, lineStarts } = model.facts(file);
  const at = body.find(({ kind }) => kind === "class" || kind === "function" || kind === "variable")?.span[0] ?? body[0]?.span[0] ?? 0;
  const end = lineStarts.find((start) => start > at);
  return [at, end === undefined ? at : Math.max(at, end - 1)];
}

const ways: Readonly<Record<string, string>> = wordTable({ fastify: "`app.inject`", hapi: "`server.inject`", hono: "`app.request`", elysia: "`app.handle`", nestjs: "supertest on `app.getHttpServer()`", next: "call the handler with a `Request`" });

function howToRequest({ framework }: Route): string {
  return ways[framework] ?? "supertest on the application";
}
