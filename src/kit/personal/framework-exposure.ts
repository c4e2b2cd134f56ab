import { oncePer } from "../../base/once-per.js";
import { decoratorName, lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, MemberExpression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";
import { expose, type Exposure, type Look, nameOf } from "./exposure.js";
import { shapeOf } from "./personal-shapes.js";
import { isRequest } from "./request-exposure.js";

type ParameterSource = Extract<BindingSource, { kind: "parameter" }>;

/** What a library hands a function of the project that holds what somebody sent or a statement carries, although no name says so. */
export function ofFrameworkParameter(at: Look, node: Expression & { kind: "name" }, source: ParameterSource): Exposure | undefined {
  const isTaken = source.path.length > 0;
  if (isTaken ? source.path.length === 1 && source.path[0]?.kind === "property" && source.path[0].key === "params" && isStatementEvent(at, source.function, source.index) : isStatementValues(at, source)) return expose(at, node, node.name, "contact");
  if (isSentLink(node, source)) return expose(at, node, node.name, "token");
  if (isTaken) return undefined;
  if (!at.inText && isBotsMessage(at, source)) return expose(at, node, node.name, "identity", "from");
  if (isPiped(at, node, source)) return expose(at, node, node.name, "contact");
  // `${errors}` names the fields and what is wrong with them.
  return !at.inText && isRefused(at, node, source) ? expose(at, node, node.name, "contact", "value") : undefined;
}

/** A message of Telegram's or WhatsApp's as a bot gets it, with whoever wrote it: `bot.on("message", (msg) => …)`, `bot.onText(/start/, (msg) => …)`. */
function isBotsMessage({ model, file }: Look, { function: node, index }: ParameterSource): boolean {
  const { call, argument } = model.values.index(file).functions.get(node)?.passedTo ?? {};
  const { dependencies } = model.packageOf(file);
  if (index !== 0 || argument !== 1 || call?.callee.kind !== "member" || !["node-telegram-bot-api", "whatsapp-web.js"].some((name) => dependencies.has(name))) return false;
  const [event] = call.arguments;
  if (call.callee.property === "onText") return true;
  return call.callee.property === "on" && /(?:bot|client)$/i.test(lastName(call.callee.object)) && event?.kind === "literal" && /^(?:message(?:_create)?|text|photo|voice|contact|location|callback_query|edited_message)$/.test(String(event.value));
}

/** A member of what a library hands over that holds what somebody sent, or the values of a statement. */
export function ofFrameworkMember(at: Look, node: MemberExpression): Exposure | undefined {
  const { object, property } = node;
  const depends = (names: RegExp): boolean => [...at.model.packageOf(at.file).dependencies.keys()].some((name) => names.test(name));
  const found = (): Exposure => expose(at, node, nameOf(node), "contact");
  // The body of a request of hapi.
  if (property === "payload" && isRequest(at, object) && depends(/^(?:@hapi\/)?hapi$/)) return found();
  // The variables of a query in GraphQL hold what mutations are sent, passwords included.
  if (property === "variables" && /(?:^|\.)(?:request|req|body|requestContext|operation)$/.test(nameOf(object)) && depends(graphqlServers)) return shapeOf(at.model, at.file, node) ? undefined : found();
  if (isOfDiscord(property, nameOf(object)) && depends(discord)) return expose(at, node, nameOf(node), "identity");
  const source = property === "params" && object.kind === "name" && object.binding !== undefined ? at.model.values.index(at.file).sources[object.binding] : undefined;
  return source?.kind === "parameter" && source.path.length === 0 && isStatementEvent(at, source.function, source.index) ? found() : undefined;
}

/** `ticket.getPayload()` of Google's library for signing in: who has signed in, with the address and the name. */
export function givesProfile(at: Look, { callee }: CallExpression): boolean {
  return lastName(callee) === "getPayload" && at.model.values.of(at.file, callee).some((value) => value.kind === "external" && value.provenance.package === "google-auth-library");
}

/** `validationResult(request).array()` of express-validator: each field that was refused, with the value that was sent. */
export function givesRefused(at: Look, { callee }: CallExpression): boolean {
  if (at.inText || callee.kind !== "member" || !/^(?:array|mapped)$/.test(callee.property)) return false;
  return at.model.values.of(at.file, callee.object).some((value) => value.kind === "external" && value.provenance.package === "express-validator" && value.provenance.path.includes("validationResult") && !value.provenance.path.includes("formatWith"));
}

const graphqlServers = /^(?:@apollo\/server|apollo-server(?:-\w+)?|graphql-yoga|mercurius|@nestjs\/(?:graphql|apollo)|graphql-http|express-graphql)$/;

const discord = /^(?:discord\.js|@discordjs\/\w+|discord-api-types|eris|oceanic\.js|seyfert|discordx|@sapphire\/framework)$/;

/** How somebody is called in Discord, by the objects of its libraries: `message.author.tag`, `interaction.member.displayName`; the bot itself is nobody. */
function isOfDiscord(property: string, holder: string): boolean {
  return /^(?:tag|username|globalName|displayName|nickname)$/.test(property) && /(?:^|\.|[a-z])(?:[aA]uthor|[uU]ser|[mM]ember|[eE]xecutor|[tT]arget)$/.test(holder) && !/(?:^|\.)(?:client|bot|app|application|me)\.?(?:user|member)?$|(?:^|[a-z])[bB]otUser$/.test(holder);
}

/** The event of a statement that Prisma has run: `prisma.$on("query", (event) => …)`. */
function isStatementEvent({ model, file }: Look, node: FunctionNode, index: number): boolean {
  const { call, argument } = model.values.index(file).functions.get(node)?.passedTo ?? {};
  const [event] = call?.arguments ?? [];
  return index === 0 && argument === 1 && call !== undefined && lastName(call.callee) === "$on" && event?.kind === "literal" && event.value === "query";
}

/** The values of a statement, as a logger of TypeORM or Drizzle is given them: `logQuery(query, parameters)`. */
function isStatementValues({ model, file }: Look, { function: node, index }: ParameterSource): boolean {
  const target = node.parameters[index]?.target;
  return target?.kind === "binding" && /^param(?:eter)?s$/.test(target.name) && /^logQuery(?:Error|Slow)?$/.test(model.values.index(file).functions.get(node)?.member?.name ?? node.name ?? "");
}

/** What a pipe of Nest is given: bodies, unless it is put before parameters of a path or a query alone. */
function isPiped(at: Look, node: Expression, { function: around, index }: ParameterSource): boolean {
  const context = at.model.values.index(at.file).functions.get(around);
  if (index !== 0 || context?.member?.name !== "transform" || context.class === undefined) return false;
  const pipe = (context.class.implements ?? []).find((type) => type.kind === "reference" && type.name === "PipeTransform");
  if (pipe?.kind !== "reference" || [around.parameters[0]?.type, pipe.arguments?.[0]].some((type) => type?.kind === "keyword" && /^(?:string|number|boolean|bigint)$/.test(type.name))) return false;
  const places = pipedParameters(at.model).get(context.class.name ?? "");
  return shapeOf(at.model, at.file, node) === undefined && (places === undefined || places.has("Body"));
}

/** The decorators of parameters that each pipe of a project is named in: `@Body(TrimPipe) body`, `@Param("id", new IdPipe()) id`. */
const pipedParameters = oncePer((model: ProjectModel): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const file of model.files) {
    for (const { parameters } of model.values.index(file).functions.keys()) {
      for (const decorator of parameters.flatMap(({ decorators = [] }) => decorators)) {
        const given = decorator.value.kind === "call" ? decorator.value.arguments : [];
        for (const pipe of given) {
          const name = pipe.kind === "new" ? lastName(pipe.callee) : pipe.kind === "name" ? pipe.name : "";
          if (name !== "") found.set(name, (found.get(name) ?? new Set()).add(decoratorName(decorator)));
        }
      }
    }
  }
  return found;
});

