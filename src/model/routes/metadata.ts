import { publicMarkers } from "../../catalogue/lexicon/http.js";
import type { ProjectModel } from "../project-model.js";
import type { RawStep } from "./adapter.js";
import { propertiesOf } from "../values/definitions.js";
import type { Located } from "../values/located.js";

/** What a route notes for a step to read: that it is open, `config: { public: true }`, `metadata: meta({ auth: { isPublic: true } })`. */
export function marksIn(model: ProjectModel, { file, node }: Located, depth = 0): readonly RawStep[] {
  if (depth > 3) return [];
  // A function of the project that gives its argument back checks its type alone.
  if (node.kind === "call" && node.arguments[0]) return marksIn(model, { file, node: node.arguments[0] }, depth + 1);
  return [...propertiesOf(model, file, node)].flatMap(([key, value]): readonly RawStep[] => {
    if (value.node.kind === "literal") return value.node.value === true && publicMarkers.in(key) ? [{ ...value, origin: "route", name: key, judged: { role: "public" } }] : [];
    return value.node.kind === "object" ? marksIn(model, value, depth + 1) : [];
  });
}
