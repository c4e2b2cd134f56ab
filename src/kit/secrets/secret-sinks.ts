import { isOfOwnStore, isOfStoreAt, isOwnMachine, isThisMachine } from "../../catalogue/secrets/own-store.js";
import { isTestKey } from "../../catalogue/secrets/secret-values.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { constantParts } from "./constant-parts.js";
import { type Declared, declarationOf } from "./declared-constants.js";
import { encodedText } from "./encoded-texts.js";
import { givenSecrets } from "./given-secrets.js";
import { handedSecrets } from "./handed-secrets.js";
import { everyCallerGives, parameterOf } from "../taken-parameters.js";
import { isToldInData } from "./told-in-data.js";

/** An argument that is a secret to the library that takes it, written down in the code. */
export interface ConstantSecret {
  /** The argument, or the part of it that is constant. */
  readonly argument: Expression;
  /** What takes it: `jsonwebtoken sign`. */
  readonly sink: string;
  /** Where it is declared, for a part of an object that is handed over whole. */
  readonly declared?: Declared;
}

/** What asks another service to send mail: it refuses what nobody has filled in. */
const mailService = /^(?:nodemailer|emailjs|@sendgrid|postmark|resend|mailgun)/;

/** The arguments of a file's calls that a library takes for secrets and that are constant texts, weak words included. */
export function constantSecrets(model: ProjectModel, file: string): ConstantSecret[] {
  return [...givenSecrets(model, file), ...handedSecrets(model, file)].flatMap(({ sink, argument, foreign, elsewhere }) =>
    (elsewhere ? (isToldThere(model, elsewhere) || constantParts(model, elsewhere.file, elsewhere.node).length === 0 ? [] : [argument]) : constantParts(model, file, argument))
      .filter((part) => !(sink === "node:crypto createHmac" && (isOneOfKinds(model, file, part) || labelsKey(model, file, part))))
      .filter((part) => !opensOwnStore(model, file, part))
      .filter((part) => !(/^@?aws-sdk\b/.test(sink) && isOfStandIn(model, file, part)))
      // The first account of RabbitMQ is let in from the same machine alone (https://www.rabbitmq.com/docs/access-control).
      .filter((part) => !(/^amqp/.test(sink) && model.values.text(file, part) === "guest"))
      .filter((part) => !isOfNoProvider(model.values.text(file, part) ?? ""))
      // A key out of a JSON file is told there; in code it is known by its form.
      .filter((part) => !/^-----BEGIN /.test(model.values.text(file, part) ?? ""))
      .filter((part) => !isTestKey(model.values.text(file, part) ?? ""))
      .filter((part) => !isMark((elsewhere ? model.values.text(elsewhere.file, elsewhere.node) : model.values.text(file, part)) ?? ""))
      .filter((part) => !(foreign === true || mailService.test(sink)) || !isFilledIn(model.values.text(file, part) ?? ""))
      .filter((part) => elsewhere !== undefined || !isToldInData(model, file, part))
      .map((part) => ({ argument: part, sink, ...(elsewhere && { declared: { file: elsewhere.file, span: elsewhere.node.span, path: "" } }) })),
  );
}

/** `{ endpoint, credentials: { secretAccessKey: "local" } }`: a word where AWS gives out forty characters. A stand-in takes it, unless the endpoint is written down and leads elsewhere. */
function isOfStandIn(model: ProjectModel, file: string, part: Expression): boolean {
  const text = model.values.text(file, part);
  if (text === undefined || text.length >= 32) return false;
  const { parentOf } = model.values.index(file);
  for (let at = parentOf(part); at; at = parentOf(at)) {
    const endpoint = "kind" in at && at.kind === "object" ? propertyOf(at, "endpoint") : undefined;
    const host = endpoint && /^(?:[a-z]{2,8}:\/\/)?([\w.-]{1,200})/i.exec(model.values.text(file, endpoint) ?? "")?.[1];
    if (endpoint) return host === undefined || !host.includes(".") || isThisMachine(host);
  }
  return false;
}

/** `pass: "#"`, `********`, `XXX`: what somebody has put over a secret: marks alone, unless they are too many different ones to stand for something. */
function isMark(text: string): boolean {
  return /^X{3,}$/i.test(text) || (/^[^\p{L}\p{N}]+$/u.test(text) && new Set(text).size < 4);
}

/** Whether a literal of another file is told there already, by its form or its name. */
function isToldThere(model: ProjectModel, { file, node: { span: [start, end] } }: { readonly file: string; readonly node: Expression }): boolean {
  return model.facts(file).secrets.some(({ span }) => span[0] <= start && end <= span[1]);
}

