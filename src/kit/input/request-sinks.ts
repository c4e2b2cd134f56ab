import { oncePerPart } from "../../base/once-per.js";
import type { Sink } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode, MemberExpression, NewExpression } from "../../facts/syntax.js";
import { isNothing, lastName, propertyOf } from "../../facts/names.js";
import { someNode } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { Located } from "../../model/values/located.js";
import { isLeftOpen } from "./left-open.js";
import { scalars } from "./guarded-values.js";
import { nodesAt } from "../nodes-at.js";
import { freeText, isFreeText, isOfSameSource, isSeenToByRoute } from "./request-flows.js";

/** The request data in an argument that must not be given them as they came; undefined if it is safe there. */
export function dangerousFlow(model: ProjectModel, file: string, call: CallExpression | NewExpression, node: Expression, kind: Sink["kind"]): RequestFlow | undefined {
  switch (kind) {
    case "filter":
      return sanitizes(model, file, call) ? undefined : operatorsIn(model, file, node);
    case "html":
      return answersHtml(model, file, call, node) ? anyFreeText(model, file, node, kind) : undefined;
    case "regexp":
      // A pattern that is only made says whether it is one.
      return isDropped(model, file, call) ? undefined : anyFreeText(model, file, node, kind);
    case "url":
    case "redirect":
      if (kind === "redirect" ? isOwnAddress(model, file, node) : resolvesHosts(model, file, call)) return undefined;
      // `const url = new URL(next, origin); if (url.origin !== origin) return refused;`
      if (kind === "redirect" && besideBase(model, file, node) !== node && !isLeftOpen(model, file, node, { matters: (flow) => isFreeText(model, flow, kind), use: kind })) return undefined;
      for (const part of addressParts(model, file, kind === "redirect" ? besideBase(model, file, node) : node)) {
        const flow = addressIn(model, part.file, part.node, kind);
        if (flow) return flow;
      }
      return undefined;
    case "path":
      // Below a root that the function keeps to.
      return hasRoot(model, file, call) ? undefined : [anyFreeText(model, file, node, kind)].find((flow) => flow && !namesRow(model, flow));
    // Headers and mail are left to the platform's own checks; one header says where to go.
    case "header":
      return /^location$/i.test(headerName(model, file, call)) && !saysMade(call) ? addressIn(model, file, node, "redirect") : undefined;
    case "email":
      return undefined;
    default:
      return anyFreeText(model, file, node, kind);
  }
}

/** Whether the handler first reads the row whose key a part of the address is, `Link.findOne({ token })`: only what is stored gets on. */
function namesRow(model: ProjectModel, { reader, source: { file }, part, path }: RequestFlow): boolean {
  const key = path.find((one) => /(^|_)(id|token|uuid|slug|key)$|(Id|Token|Uuid|Slug|Key)$/.test(one));
  if (!reader || part !== "params" || key === undefined) return false;
  const isNamed = (asked: Expression): boolean => (asked.kind === "name" ? asked.name : asked.kind === "member" ? asked.property : undefined) === key;
  return model.transactions.contentOf(file, reader).operations.some(({ role, filter }) => role === "read" && filter.some((one) => isNamed(one) || (one.kind === "object" && one.members.some((member) => member.kind === "property" && isNamed(member.value)))));
}

/** Whether request data is left open where it is used and at each call on its way there. */
function isLeftOpenThrough(model: ProjectModel, file: string, node: Expression, flow: RequestFlow, asked: Omit<Parameters<typeof isLeftOpen>[3], "matters">): boolean {
  return [{ file, argument: node }, ...flow.through].every((at) => isLeftOpen(model, at.file, at.argument, { ...asked, matters: (other) => isOfSameSource(other, flow) }));
}

/** Request data in a text that a filter of MongoDB takes for a pattern, `{ title: { $regex: req.query.title } }`, wherever the filter was put together. */
export function patternFlow(model: ProjectModel, file: string, node: Expression): RequestFlow | undefined {
  return model.requestData.flows(file, node).find((flow) => {
    const place = flow.steps.findIndex((step) => step.kind === "property" && step.key === "$regex");
    if (place === -1 || !isFreeText(model, { ...flow, steps: flow.steps.slice(0, place) }, "regexp")) return false;
    return isLeftOpenThrough(model, file, node, flow, { use: "regexp" });
  });
}

