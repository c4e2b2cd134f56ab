import { propertyOf } from "../../../../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../../../../facts/syntax.js";
import { computedFolder } from "../../../values/computed.js";
import type { ProjectModel } from "../../../project-model.js";
import type { ExternalValue } from "../../../values/value.js";
import { pathTexts } from "../../../values/path-texts.js";
import { definitionsOf } from "../../../values/definitions.js";
import { joinRoutePath } from "../../path.js";
import type { UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { unroll } from "../../unroll.js";
import { type FunctionEvent, gatewayRoute } from "./infrastructure.js";

const cdk = /^(aws-cdk-lib|@aws-cdk\/aws-(apigateway|lambda).*)$/;
/** Resources stand below each other so far. */
const deepest = 12;

/** The HTTP events of functions that a stack of the CDK puts behind an API: `http.addRoutes({ path, methods, integration })`, `resource.addMethod("GET", integration)`. */
export function cdkEvents(model: ProjectModel, unresolved: UnresolvedRoute[]): readonly FunctionEvent[] {
  return model.files.flatMap((file) => {
    if (!model.facts(file).imports.some(({ specifier }) => specifier !== undefined && /^(aws-cdk-lib|@aws-cdk\/)/.test(specifier))) return [];
    return model.values.index(file).calls.flatMap(({ node }) => {
      if (node.kind !== "call" || node.callee.kind !== "member") return [];
      const { object, property } = node.callee;
      if (property !== "addRoutes" && property !== "addMethod") return [];
      const found = property === "addMethod" ? addedMethod(model, { file, node }, object) : unroll(model, file, node, object, property).flatMap(({ receiver, arguments: [options] }) => (options ? addedRoutes(model, { file, node }, receiver, options) : []));
      if (found.length === 0) unresolved.push({ file, span: node.span, reason: "the path or the function that is put behind the API here could not be followed; its route is not listed" });
      return found;
    });
  });
}

/** `http.addRoutes({ path: "/users", methods: [HttpMethod.GET], integration, authorizer })` */
function addedRoutes(model: ProjectModel, call: Located, api: Located, options: Located): readonly FunctionEvent[] {
  const { file } = options;
  const object = objectAt(model, options);
  const part = (key: string): Located | undefined => memberOf(object, key);
  const [path, methods, integration] = ["path", "methods", "integration"].map(part);
  const texts = path && pathTexts(model, path.file, path.node);
  const code = integration && codeBehind(model, integration);
  if (!texts || !code) return [];
  const verbs = methods ? verbsOf(model, methods) : ["ANY"];
  const fallback = createdWith(model, api.file, api.node, "defaultAuthorizer");
  const authorizer = authorizerName(part("authorizer") ?? fallback);
  return texts.flatMap(({ text }) => verbs.map((method) => ({ ...gatewayRoute(`${method} ${text}`), ...code, authorizer, file, span: call.node.span })));
}

/** `api.root.addResource("users").addMethod("GET", new LambdaIntegration(list), { authorizer })` */
function addedMethod(model: ProjectModel, { file, node }: Located & { readonly node: CallExpression }, resource: Expression): readonly FunctionEvent[] {
  const [verb, integration, options] = node.arguments;
  const found = resourceAt(model, { file, node: resource });
  const method = verb && model.values.text(file, verb);
  const code = integration && codeBehind(model, { file, node: integration });
  if (!found || method === undefined || !code) return [];
  const own = options && objectAt(model, { file, node: options });
  const shared = found.api && createdWith(model, found.api.file, found.api.node, "defaultMethodOptions");
  const given = (key: string): Located | undefined => memberOf(own, key) ?? (shared && memberOf(objectAt(model, shared), key));
  const keyRequired = given("apiKeyRequired")?.node;
  const type = given("authorizationType")?.node;
  const named = type?.kind === "member" && type.property !== "NONE" ? type.property : undefined;
  const authorizer = authorizerName(given("authorizer")) ?? named ?? (keyRequired?.kind === "literal" && keyRequired.value === true ? "api key" : undefined);
  return [{ ...gatewayRoute(`${method} ${found.path}`), ...code, authorizer, file, span: node.span }];
}

/** The path that a resource stands for, and the API whose root it is below. */
function resourceAt(model: ProjectModel, { file, node }: Located, depth = 0): { readonly path: string; readonly api: Located | undefined } | undefined {
  if (depth > deepest) return undefined;
  for (const { file: at, node: resource } of definitionsOf(model, file, node)) {
    if (resource.kind === "member" && resource.property === "root") return { path: "/", api: { file: at, node: resource.object } };
    if (resource.kind !== "call" || resource.callee.kind !== "member" || !/^(addResource|resourceForPath|addProxy)$/.test(resource.callee.property)) continue;
    const outer = resourceAt(model, { file: at, node: resource.callee.object }, depth + 1);
    const segment = resource.callee.property === "addProxy" ? "{proxy+}" : resource.arguments[0] && pathTexts(model, at, resource.arguments[0])?.[0]?.text;
    if (outer && segment !== undefined) return { path: joinRoutePath(outer.path, segment), api: outer.api };
  }
  return undefined;
}

/** `[HttpMethod.GET, HttpMethod.POST]` */
function verbsOf(model: ProjectModel, { file, node }: Located): readonly string[] {
  return model.values.of(file, node).flatMap((value) => (value.kind === "array" ? value.node.elements.flatMap((element) => model.values.text(value.file, element) ?? (element.kind === "member" ? element.property : [])) : []));
}

/** The code of the function that an integration calls: what `new NodejsFunction(this, "List", { entry })` or `new Function(…, { code, handler })` names. */
function codeBehind(model: ProjectModel, { file, node }: Located, depth = 0): Pick<FunctionEvent, "handler" | "bases"> | undefined {
  if (depth > 3) return undefined;
  for (const value of model.values.of(file, node)) {
    if (value.kind !== "external" || !value.site || !cdk.test(value.provenance.package)) continue;
    const { file: at, node: made } = value.site;
    const own = /Function$/.test(value.provenance.path.at(-2) ?? "") ? codeOf(model, at, made) : undefined;
    if (own) return own;
    // An integration, an alias or a version is given the function.
    for (const argument of made.arguments) {
      const inner = argument.kind === "object" ? propertyOf(argument, "handler") : argument;
      const code = inner && codeBehind(model, { file: at, node: inner }, depth + 1);
      if (code) return code;
    }
  }
  return undefined;
}

function codeOf(model: ProjectModel, file: string, { arguments: given }: CallExpression | NewExpression): Pick<FunctionEvent, "handler" | "bases"> | undefined {
  const last = given.at(-1);
  const options = last && objectAt(model, { file, node: last });
  const [entry, code, handler] = ["entry", "code", "handler"].map((key) => memberOf(options, key));
  const name = handler && model.values.text(handler.file, handler.node);
  const source = entry && computedFolder(model, entry.file, entry.node);
  if (source !== undefined) return { handler: `${source.replace(/\.[cm]?[jt]sx?$/, "")}.${name ?? "handler"}`, bases: [""] };
  const folder = code?.node.kind === "call" && code.node.arguments[0] ? computedFolder(model, code.file, code.node.arguments[0]) : undefined;
  return name === undefined ? undefined : { handler: name, bases: [...(folder === undefined ? [] : [folder]), ""] };
}

/** An option that the API behind an expression was created with. */
function createdWith(model: ProjectModel, file: string, node: Expression, key: string): Located | undefined {
  const api = model.values.of(file, node).find((value): value is ExternalValue => value.kind === "external" && value.site !== undefined && cdk.test(value.provenance.package));
  const last = api?.site?.node.arguments.at(-1);
  return api?.site && last ? memberOf(objectAt(model, { file: api.site.file, node: last }), key) : undefined;
}

function authorizerName(located: Located | undefined): string | undefined {
  const { node } = located ?? {};
  if (!node) return undefined;
  return node.kind === "new" && /NoneAuthorizer$/.test(node.callee.kind === "name" ? node.callee.name : node.callee.kind === "member" ? node.callee.property : "") ? "NONE" : "authorizer";
}

function objectAt(model: ProjectModel, { file, node }: Located): (Located & { readonly node: Extract<Expression, { kind: "object" }> }) | undefined {
  const value = model.values.of(file, node).find(({ kind }) => kind === "object");
  return value?.kind === "object" ? { file: value.file, node: value.node } : undefined;
}

function memberOf(object: ReturnType<typeof objectAt>, key: string): Located | undefined {
  const node = object && propertyOf(object.node, key);
  return node && { file: object.file, node };
}
