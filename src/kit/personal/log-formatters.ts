import { describe } from "../../catalogue/index.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import type { FunctionContext } from "../../model/modules/file-index.js";
import type { ProjectModel } from "../../model/project-model.js";
import { loggerOptions, type Redaction, redactionIn } from "./redaction.js";

/** What a function gives that a logger asks for what it writes. */
export interface FormattedData {
  readonly node: CallExpression | NewExpression;
  readonly arguments: readonly Expression[];
  /** Where it stands in what is written. */
  readonly below: readonly string[];
  readonly redaction: Redaction;
}

/** Options of loggers that are functions whose result is written. */
const givesFields = /^(?:customProps|mixin|customSuccessObject|customErrorObject|customReceivedObject|dynamicMeta)$/;
const givesText = /^custom(?:Success|Error|Received)Message$/;

/** What functions give that access logs and loggers of a file are made with: morgan's tokens and formats, serializers, `customProps`. */
export function formattedData(model: ProjectModel, file: string): readonly FormattedData[] {
  return model.values.index(file).calls.flatMap(({ node }) => [...ofMorgan(model, file, node), ...ofOptions(model, file, node)]);
}

/** `morgan.token("email", (req) => req.body.email)`, `morgan((tokens, req) => …)`. */
function ofMorgan(model: ProjectModel, file: string, node: CallExpression | NewExpression): readonly FormattedData[] {
  const isToken = node.callee.kind === "member" && node.callee.property === "token";
  const given = node.arguments[isToken ? 1 : 0];
  if (given?.kind !== "function" || !model.values.of(file, node.callee).some((callee) => callee.kind === "external" && callee.provenance.package === "morgan")) return [];
  return [{ node, arguments: model.values.returned(given.function), below: [], redaction: [] }];
}

function ofOptions(model: ProjectModel, file: string, node: CallExpression | NewExpression): readonly FormattedData[] {
  const makes = model.values.of(file, node.callee).some((callee) => callee.kind === "external" && (describe(callee.provenance)?.log?.does === "create" || callee.provenance.package === "express-winston"));
  const options = makes ? node.arguments.filter((argument) => argument.kind === "object") : loggerOptions(model, node);
  return options.flatMap((given) => (given.kind === "object" ? withInner(given).flatMap((one) => ofObject(model, file, node, one, redactionIn(model, file, given))) : []));
}

/** `{ logger: { serializers } }`, `{ pinoHttp: { serializers } }` */
function withInner(options: ObjectExpression): readonly ObjectExpression[] {
  const inner = ["logger", "pinoHttp", "pino"].flatMap((key) => {
    const value = propertyOf(options, key);
    return value?.kind === "object" ? [value] : [];
  });
  return [options, ...inner];
}

function ofObject(model: ProjectModel, file: string, node: CallExpression | NewExpression, { members }: ObjectExpression, redaction: Redaction): readonly FormattedData[] {
  return members.flatMap((member): readonly FormattedData[] => {
    if (member.kind !== "property") return [];
    const { key, value } = member;
    if (key === "serializers" && value.kind === "object") return value.members.flatMap((one) => (one.kind === "property" && one.value.kind === "function" ? [{ node, arguments: serialized(model, file, one.value.function), below: [one.key], redaction }] : []));
    if (value.kind !== "function" || !(givesFields.test(key) || givesText.test(key))) return [];
    return [{ node, arguments: model.values.returned(value.function), below: [], redaction: givesText.test(key) ? [] : redaction }];
  });
}

/** What a serializer gives, and what it puts into what it was given and gives back: the latter is not the request any more. */
function serialized(model: ProjectModel, file: string, node: FunctionNode): readonly Expression[] {
  const returned = model.values.returned(node).filter((value) => value.kind !== "name");
  const within = (context: FunctionContext | undefined): boolean => context !== undefined && (context.node === node || within(context.parent));
  const put = model.values.index(file).memberAssignments.filter((assigned) => assigned.object.kind === "name" && within(assigned.in));
  return [...returned, ...put.map(({ value }) => value)];
}
