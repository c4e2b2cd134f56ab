import { baseName } from "../../base/paths.js";
import { splitWords } from "../../base/words.js";
import type { Expression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import { chainOf, chainsFrom } from "./chains.js";
import { isOfBrowser, type Look } from "./exposure.js";
import { namesBeside } from "./names-beside.js";

/** What is done with whoever calls, and with no machine of one's own. */
const ofCallers = /\b(?:throttl\w*|rate ?limit\w*|limiter|geo ?(?:ip|loc\w*)|(?:un)?(?:ban|block)(?:ned|ed)?|brute|log ?in|sign ?(?:in|up)|auth|captcha|recaptcha|abuse|fraud|visit(?:or)?s?|attempts?|(?:allow|deny|black|white) ?list(?:ed)?|lock ?out)\b/;
/** What stands beside the address of a machine. */
const ofMachines = /^(?:port|mac|host(?:name)?|gateway|subnet|netmask|cidr|dns|vlan|interface)$/i;
/** What deals with people that have an account, and what keeps accounts of its own. */
const ofPeople = /user|log-?in|sign-?(?:in|up)|account|profile|member|regist|password/i;
const ofSystems = /ssh|s?ftp|smtp|imap|mongo|postgres|mysql|redis|rabbit|amqp|database|docker|git(?!hub)|registry|proxy|ldap|jenkins|vcs|webdav/i;
const besideConnections = /^(?:host\w*|port|database|db\w*|url|uri|server|dialect|dsn)$/i;

/** Whether a variable that is called `ip` is where somebody calls from: a browser is told beside it, or the function, its class or its file deals with callers. */
export function isCallersAddress(at: Look, node: Expression & { readonly kind: "name" }, source: BindingSource | undefined): boolean {
  if (!/^ips?$/i.test(node.name)) return false;
  const beside = namesBeside(at.model.values.index(at.file), source);
  if (beside.some((name) => ofMachines.test(name))) return false;
  return beside.some(isOfBrowser) || (source?.kind === "parameter" && namesAround(at, source).some((name) => ofCallers.test(splitWords(name).join(" "))));
}

/** Whether an address is that of a machine, whose port is taken out of the same object: `const { name, ip, port } = req.body`. */
export function isOfMachine({ model, file }: Look, value: Expression): boolean {
  const source = value.kind === "name" && value.binding !== undefined ? model.values.index(file).sources[value.binding] : undefined;
  return namesBeside(model.values.index(file), source).some((name) => /^port$/i.test(name));
}

/** Whether a variable that is called `username` is how somebody is called: what somebody signs in with stands beside it, or the function deals with accounts of people. */
export function isUsersName(at: Look, node: Expression & { readonly kind: "name" }, source: BindingSource | undefined): boolean {
  if (!/^user_?name$/i.test(node.name) || ofSystems.test(at.file)) return false;
  const beside = namesBeside(at.model.values.index(at.file), source);
  if (beside.some((name) => besideConnections.test(name))) return false;
  if (beside.some(isBesideUser) || isSent(at, node)) return true;
  return source?.kind === "parameter" && source.path.length === 0 && namesAround(at, source).slice(0, 1).some((name) => ofPeople.test(name) && !ofSystems.test(name));
}

/** Whether a member that is called `username` is how somebody is called: the code around reads of the same object what somebody signs in with. */
export function isUsersMember(at: Look, node: Extract<Expression, { readonly kind: "member" }>): boolean {
  if (!/^user_?name$/i.test(node.property) || ofSystems.test(at.file)) return false;
  if (isSent(at, node)) return true;
  const own = chainOf(node.object);
  if (!own) return false;
  const read = chainsFrom(at, own.binding).flatMap(({ path }) => (path.length > own.path.length && own.path.every((key, place) => key === path[place]) ? [path[own.path.length] ?? ""] : []));
  return read.some(isBesideUser) && !read.some((name) => besideConnections.test(name));
}

/** Whether a client sends it under that name. */
function isSent({ model, file }: Look, node: Expression): boolean {
  const flowed = model.requestData.of(file, node);
  return flowed !== undefined && /^(?:body|params|query)$/.test(flowed.part) && /^user_?name$/i.test(flowed.path.at(-1) ?? "");
}

function isBesideUser(name: string): boolean {
  return /^(?:password|passwd|pass|e?mail|(?:first|last|full|display|nick)_?name|avatar\w*)$/i.test(name);
}

/** The names of the function whose parameter it is, of its class and of its file, from the nearest on. */
function namesAround({ model, file }: Look, { function: node }: Extract<BindingSource, { kind: "parameter" }>): readonly string[] {
  const around = model.values.index(file).functions.get(node);
  return [around?.member?.name ?? node.name ?? "", around?.class?.name ?? "", baseName(file)];
}
