import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { OutsideCall } from "../../model/data/summary.js";
import { receiverText } from "../project/store-uses.js";
import { wordsOf } from "./write-subjects.js";

/** Words of calls that move files or messages, where what they do cannot be followed. */
const moving = new Set(["file", "files", "upload", "uploads", "blob", "storage", "s3", "bucket", "mail", "mails", "mailer", "email", "emails", "sms", "attachment", "attachments"]);

const uploads = /^upload(?![a-z])|^(put|store|save|keep|delete|remove)\w*(Files?|Blobs?|Pdf|Images?|Photos?|Avatar|Upload|Attachments?)(?![a-z])/;

/** Methods of texts and lists, which move nothing. */
const ofValues = /^(to[A-Z]\w*|trim\w*|split|replace(All)?|includes|startsWith|endsWith|slice|substring|match|map|filter|find|some|every|push|join|at|indexOf|concat|forEach|reduce|flatMap|sort|has|keys|values|entries)$/;

const sends = /^(send|notify|publish|enqueue|dispatch)(?![a-z])/;

/** Requests, mails, other programs and what is only found at run time are waited for. */
export const waits = (kind: OutsideCall["kind"]): boolean => kind !== "queue";

/** A call that also sends a request, runs a program or keeps a file: no transaction should wait for it. */
export function reachesOutside(model: ProjectModel, file: string, node: FunctionNode, call: Expression): boolean {
  const { outside, outer } = model.transactions.summaryOf(file, node);
  // `client.send(new PutItemCommand(…))` sends a statement of its own store.
  if (model.dataAccess.at(file, call)) return false;
  if (call.kind === "call" && ofValues.test(lastName(call.callee))) return false;
  if (call.kind === "call" && (uploads.test(lastName(call.callee)) || model.transactions.callees(file, call).some((callee) => model.transactions.contentOf(callee.file, callee.node).calls.some((inner) => /^upload(?![a-z])/.test(lastName(inner.callee)))))) return true;
  if (call.kind === "call" && !isKnown(model, file, call) && (sends.test(lastName(call.callee)) || wordsOf(receiverText(call.callee)).some((word) => moving.has(word)))) return true;
  return outside.some(({ kind, calls }) => waits(kind) && calls[0]?.call === call) || outer.some(({ operation, calls }) => operation.family === "object" && calls[0]?.call === call);
}

/** Whether all is known that a call does, and that is to use the store: `this.publish(topic)` that keeps an event in its outbox. */
function isKnown(model: ProjectModel, file: string, call: CallExpression | NewExpression): boolean {
  const functions = model.transactions.callees(file, call);
  return functions.length > 0 && functions.every((callee) => {
    const { outside, outer, passed, unknown } = model.transactions.summaryOf(callee.file, callee.node);
    return unknown === 0 && outside.length === 0 && [...outer, ...passed].every(({ operation }) => operation.family !== "object");
  });
}