/** Request data in a text that can be anything where it is used. */
export function anyFreeText(model: ProjectModel, file: string, node: Expression, kind: Sink["kind"]): RequestFlow | undefined {
  for (const part of model.dataAccess.partsOf(file, node)) {
    const flow = part.kind === "hole" && isLeftOpen(model, file, node, { piece: { file: part.file, node: part.expression }, matters: (flow) => isFreeText(model, flow, kind), use: kind }) ? freeText(model, part.file, part.expression, kind) : undefined;
    if (flow) return flow;
  }
  return undefined;
}

/** Of options that are written out, what says where a request goes: path, method and headers do not. */
function addressParts(model: ProjectModel, file: string, node: Expression): readonly Located[] {
  const [value, ...others] = model.values.of(file, node);
  if (value?.kind !== "object" || others.length > 0) return [{ file, node }];
  return value.node.members.flatMap((member): readonly Located[] => {
    if (member.kind === "spread") return [{ file: value.file, node: member.value }];
    return member.kind === "property" && /^(host|hostname|origin|url|uri|href|baseUrl|socketPath)$/i.test(member.key) ? [{ file: value.file, node: member.value }] : [];
  });
}

/** Only what stands in front of the first slash behind the host decides where a request goes. */
export function addressIn(model: ProjectModel, file: string, node: Expression, kind: "url" | "redirect"): RequestFlow | undefined {
  let before = "";
  for (const part of model.dataAccess.partsOf(file, addressText(model, file, node))) {
    if (part.kind === "text") before += part.text;
    else if (part.kind === "choice") before += part.texts[0] ?? "";
    else {
      if (isSettled(before) || (before === "" && part.kind === "hole" && beginsSettled(model, part.file, part.expression))) return undefined;
      if (part.kind === "hole" && before !== "" && isOwnPath(model, part.file, part.expression)) return undefined;
      const flow = part.kind === "hole" && isLeftOpen(model, file, node, { piece: { file: part.file, node: part.expression }, matters: (flow) => isFreeText(model, flow, kind), use: kind }) ? freeText(model, part.file, part.expression, kind, ({ through }) => !through.some((hop) => isSettledAt(model, hop.file, hop.argument))) : undefined;
      if (flow) return flow;
      before += "?";
    }
  }
  return undefined;
}

/** Whether the function around a call looks hosts up by itself, and so decides which it connects to: `new Agent({ lookup })`. */
function resolvesHosts(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  const around = model.values.index(file).functionAround(call);
  const functions = [around?.node, around?.parent?.node];
  return functions.some((node) => node !== undefined && someNode(node.body ?? [], (part) => part.kind === "object" && part.members.some((member) => member.kind === "property" && member.key === "lookup")));
}

function isDropped(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  const parent = model.values.index(file).parentOf(call);
  return parent !== undefined && "kind" in parent && parent.kind === "expression";
}

/** The path that a request asked for, which begins with a slash, also behind a host: `https://${host}${request.nextUrl.pathname}`. */
function isOwnPath(model: ProjectModel, file: string, node: Expression): boolean {
  const flows = model.requestData.flows(file, node);
  // Of `new URL(request.url)` it is not known what was taken.
  return flows.length > 0 && flows.every(({ part, path, steps }) => part === "url" && steps.every(({ kind }) => kind === "replace" || (kind === "text" && path.at(-1) === "pathname")));
}

/** Whether an address is that of this server, made of the request's own, whatever its path is then set to: `const target = new URL(request.url)`. */
function isOwnAddress(model: ProjectModel, file: string, node: Expression, steps = 0): boolean {
  if (steps > mostSteps) return false;
  if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "toString") return isOwnAddress(model, file, node.callee.object, steps);
  if (node.kind === "member" && node.property === "href") return isOwnAddress(model, file, node.object, steps);
  if (node.kind === "call") {
    const callees = model.transactions.callees(file, node);
    return callees.length > 0 && callees.every((callee) => model.values.returned(callee.node).every((value) => isOwnAddress(model, callee.file, value, steps + 1)));
  }
  const made = madeOf(model, file, node);
  const [text] = made.kind === "new" && made.callee.kind === "name" && made.callee.name === "URL" ? made.arguments : [];
  const flows = text ? model.requestData.flows(file, text) : [];
  return flows.length > 0 && flows.every((flow) => flow.part === "url" && flow.steps.length === 0);
}

