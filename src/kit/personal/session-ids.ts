import { oncePerPart } from "../../base/once-per.js";
import { splitWords } from "../../base/words.js";
import { lastName } from "../../facts/names.js";
import { someNode } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isBackendCode } from "../project/backend-files.js";
import { namesIn } from "../routes/handlers.js";
import { keepsSessions } from "./request-exposure.js";

/** Words that stand before `sessionId` without saying that it is a session of anything but a client that signed in. */
const plainWords: ReadonlySet<string> = new Set(
  "auth,authenticated,authorization,login,logged,signin,user,users,member,account,admin,customer,client,person,owner,web,http,https,express,koa,fastify,nest,redis,cookie,browser,device,request,req,res,server,store,stored,db,raw,signed,hashed,refresh,access,token,jwt,oauth,oidc,sso,saml,current,active,passport,iron,supabase,clerk,cognito,keycloak,new,old,next,prev,previous,last,first,existing,other,my,own,this,the,a,by,for,from,with,of,is,has,no,get,set,find,fetch,load,read,make,create,created,generate,generated,regenerate,random,delete,remove,destroy,revoke,clear,invalidate,validate,valid,invalid,verify,check,parse,extract,resolve,decode,encode,hash,update,extend,renew,expired,expire,target,original,initial,given,expected,wrong,fake,mock,test,some,unknown".split(","),
);

/** What code says about its sessions. */
interface Sessions {
  /** A cookie tells which session a client has: `cookies.sessionId`, `setCookie("sid", …)`, `SESSION_COOKIE`. */
  readonly readsCookies: boolean;
  /** `copilotSessionId`, `gameSessionId`: sessions are things that rows are about. */
  readonly areThings: boolean;
}

const sessionsIn = oncePerPart((model: ProjectModel, file: string): Sessions => {
  const names = isBackendCode(model, file) ? [...namesIn(model.facts(file).body)] : [];
  return { readsCookies: names.some((name) => /session\w*cookie|cookie\w*session/i.test(name)) || (names.some((name) => /cookie/i.test(name)) && namesSessionCookie(model, file)), areThings: names.some(isIdOfThing) };
});

/** Whether a cookie that code reads or sets is one of a session by its name. */
function namesSessionCookie(model: ProjectModel, file: string): boolean {
  return someNode(model.facts(file).body, (node) => {
    if (!("kind" in node)) return false;
    if (node.kind === "member") return isOfCookies(lastName(node.object)) && ofSession.test(node.property);
    if (node.kind === "index") return isOfCookies(lastName(node.object)) && ofSession.test(model.values.text(file, node.index) ?? lastName(node.index));
    if (node.kind !== "call" || !/cookie/i.test(`${lastName(node.callee)} ${node.callee.kind === "member" ? lastName(node.callee.object) : ""}`)) return false;
    return node.arguments.some((argument) => ofSession.test(model.values.text(file, argument) ?? (argument.kind === "name" ? argument.name : "")));
  });
}

const ofSession = /sess|(?:^|[._-])sid$/i;
const isOfCookies = (name: string): boolean => /cookies?$/i.test(name);

const sessionsOf = oncePerPart((model: ProjectModel, unit: PackageUnit): Sessions => {
  const all = model.filesOf(unit).map((file) => sessionsIn(model, file));
  return { readsCookies: all.some(({ readsCookies }) => readsCookies), areThings: all.some(({ areThings }) => areThings) };
});

function isIdOfThing(name: string): boolean {
  if (!/session_?id$/i.test(name)) return false;
  const words = splitWords(name);
  const kind = words.at(-3);
  return kind !== undefined && words.at(-2) === "session" && words.every((word) => !plainWords.has(word));
}

/** `ChatSession`, `ConsultationSession`: what a file calls the kind of session that it is about, and no library for signing in does. */
const isAboutThings = oncePerPart((model: ProjectModel, file: string): boolean => model.facts(file).bindings.some(({ name }) => {
  if (!/^[A-Z]\w*Session(?:Document|Entity|Model|Schema)?$/.test(name)) return false;
  const words = splitWords(name);
  const kind = words.slice(0, words.indexOf("session"));
  return kind.length > 0 && kind.every((word) => !plainWords.has(word));
}));

/**
 * Whether who knows a session's id may be let in with it: a package keeps sessions, or a cookie is one. Elsewhere, and
 * where the code tells several kinds of sessions apart, a session is a thing that rows are about.
 */
export function letsInBySession(model: ProjectModel, file: string): boolean {
  if (isAboutThings(model, file)) return false;
  const sessions = sessionsOf(model, model.packageOf(file));
  return !sessions.areThings && (sessions.readsCookies || keepsSessions({ model, file }));
}