/** `Topic.Billing` of an enumeration of plain words, none of which is called a secret: it tells hashes of one kind from those of another. */
function isOneOfKinds(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind !== "member") return false;
  const [kinds, ...others] = model.values.of(file, node.object);
  if (kinds?.kind !== "enum" || others.length > 0 || kinds.node.members.length < 2) return false;
  const names = [kinds.node.name, ...kinds.node.members.map(({ name }) => name)];
  return !names.some((name) => /secret|key|salt|token|pass|jwt|sign|hmac|hash|pepper|auth|crypt/i.test(name)) && kinds.node.members.every(({ value }) => value?.kind === "literal" && /^[a-z]+(?:[-_ ][a-z]+)*$/i.test(String(value.value)));
}

/** `createHmac("sha256", "WebAppData").update(botToken)`: what is hashed is the secret, and the constant tells what is made of it. */
function labelsKey(model: ProjectModel, file: string, node: Expression): boolean {
  const { parentOf } = model.values.index(file);
  const hmac = parentOf(node);
  const update = hmac && parentOf(hmac);
  const call = update && parentOf(update);
  if (!update || !("kind" in update) || update.kind !== "member" || update.property !== "update" || !call || !("kind" in call) || call.kind !== "call") return false;
  const [hashed] = call.arguments;
  return hashed !== undefined && (hashed.kind === "name" || hashed.kind === "member") && /^(?:key|password)$/.test(secretNameOf(lastName(hashed)) ?? "");
}

/** The text of a constant, also of one that was encoded under another name or that a parameter has by default. */
export function heldText(model: ProjectModel, file: string, node: Expression, depth = 0): string | undefined {
  const text = model.values.text(file, node);
  const source = text === undefined && node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  // `query.key || "…"`
  if (text === undefined && node.kind === "binary" && /^(?:\|\||\?\?)$/.test(node.operator) && depth < 4) return heldText(model, file, node.right, depth + 1);
  const held = source?.kind === "value" && source.path.length === 0 ? source.value : source?.kind === "parameter" && source.path.length === 0 ? source.default : undefined;
  return held && depth < 4 ? heldText(model, file, encodedText(held), depth + 1) : text;
}

/** Where the constant is declared that callers hand over for a name which only holds what they gave. */
export function givenByCallers(model: ProjectModel, file: string, node: Expression): Declared | undefined {
  const taken = parameterOf(model, file, node);
  let found: Declared | undefined;
  if (taken) everyCallerGives(model, taken, (from, given) => (found ??= declarationOf(model, from, given)) !== undefined);
  return found;
}

/** `settings.mysql.password`, a word beside a host that is the own machine or a container beside it, in every object that it may be of: nobody else reaches that store. */
function opensOwnStore(model: ProjectModel, file: string, node: Expression): boolean {
  const holders = node.kind === "member" && secretNameOf(node.property) === "password" ? model.values.of(file, node.object) : [];
  return holders.length > 0 && holders.every((holder) => {
    const [password, host] = holder.kind === "object" ? [propertyOf(holder.node, lastName(node)), propertyOf(holder.node, "host")] : [];
    return holder.kind === "object" && password !== undefined && host !== undefined && opensNothing(model.values.text(holder.file, password), model.values.text(holder.file, host));
  });
}

function opensNothing(password = "?!", host = ""): boolean {
  return isOfStoreAt(host, password) || (isOwnMachine(host) && isOfOwnStore(password));
}

/** `your_client_secret`, `<token>`, `sk-`, `dummy`, and what a server of one's own is given that asks for no key: `ollama`. */
function isFilledIn(text: string): boolean {
  return /^(?:dummy|unused|unset|missing|disabled|not[-_ ](?:used|needed|required|set|configured)|none|empty|placeholder|fake|mock|no[-_ ]?key(?:[-_ ]required)?|vllm|ollama|lm[-_ ]?studio|local[-_ ]?ai|llama)$|^(?:your|dummy|fake|placeholder|mock)[-_ ]|^<.{0,60}>$|^x{3,}$|^\w{1,6}[-_]$/i.test(text);
}

/** `sk_test_dummy`, `sk_test_mock_key`, `session-mode-placeholder`: a text that says at its end, or behind the head of a provider's keys, that it is none. */
function isOfNoProvider(text: string): boolean {
  return /^(?:sk|pk|rk|re|whsec)_(?:test_|live_)?(?:[a-z]{1,20}_)?(?:dummy|fake|placeholder|mock|unset|unused|not_(?:set|configured))(?:_[a-z]{1,20}){0,6}$|[-_ ](?:placeholder|unused|not[-_ ]used)$/i.test(text);
}
