import { capabilitiesOf } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Methods that ask or parse, and answer "no" by throwing. */
const asks = /^(parse|stringify|verify|validate|decode|access|l?stat|existsSync|accessSync|statSync|readdirSync|resolve|isValid|test|supportedLocalesOf|getCanonicalLocales)/;
/** What is done beside the work, and done again later where it fails: clearing away what is left over, and noting that somebody was there. */
const beside = /orphan|stale|expired|leftover|obsolete|clean_?up|prune|^_?(track|touch|ping)([A-Z]|$)|last_?(seen|active|used|login)/i;
/** Methods that let go of something, of which nothing is needed any more. */
const letsGo = /^(unlink|rm|rmdir|dropIndex|rollback(Transaction)?|cancel|close|abort|destroy|terminate(Workflow|Job|Process)?|disconnect|quit|shutdown|release|releaseLock|dispose|kill|(?:unsubscribe|unregister|deregister|unbind|untrack)[A-Za-z]*)(Sync|Async)?$/;
const parsingClass = /^(URL|RegExp|Intl|ObjectId|\w*Parser)$/;
const parsingFunction = /^(require|decodeURIComponent|decodeURI|atob|BigInt|structuredClone|(parse|verify|validate|decode)[A-Z]\w*|validate|(jwt|compact|flattened|general)(Verify|Decrypt)|(unlink|rm|rmdir)(Sync)?)$/;

/** One parse, look-up or clean-up that is expected to fail: `JSON.parse`, `new URL`, `jwt.verify`, `import()`, `socket.close()`. */
export function isProbe(body: readonly Statement[]): boolean {
  if (body.length > 3) return false;
  // What only reads and assigns is tried for a value that may not be there.
  let found = !someNode(body, ({ kind }) => kind === "call" || kind === "new" || kind === "await" || kind === "import") || (body.length === 1 && body[0]?.kind === "expression" && isBesideCall(body[0].value));
  // `try { reason = await response.text(); } catch {}`, `try { names = await readdir(folder); } catch { continue; }`
  const [only, ...others] = body;
  const given = only?.kind === "expression" && only.value.kind === "assign" ? only.value.value : undefined;
  found ||= others.length === 0 && given?.kind === "await" && (isBodyRead(given.value) || readsFile(given.value));
  // `new URL(query); await suggest(query);` is first of all a question whether it is one.
  if (body[0]?.kind === "expression" && body[0].value.kind === "new" && isExpected(body[0].value)) return true;
  // `const row = await cache.get(key); return JSON.parse(row);` is no parse alone: what is awaited fails for other reasons.
  if (!found && awaitsWork(body)) return false;
  walkAll(body, (node) => {
    if (isClassNode(node)) return false;
    found ||= isExpected(node);
    return !found;
  });
  return found;
}

/** Whether a body waits for something that is no parse, look-up or clean-up itself: a query, a request, a service. */
export function awaitsWork(body: readonly Statement[]): boolean {
  return someNode(body, (node) => node.kind === "await" && node.value.kind === "call" && !isExpected(node.value) && !isBodyRead(node.value) && !isBesideCall(node.value) && !readsFile(node.value));
}

/** `readFile(path)`, `fs.promises.readFile(path).then(JSON.parse)`: a file may not be there, and a default stands for it. */
export function readsFile(node: Expression): boolean {
  if (node.kind !== "call") return false;
  if (node.callee.kind === "member" && node.callee.property === "then") return readsFile(node.callee.object);
  return /^read_?(?:file|json|dir|link)(?:Sync)?$/i.test(lastName(node.callee));
}

