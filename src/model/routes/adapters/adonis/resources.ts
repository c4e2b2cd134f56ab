import type { ProjectModel } from "../../../project-model.js";
import type { RawStep } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { propertiesOf } from "../../../values/definitions.js";
import { joinRoutePath } from "../../path.js";
import { middlewareSteps } from "./actions.js";
import type { Modifier } from "./adonis.js";

/** One action of a resource. */
interface ResourceAction {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly steps: readonly RawStep[];
}

const actions: readonly { readonly name: string; readonly methods: readonly string[]; readonly one: boolean; readonly tail: string; readonly form?: true }[] = [
  { name: "index", methods: ["GET"], one: false, tail: "" },
  { name: "create", methods: ["GET"], one: false, tail: "create", form: true },
  { name: "store", methods: ["POST"], one: false, tail: "" },
  { name: "show", methods: ["GET"], one: true, tail: "" },
  { name: "edit", methods: ["GET"], one: true, tail: "edit", form: true },
  { name: "update", methods: ["PUT", "PATCH"], one: true, tail: "" },
  { name: "destroy", methods: ["DELETE"], one: true, tail: "" },
];

/** The routes of `router.resource("posts.comments", controller)`; nested names become `/posts/:post_id/comments`. */
export function resourceRoutes(model: ProjectModel, file: string, name: string, shallow: boolean, modifiers: readonly Modifier[]): readonly ResourceAction[] {
  const resources = name.replace(/^\/|\/$/g, "").split(".");
  const own = resources.at(-1) ?? "";
  const renamed = new Map(modifiers.flatMap((modifier) => (modifier.name === "params" && modifier.arguments[0] ? [...propertiesOf(model, file, modifier.arguments[0])].flatMap(([key, { file: at, node }]) => [[key, model.values.text(at, node) ?? key] as const]) : [])));
  const parents = resources.slice(0, -1).flatMap((resource) => [resource, `:${renamed.get(resource) ?? `${singular(resource)}_id`}`]);
  const collection = joinRoutePath(...parents, own);
  const single = joinRoutePath(...(shallow ? [] : parents), own, `:${renamed.get(own) ?? "id"}`);
  const kept = (action: string, form: boolean): boolean =>
    modifiers.every((modifier) => {
      if (modifier.name === "apiOnly") return !form;
      const listed = modifier.arguments[0] ? (pathTexts(model, file, modifier.arguments[0]) ?? []).map(({ text }) => text) : [];
      return modifier.name === "only" ? listed.includes(action) : modifier.name !== "except" || !listed.includes(action);
    });
  return actions
    .filter((action) => kept(action.name, action.form === true))
    .flatMap((action) => action.methods.map((method) => ({ name: action.name, method, path: joinRoutePath(action.one ? single : collection, action.tail), steps: modifiers.flatMap((modifier) => stepsFor(model, file, modifier, action.name)) })));
}

/** `.use("store", mw)`, `.use(["store", "update"], mw)`, `.use("*", mw)` and `.middleware({ store: [mw] })`. */
function stepsFor(model: ProjectModel, file: string, modifier: Modifier, action: string): readonly RawStep[] {
  if (modifier.name !== "use" && modifier.name !== "middleware") return [];
  const [first, ...rest] = modifier.arguments;
  if (!first) return [];
  if (first.kind === "object") return [...propertiesOf(model, file, first)].flatMap(([key, value]) => (key === "*" || key === action ? middlewareSteps(model, value.file, [value.node], "route") : []));
  const names = (pathTexts(model, file, first) ?? []).map(({ text }) => text);
  return names.includes("*") || names.includes(action) ? middlewareSteps(model, file, rest, "route") : [];
}

/** The singular of an English resource name, as far as parameters need it: `categories` → `category`, `posts` → `post`. */
function singular(name: string): string {
  const plain = name.replaceAll("-", "_");
  if (plain.endsWith("ies")) return `${plain.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|z)es$/.test(plain)) return plain.slice(0, -2);
  return plain.endsWith("s") && !plain.endsWith("ss") ? plain.slice(0, -1) : plain;
}
