import { describe, expect, it } from "vitest";
import { findingsOf } from "../../support/project.js";

const rule = "no-unvalidated-input";

/** Where a rule reports, with the text that it marks, in a project whose files are given. */
async function marked(files: Readonly<Record<string, string>>): Promise<string[]> {
  const findings = await findingsOf({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "4", "koa": "2", "@nestjs/common": "11", "mongodb": "6", "axios": "1", "socket.io": "4", "next": "15" } }', ...files }, { rule });
  return findings.map(({ file, range: { start, end } }) => {
    const line = (files[file] ?? "").split("\n")[start.line - 1] ?? "";
    return `${file}:${start.line}:${start.column} ${start.line === end.line ? line.slice(start.column - 1, end.column - 1) : "several lines"}`;
  });
}

const express = 'import express from "express";\nexport const app = express();\n';

describe("no-unvalidated-input, places", () => {
  it("takes a field of a body for what the client made of it, whatever its declaration says, where no pipe of Nest converts it", async () => {
    const files = (pipes: string, field = '@Body("secret") secret: string'): Readonly<Record<string, string>> => ({
      "package.json": JSON.stringify({ name: "api", dependencies: { "@nestjs/common": "*", "@nestjs/core": "*", "@nestjs/platform-express": "*", mongoose: "*" } }),
      "src/main.ts": `import { NestFactory } from "@nestjs/core";\nimport { ValidationPipe } from "@nestjs/common";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\n${pipes}\nawait app.listen(3000);\n`,
      "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { KeyController } from "./key.controller.js";\n@Module({ controllers: [KeyController] })\nexport class AppModule {}\n',
      "src/key.controller.ts": `import { Body, Controller, ParseUUIDPipe, Post } from "@nestjs/common";\nimport mongoose from "mongoose";\nconst Key = mongoose.model("Key", keySchema);\n@Controller("v1/keys")\nexport class KeyController {\n  @Post() take(${field}) { return Key.findOne({ secret }); }\n}\n`,
    });
    const found = async (pipes: string, field?: string) => (await findingsOf(files(pipes, field), { rule: "no-unvalidated-input" })).map(({ file, range, messageId }) => `${file}:${range.start.line} ${messageId}`);
    expect(await found("app.useGlobalPipes(new ValidationPipe());")).toEqual(["src/key.controller.ts:6 unchecked"]);
    expect(await found("app.useGlobalPipes(new ValidationPipe({ transform: true }));")).toEqual([]);
    expect(await found("", '@Body("secret", new ParseUUIDPipe()) secret: string')).toEqual([]);
  });

  it("marks the argument that becomes dangerous, for each kind of sink", async () => {
    const files = {
      "src/a.ts": `${express}import { readFile } from "node:fs/promises";
import { exec, spawn } from "node:child_process";
import vm from "node:vm";
import axios from "axios";
import { MongoClient } from "mongodb";
import serialize from "node-serialize";
const users = new MongoClient("mongodb://db").db().collection("users");
app.get("/v1/path", async (req, res) => { res.send(await readFile("files/" + req.query.name)); });
app.get("/v1/file", (req, res) => { res.sendFile(req.query.name as string); });
app.get("/v1/shell", (req, res) => { exec(\`ls \${req.query.dir}\`); res.end(); });
app.get("/v1/spawn", (req, res) => { spawn("sh", ["-c", req.body.command]); res.end(); });
app.get("/v1/code", (req, res) => { res.json(eval(req.body.code)); });
app.get("/v1/vm", (req, res) => { res.json(vm.runInNewContext(req.body.code)); });
app.get("/v1/go", (req, res) => { res.redirect(req.query.to as string); });
app.get("/v1/moved", (req, res) => { res.redirect(302, req.query.to as string); });
app.get("/v1/header", (req, res) => { res.setHeader("Location", req.query.to as string); res.end(); });
app.get("/v1/fetch", async (req, res) => { res.send(await (await fetch(req.query.url as string)).text()); });
app.get("/v1/axios", async (req, res) => { res.send((await axios.get("http://" + req.query.host)).data); });
app.get("/v1/regexp", (req, res) => { res.json(new RegExp(req.query.q as string).test("a")); });
app.get("/v1/html", (req, res) => { res.send("<p>" + req.query.name + "</p>"); });
app.post("/v1/filter", async (req, res) => { res.json(await users.findOne({ name: req.body.name })); });
app.post("/v1/where", async (req, res) => { res.json(await users.findOne({ $where: "this.a == " + req.body.a })); });
app.post("/v1/state", (req, res) => { res.json(serialize.unserialize(req.body.state)); });
`,
    };
    expect(await marked(files)).toEqual([
      'src/a.ts:10:67 "files/" + req.query.name',
      "src/a.ts:11:50 req.query.name as string",
      "src/a.ts:12:43 \`ls \${req.query.dir}\`",
      'src/a.ts:13:50 ["-c", req.body.command]',
      "src/a.ts:14:51 req.body.code",
      "src/a.ts:15:63 req.body.code",
      "src/a.ts:16:48 req.query.to as string",
      "src/a.ts:17:56 req.query.to as string",
      "src/a.ts:18:65 req.query.to as string",
      "src/a.ts:19:72 req.query.url as string",
      'src/a.ts:20:70 "http://" + req.query.host',
      "src/a.ts:21:59 req.query.q as string",
      'src/a.ts:22:46 "<p>" + req.query.name + "</p>"',
      "src/a.ts:23:75 { name: req.body.name }",
      'src/a.ts:24:74 { $where: "this.a == " + req.body.a }',
      "src/a.ts:25:70 req.body.state",
    ]);
  });

  it("takes what a package gives to require for its default export", async () => {
    expect(await marked({ "src/a.js": 'const express = require("express");\nconst fetch = require("node-fetch");\nconst app = express();\napp.post("/v1/preview", async (req, res) => { res.send(await (await fetch(req.body.url)).text()); });\nmodule.exports = app;\n' })).toEqual(["src/a.js:4:75 req.body.url"]);
  });

  it("marks the sink, with the ways that lead there beside it", async () => {
    const files = {
      "src/routes.ts": 'import Router from "@koa/router";\nimport { FilesService } from "./files.service.js";\nconst files = new FilesService();\nexport const router = new Router();\nrouter.get("/v1/files", async (ctx) => { ctx.body = await files.load(ctx.query.name); });\n',
      "src/files.service.ts": 'import { read } from "./disk.js";\nexport class FilesService {\n  load(name) { return read(name.trim()); }\n}\n',
      "src/disk.ts": 'import fs from "node:fs/promises";\nexport async function read(name) {\n  const file = `data/${name}`;\n  return fs.readFile(file, "utf8");\n}\n',
    };
    const [finding, ...others] = await findingsOf({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "koa": "2", "@koa/router": "13" } }', ...files }, { rule });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ file: "src/disk.ts", messageId: "unchecked", severity: "error", range: { start: { line: 4, column: 22 }, end: { line: 4, column: 26 } } });
    expect(finding?.message).toBe("`file` comes from the request (ctx.query.name) unparsed and becomes a file path, so a client can reach other files in `fs.readFile`. Parse it with a schema that allows only what is meant, or choose from constants.");
    expect(finding?.related.map(({ file, range: { start }, message }) => `${file}:${start.line}:${start.column} ${message}`)).toEqual(["src/files.service.ts:3:23 handed on here", "src/routes.ts:5:59 handed on here", "src/routes.ts:5:70 ctx.query.name is read here"]);
  });

  it("tells once what one read leads to in a file, and nothing where a function has made sure of it", async () => {
    const files = {
      "src/a.ts": `${express}import { readFile, rm } from "node:fs/promises";
async function restore(file: string) { await readFile(file); await rm(file); }
app.get("/v1/a/:name", async (req, res) => { await restore("data/" + req.params.name); res.end(); });
`,
      "src/b.ts": `${express}import { readFile } from "node:fs/promises";
function checked(name: string) { if (/[/\\\\]|\\.\\./.test(name)) throw new Error("invalid"); const file = "data/" + name; return file; }
const load = (file: string) => readFile(file);
app.get("/v1/b/:name", async (req, res) => { const file = checked(req.params.name); res.send(await load(file)); });
`,
    };
    const findings = await findingsOf({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }', ...files }, { rule, preset: "recommended", cliOnly: true });
    expect(findings.map(({ file, range: { start } }) => `${file}:${start.line}:${start.column}`)).toEqual(["src/a.ts:4:55"]);
  });

  it("is silent on a path behind the address that a client has of its own, handed on in an object, and on what a function of many callers keeps below its folders", async () => {
    const files = { "src/a.ts": `${express}import axios from "axios";
import path from "node:path";
import { readFile } from "node:fs/promises";
class Client {
  private readonly http = axios.create({ baseURL: "https://media.example.com" });
  load(options: { uri: string }) { return this.http.request({ url: options.uri }); }
}
const client = new Client();
app.get("/v1/media/:id", async (req, res) => { res.json((await client.load({ uri: \`/library/\${req.params.id}\` })).data); });
app.get("/v1/any", async (req, res) => { res.json((await client.load({ uri: String(req.query.uri) })).data); });
const below = (name: string) => {
  const full = path.resolve(name);
  for (const folder of ["/srv/a", "/srv/b"]) {
    if (path.relative(folder, full).startsWith("..")) continue;
    return full;
  }
  throw new Error("outside");
};
${Array.from({ length: 14 }, (_, index) => `app.get("/v1/f${index}/:name", async (req, res) => { res.send(await readFile(below("/srv/a/" + req.params.name))); });`).join("\n")}
` };
    expect(await marked(files)).toEqual(["src/a.ts:8:68 options.uri"]);
  });

  it("looks at what the target of a redirect begins with, also where functions and choices put it together", async () => {
    const files = { "src/a.ts": `${express}const withQuery = (to: string, query: Record<string, string>) => {
  const text = new URLSearchParams(query).toString();
  if (text.length > 0) return to + "?" + encodeURIComponent(text);
  return to;
};
app.get("/r/:id", (req, res) => { res.redirect(301, withQuery(\`/forms/\${req.params.id}\`, req.query as Record<string, string>)); });
app.get("/s/:id/:state", (req, res) => {
  let to;
  switch (req.params.state) {
    case "a": to = \`/admin/\${req.params.id}\`; break;
    case "b": to = \`/open/\${req.params.id}\`; break;
    default: res.end(); return;
  }
  res.redirect(withQuery(to, req.query as Record<string, string>));
});
app.get("/t", (req, res) => { res.redirect(withQuery(String(req.query.to), {})); });
` };
    expect(await marked(files)).toEqual(["src/a.ts:18:44 withQuery(String(req.query.to), {})"]);
  });

  it("knows what an address is below: a base, an origin of the settings, what it began with", async () => {
    const files = { "src/a.ts": `${express}import * as url from "node:url";
const base = process.env.PAGES ?? "";
class Shops {
  readonly origin = process.env.SHOPS;
  find(owner: string, cursor: string) {
    let address = \`\${this.origin}/owners/\${owner}/shops\`;
    if (cursor) address = \`\${address}?cursor=\${cursor}\`;
    return fetch(address);
  }
  any(host: string) { let address = \`https://\${host}/shops\`; if (this.origin) address = \`\${address}?from=\${this.origin}\`; return fetch(address); }
}
const shops = new Shops();
app.get("/v1/shops", async (req, res) => { res.json(await shops.find(String(req.query.owner), String(req.query.cursor))); });
app.get("/v1/any", async (req, res) => { res.json(await shops.any(String(req.query.host))); });
app.get("/s/:kind/:id", (req, res) => { const path = req.params.kind === "a" ? \`/view/\${req.params.id}\` : \`/view/\${req.params.kind}/\${req.params.id}\`; res.redirect(301, url.resolve(base, path)); });
app.get("/t", (req, res) => { res.redirect(url.resolve(base, String(req.query.to))); });
` };
    expect(await marked(files)).toEqual(["src/a.ts:12:136 address", "src/a.ts:18:44 url.resolve(base, String(req.query.to))"]);
  });

  it("takes a look at who sent a request for no look at what was sent", async () => {
    const files = { "server/api/leave.get.ts": 'import { createError, defineEventHandler, getHeader, getQuery, sendRedirect } from "h3";\nasync function requireSession(event) { if (!getHeader(event, "authorization")) throw createError({ statusCode: 401 }); return { user: "a" }; }\nexport default defineEventHandler(async (event) => {\n  const { user } = await requireSession(event);\n  const { to } = getQuery(event);\n  return sendRedirect(event, to ?? `/${user}`);\n});\n' };
    expect(await marked(files)).toEqual(["server/api/leave.get.ts:6:30 to ?? `/${user}`"]);
  });

  it("knows what a queue itself says of a record", async () => {
    const files = (key: string): Record<string, string> => ({ "src/score.ts": `import type { SQSEvent } from "aws-lambda";\nimport { MongoClient } from "mongodb";\nconst users = new MongoClient("mongodb://db").db().collection("users");\nexport const handler = async (event: SQSEvent) => { for (const record of event.Records) await users.updateOne({ _id: ${key} }, { $set: { seen: true } }); };\n` });
    expect(await marked(files("record.messageId as never"))).toEqual([]);
    expect(await marked(files("JSON.parse(record.body).user"))).toHaveLength(1);
  });

  it("reports what rebuilds objects with their code, and is silent on what makes plain data", async () => {
    const app = (load: string): Record<string, string> => ({ "src/app.ts": `${express}${load}\napp.use(express.json());\napp.use((req, res, next) => { req.body = load.deserialize(req.body); next(); });\n` });
    expect(await marked(app('import load from "cryo";'))).toEqual(["src/app.ts:5:59 req.body"]);
    expect(await marked(app('import load from "superjson";'))).toEqual([]);
  });

  it("is silent on a redirect to the path that was asked for, and reports one to a part of its query", async () => {
    const made = (text: string): Record<string, string> => ({ "src/a.ts": `${express}const page = (slug) => { const url = new URL(${text}, process.env.ORIGIN); url.searchParams.set("from", "mail"); return url; };\napp.get("/v1/pages/:slug", (req, res) => { res.redirect(page(req.params.slug).toString()); });\n` });
    expect(await findingsOf(made("`/pages/${slug}`"), { rule })).toEqual([]);
    expect(await findingsOf(made("slug"), { rule })).toHaveLength(1);
    const files = { "src/a.ts": `${express}app.get("/v1/old/:id", (req, res) => { res.redirect(req.url.replace("/old", "/new")); });\napp.get("/v1/go", (req, res) => { res.redirect(new URL(req.url).searchParams.get("to")); });\n` };
    const findings = await findingsOf({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "5" } }', ...files }, { rule, preset: "recommended", cliOnly: true });
    expect(findings.map(({ range: { start } }) => start.line)).toEqual([4]);
  });

  it("leaves pages back to where a client came from, this server's own address, variables of a context, and what checks of the project let through", async () => {
    expect(await marked({
      "src/a.ts": `${express}app.get("/v1/back", (req, res) => { res.redirect(req.get("Referer") || "https://home.example"); });
app.get("/v1/on", (req, res) => { res.redirect(req.get("X-Next") as string); });
`,
      "src/b.ts": `import { Hono } from "hono";
export const app = new Hono();
app.get("/v1/done", (c) => { const config = c.get("config"); return c.redirect(config.url + "/done"); });
app.get("/v1/to", (c) => c.redirect(c.req.query("to")));
`,
      "app/login/route.ts": `import { NextResponse } from "next/server";
import { LOGIN } from "./paths";
export async function GET(request: Request) { const url = new URL(LOGIN, request.url); url.searchParams.set("next", request.url); return NextResponse.redirect(url); }
`,
      "app/login/paths.ts": 'export const LOGIN = "/login";\n',
      "src/c.ts": `${express}import { fetchAll } from "./fetch";
function assertPublic(url: string) { if (url.includes("internal")) throw new Error("no"); }
app.post("/v1/check", async (req, res) => {
  const body = req.body;
  try {
    assertPublic(body.url);
  } catch {
    return res.status(400).end();
  }
  res.json(await fetchAll({ url: body.url }));
});
app.post("/v1/free", async (req, res) => { res.json(await fetchAll({ url: req.body.url })); });
`,
      "src/fetch.ts": "export async function fetchAll({ url }: { url: string }) { return (await fetch(url)).json(); }\n",
      "src/d.ts": `import { Body, Controller, Post } from "@nestjs/common";
import { IsString, IsUrl } from "class-validator";
import { IsPublicUrl } from "./public-url";
class Hook { @IsString() @IsPublicUrl() url: string; @IsUrl() image: string; }
@Controller("hooks") export class Hooks {
  @Post() async add(@Body() hook: Hook) { await fetch(hook.url); }
  @Post("image") async image(@Body() hook: Hook) { await fetch(hook.image); }
}
`,
      "src/public-url.ts": 'import { registerDecorator } from "class-validator";\nexport function IsPublicUrl() { return (object: object, propertyName: string) => registerDecorator({ name: "isPublicUrl", target: object.constructor, propertyName, validator: { validate: (value: string) => value.startsWith("https://cdn.") } }); }\n',
    })).toEqual(["src/b.ts:4:37 c.req.query(\"to\")", "src/d.ts:7:64 hook.image", "src/fetch.ts:1:80 url"]);
  });

  it("reports what a default may leave as it came, what is read back from text, and a part that a check in front does not look at", async () => {
    const files = {
      "src/a.ts": `${express}import mongoose from "mongoose";
import needle from "needle";
import url from "node:url";
const User = mongoose.model("User", new mongoose.Schema({ role: String }));
const validateId = (req, res, next) => { if (!mongoose.Types.ObjectId.isValid(req.params.id)) return res.status(404).end(); next(); };
app.post("/v1/back", (req, res) => { let { target } = req.body; if (!target) target = "/"; res.redirect(target); });
app.post("/v1/home", (req, res) => { let target = "/"; if (req.body.target) target = "/me"; res.redirect(target); });
app.get("/v1/users", async (req, res) => { res.json(await User.findOne({ role: JSON.parse(decodeURIComponent(req.query.role)) })); });
app.get("/v1/roles", async (req, res) => { res.json(await User.findOne({ role: decodeURIComponent(req.query.role) })); });
app.put("/v1/links/:id", validateId, async (req, res) => { await needle("get", req.body.link); res.end(); });
app.get("/v1/pages", (req, res) => { res.send("<h1>" + url.parse(req.url, true).query.title + "</h1>"); });
app.post("/v1/kept", (req, res) => { if (!["a", "b"].includes(req.body.kept)) process.exit(1); res.send("<h1>" + req.body.kept + "</h1>"); });
`,
    };
    expect((await marked(files)).map((line) => line.replace(/^\S+ /, ""))).toEqual(["target", "{ role: JSON.parse(decodeURIComponent(req.query.role)) }", "req.body.link", '"<h1>" + url.parse(req.url, true).query.title + "</h1>"']);
  });

  it("is silent on what the router checks wherever it stands, on filters behind a look at the type, and on names that were given something else", async () => {
    const files = {
      "src/a.ts": `${express}import { readFile } from "node:fs/promises";
app.param("page", (req, res, next, page) => (/^[a-z]+$/.test(page) ? next() : next(new Error("no page"))));
app.param("shelf", (req, res, next, shelf) => { console.info(shelf); next(); });
app.get("/v1/pages/:page", async (req, res) => { res.send(await readFile("pages/" + req.params.page)); });
app.get("/v1/shelves/:shelf", async (req, res) => { res.send(await readFile("shelves/" + req.params.shelf)); });
`,
      "src/b.ts": `${express}import { MongoClient } from "mongodb";
const users = new MongoClient("mongodb://db").db().collection("users");
const load = (query: object) => users.find(query).toArray();
app.get("/v1/users", async (req, res) => {
  let team = "";
  if (typeof req.query?.team === "string") team = req.query.team;
  const query = { team };
  if (typeof req.query.city === "string" && req.query.city) query.city = req.query.city;
  res.json(await load(query));
});
app.get("/v1/names", async (req, res) => { res.json(await load({ name: req.query.name })); });
`,
      "src/c.ts": `${express}import { pageOf } from "./pages";
app.get("/v1/one", async (req, res) => {
  let page = req.query.page;
  page = await pageOf(page);
  res.json(new RegExp(page.title).test("a"));
});
app.get("/v1/other", (req, res) => {
  let text = req.query.text;
  if (req.query.upper) text = "A";
  res.json(new RegExp(text).test("a"));
});
`,
      "src/pages.ts": 'import { readFile } from "node:fs/promises";\nexport const pageOf = async (name: string) => JSON.parse(await readFile("pages.json", "utf8"))[name === "a" ? "a" : "b"];\n',
    };
    expect(await marked(files)).toEqual(['src/a.ts:7:77 "shelves/" + req.params.shelf', "src/b.ts:5:44 query", "src/c.ts:12:23 text"]);
  });

  it("is silent on a pattern that is only tried out, on keys that the code writes, on an answer that says what was made, on the server's own address, and on callers who are trusted", async () => {
    const files = {
      "src/a.ts": `${express}
app.post("/v1/pattern", (req, res) => {
  try {
    new RegExp(req.body.pattern);
  } catch {
    return res.status(400).end();
  }
  res.end();
});
app.post("/v1/fill", (req, res) => {
  let text = "Dear {{name}}";
  for (const [key, value] of Object.entries({ name: req.body.name })) text = text.replace(new RegExp("{{" + key + "}}"), () => value);
  res.json(text);
});
app.post("/v1/tags/:name", (req, res) => { res.status(201).header("Location", req.params.name + "/tags").end(); });
app.post("/v1/moved/:name", (req, res) => { res.status(302).header("Location", req.query.to as string).end(); });
`,
      "src/app/.well-known/keys/route.ts": 'const target = (request: Request) => {\n  const address = new URL(request.url);\n  address.pathname = "/api/keys";\n  return address.toString();\n};\nexport async function GET(request: Request) {\n  return Response.redirect(target(request));\n}\n',
      "src/b.ts": `${express}
const internalOnly = (req, res, next) => (req.headers["x-key"] === process.env.SERVICE_KEY ? next() : res.status(401).end());
app.post("/v1/sync", internalOnly, async (req, res) => { res.json(await (await fetch(req.body.url)).json()); });
app.get("/v1/look", async (req, res) => {
  if (!req.user.superAdmin) return res.status(403).end();
  res.json(new RegExp(req.query.q).test("a"));
});
app.post("/v1/pages", async (req, res) => {
  if (req.headers.authorization !== process.env.INTERNAL_API_KEY) return res.status(401).end();
  res.json(await (await fetch(req.body.url)).json());
});
const kinds = ["a", "b"];
app.post("/v1/kinds", (req, res) => {
  let chosen = kinds;
  if (req.body.kind) {
    if (!kinds.includes(req.body.kind)) throw new Error("no kind");
    chosen = [req.body.kind];
  }
  for (const kind of chosen) res.write(String(new RegExp(kind).test("a")));
});
const moved = (path: string) => (path === "/old" ? "/new/" + path : null);
app.get("/v1/old", (req, res) => res.redirect(moved(req.query.path) + "?moved"));
app.get("/v1/look/up", async (req, res) => {
  if (!req.user) return res.status(403).end();
  res.json(new RegExp(req.query.q).test("a"));
});
`,
      "src/c.ts": `${express}
const parse = (schema, body) => {
  const parsed = { success: true, data: body };
  if (!parsed.success) return parsed;
  return { success: true, data: { pattern: Number(body.pattern) } };
};
app.post("/v1/number", (req, res) => { res.json(new RegExp(parse("a", req.body).data.pattern).test("a")); });
export const send = async (url: string, init?: RequestInit) => {
  const request = new Request(url, init);
  return fetch(request.url);
};
`,
    };
    expect(await marked(files)).toEqual(["src/a.ts:18:80 req.query.to as string", "src/b.ts:27:23 req.query.q"]);
  });

  it("marks parameters of decorators, messages and events where they end up", async () => {
    const files = {
      "src/go.controller.ts": 'import { Body, Controller, Get, Post, Query, Res } from "@nestjs/common";\nimport { HttpService } from "@nestjs/axios";\n@Controller({ path: "go", version: "1" })\nexport class GoController {\n  constructor(private readonly http: HttpService) {}\n  @Get() go(@Query("to") to: string, @Res() res) { res.redirect(to); }\n  @Post() load(@Body("url") url: string) { return this.http.get(url); }\n}\n',
      "src/sockets.ts": 'import { exec } from "node:child_process";\nimport { Server } from "socket.io";\nnew Server().on("connection", (socket) => {\n  socket.on("run", (payload) => { exec(payload.command); });\n});\n',
      "src/lambda.ts": 'import { readFileSync } from "node:fs";\nimport type { APIGatewayProxyEvent } from "aws-lambda";\nexport const handler = async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: readFileSync(event.queryStringParameters.file, "utf8") });\n',
      "src/app/go/route.ts": 'import { redirect } from "next/navigation";\nexport async function GET(request: Request) {\n  redirect(new URL(request.url).searchParams.get("to")!);\n}\n',
    };
    expect(await marked(files)).toEqual([
      "src/app/go/route.ts:3:12 new URL(request.url).searchParams.get(\"to\")!",
      "src/go.controller.ts:6:65 to",
      "src/go.controller.ts:7:65 url",
      "src/lambda.ts:3:102 event.queryStringParameters.file",
      "src/sockets.ts:4:40 payload.command",
    ]);
  });
});

describe("no-unvalidated-input, what lets anything through", () => {
  it("asks what a validator of Hono leaves open, and whether a root keeps anything out", async () => {
    const hono = (field: string): string => `import { Hono } from "hono";\nimport { zValidator } from "@hono/zod-validator";\nimport { z } from "zod";\nconst Hook = z.object({ target: ${field} });\nexport const app = new Hono();\napp.post("/v1/hooks", zValidator("json", Hook), async (c) => { const { target } = c.req.valid("json"); const answer = await fetch(target); return c.json({ status: answer.status }); });\napp.post("/v1/known", zValidator("json", Hook), async (c) => { const { target } = c.req.valid("json"); const answer = await fetch(\`https://hooks.example.com/\${target}\`); return c.json({ status: answer.status }); });\n`;
    expect(await marked({ "src/app.ts": hono("z.string()") })).toHaveLength(1);
    expect(await marked({ "src/app.ts": hono("z.string().url()") })).toHaveLength(1);
    expect(await marked({ "src/app.ts": hono('z.enum(["https://a.example.com", "https://b.example.com"])') })).toEqual([]);
    const sent = (root: string): Record<string, string> => ({ "src/app.ts": `${express}app.get("/v1/exports", (req, res) => { res.sendFile(String(req.query.file), { root: ${root} }); });\n` });
    expect(await marked(sent('"/"'))).toHaveLength(1);
    expect(await marked(sent('"."'))).toHaveLength(1);
    expect(await marked(sent('"exports"'))).toEqual([]);
    expect(await marked(sent("process.env.EXPORTS"))).toEqual([]);
  });
});

describe("no-unvalidated-input, in scripts without types", () => {
  it("knows what a method of a class is given by the calls of that class", async () => {
    const files = (filter: string): Record<string, string> => ({ "package.json": '{ "name": "shop", "dependencies": { "express": "4", "mongodb": "3" } }', "src/login.js": `const { MongoClient } = require("mongodb");\nconst express = require("express");\nclass Login {\n  async find(client, data) { return client.db("shop").collection("users").findOne(${filter}); }\n  login(req, res) { const { name, password } = req.body; MongoClient.connect("mongodb://db", {}, async (error, client) => { res.json(await this.find(client, { name, password })); }); }\n}\nconst login = new Login();\nexpress().post("/v1/login", (...args) => login.login(...args));\n` });
    expect(await marked(files("{ name: data.name, password: data.password }"))).toHaveLength(1);
    expect(await marked(files("{ name: String(data.name) }"))).toEqual([]);
    expect(await marked(files('{ name: "root" }'))).toEqual([]);
  });
});

describe("no-unvalidated-input, paths that lead out of a folder", () => {
  const inside = `import { realpath } from "node:fs/promises";
import { join } from "node:path";
const root = "/srv/files";
export async function inside(name: string) {
  const full = join(root, name);
  const real = await realpath(full);
  if (!real.startsWith(root)) throw new Error("outside");
  return full;
}
export async function below(name: string) { return join(root, name); }
`;

  it("are harmless behind a function that asks where they lead, in lists, on the way to other functions, and with a mark added", async () => {
    const app = (name: string): string => `${express}import { readFile, stat } from "node:fs/promises";
import { ${name} } from "./paths.js";
app.get("/v1/one", async (req, res) => { const path = await ${name}(req.query.path as string); res.send(await readFile(path)); });
app.get("/v1/all", async (req, res) => { const paths = [req.query.path as string]; const files = await Promise.all(paths.map((path) => ${name}(path))); res.send(await readFile(files[0])); });
app.get("/v1/on", async (req, res) => { res.json(await sizeOf(await ${name}(req.query.path as string))); });
app.get("/v1/mark", async (req, res) => { let path = await ${name}(req.query.path as string); path = \`\${path}/\`; res.send(await readFile(path)); });
async function sizeOf(path: string) { return (await stat(path)).size; }
`;
    expect(await marked({ "src/app.ts": app("inside"), "src/paths.ts": inside })).toEqual([]);
    expect((await marked({ "src/app.ts": app("below"), "src/paths.ts": inside })).map((line) => line.replace(/^[^:]*:(\d+).*/, "$1"))).toEqual(["5", "6", "8", "9"]);
  });
});

describe("no-unvalidated-input, what an answer holds", () => {
  const paths = (test: string): string => `import path from "node:path";
const root = path.resolve("uploads");
export const locate = (name: string) => {
  const full = path.resolve(root, name);
  ${test}
  return { found: true, path: full };
};
export const serve = (name: string) => {
  const located = locate(name);
  if (!located.found) return { ok: false, reason: "outside" };
  const path = located.path;
  return { ok: true, path };
};
`;
  const app = `${express}import { statSync } from "node:fs";
import { serve } from "./paths.js";
app.get("/v1/a/:name", (req, res) => { const served = serve(req.params.name); res.json(statSync(served.path).size); });
app.get("/v1/b/:name", (req, res) => { const { path } = serve(req.params.name); res.json(statSync(path).size); });
app.get("/v1/c/:name", (req, res) => { const served = serve(req.params.name); const path = served.path!; res.json(statSync(path).size); });
`;

  it("is harmless where the function has made sure of it", async () => {
    expect(await marked({ "src/app.ts": app, "src/paths.ts": paths('if (!full.startsWith(root)) return { found: false, reason: "outside" };') })).toEqual([]);
    expect(await marked({ "src/app.ts": app, "src/paths.ts": paths("") })).toHaveLength(3);
  });

  it("is harmless where one function hands on what another has made sure of", async () => {
    const inStore = (check: string): string => `import path from "node:path";\nexport async function inStore(given: unknown, root: string): Promise<string> { if (typeof given !== "string") throw new Error("no"); const full = path.resolve(root, given); ${check} return full; }\n`;
    const store = `${express}import { rm } from "node:fs/promises";\nimport * as store from "./store.js";\nimport type { Request } from "express";\nconst root = "/srv/store";\nasync function safePath(req: Request | string) { const given = typeof req === "string" ? req : req.query.path; return store.inStore(given, root); }\napp.delete("/v1/a", async (req, res) => { const full = await safePath(req); await rm(full); res.end(); });\napp.delete("/v1/b", async (req, res) => { for (const one of req.body.files ?? []) await rm(await safePath(one)); res.end(); });\n`;
    expect(await marked({ "src/app.ts": store, "src/store.ts": inStore('if (full === root || !full.startsWith(root + path.sep)) throw new Error("outside");') })).toEqual([]);
    expect(await marked({ "src/app.ts": store, "src/store.ts": inStore("") })).toHaveLength(2);
  });

  it("is harmless where one field of what is handed on was made sure of", async () => {
    const files = (check: string): Readonly<Record<string, string>> => ({
      "src/app.ts": `${express}import { add } from "./files.js";\nimport { clean, isAllowed } from "./paths.js";\nconst targetOf = async ({ target, tags }: { target?: string; tags?: string[] }): Promise<string | undefined> => {\n  let wanted = target === "" ? undefined : target;\n  if (wanted == null) wanted = "/srv/" + (tags ?? []).length;\n  let full: string | null = null;\n  try { full = clean(wanted); ${check} } catch { return undefined; }\n  return full;\n};\napp.post("/v1/files", async (req, res) => {\n  const { urls, target, tags } = req.body;\n  const full = await targetOf({ target, tags });\n  if (full == null) return res.status(403).end();\n  res.json(await add({ urls, target: full, tags: tags ?? [] }));\n});\n`,
      "src/paths.ts": 'import path from "node:path";\nexport const clean = (given: string) => path.resolve(given);\nexport const isAllowed = (full: string) => ["/srv", "/data"].some((root) => full.startsWith(root + "/"));\n',
      "src/files.ts": 'import { mkdir } from "node:fs/promises";\nexport async function add({ urls, target, tags }: { urls: string[]; target: string; tags: string[] }) { await mkdir(target, { recursive: true }); return [urls, tags]; }\n',
    });
    expect(await marked(files("if (!isAllowed(full)) return undefined;"))).toEqual([]);
    expect(await marked(files(""))).toHaveLength(1);
  });

  it("tells a pattern that a filter of MongoDB is put together with, unless it was escaped, made a number or looked at", async () => {
    const posts = (handler: string): Readonly<Record<string, string>> => ({ "src/app.ts": `${express}import { MongoClient } from "mongodb";\nconst posts = new MongoClient("mongodb://db").db().collection("posts");\nconst escaped = (text: string) => text.replace(/[.*+?^\${}()|[\\]\\\\]/g, "\\\\$&");\nconst search = (text: string) => { const where: Record<string, unknown> = {}; if (text) where.title = { $regex: text, $options: "i" }; return posts.find(where).limit(3).toArray(); };\napp.get("/v1/posts", async (req, res) => { ${handler} });\n` });
    const harmful: Readonly<Record<string, string>> = {
      "as it is": 'res.json(await posts.find({ title: { $regex: req.params.title, $options: "i" } }).toArray());',
      "in a list of conditions": "const all: object[] = []; req.params.tags.split(\",\").forEach((tag) => all.push({ tags: { $regex: `^${tag}` } })); res.json(await posts.find({ $and: all }).toArray());",
      "through a function": "res.json(await search(String(req.query.title)));",
    };
    const harmless: Readonly<Record<string, string>> = {
      escaped: "res.json(await search(escaped(String(req.query.title))));",
      "of a number": "res.json(await posts.find({ code: { $regex: `^${Number(req.query.code)}` } }).toArray());",
      "that was looked at": "const { code } = req.params; if (!/^\\w+$/.test(code)) return res.end(); res.json(await posts.find({ code: { $regex: code } }).toArray());",
      "and no pattern": "res.json(await posts.find({ code: { $eq: String(req.query.code) } }).toArray());",
    };
    for (const [name, handler] of Object.entries(harmful)) expect(await marked(posts(handler)), name).toHaveLength(1);
    for (const [name, handler] of Object.entries(harmless)) expect(await marked(posts(handler)), name).toEqual([]);
  });

  it("takes one piece between dots for no way out of a folder, and what is put together of them again for one", async () => {
    const file = (name: string): string => `${express}import { writeFile } from "node:fs/promises";\napp.post("/v1/files", async (req, res) => { const name = String(req.body.name); await writeFile(\`files/\${${name}}\`, "x"); res.end(); });\n`;
    expect(await marked({ "src/app.ts": file('name.split(".").pop()') })).toEqual([]);
    expect(await marked({ "src/app.ts": file('name.split(".").slice(0, -1).join(".")') })).toHaveLength(1);
    expect(await marked({ "src/app.ts": file('name.split("-").pop()') })).toHaveLength(1);
    const named = (separator: string, taken: string): Readonly<Record<string, string>> => ({ "src/app.ts": file("end").replace("await", `const parts = name.split("${separator}"); ${taken} await`) });
    expect(await marked(named(".", "const end = parts[parts.length - 1];"))).toEqual([]);
    expect(await marked(named(".", "const [, end] = parts;"))).toEqual([]);
    expect(await marked(named(".", 'const end = parts.slice(1).join(".");'))).toHaveLength(1);
    expect(await marked(named("-", "const end = parts[parts.length - 1];"))).toHaveLength(1);
  });
});

describe("no-unvalidated-input, bodies of Koa", () => {
  it("reports HTML that is assigned to them, and no plain text", async () => {
    const route = (body: string): string => `import Router from "@koa/router";\nexport const router = new Router();\nrouter.get("/v1/a", async (ctx) => { ${body} });\n`;
    const found = async (body: string): Promise<number> => (await marked({ "src/app.ts": route(body) })).length;
    expect(await found("ctx.body = `<h1>${ctx.query.name}</h1>`;")).toBe(1);
    expect(await found('ctx.type = "html"; ctx.body = "Hello " + ctx.query.name;')).toBe(1);
    expect(await found('ctx.response.body = "<p>" + ctx.query.name + "</p>";')).toBe(1);
    expect(await found("ctx.body = `Hello ${ctx.query.name}`;")).toBe(0);
    expect(await found('ctx.type = "text/plain"; ctx.body = `<h1>${ctx.query.name}</h1>`;')).toBe(0);
    expect(await found("ctx.body = { name: ctx.query.name };")).toBe(0);
  });
});

describe("no-unvalidated-input, what a browser calls by way of Next", () => {
  const actions = '"use server";\nimport { MongoClient } from "mongodb";\nconst users = new MongoClient("mongodb://db").db().collection("users");\nexport async function find(name: string) { return users.findOne({ name }); }\n';

  it("is what pages use, directly or through an index", async () => {
    const client = '"use client";\nimport { find } from "../lib/actions";\nexport const look = () => find("a");\n';
    expect(await marked({ "lib/actions.ts": actions })).toHaveLength(1);
    expect(await marked({ "lib/actions.ts": actions, "app/page.tsx": client })).toHaveLength(1);
    expect(await marked({ "lib/actions.ts": actions, "app/look.ts": client })).toHaveLength(1);
    expect(await marked({ "lib/actions.ts": actions, "lib/index.ts": 'export { find } from "./actions";\n', "app/page.tsx": client.replace("/actions", "/index") })).toHaveLength(1);
  });

  it("is no link, so that where it redirects nobody is sent by another", async () => {
    const going = '"use server";\nimport { redirect } from "next/navigation";\nexport async function go(path: string) { redirect(path); }\n';
    expect(await marked({ "lib/actions.ts": going, "app/page.tsx": '"use client";\nimport { go } from "../lib/actions";\nexport const look = () => go("/");\n' })).toEqual([]);
  });

  it("is nothing that other code of the server alone imports", async () => {
    expect(await marked({ "lib/actions.ts": actions, "lib/names.ts": 'import { find } from "./actions";\nexport const first = () => find("a");\n' })).toEqual([]);
  });
});

describe("no-unvalidated-input, keys of rows", () => {
  it("takes a key that a row was read by for no way out of a folder", async () => {
    const file = (asked: string): string => `${express}import { rmSync } from "node:fs";\nimport { MongoClient } from "mongodb";\nconst links = new MongoClient("mongodb://db").db().collection("links");\napp.get("/v1/links/:token", async (req, res) => { const { token } = req.params; const link = await links.findOne({ ${asked} }); if (!link) return res.status(404).end(); rmSync(\`/tmp/\${token.slice(4)}\`); res.end(); });\n`;
    expect(await marked({ "src/app.ts": file("token") })).toEqual([]);
    expect(await marked({ "src/app.ts": file("open: true") })).toHaveLength(1);
  });
});

describe("no-unvalidated-input, looks at the beginning of a text and at parts of an address", () => {
  const path = (check: string, file = "req.query.name as string"): string => `${express}import { readFile } from "node:fs/promises";
import path from "node:path";
const root = path.resolve("files");
app.get("/v1/files", async (req, res) => { const file = ${file}; if (${check}) return void res.sendStatus(404); res.send(await readFile(file)); });
`;
  const address = (check: string): string => `${express}import axios from "axios";
import { lookUp } from "./hosts";
const hosts = new Set(["a.example.com"]);
const schemes = new Set(["https:"]);
app.get("/v1/preview", async (req, res) => { const text = req.query.url as string; const url = new URL(text); ${check} res.json((await axios.get(url.href)).data); });
`;
  const redirect = (check: string): string => `${express}app.get("/v1/go", (req, res) => { const to = req.query.to as string; if (${check}) return void res.sendStatus(400); res.redirect(to); });\n`;
  const count = async (code: string): Promise<number> => (await marked({ "src/a.ts": code, "src/hosts.ts": "export async function assertPublic(host: string) { return lookUp(host); }\n" })).length;

  it("holds a beginning for enough where nothing leads out of it", async () => {
    expect(await count(path("!file.startsWith(root)", "path.resolve(root, req.query.name as string)"))).toBe(0);
    expect(await count(redirect('!to.startsWith("https://example.com/")'))).toBe(0);
    expect(await count(redirect('!to.startsWith("/") || to.startsWith("//")'))).toBe(0);
    expect(await count(address('if (!text.startsWith("https://a.example.com/")) return;'))).toBe(0);
    expect(await count(address("if (!hosts.has(url.hostname)) return;"))).toBe(0);
    expect(await count(address('if (!url.hostname.endsWith(".example.com")) return;'))).toBe(0);
    expect(await count(address("if (!hosts.has(url.hostname)) return;").replace("const url = new URL(text);", "let url = new URL(text); if (req.query.other) url = new URL(req.query.other as string);"))).toBe(0);
    expect(await count(address('const addresses = await assertPublic(url.hostname);').replace('import { lookUp } from "./hosts";', 'import { assertPublic } from "./hosts";'))).toBe(0);
  });

  it("reports what such a look leaves open", async () => {
    expect(await count(path('!file.startsWith("public/")'))).toBe(1);
    expect(await count(path('!file.endsWith(".png")'))).toBe(1);
    expect(await count(redirect('!to.startsWith("/")'))).toBe(1);
    expect(await count(redirect('!to.startsWith("https://example.com")'))).toBe(1);
    expect(await count(address('if (!text.startsWith("https://")) return;'))).toBe(1);
    expect(await count(address('if (!url.hostname.endsWith("example.com")) return;'))).toBe(1);
    expect(await count(address("if (!schemes.has(url.protocol)) return;"))).toBe(1);
    expect(await count(redirect('!to.includes("example.com")'))).toBe(1);
  });

  it("knows that the request's own origin leads to this server", async () => {
    const code = (base: string): string => `import { type NextRequest, NextResponse } from "next/server";
export function GET(request: NextRequest) { return NextResponse.redirect(${base}); }
`;
    expect(await marked({ "app/api/v1/a/route.ts": code("new URL(\"/done\", request.nextUrl.origin).href") })).toEqual([]);
    expect(await marked({ "app/api/v1/a/route.ts": code('request.nextUrl.searchParams.get("base")!') })).toHaveLength(1);
  });
});

describe("no-unvalidated-input, pages of another service", () => {
  const pages = (again: string): string => `${express}import axios from "axios";
async function all(form, next) {
  let url = \`https://forms.example/v1/\${form}/answers\`;
  const found = [];
  while (url) {
    const { data } = await axios.get(url);
    found.push(...data.items);
    url = ${again};
  }
  return found;
}
app.get("/v1/answers/:form", async (req, res) => { res.json(await all(req.params.form, req.query.next)); });
`;

  it("follows where the other service leads, and reports where a client does", async () => {
    expect((await findingsOf({ "src/a.ts": pages("data.paging?.next || null") }, { rule })).length).toBe(0);
    expect((await findingsOf({ "src/a.ts": pages("next") }, { rule })).length).toBe(1);
  });
});

describe("no-unvalidated-input, uploads and tables", () => {
  it("reports an upload that is moved to where its own name says", async () => {
    const upload = (name: string): Record<string, string> => ({ "package.json": '{ "name": "app", "dependencies": { "express": "5", "express-fileupload": "1" } }', "src/a.ts": `${express}import uploads from "express-fileupload";\napp.use(uploads());\napp.post("/v1/pictures", async (req, res) => { const { picture } = req.files; await picture.mv(\`./pictures/\${${name}}\`); res.end(); });\n` });
    expect(await findingsOf(upload("picture.name"), { rule })).toHaveLength(1);
    expect(await findingsOf(upload("crypto.randomUUID()"), { rule })).toEqual([]);
  });

  it("knows the hosts of addresses that are looked up in a table", async () => {
    const asked = (address: string): Record<string, string> => ({ "src/a.ts": `${express}app.post("/v1/keys", async (req, res) => {\n  const { provider, key } = req.body;\n  const table: Record<string, { url: string }> = { one: { url: "https://one.example/models" }, two: { url: \`${address}\` } };\n  const entry = table[provider];\n  const { ok } = await fetch(entry.url);\n  res.json({ ok });\n});\n` });
    expect(await findingsOf(asked("https://two.example/models?key=${key}"), { rule })).toEqual([]);
    expect(await findingsOf(asked("https://${key}/models"), { rule })).toHaveLength(1);
  });
});

describe("no-unvalidated-input, libraries and forms", () => {
  const served = (name: string, head: string, ...lines: readonly string[]): [string, string] => [`src/${name}.js`, `const express = require("express");\nconst app = express();\n${head}\n${lines.join("\n")}\n`];
  const found = async (...files: readonly [string, string][]): Promise<string[]> => (await marked({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "4" } }', ...Object.fromEntries(files) })).map((mark) => mark.replace(/^src\/(\w+)\.js:(\d+):.*$/, "$1 $2"));

  it("knows engines of templates, programs, archives and files by their names", async () => {
    const heads = 'const _ = require("lodash"); const twig = require("twig"); const nunjucks = require("nunjucks"); const execa = require("execa"); const fse = require("fs-extra"); const rimraf = require("rimraf"); const Zip = require("adm-zip"); const axios = require("axios"); const ejs = require("ejs"); const libxml = require("libxmljs");';
    const routes = [
      'app.get("/a", (req, res) => { res.json(_.template(req.query.t)({})); });',
      'app.get("/b", (req, res) => { res.json(twig.twig({ data: req.query.t }).render()); });',
      'app.get("/c", (req, res) => { res.json(new nunjucks.Environment().renderString(req.query.t, {})); });',
      'app.get("/d", async (req, res) => { res.json(await execa.command(req.query.c)); });',
      'app.get("/e", async (req, res) => { await fse.remove("files/" + req.query.f); res.end(); });',
      'app.get("/f", (req, res) => { rimraf.sync("files/" + req.query.f); res.end(); });',
      'app.get("/g", (req, res) => { res.json(require("./plugins/" + req.query.name)); });',
      'app.post("/h", (req, res) => { new Zip("a.zip").extractAllTo("out/" + req.body.folder); res.end(); });',
      'app.get("/i", async (req, res) => { const client = axios.create({ baseURL: req.query.at }); res.json(await client.get("/x")); });',
      'app.get("/j", (req, res) => { ejs.renderFile("pages/" + req.query.page, {}, () => res.end()); });',
      'app.post("/k", (req, res) => { res.json(libxml.parseXml(req.body.xml, { noent: true })); });',
    ];
    const silent = [
      'app.post("/l", (req, res) => { res.json(libxml.parseXml(req.body.xml, { noent: false })); });',
      'app.post("/m", (req, res) => { res.json(libxml.parseXml(req.body.xml)); });',
      'app.get("/n", (req, res) => { res.json(_.template("<b>${name}</b>")({ name: req.query.name })); });',
      'app.post("/o", (req, res) => { new Zip(req.body.name + ".zip"); res.end(); });',
    ];
    expect(await found(served("a", heads, ...routes, ...silent))).toEqual(routes.map((_, index) => `a ${index + 4}`));
  });

  it("takes the names that an archive has for its entries for what its maker chose", async () => {
    const zip = (name: string): [string, string] => served("a", 'const Zip = require("adm-zip"); const fs = require("fs"); const path = require("path");', `app.post("/a", (req, res) => { for (const entry of new Zip(req.file.path).getEntries()) fs.writeFileSync(path.join("out", ${name}), entry.getData()); res.end(); });`);
    const stream = (name: string): [string, string] => served("a", 'const unzipper = require("unzipper"); const fs = require("fs"); const path = require("path");', `app.post("/a", (req, res) => { req.pipe(unzipper.Parse()).on("entry", (entry) => entry.pipe(fs.createWriteStream(path.join("out", ${name})))); res.end(); });`);
    expect(await found(zip("entry.entryName"))).toEqual(["a 4"]);
    expect(await found(zip("path.basename(entry.entryName)"))).toEqual([]);
    expect(await found(stream("entry.path"))).toEqual(["a 4"]);
    expect(await found(stream("path.basename(entry.path)"))).toEqual([]);
  });

  it("follows what a pattern takes where it takes anything, what is read from text, and an address that is encoded", async () => {
    const routes = [
      'app.get("/a", (req, res) => { const [, key] = /^Bearer\\s+(.+)$/.exec(req.headers.authorization); res.json(fs.readFileSync("keys/" + key)); });',
      'app.get("/b", (req, res) => { const found = req.query.q.match(/file=([^&]+)/); res.json(fs.readFileSync("keys/" + found[1])); });',
      'app.post("/c", (req, res) => { res.json(JSON.parse(req.body.text, (key, value) => (key === "fn" ? eval(value) : value))); });',
      'app.get("/d", (req, res) => { res.redirect(encodeURI(req.query.next)); });',
    ];
    const silent = [
      'app.get("/e", (req, res) => { const [, key] = /^key-(\\w+)$/.exec(req.query.key); res.json(fs.readFileSync("keys/" + key)); });',
      'app.get("/f", (req, res) => { const found = req.query.q.match(/id=(\\d+)/); res.json(fs.readFileSync("keys/" + found[1])); });',
      'app.post("/g", (req, res) => { res.json(JSON.parse(req.body.text, (key, value) => (key === "at" ? new Date(value) : value))); });',
      'app.get("/h", (req, res) => { res.send("<p>" + encodeURI(req.query.next) + "</p>"); });',
    ];
    expect(await found(served("a", 'const fs = require("fs");', ...routes, ...silent))).toEqual(routes.map((_, index) => `a ${index + 4}`));
  });

  it("takes a page for HTML that grows in a loop, that has elements, or that says so", async () => {
    const routes = [
      'app.get("/a", (req, res) => { let page = ""; for (const part of req.query.q.split(",")) page += "<li>" + part + "</li>"; res.send(page); });',
      'app.get("/b", (req, res) => { res.write("<p>" + req.query.q + "</p>"); res.end(); });',
      'app.get("/c", (req, res) => { res.setHeader("Content-Type", "text/html"); res.send("Hello " + req.query.q); });',
    ];
    const silent = [
      'app.get("/d", (req, res) => { let list = ""; for (const part of req.query.q.split(",")) list += part + ";"; res.json(list); });',
      'app.get("/e", (req, res) => { res.write("data: " + req.query.q + "\\n\\n"); res.end(); });',
      'app.get("/f", (req, res) => { res.type("text"); res.send("<p>" + req.query.q + "</p>"); });',
    ];
    expect(await found(served("a", "", ...routes, ...silent))).toEqual(routes.map((_, index) => `a ${index + 4}`));
  });

  it("reports a text that is sent back as it came, and no answer to a challenge", async () => {
    const routes = ['app.get("/a", (req, res) => { res.status(200).send(req.query.name); });', 'app.get("/b/:name", (req, res) => { res.send(String(req.params.name)); });'];
    const silent = ['app.get("/c", (req, res) => { res.send(req.query["hub.challenge"]); });', 'app.get("/d", (req, res) => { res.json(req.query.name); });', 'app.get("/e", (req, res) => { res.send(req.body); });'];
    expect(await found(served("a", "", ...routes, ...silent))).toEqual(["a 4", "a 5"]);
  });

  it("reports objects that are merged by whatever keys they have, and none whose keys are looked at, that are copied once or that nobody sends", async () => {
    const merge = (name: string, look: string, deeper = true): string => `function ${name}(target, source) { for (const key of Object.keys(source)) { ${look} ${deeper ? `if (typeof source[key] === "object") { target[key] = target[key] || {}; ${name}(target[key], source[key]); } else` : ""} target[key] = source[key]; } return target; }`;
    const routes = ["one", "two", "three"].map((name) => `app.post("/${name}", (req, res) => { ${name}({}, req.body); res.end(); });`);
    expect(await found(served("a", "app.use(express.json());", merge("one", ""), merge("two", 'if (key === "__proto__") continue;'), merge("three", "", false), merge("four", ""), ...routes, "four({}, { a: 1 });"))).toEqual(["a 4"]);
  });

  it("is silent on an object whose own values are changed one by one", async () => {
    const fill = 'function fill(target, depth) { for (const key of Object.keys(target)) { if (typeof target[key] === "object") target[key] = fill(target[key], depth + 1); else target[key] = String(target[key]); } return target; }';
    expect(await found(served("a", "app.use(express.json());", fill, 'app.post("/one", (req, res) => { res.json(fill(req.body, 0)); });'))).toEqual([]);
  });

  it("takes the folder of a path for what leads out of another one, and its name for none", async () => {
    const parsed = (part: string): string => `app.post("/${part}", (req, res) => { const { ${part} } = path.parse(req.body.name); fs.writeFileSync("files/" + ${part} + "-1", req.body.data); res.end(); });`;
    expect(await found(served("a", 'const fs = require("fs"); const path = require("path");', parsed("dir"), parsed("name")))).toEqual(["a 4"]);
  });

  it("reports code that a mark at its beginning makes, and a page behind a type that is set before", async () => {
    const routes = [
      'app.post("/a", (req, res) => { const text = req.body.text; if (text.indexOf("fn:") !== 0) return res.end(); res.json(eval(text.slice(3))); });',
      'app.get("/b", (req, res) => { res.type("html").send("<b>" + req.query.q + "</b>"); });',
    ];
    expect(await found(served("a", "", ...routes, 'app.get("/c", (req, res) => { res.vary("Accept").type("text/plain").send("<b>" + req.query.q + "</b>"); });'))).toEqual(["a 4", "a 5"]);
  });

  it("asks whether bodies may hold objects, and follows a connection whose failure is dealt with", async () => {
    const login = 'app.post("/a", async (req, res) => { const client = await MongoClient.connect("mongodb://db").catch((error) => console.error(error)); const users = client.db("a").collection("users"); res.json(await users.findOne({ name: req.body.name })); });';
    const head = (parsers: string): string => `const { MongoClient } = require("mongodb");\n${parsers}`;
    const withMongo = async (parsers: string): Promise<readonly string[]> => (await marked({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "4", "mongodb": "6" } }', ...Object.fromEntries([served("a", head(parsers), login)]) })).map((mark) => mark.replace(/:.*$/, ""));
    expect(await withMongo("app.use(express.json());")).toHaveLength(1);
    expect(await withMongo("app.use(express.urlencoded({ extended: true }));")).toHaveLength(1);
    expect(await withMongo("app.use(express.urlencoded({ extended: false }));")).toEqual([]);
    expect(await withMongo("app.use(express.urlencoded({ extended: false })); app.use(express.json());")).toHaveLength(1);
  });

  it("knows the schema of a route whose handler hands its request on, and a file called after a row that was read", async () => {
    const files = (checked: string): Record<string, string> => ({
      "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "4", "mongoose": "8", "joi": "17" } }',
      "src/app.ts": `import express from "express"; import { login } from "./controller"; import { checkLogin } from "./validation"; const app = express(); app.use(express.json()); app.post("/login", ${checked}login);`,
      "src/controller.ts": 'import type { Request, Response } from "express"; import { loginService } from "./service"; export const login = (req: Request, res: Response) => loginService(req, res);',
      "src/service.ts": 'import type { Request, Response } from "express"; import mongoose from "mongoose"; const User = mongoose.model("User", new mongoose.Schema({}));\nexport const loginService = async (req: Request, res: Response) => { res.json(await User.findOne({ email: req.body.email })); };',
      "src/validation.ts": 'import Joi from "joi"; import type { RequestHandler } from "express"; const schema = Joi.object({ email: Joi.string().email().required() }); export const checkLogin: RequestHandler = (req, res, next) => { const { error } = schema.validate(req.body); if (error) { res.status(422).end(); return; } next(); };',
    });
    expect(await marked(files("checkLogin, "))).toEqual([]);
    expect(await marked(files(""))).toHaveLength(1);
    const invoice = (read: string): Record<string, string> => ({ "src/a.ts": `${express}import fs from "node:fs"; import { orders } from "./orders";\nimport mongoose from "mongoose"; const Order = mongoose.model("Order", new mongoose.Schema({}));\napp.get("/v1/invoices/:orderId", async (req, res) => { const { orderId } = req.params; ${read} fs.createReadStream("invoices/" + orderId + ".pdf").pipe(res); });` });
    expect(await marked(invoice("const order = await Order.findById(orderId); if (!order) return res.status(404).end();"))).toEqual([]);
    expect(await marked(invoice(""))).toHaveLength(1);
  });

  it("takes what was taken out of a text with a default for taken out, and a host behind a name for looked at", async () => {
    const head = 'const { URL } = require("url"); const fs = require("fs"); const { execSync } = require("child_process"); const hosts = new Set(["api.example"]);\nfunction checked(text) { const host = new URL(text).hostname; if (!hosts.has(host)) throw new Error("no"); return text; }';
    const silent = [
      'app.get("/a", (req, res) => { const name = String(req.query.name || "all").replace(/[^a-z]/g, ""); execSync(`run ${name}`); res.end(); });',
      'app.get("/b", (req, res) => { const name = String(req.query.name || "").replace(/\\.\\./g, ""); res.json(fs.readFileSync("files/" + name)); });',
      'app.get("/c", async (req, res) => { const at = new URL(String(req.query.at || "")); if (!hosts.has(at.hostname)) return res.end(); res.json(await fetch(at.href)); });',
      'app.get("/d", async (req, res) => { res.json(await fetch(checked(req.query.at))); });',
      'app.get("/e", async (req, res) => { const { hostname } = new URL(req.query.at); if (!hosts.has(hostname)) return res.end(); res.json(await fetch(req.query.at)); });',
    ];
    const routes = [
      'app.get("/f", async (req, res) => { const { protocol } = new URL(req.query.at); if (protocol !== "https:") return res.end(); res.json(await fetch(req.query.at)); });',
      'app.get("/g", (req, res) => { const name = String(req.query.name || "all").replace(/\\s+/g, " "); execSync(`run ${name}`); res.end(); });',
    ];
    expect(await found(served("a", head, ...silent, ...routes))).toEqual(routes.map((_, index) => `a ${index + 5 + silent.length}`));
  });

  it("looks at a handler of H3 that does nothing but redirect", async () => {
    const file = (target: string): Readonly<Record<string, string>> => ({ "src/main.ts": `import { createApp, createRouter, eventHandler, getQuery, sendRedirect } from "h3";\nconst router = createRouter();\nrouter.get("/v1/out", eventHandler((event) => sendRedirect(event, ${target})));\nexport const app = createApp().use(router);\n` });
    expect(await marked(file("String(getQuery(event).to)"))).toHaveLength(1);
    expect(await marked(file("`/v1/pages/${Number(getQuery(event).page)}`"))).toEqual([]);
  });
});

describe("no-unvalidated-input, tables of what is allowed", () => {
  it("takes a key that a table holds for checked, and none that it does not hold", async () => {
    const served = (handler: string): Readonly<Record<string, string>> => ({ "src/app.ts": `import express from "express";\nconst targets: Record<string, string> = { docs: "https://docs.acme.example" };\nexport const app = express();\napp.get("/v1/go", (req, res) => { const key = String(req.query.to); ${handler} });\n` });
    expect(await marked(served("if (Object.hasOwn(targets, key)) return res.redirect(targets[key]); res.redirect(key);"))).toHaveLength(1);
    expect(await marked(served("if (!Object.hasOwn(targets, key)) return res.end(); res.redirect(key);"))).toEqual([]);
  });
});

describe("no-unvalidated-input, messages that a table hands to their handlers", () => {
  const files = (check: string, dispatch = "const route = routes[event]; if (route) reply(await route({ data }));"): Readonly<Record<string, string>> => ({
    "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "socket.io": "4", "mongoose": "8" } }',
    "src/users.ts": `import assert from "node:assert";\nimport mongoose from "mongoose";\nconst User = mongoose.model("User", new mongoose.Schema({ name: String }));\nexport async function find(ctx: Context<{ name: string }>) { const { name } = ctx.data; ${check} return User.findOne({ name }); }\nexport async function drop(ctx: Context<{ name: string }>) { return User.deleteOne({ name: ctx.data.name }); }\n`,
    "src/main.ts": `import { Server } from "socket.io";\nimport * as users from "./users.js";\nconst io = new Server();\nio.on("connection", (socket) => { socket.use(handle({ ...users })); });\nfunction handle(routes: Routes) { return async ([event, data, reply]: Packet) => { ${dispatch} }; }\n`,
  });

  it("follows them into each handler, and tells of each", async () => {
    expect(await marked(files(""))).toHaveLength(2);
    expect(await marked(files("", "reply(await users.drop({ data }));"))).toHaveLength(1);
    expect(await marked(files("", "reply(event);"))).toEqual([]);
  });

  it("takes an assertion that something is there for no check of what it is", async () => {
    expect(await marked(files('assert(name, "missing");'))).toHaveLength(2);
    expect(await marked(files('assert(typeof name === "string", "no text");'))).toHaveLength(1);
  });
});

describe("no-unvalidated-input, pages that handlers return", () => {
  const h3 = (answer: string): Readonly<Record<string, string>> => ({ "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "h3": "1" } }', "src/main.ts": `import { createReadStream } from "node:fs";\nimport { createApp, createRouter, defineEventHandler, getQuery, getRouterParam, sendStream, setHeader } from "h3";\nconst app = createApp();\nconst router = createRouter();\napp.use(router);\nrouter.get("/v1/hello/:name", defineEventHandler((event) => ${answer}));\n` });
  const nest = (decorators: string, answer: string): Readonly<Record<string, string>> => ({ "src/main.controller.ts": `import { Controller, Get, Header, Query } from "@nestjs/common";\n@Controller("v1/hello")\nexport class Hello {\n  @Get() ${decorators}\n  greet(@Query("name") name: string) { return ${answer}; }\n}\n` });

  it("reports text with elements where the framework sends it as HTML", async () => {
    expect(await marked(h3("`<h1>${getQuery(event).name}</h1>`"))).toHaveLength(1);
    expect(await marked(nest("", "`<h1>${name}</h1>`"))).toHaveLength(1);
    expect(await marked(h3("`Hello ${getQuery(event).name}`"))).toEqual([]);
    expect(await marked(h3('{ setHeader(event, "content-type", "text/plain"); return `<${getQuery(event).name}>`; }'))).toEqual([]);
    expect(await marked(h3("({ page: `<h1>${getQuery(event).name}</h1>` })"))).toEqual([]);
    expect(await marked(nest('@Header("Content-Type", "text/plain")', "`<h1>${name}</h1>`"))).toEqual([]);
  });

  it("takes what sends a file for no step that may check the request", async () => {
    expect(await marked(h3('sendStream(event, createReadStream(`files/${getRouterParam(event, "name")}`))'))).toHaveLength(1);
    expect(await marked(h3('sendStream(event, createReadStream(`files/${Number(getRouterParam(event, "name"))}`))'))).toEqual([]);
  });
});

it("follows request data into what `@Redirect()` of Nest makes of an answer", async () => {
  const told = async (body: string, decorator = "@Redirect()", parameter = '@Query("next") next: string'): Promise<readonly string[]> => {
    const files = {
      "package.json": JSON.stringify({ name: "api", dependencies: { "@nestjs/common": "*", "@nestjs/core": "*" } }),
      "src/main.ts": 'import { NestFactory } from "@nestjs/core";\nimport { AppModule } from "./app.module.js";\nconst app = await NestFactory.create(AppModule);\nawait app.listen(3000);\n',
      "src/app.module.ts": 'import { Module } from "@nestjs/common";\nimport { LeaveController } from "./leave.controller.js";\n@Module({ controllers: [LeaveController] })\nexport class AppModule {}\n',
      "src/leave.controller.ts": `import { Controller, Get, Query, Redirect } from "@nestjs/common";\n@Controller("v1/leave")\nexport class LeaveController {\n  @Get() ${decorator} leave(${parameter}) { ${body} }\n}\n`,
    };
    return (await findingsOf(files, { rule })).map(({ range }) => `${range.start.line}`);
  };
  expect(await told("return { url: next };")).toEqual(["4"]);
  expect(await told("if (next) return { url: next, statusCode: 302 }; return { url: '/start' };")).toEqual(["4"]);
  expect(await told("return { url: `/pages/${encodeURIComponent(next)}` };")).toEqual([]);
  expect(await told("return { url: `https://shop.example/${next}` };")).toEqual([]);
  expect(await told("if (!['/a', '/b'].includes(next)) throw new Error('unknown'); return { url: next };")).toEqual([]);
  expect(await told("return { url: next };", "")).toEqual([]);
});