/** Errors of class-validator, which keep the object that was checked and its values, unless the pipe is told to leave those out. */
function isRefused(at: Look, node: Expression, { function: around }: ParameterSource): boolean {
  const { call, option } = at.model.values.index(at.file).functions.get(around)?.passedTo ?? {};
  const isOfPipe = call !== undefined && option === "exceptionFactory" && lastName(call.callee) === "ValidationPipe";
  if (!isOfPipe) return at.model.values.of(at.file, node).some(isValidationError);
  const [left] = at.model.values.argumentsAt(at.file, call, ["0.validationError.value"]);
  return !(left && at.model.values.of(at.file, left).every((value) => value.kind === "constant" && value.value === false));
}

function isValidationError(value: Value): boolean {
  if (value.kind === "list") return value.of.some(isValidationError);
  return value.kind === "external" && /^(?:class-validator|@nestjs\/common)$/.test(value.provenance.package) && value.provenance.path.includes("ValidationError");
}

/** The address that a library for signing in asks to be sent to somebody, whom it lets in: `sendResetPassword({ user, url })`. */
function isSentLink({ name }: Expression & { kind: "name" }, { function: around }: ParameterSource): boolean {
  return /^(?:url|link|href)$/.test(name) && sendsLink.test(around.name ?? "");
}

const sendsLink = /^send(?:[A-Z]\w*)?(?:Reset|Verif|MagicLink|Invit|Activation|EmailConfirm|ConfirmEmail|ChangeEmail|DeleteAccount)/;
