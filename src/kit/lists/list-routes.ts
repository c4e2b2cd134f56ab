import { lastName } from "../../facts/names.js";
import { someNode } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { targetOf } from "../writes/write-subjects.js";
import { isOpenList } from "./open-lists.js";
import { returnedLists } from "./returned-lists.js";
import { formsOf } from "./row-names.js";
import { asksForList, isInfrastructure, isScheduled } from "../routes/routes.js";

/** Whoever takes everything with him wants it whole. */
const wholesale = /[/_-](?:export(?:s|ed|ar)?|download|csv|xlsx?)(?:[/_.-]|$)/i;

/** Whether a route asks for a list that its callers want in pages; with `all`, also for one that they take whole. */
export function isListRoute(model: ProjectModel, route: Route, all = false): boolean {
  return (asksForList(route) || answersWithList(model, route)) && (all || !wholesale.test(route.path)) && !isInfrastructure(model, route) && !isScheduled(route) && !sendsOneByOne(route);
}

/** `for await (const order of orders) answer.write(order)`: a stream, which is never held as a whole. */
function sendsOneByOne({ handler }: Route): boolean {
  return someNode(handler?.node.body ?? [], (part) => part.kind === "loop" && part.awaited === true && someNode(part.body, (inner) => inner.kind === "call" && /^(?:write|writeln|enqueue|writeSSE)$/.test(lastName(inner.callee))));
}

/** `GET /posts/author/:id`: what a parameter ends that names no row of the answer. */
function answersWithList(model: ProjectModel, { method, path, handler }: Route): boolean {
  const [, before = "", key = ""] = /([^/:*]+)\/[:*]([^/]*)$/.exec(path) ?? [];
  if (method !== "GET" || handler === undefined || before === "") return false;
  return returnedLists(model, handler.file, handler.node).some((list) => !isForOne(list) && !namesRow(list, before, key) && (list.limit.length > 0 || isOpenList(model, list.file, list)));
}

/** `/posts/:id` of posts, and not `/posts/:authorId`. */
function namesRow(list: StoreOperation, before: string, key: string): boolean {
  const own = new Set(targetOf(list).split(" ").flatMap(formsOf));
  const isOwn = (name: string): boolean => formsOf(name).some((form) => form !== "" && own.has(form));
  const owner = /^(\w+?)_?Id$/i.exec(key)?.[1] ?? "";
  return isOwn(before) && (owner === "" || isOwn(owner) || isOwn(`${before}${owner}`));
}

/** `.limit(1)` */
const isForOne = ({ single, limit }: StoreOperation): boolean => single || limit.some((size) => size.kind === "literal" && size.value === 1);
