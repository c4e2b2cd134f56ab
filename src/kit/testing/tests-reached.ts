import { within } from "../../base/position.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { isBackendCode } from "../project/backend-files.js";
import { isInfrastructure, servedRoutes } from "../routes/routes.js";
import { hasBehaviour } from "./test-coverage.js";
import { testReachOf } from "./test-reach.js";
import { requestsTo } from "./test-requests.js";

/** The layers whose modules the standard wants tested. */
export type TestedLayer = "service" | "domain" | "repository";

export const testedLayers: readonly TestedLayer[] = ["service", "domain", "repository"];

/** How a test reaches a module: by itself, or with the api layer or a store beside it. */
export type TestWay = "unit" | "integration";

/** A module with the tests that run it. */
export interface ReachedModule {
  readonly layer: TestedLayer;
  readonly file: string;
  readonly tests: readonly { readonly file: string; readonly way: TestWay }[];
}

/** A route with the tests that request it, or that call what handles it; `undefined` where that cannot be told. */
export interface ReachedRoute {
  readonly route: Route;
  readonly tests: readonly string[] | undefined;
}

/** The modules that should be tested, by layer. */
export function modulesToTest(model: ProjectModel, layer: TestedLayer): string[] {
  return model.files.filter((file) => model.layerOf(file).layer === layer && isBackendCode(model, file) && (layer !== "repository" || (isLoaded(model, file) && !runsAtLoadAlone(model, file))) && hasBehaviour(model, file));
}

/** Whether something can load a module: functions that no file imports are a script that somebody once ran. */
function isLoaded(model: ProjectModel, file: string): boolean {
  return model.edgesTo(file).length > 0 || model.values.index(file).classes.length > 0 || model.entries.of(file).length > 0;
}

/** Whether all functions of a file are handed to calls that run when it is loaded: `mongoose.connect(url).then(() => …)` opens a connection, and offers nothing that a test could call. */
function runsAtLoadAlone(model: ProjectModel, file: string): boolean {
  const run = model.facts(file).body.flatMap((statement) => (statement.kind === "expression" && statement.value.kind !== "assign" ? [statement.value.span] : []));
  return [...model.values.index(file).functions.keys()].every((node) => run.some((span) => within(node.span, span)));
}

/** The routes that a test should request. */
export function routesToTest(model: ProjectModel): Route[] {
  return servedRoutes(model).filter((route) => isBackendCode(model, route.file) && route.opaque !== true && !isInfrastructure(model, route));
}

/** Each module that should be tested with the tests that run it and how, by the imports that exist at run time. */
export function reachedModules(model: ProjectModel): readonly ReachedModule[] {
  const reach = testReachOf(model);
  const withStore = new Set(reach.tests.filter((test) => [...reach.from(test)].some((file) => model.layerOf(file).layer === "tests" && usesStore(model, file))));
  const wayOf = (test: string, file: string, layer: TestedLayer): TestWay => (layer !== "repository" && !withStore.has(test) && reach.alone(test).has(file) ? "unit" : "integration");
  return testedLayers.flatMap((layer) => modulesToTest(model, layer).map((file) => ({ layer, file, tests: reach.tests.filter((test) => reach.from(test).has(file)).map((test) => ({ file: test, way: wayOf(test, file, layer) })) })));
}

/** Each route with the tests that request it. */
export function reachedRoutes(model: ProjectModel): readonly ReachedRoute[] {
  return routesToTest(model).map((route) => ({ route, tests: requestsTo(model, route) }));
}

/** What starts a store for tests alone. */
const storesForTests = /^(testcontainers|@testcontainers\/.+|mongodb-memory-server(-core|-global.*)?|pg-mem|@electric-sql\/pglite|ioredis-mock|redis-memory-server|@databases\/pg-test)$/;

function usesStore(model: ProjectModel, file: string): boolean {
  return model.facts(file).imports.some(({ specifier }) => storesForTests.test(specifier ?? "")) || model.dataAccess.of(file).length > 0 || model.values.index(file).calls.some(({ node }) => node.arguments.some((argument) => argument.kind === "literal" && typeof argument.value === "string" && statement.test(argument.value)));
}

/** SQL that a test hands to a helper of the project. */
const statement = /^\s*(insert\s+into|delete\s+from|truncate|update\s+\w+\s+set|select\s[^]*\sfrom)\s/i;

/** The cause of the finding that nothing is tested. */
export const noTests = "no tests";

/** Where tests begin in a project that has none: the largest module of the first layer that has some, else the file that handles most. */
export function firstToTest(model: ProjectModel): { readonly file: string; readonly layer?: TestedLayer; readonly route?: Route } | undefined {
  for (const layer of testedLayers) {
    const [file] = bySize(model, modulesToTest(model, layer));
    if (file !== undefined) return { file, layer };
  }
  const routes = routesToTest(model);
  const handledIn = ({ file, handler }: Route): string => handler?.file ?? file;
  const [largest] = bySize(model, [...new Set(routes.map(handledIn))]);
  const route = routes.find((one) => handledIn(one) === largest);
  return route && { file: route.file, route };
}

/** Files, the longest first. */
export function bySize(model: ProjectModel, files: readonly string[]): string[] {
  return [...files].sort((left, right) => model.facts(right).lineStarts.length - model.facts(left).lineStarts.length);
}
