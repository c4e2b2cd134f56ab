import { resourceGenerators } from "../../../catalogue/sub-applications.js";
import type { CallExpression, Expression } from "../../../facts/syntax.js";
import type { ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult, RawRoute } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { propertiesOf } from "../../values/definitions.js";
import { surroundingsOfRouter } from "../hosts.js";
import { joinRoutePath } from "../path.js";
import type { UnresolvedRoute } from "../route.js";
import type { Located } from "../../values/located.js";

/** Packages that make routes on Express for models of the database: finale-rest, epilogue, express-restify-mongoose. */
export const resources: Adapter = { framework: "express", packages: ["finale-rest", "epilogue", "express-restify-mongoose"], find };

/** A call of a package's function, with the options that it is given. */
interface Made {
  readonly file: string;
  readonly call: CallExpression;
  readonly package: string;
  readonly method: string;
}

function find(model: ProjectModel): AdapterResult {
  const unresolved: UnresolvedRoute[] = [];
  const calls = model.files.flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }): readonly Made[] => {
      if (node.kind !== "call" || node.callee.kind !== "member" || !/^(initialize|resource|serve)$/.test(node.callee.property)) return [];
      const { property } = node.callee;
      return model.values.of(file, node.callee).flatMap((value) => (value.kind === "external" && resources.packages.includes(value.provenance.package) ? [{ file, call: node, package: value.provenance.package, method: property }] : []));
    }),
  );
  const routes = calls.flatMap((made) => (made.method === "resource" ? resourceRoutes(model, made, calls, unresolved) : made.method === "serve" ? servedRoutes(model, made) : []));
  return { routes, unresolved, applications: [] };
}

/** `finale.resource({ model, endpoints: ["/users", "/users/:id"] })` on the application that `initialize` was given. */
function resourceRoutes(model: ProjectModel, made: Made, calls: readonly Made[], unresolved: UnresolvedRoute[]): readonly RawRoute[] {
  const options = optionsOf(model, made.file, made.call.arguments[0]);
  const endpoints = options.get("endpoints");
  const texts = endpoints && pathTexts(model, endpoints.file, endpoints.node);
  if (!texts) {
    unresolved.push({ file: made.file, span: made.call.span, reason: "the endpoints of this resource are not constant" });
    return [];
  }
  const initialized = calls.find((one) => one.method === "initialize" && one.package === made.package);
  const host = optionsOf(model, initialized?.file ?? "", initialized?.call.arguments[0]);
  const [app, base] = [host.get("app"), host.get("base")];
  const prefix = (base && pathTexts(model, base.file, base.node)?.[0]?.text) ?? "";
  const actions = options.get("actions");
  const chosen = actions ? pathTexts(model, actions.file, actions.node)?.map(({ text }) => text) : undefined;
  const [list, one] = texts;
  return resourceGenerators.flatMap((generator) =>
    generator.packages.test(made.package)
      ? generator.routes.flatMap(({ method, below, action }) => {
          const path = below === "list" ? list : one;
          return path && (chosen?.includes(action) ?? true) ? served(model, made, app, [method], joinRoutePath(prefix, path.text), path.partial) : [];
        })
      : [],
  );
}

/** `restify.serve(router, Model, { prefix, version, name })`: everything below the name of the model, which is that of the model's class where none is given. */
function servedRoutes(model: ProjectModel, made: Made): readonly RawRoute[] {
  const [router, entity, given] = made.call.arguments;
  const options = optionsOf(model, made.file, given);
  const text = (key: string, fallback: string): string => {
    const located = options.get(key);
    return located ? (pathTexts(model, located.file, located.node)?.[0]?.text ?? ":unknown") : fallback;
  };
  const name = text("name", (entity && modelName(model, made.file, entity)) ?? ":unknown");
  const path = joinRoutePath(text("prefix", "/api"), text("version", "/v1"), name);
  const host = router && { file: made.file, node: router };
  return [...served(model, made, host, ["GET", "POST", "DELETE"], path, path.includes(":unknown")), ...served(model, made, host, ["GET", "POST", "PUT", "PATCH", "DELETE"], joinRoutePath(path, ":id"), path.includes(":unknown")), ...served(model, made, host, ["GET"], joinRoutePath(path, "count"), path.includes(":unknown"))];
}

/** `mongoose.model("User", schema)` calls its model `User`. */
function modelName(model: ProjectModel, file: string, node: Expression): string | undefined {
  for (const value of model.values.of(file, node)) {
    const name = value.kind === "external" && value.provenance.package === "mongoose" && value.provenance.path.at(-2) === "model" ? value.site?.node.arguments[0] : undefined;
    if (name && value.kind === "external" && value.site) return model.values.text(value.site.file, name);
  }
  return undefined;
}

function served(model: ProjectModel, { file, call }: Made, host: Located | undefined, methods: readonly string[], path: string, partial: boolean): readonly RawRoute[] {
  const around = host ? surroundingsOfRouter(model, host.file, host.node, call, path) : [];
  return (around.length > 0 ? around : [undefined]).flatMap((outer) =>
    methods.map((method): RawRoute => ({
      framework: "express",
      method,
      path: joinRoutePath(outer?.prefix ?? "", path),
      file,
      span: call.span,
      mounts: outer?.mounts ?? [],
      chain: outer?.steps ?? [],
      handler: undefined,
      opaque: true,
      serves: "resources",
      ...((partial || !outer) && { partial: true as const }),
    })),
  );
}

function optionsOf(model: ProjectModel, file: string, node: Expression | undefined): ReadonlyMap<string, Located> {
  return node ? propertiesOf(model, file, node) : new Map<string, Located>();
}
