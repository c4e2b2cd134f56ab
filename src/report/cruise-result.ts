import type { ICruiseResult, IDependency, IModule, IViolation } from "dependency-cruiser";
import type { GraphEdge, ImportGraph } from "./graph.js";

/**
 * A graph as a result of dependency-cruiser, for its reporters. Edges with findings carry their rules.
 * @param written what stands for a name; the reporters write names as they are, whatever their format gives a meaning to
 */
export function cruiseResult(graph: ImportGraph, isFocused: (name: string) => boolean = () => false, written: (name: string) => string = (name) => name): ICruiseResult {
  const modules = graph.nodes.map(({ name }): IModule => {
    const dependencies = graph.edges.filter(({ from }) => from === name).map((edge) => dependency(edge, written));
    return {
      source: written(name),
      valid: true,
      dependencies,
      dependents: graph.edges.filter(({ to }) => to === name).map(({ from }) => written(from)),
      ...(isFocused(name) && { matchesFocus: true }),
    };
  });
  const violations = graph.edges.flatMap((edge) => [...edge.violations.keys()].map((name): IViolation => ({ type: "dependency", from: written(edge.from), to: written(edge.to), rule: { name, severity: "error" } })));
  return { modules, summary: { error: violations.length, warn: 0, info: 0, ignore: 0, totalCruised: modules.length, totalDependenciesCruised: graph.edges.length, violations, optionsUsed: {} } };
}

function dependency({ to, violations }: GraphEdge, written: (name: string) => string): IDependency {
  const rules = [...violations.keys()].map((name) => ({ name, severity: "error" as const }));
  return {
    module: written(to), resolved: written(to), moduleSystem: "es6", dependencyTypes: ["local"], dynamic: false, exoticallyRequired: false,
    circular: false, coreModule: false, couldNotResolve: false, followable: true, valid: rules.length === 0,
    // The types demand what its own results leave out for imports of files.
    ...(rules.length > 0 && { rules }),
  } as IDependency;
}