/** Of `new URL(path, request.url)`, also behind a name, what says where to go: the request's own address is that of this server. */
function besideBase(model: ProjectModel, file: string, node: Expression): Expression {
  const [text, base] = urlParts(madeOf(model, file, node));
  return text && base ? text : node;
}

/** What an address is made of, and the base that it is below: `new URL(path, base)`, `url.resolve(base, path)`. */
function urlParts(made: Expression): readonly Expression[] {
  if (made.kind === "new" && made.callee.kind === "name" && made.callee.name === "URL") return made.arguments;
  const isResolved = made.kind === "call" && made.callee.kind === "member" && made.callee.property === "resolve" && /^url$/i.test(lastName(made.callee.object));
  return isResolved && made.arguments.length === 2 ? made.arguments.toReversed() : [];
}

/** What a name was made as. */
function madeOf(model: ProjectModel, file: string, node: Expression): Expression {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  return source?.kind === "value" && source.path.length === 0 && source.value ? source.value : node;
}

/** The text that an address was made of: `new URL(text)`, also behind a name and `toString()`. */
function addressText(model: ProjectModel, file: string, node: Expression): Expression {
  if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "toString") return addressText(model, file, node.callee.object);
  if (node.kind === "member" && node.property === "href") return addressText(model, file, node.object);
  const made = madeOf(model, file, node);
  const [text, ...base] = made.kind === "new" && made.callee.kind === "name" && made.callee.name === "URL" ? made.arguments : [];
  return text && base.length === 0 ? text : node;
}

/** Steps from a text to what it begins with. */
const mostSteps = 4;

