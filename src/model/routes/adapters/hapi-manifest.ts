import { folderOf, joinPath, relativeTo } from "../../../base/paths.js";
import { propertyOf } from "../../../facts/names.js";
import type { ArrayExpression, Expression } from "../../../facts/syntax.js";
import { computedFolder } from "../../values/computed.js";
import type { ProjectModel } from "../../project-model.js";
import type { Mount } from "../route.js";
import type { Located } from "../../values/located.js";

/** The plugins that a manifest of glue lists, and the call that composes the server of it. */
export interface ComposedPlugins {
  readonly place: Pick<Mount, "file" | "span">;
  readonly list: Located;
}

/** `compose({ register: { plugins: [{ plugin, routes: { prefix } }] } }, { relativeTo: __dirname })` of glue. */
export function composedPlugins(model: ProjectModel): readonly ComposedPlugins[] {
  return model.files.flatMap((file) => {
    if (!model.facts(file).imports.some(({ specifier }) => specifier === "@hapi/glue" || specifier === "glue")) return [];
    return model.values.index(file).calls.flatMap(({ node }) => {
      const [manifest, options] = node.arguments;
      if (node.kind !== "call" || !manifest || !model.values.of(file, node.callee).some((value) => value.kind === "external" && /^(@hapi\/)?glue$/.test(value.provenance.package) && value.provenance.path.at(-1) === "compose")) return [];
      const base = options && memberAt(model, { file, node: options }, "relativeTo");
      const folder = base && computedFolder(model, base.file, base.node);
      return listsOf(model, { file, node: manifest }).map((list) => ({ place: { file, span: node.span }, list: withModules(model, list, folder) }));
    });
  });
}

function listsOf(model: ProjectModel, manifest: Located): readonly (Located & { readonly node: ArrayExpression })[] {
  const register = memberAt(model, manifest, "register");
  const plugins = register && memberAt(model, register, "plugins");
  return plugins ? model.values.of(plugins.file, plugins.node).flatMap((value) => (value.kind === "array" ? [{ file: value.file, node: value.node }] : [])) : [];
}

function memberAt(model: ProjectModel, { file, node }: Located, key: string): Located | undefined {
  const value = model.values.of(file, node).find(({ kind }) => kind === "object");
  const member = value?.kind === "object" ? propertyOf(value.node, key) : undefined;
  return member && value?.kind === "object" ? { file: value.file, node: member } : undefined;
}

/** A list in which a path stands for the module that it leads to: `plugins: ["./api/users", { plugin: "./api/orders" }]`. */
function withModules(model: ProjectModel, { file, node }: Located & { readonly node: ArrayExpression }, folder: string | undefined): Located {
  const loaded = (plugin: Expression): Expression => {
    const path = model.values.text(file, plugin);
    if (path === undefined) return plugin;
    const { span } = plugin;
    const value = path.startsWith(".") ? `./${relativeTo(folderOf(file), joinPath(folder ?? folderOf(file), path))}` : path;
    return { kind: "call", span, callee: { kind: "name", span, name: "require" }, arguments: [{ kind: "literal", span, value }] };
  };
  const elements = node.elements.map((element): Expression => {
    if (element.kind !== "object") return loaded(element);
    return { ...element, members: element.members.map((member) => (member.kind === "property" && member.key === "plugin" ? { ...member, value: loaded(member.value) } : member)) };
  });
  return { file, node: { ...node, elements } };
}
