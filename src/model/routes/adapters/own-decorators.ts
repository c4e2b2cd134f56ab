import { inAllFiles } from "../../../base/gathered.js";
import { wordTable } from "../../../base/word-table.js";
import { folderOf } from "../../../base/paths.js";
import { lastName, propertyOf } from "../../../facts/names.js";
import type { ClassNode, Decorator, Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult, Description, RawRoute, RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { effectiveDecorators } from "../decorators.js";
import { joinRoutePath } from "../path.js";
import type { UnresolvedRoute } from "../route.js";
import { everyPart } from "../schemas.js";

const servers = ["express", "koa", "fastify", "hono", "restify", "@hapi/hapi", "polka"];
const verbs: Readonly<Record<string, string>> = wordTable({ get: "GET", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE", del: "DELETE", head: "HEAD", all: "ALL" });

/** Classes whose methods carry decorators that the project has made itself for its routes. What mounts them is code that runs: their prefix is not known. */
export const ownDecorators: Adapter = { framework: "decorators", packages: servers, find };

function find(model: ProjectModel): AdapterResult {
  const routes: RawRoute[] = [];
  const unresolved = new Map<string, UnresolvedRoute>();
  for (const { file, span, found } of controllersOf(model)) {
    routes.push(...found);
    const unit = model.packageOf(file).folder;
    if (!unresolved.has(unit)) unresolved.set(unit, { file, span, reason: `decorators of the project register the routes in ${folderOf(file) || "this folder"} and elsewhere; they are listed without the prefix and the steps of what mounts them` });
  }
  return { routes, unresolved: [...unresolved.values()], applications: [] };
}

/** The classes that have such routes. */
const controllersOf = inAllFiles((model: ProjectModel, file) => {
  if (!servers.some((name) => model.packageOf(file).dependencies.has(name))) return [];
  return model.values.index(file).classes.flatMap((node) => {
    const found = (node.decorators ?? []).length === 0 ? [] : routesOf(model, file, node);
    return found.length > 0 ? [{ file, span: node.nameSpan ?? node.span, found }] : [];
  });
});

/** A decorator as it is written, whose function is the project's own. */
interface Own {
  readonly name: string;
  readonly node: Expression;
  readonly arguments: readonly Expression[];
}

/** The decorators that no package makes: `@Get()` of a framework, also behind one of the project, has an adapter of its own. */
function ownOf(model: ProjectModel, file: string, decorators: readonly Decorator[] | undefined): readonly Own[] {
  return (decorators ?? []).flatMap((decorator) => {
    const { value } = decorator;
    const callee = value.kind === "call" ? value.callee : value;
    const isOwn = model.values.of(file, callee).some(({ kind }) => kind === "function") && effectiveDecorators(model, file, [decorator]).every(({ from }) => from === undefined);
    return isOwn ? [{ name: lastName(callee), node: value, arguments: value.kind === "call" ? value.arguments : [] }] : [];
  });
}

const groups = /controller|route|resource/i;

function routesOf(model: ProjectModel, file: string, node: ClassNode): readonly RawRoute[] {
  const around = ownOf(model, file, node.decorators);
  const controller = around.find(({ name }) => groups.test(name));
  if (!controller) return [];
  const bases = controller.arguments.flatMap((argument) => pathTexts(model, file, (argument.kind === "object" && propertyOf(argument, "path")) || argument) ?? []);
  return node.members.flatMap((member) => {
    if (member.kind !== "method" || !member.function.body) return [];
    const own = ownOf(model, file, member.decorators);
    const chain = [...stepsOf(file, around, "controller"), ...stepsOf(file, own, "route")];
    return own.flatMap((decorator) => {
      const method = verbs[decorator.name.toLowerCase()];
      if (method === undefined) return [];
      const [first] = decorator.arguments;
      const paths = (first && pathTexts(model, file, first)) ?? [{ text: "", partial: first !== undefined }];
      return (bases.length > 0 ? bases : [{ text: "", partial: true }]).flatMap((base) => paths.map(({ text }): RawRoute => ({ framework: "decorators", method, path: joinRoutePath(base.text, text), file, span: decorator.node.span, mounts: [], chain, handler: { file, node: { kind: "function", span: member.function.span, function: member.function } }, unmounted: true, describe })));
    });
  });
}

/** What the project makes of its own decorators of parameters and answers is not read. */
const describe = (): Description => ({ request: everyPart(() => ({ kind: "unknown" })), response: { kind: "unknown" } });

/** What other decorators are given may be steps: `@UseMiddlewares(requireUser)`; a decorator may also be one itself. */
function stepsOf(file: string, decorators: readonly Own[], origin: "controller" | "route"): readonly RawStep[] {
  return decorators.filter(({ name }) => !groups.test(name) && verbs[name.toLowerCase()] === undefined).flatMap(({ name, node, arguments: given }): readonly RawStep[] => {
    const handed = given.filter(({ kind }) => kind === "name" || kind === "member" || kind === "call");
    return handed.length > 0 && /use|middleware|guard|before/i.test(name) ? handed.map((one) => ({ file, node: one, origin })) : [{ file, node, origin }];
  });
}