/** Whether all that a name or a function of the project may give begins with a text that settles the host: `withQuery(`/forms/${id}`, query)`. */
function beginsSettled(model: ProjectModel, file: string, node: Expression, steps = 0): boolean {
  const [first, second] = model.dataAccess.partsOf(file, beginningOf(node));
  if (first?.kind === "text") return isSettled(first.text);
  if (steps > mostSteps || first?.kind !== "hole") return false;
  // `${this.origin}/items/${id}`
  if (second?.kind === "text" && isSettled(`?${second.text}`) && /^[/?#]/.test(second.text) && model.requestData.flows(first.file, first.expression).length === 0) return true;
  // What a function gives may be found without what it is given.
  const { expression, file: at } = node.kind === "call" ? { expression: node, file } : first;
  const inner = (from: string, parts: readonly Expression[]): boolean => parts.length > 0 && parts.every((part) => beginsSettled(model, from, part, steps + 1));
  // `const target = new URL(`/forms/${id}`, base); return target;`
  if (expression !== node && beginningOf(expression) !== expression) return inner(at, [expression]);
  if (expression.kind === "name" && expression.binding !== undefined) {
    const source = model.values.index(at).sources[expression.binding];
    // `next = `${next}?${query}`` begins as it began.
    const all = model.requestData.assignedTo(at, expression.binding);
    const assigned = all.filter((part) => !beginsWith(part, expression.binding));
    // `let target = req.body.target; if (!target) target = "/";` may still be what it was.
    if (all.length === 0 || source?.kind !== "value" || !source.value || isNothing(source.value)) return inner(at, assigned);
    // `let next = `https://…`; while (next) ({ next } = await page(next));`: what no client says leads where it leads.
    return source.path.length === 0 && inner(at, [source.value, ...assigned.filter((part) => model.requestData.flows(at, part).length > 0)]);
  }
  if (expression.kind === "member") {
    const fields = fieldsLookedUp(model, at, expression);
    return fields.length > 0 && fields.every((field) => beginsSettled(model, field.file, field.node, steps + 1));
  }
  if (expression.kind === "conditional") return inner(at, [expression.then, expression.else]);
  if (expression.kind !== "call") return false;
  const callees = model.transactions.callees(at, expression);
  // `null` leads nowhere.
  return callees.length > 0 && callees.every((callee) => {
    const given = model.values.returned(callee.node).filter((value) => value.kind !== "literal" || value.value !== null);
    return given.length > 0 && given.every((value) => {
      const index = leadingParameter(model, callee.file, callee.node, value);
      return index === undefined ? beginsSettled(model, callee.file, value, steps + 1) : inner(at, expression.arguments.slice(index, index + 1));
    });
  });
}

/** Whether a text begins with what a name holds: `${next}?${query}`, `next + query`. */
function beginsWith(node: Expression, binding: number | undefined): boolean {
  if (node.kind === "name") return node.binding === binding;
  if (node.kind === "template") return node.tag === undefined && node.texts[0] === "" && node.values[0] !== undefined && beginsWith(node.values[0], binding);
  return node.kind === "binary" && node.operator === "+" && beginsWith(node.left, binding);
}

/** What a field may be of an entry that is looked up in a table which is written out: `endpoints[provider].url`. */
function fieldsLookedUp(model: ProjectModel, file: string, { object, property }: MemberExpression): readonly Located[] {
  const entry = madeOf(model, file, object);
  const [table, ...others] = entry.kind === "index" ? model.values.of(file, entry.object) : [];
  if (table?.kind !== "object" || others.length > 0) return [];
  return table.node.members.map((member) => ({ file: table.file, node: (member.kind === "property" && member.value.kind === "object" ? propertyOf(member.value, property) : undefined) ?? entry }));
}

/** The parameter that a text which a function gives begins with. */
function leadingParameter(model: ProjectModel, file: string, node: FunctionNode, value: Expression): number | undefined {
  const [first] = model.dataAccess.partsOf(file, beginningOf(value));
  const name = first?.kind === "hole" && first.expression.kind === "name" ? first.expression : undefined;
  const source = name?.binding === undefined ? undefined : model.values.index(file).sources[name.binding];
  return source?.kind === "parameter" && source.function === node && source.path.length === 0 ? source.index : undefined;
}

/** What an address begins with, below a base too: `new URL(path, base)`. */
function beginningOf(node: Expression): Expression {
  return urlParts(node)[0] ?? node;
}

/** Text behind which nothing can change the host any more: a path, a whole host, or an address that is known elsewhere. */
function isSettled(before: string): boolean {
  return before !== "" && !/^\s*([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*$/i.test(before);
}

function isSettledAt(model: ProjectModel, file: string, node: Expression): boolean {
  // `get({ uri: `/items/${id}` })`
  if (node.kind === "object") return node.members.some((member) => member.kind === "property" && /(?:uri|url|href|path|endpoint|pathname)$/i.test(member.key) && isSettledAt(model, file, member.value));
  let before = "";
  for (const part of model.dataAccess.partsOf(file, node)) {
    if (part.kind === "hole" && model.requestData.flows(part.file, part.expression).length > 0) return isSettled(before) || (before === "" && beginsSettled(model, file, node));
    before += part.kind === "text" ? part.text : part.kind === "choice" ? (part.texts[0] ?? "") : "?";
  }
  return before !== "";
}

/** Whether an answer says that something was made, whose place no browser goes to by itself: `res.status(201).header("Location", path)`. */
function saysMade({ callee }: CallExpression | NewExpression): boolean {
  return someNode([callee], (part) => part.kind === "call" && part.callee.kind === "member" && /^(status|code)$/.test(part.callee.property) && part.arguments[0]?.kind === "literal" && /^2/.test(String(part.arguments[0].value)));
}

/** The name of the header that a call sets: `res.setHeader("Location", url)`. */
function headerName(model: ProjectModel, file: string, { arguments: [name] }: CallExpression | NewExpression): string {
  return (name && model.values.text(file, name)) ?? "";
}

/** Whether a call names a folder to stay in: the whole disk and the application's own folder are none. */
function hasRoot(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  return call.arguments.some((argument) => argument.kind === "object" && argument.members.some((member) => member.kind === "property" && member.key === "root" && !/^(\/|\.\/?)$/.test(model.values.text(file, member.value) ?? "")));
}

/** Elements of pages. */
const element = /<(a|b|body|br|div|em|form|h[1-6]|head|html|i|img|li|ol|p|pre|script|span|strong|table|td|title|tr|ul)[\s/>]/i;

/** Text that browsers take for HTML: put together or grown, and not sent as something else. */
function answersHtml(model: ProjectModel, file: string, call: CallExpression | NewExpression, node: Expression): boolean {
  const hasElements = (value: Expression): boolean => element.test(model.dataAccess.partsOf(file, value).map((part) => (part.kind === "text" ? part.text : "?")).join(""));
  // `page += `<li>${name}</li>``
  const grown = node.kind === "name" && node.binding !== undefined && model.requestData.assignedTo(file, node.binding).some(hasElements);
  if (node.kind !== "template" && node.kind !== "binary" && !grown && model.dataAccess.partsOf(file, node).length < 2 && !sendsBack(model, file, call, node)) return false;
  const index = model.values.index(file);
  const around = index.functionAround(call)?.node;
  const sentAs = (type: RegExp): boolean =>
    index.calls.some(
      ({ node: other, in: context }) =>
        context?.node === around && other.callee.kind === "member" && /^(type|contentType|set|header|setHeader|writeHead)$/.test(other.callee.property) && textsIn(other.arguments).some((argument) => type.test(model.values.text(file, argument) ?? "")),
    );
  // What the platform itself writes is HTML where the code says so or browsers see elements in it.
  if (call.callee.kind === "member" && /^(end|write)$/.test(call.callee.property) && !grown && !hasElements(node)) return sentAs(/^text\/html/);
  return !sentAs(/^(?:text\/(?!html)|application\/(?!xhtml)|image\/|(?:txt|text|json|csv|xml|js|css)$)/);
}

/** Whether an answer is a text of the request as it came, `res.send(req.query.name)`, and none that a service asks for to see who answers. */
function sendsBack(model: ProjectModel, file: string, { callee }: CallExpression | NewExpression, node: Expression): boolean {
  const flows = model.requestData.flows(file, node);
  return callee.kind === "member" && callee.property === "send" && flows.length > 0 && flows.every(({ part, path, steps }) => (part === "query" || part === "params") && path.length === 1 && !/challenge|validationtoken|echostr/i.test(path[0] ?? "") && steps.every(({ kind }) => kind === "text"));
}

/** Arguments, and the values of those that are written out as objects. */
function textsIn(nodes: readonly Expression[]): readonly Expression[] {
  return nodes.flatMap((node) => (node.kind === "object" ? node.members.flatMap((member) => (member.kind === "property" ? [member.value] : [])) : [node]));
}

/** Whether a query takes the operators out of its filter itself: `find(filter, null, { sanitizeFilter: true })`, `find(filter).setOptions({ … })`. */
function sanitizes(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  const { parentOf } = model.values.index(file);
  const method = parentOf(call);
  const set = method && "kind" in method && method.kind === "member" && method.property === "setOptions" ? parentOf(method) : undefined;
  const options = [...call.arguments, ...(set && "kind" in set && set.kind === "call" ? set.arguments : [])];
  return options.some((option) => {
    const value = option.kind === "object" ? propertyOf(option, "sanitizeFilter") : undefined;
    return value?.kind === "literal" && value.value === true;
  });
}

/** Values of a filter that may be objects with operators: `{ $ne: null }` in the place of a password. */
function operatorsIn(model: ProjectModel, file: string, node: Expression): RequestFlow | undefined {
  if (cleansFilters(model, model.packageOf(file))) return undefined;
  return model.requestData.flows(file, node).find((flow) => {
    if (!canBeObject(model, flow) || (!isFreeArgument(model, flow) && isSeenToByRoute(model, flow, "checked"))) return false;
    return isLeftOpenThrough(model, file, node, flow, { types: scalars });
  });
}

/** Whether what was taken of a request may be an object there, as its client chose it. */
export function canBeObject(model: ProjectModel, flow: RequestFlow): boolean {
  const { part, steps, source, path } = flow;
  const code = steps.some((step) => step.kind === "property" && (step.key === "$where" || step.key === "$function"));
  if (steps.some(({ kind }) => kind === "parse" || kind === "bound" || kind === "call")) return false;
  if (code) return true;
  const isParsed = isReadFromText(model, source);
  if (!isParsed && steps.some((step) => step.kind === "text" || step.kind === "replace" || step.kind === "keys" || (step.kind === "property" && step.key.startsWith("$") && !/^\$(or|and|nor|match|not)$/.test(step.key)))) return false;
  if (path.some((key) => /^(length|to\w+\(\)|trim\(\)|split\(\)|slice\(\)|substring\(\))$/.test(key))) return false;
  return (part === "body" && takesObjects(model, model.packageOf(source.file))) || part === "message" || part === "input" || isFreeArgument(model, flow) || (part === "query" && parsesQueries(model, source.file)) || isParsed;
}

/** Whether bodies may hold objects: what takes forms alone, `express.urlencoded({ extended: false })`, makes texts of all that it finds. */
const takesObjects = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => {
  const parsers = model.filesOf(unit).flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      const isParser = /^(json|urlencoded|raw|text)$/.test(lastName(node.callee)) && model.values.of(file, node.callee).some((value) => value.kind === "external" && /^(express|body-parser)$/.test(value.provenance.package) && /^(default\.)?\w+$/.test(value.provenance.path.join(".")));
      return isParser ? [lastName(node.callee) === "urlencoded" && model.values.argumentsAt(file, node, ["0.extended"]).some((option) => option.kind === "literal" && option.value === false)] : [];
    }),
  );
  return parsers.length === 0 || parsers.includes(false);
});