/** Statements that end something or only tune it: `ROLLBACK`, `SELECT pg_advisory_unlock($1)`, `SET LOCAL work_mem = …`. */
const endsOrTunes = /^\s*(?:rollback|unlisten|discard|reset|set\s+(?:local|session))\b|^\s*select\s+(?:pg_advisory_unlock\w*|release_lock)\s*\(/i;

/** A text, or what a template begins with. */
function writtenIn(node: Expression): string {
  if (node.kind === "template") return node.texts.join("");
  return node.kind === "literal" && typeof node.value === "string" ? node.value : "";
}

function isExpected(node: SyntaxNode): boolean {
  if (!("kind" in node)) return false;
  if (node.kind === "import") return true;
  if (node.kind === "new") return parsingClass.test(lastName(node.callee));
  if (node.kind !== "call") return false;
  const { callee } = node;
  // `promisify(validate)(row)`
  if (callee.kind === "call" && callee.arguments.some((argument) => parsingFunction.test(lastName(argument)))) return true;
  const [text] = node.arguments;
  if (text && endsOrTunes.test(writtenIn(text))) return true;
  // `redis.del("rebuild-lock")`
  if (text && callee.kind === "member" && /^(?:del|unlink)$/.test(callee.property) && /lock/i.test(`${writtenIn(text)} ${lastName(text)}`)) return true;
  if (callee.kind === "member" && callee.property === "remove") return /^fse?(Extra)?$/i.test(lastName(callee.object));
  // `orders.cancel(orderId)` is the work itself.
  if (callee.kind === "member" && /^(?:cancel|close|terminate|release|destroy)$/.test(callee.property) && text && /(?:^id|I[dD]|_id)$/.test(lastName(text))) return false;
  return callee.kind === "member" ? asks.test(callee.property) || letsGo.test(callee.property) : callee.kind === "name" && (parsingFunction.test(callee.name) || /^roll_?back/i.test(callee.name));
}

/** `deleteOrphanedFiles()`, `await users.updateLastSeen(id)`. */
function isBesideCall(node: SyntaxNode): boolean {
  if ("kind" in node && node.kind === "await") return isBesideCall(node.value);
  return "kind" in node && node.kind === "call" && (notesUse(node) || (node.callee.kind === "member" && beside.test(node.callee.property)) || (node.callee.kind === "name" && beside.test(node.callee.name)));
}

/** `update(key).set({ lastUsedAt: now })` */
function notesUse(call: SyntaxNode): boolean {
  return someNode([call], (part) => part.kind === "object" && part.members.length === 1 && part.members.some((member) => member.kind === "property" && /^last_?(seen|active|used|login)/i.test(String(member.key))));
}

/** `request.json()` of a body that may be none, `response.text()` that only lets go of the connection. */
function isBodyRead(node: SyntaxNode): boolean {
  return "kind" in node && node.kind === "call" && node.callee.kind === "member" && /^(?:json|text|arrayBuffer|blob|dump)$/.test(node.callee.property) && node.arguments.length === 0;
}

/** Methods that end something whose end nobody waits for: `this.timer.stop()`, `clearSession()`, `deleteKey(key)`. */
const ends = /^(?:stop|end|hang_?up|detach)(?:[A-Z]\w*)?$|^(?:clear|flush)[A-Z]?\w*$|^(?:delete|del|remove)_?(?:Key|Lock|Cache|Temp|Tmp)\w*$/;

function isEnd(node: Expression): boolean {
  return node.kind === "call" && ends.test(lastName(node.callee));
}

/** Whether all that is tried is to end something: `try { connection.end(); } catch {}`. */
export function onlyEnds([only, ...others]: readonly Statement[]): boolean {
  if (only?.kind !== "expression" || others.length > 0) return false;
  const call = only.value.kind === "await" ? only.value.value : only.value;
  return isEnd(call) && call.kind === "call" && call.arguments.length === 0;
}

/** What `.catch(() => {})` may be called on: a probe, an end, a schema, or a promise that is kept and awaited elsewhere. */
export function mayFail(model: ProjectModel, file: string, node: Expression): boolean {
  return isEnd(node) || isKept(model, file, node) || isExpected(node) || isBesideCall(node) || isBodyRead(node) || isSchema(model, file, node) || isHandledInside(model, file, node);
}

/** A call of a function that catches all that fails in it. */
function isHandledInside(model: ProjectModel, file: string, node: Expression): boolean {
  const called = node.kind === "call" ? model.values.of(file, node.callee) : [];
  return called.length > 0 && called.every((value) => value.kind === "function" && catchesAll(value.node.body ?? []));
}

function catchesAll([first, ...others]: readonly Statement[]): boolean {
  return first?.kind === "try" && others.length === 0 && first.handler !== undefined && !someNode([...first.handler.body, ...(first.finalizer ?? [])], (node) => node.kind === "throw");
}

/** A member, a parameter, or a variable with more than one use; not the variable that a call beside was put into. */
function isKept(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return true;
  if (node.kind !== "name" || node.binding === undefined) return false;
  const source = model.values.index(file).sources[node.binding];
  return source?.kind === "parameter" || (source?.kind === "value" && source.value?.kind !== "call") || uses(model, file, node.binding) > 1;
}

/** `z.string().catch(() => "")` gives a value in place of a wrong one. */
function isSchema(model: ProjectModel, file: string, node: Expression): boolean {
  return model.values.of(file, node).some((value) => value.kind === "external" && capabilitiesOf(value.provenance.package, value.provenance.subpath).includes("validator"));
}

function uses(model: ProjectModel, file: string, binding: number): number {
  let count = 0;
  walkAll(model.facts(file).body, (node) => {
    if ("kind" in node && node.kind === "name" && node.binding === binding) count += 1;
    return true;
  });
  return count;
}

/** `await remove(path).catch(() => {}); throw err;`: what is cleared away before the first error goes on must not hide it. */
export function isBeforeThrow(model: ProjectModel, file: string, call: SyntaxNode): boolean {
  const { parentOf } = model.values.index(file);
  let statement: SyntaxNode = call;
  let around = parentOf(call);
  // `uploads.map((one) => remove(one).catch(() => {}))` is of the statement around.
  while (around && (isFunctionNode(around) ? around.body?.length === 1 : "kind" in around && around.kind !== "if" && around.kind !== "try" && around.kind !== "block")) {
    statement = around;
    around = parentOf(around);
  }
  if (!around || !("kind" in around)) return false;
  const lists = around.kind === "if" ? [around.then, around.else ?? []] : around.kind === "try" ? [around.handler?.body ?? []] : around.kind === "block" ? [around.body] : [];
  return lists.some((list) => list.some((one) => one === statement) && list.at(-1)?.kind === "throw");
}
