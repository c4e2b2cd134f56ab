import { routeName } from "../kit/routes/routes.js";
import { testReachOf } from "../kit/testing/test-reach.js";
import { reachedModules, reachedRoutes, type ReachedModule } from "../kit/testing/tests-reached.js";
import { open } from "./run.js";

/** Which tests reach what, as plain data. */
export interface TestsReached {
  /** The files that hold tests. */
  readonly tests: readonly string[];
  readonly modules: readonly ReachedModule[];
  /** `tests` is undefined where it cannot be told whether a test requests the route. */
  readonly routes: readonly { readonly name: string; readonly file: string; readonly line: number; readonly tests: readonly string[] | undefined }[];
  /** The root-relative paths that were asked about; undefined for all. */
  readonly paths: readonly string[] | undefined;
}

/** The tests of the project around a folder, and what they reach. */
export function testsReachedOf(cwd: string, asked: readonly string[]): TestsReached {
  const { project: { model }, paths } = open({ cwd, paths: asked });
  return {
    tests: testReachOf(model).tests,
    modules: reachedModules(model),
    routes: reachedRoutes(model).map(({ route, tests }) => ({ name: routeName(route), file: route.file, line: model.range(route.file, route.span).start.line, tests })),
    paths,
  };
}