/** `JSON.parse(req.query.filter)`, also of a text that it is put into: what came as text is an object again. */
function isReadFromText(model: ProjectModel, { file, span }: RequestFlow["source"]): boolean {
  const { parentOf } = model.values.index(file);
  let at = parentOf(nodesAt(model, file, span)[0] ?? { kind: "this", span });
  while (at && "kind" in at && (at.kind === "cast" || at.kind === "template" || (at.kind === "binary" && at.operator === "+") || (at.kind === "call" && /^(String|decodeURI|decodeURIComponent|unescape|atob)$/.test(lastName(at.callee))))) at = parentOf(at);
  return at !== undefined && "kind" in at && at.kind === "call" && at.callee.kind === "member" && at.callee.property === "parse" && at.callee.object.kind === "name" && at.callee.object.name === "JSON";
}

/** Express before 5, and Nest on it, turn `?a[$ne]=1` into an object. */
function parsesQueries(model: ProjectModel, file: string): boolean {
  const { dependencies } = model.packageOf(file);
  const major = (name: string): number => Number(/\d+/.exec(dependencies.get(name) ?? "")?.[0] ?? Number.NaN);
  if (dependencies.has("@nestjs/platform-express")) return !(major("@nestjs/platform-express") >= 11);
  if (dependencies.has("express")) return !(major("express") >= 5);
  return model.facts(file).imports.some(({ specifier }) => specifier === "express");
}

const cleaners = /^(express-mongo-sanitize|mongo-sanitize|koa-mongo-sanitize|@fastify\/mongo-sanitize|mongo-sanitizer|@exortek\/.*mongo-sanitize|content-filter|mongoose-sanitize)$/;

/** Whether the package takes operators out of all requests, or tells mongoose to refuse them. */
const cleansFilters = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => model.filesOf(unit).some((other) => model.facts(other).imports.some(({ specifier }) => specifier !== undefined && cleaners.test(specifier)) || setsSanitizeFilter(model, other)));

function setsSanitizeFilter(model: ProjectModel, file: string): boolean {
  return model.values.index(file).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "set" && node.arguments[0]?.kind === "literal" && node.arguments[0].value === "sanitizeFilter");
}

/** Whether what was taken of a resolver's arguments has a scalar type that takes any value. */
function isFreeArgument(model: ProjectModel, { part, path, source }: RequestFlow): boolean {
  return part === "arguments" && path.some((key) => model.entries.isFreeArgument(source.file, key));
}
