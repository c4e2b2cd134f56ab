import { expect, it } from "vitest";
import { routeLines, unresolvedLines } from "../../support/route-lines.js";

const project = {
  "package.json": '{ "name": "app", "imports": { "#controllers/*": "./app/controllers/*.js", "#middleware/*": "./app/middleware/*.js", "#start/*": "./start/*.js", "#validators/*": "./app/validators/*.js" } }',
  "start/kernel.ts": `
import router from "@adonisjs/core/services/router";
import server from "@adonisjs/core/services/server";
server.errorHandler(() => import("#middleware/handler"));
server.use([() => import("#middleware/container_bindings_middleware")]);
export const middleware = router.named({ auth: () => import("#middleware/auth_middleware"), admin: () => import("#middleware/admin_middleware") });`,
  "app/middleware/auth_middleware.ts": 'export default class AuthMiddleware { async handle(ctx, next) { if (!ctx.token) return ctx.response.status(401).send({}); return next(); } }',
  "app/middleware/admin_middleware.ts": 'export default class AdminMiddleware { async handle(ctx, next) { if (!ctx.admin) return ctx.response.status(403).send({}); return next(); } }',
  "app/middleware/container_bindings_middleware.ts": "export default class Bindings { handle(ctx, next) { return next(); } }",
  "app/controllers/posts_controller.ts": `
import { createPost } from "#validators/post";
export default class PostsController {
  async index({ request }) { return request.qs().page; }
  async store({ request }) { const data = await request.validateUsing(createPost); return data; }
  async show({ params }) { return params.id; }
  async update({ request, params }) { return request.only(["title"]); }
  async destroy({ params }) { return params.id; }
}`,
  "app/validators/post.ts": 'import vine from "@vinejs/vine"; export const createPost = vine.compile(vine.object({ title: vine.string() }));',
  "start/routes.ts": `
import router from "@adonisjs/core/services/router";
import { middleware } from "#start/kernel";
import { throttle } from "./limiter.js";
const PostsController = () => import("#controllers/posts_controller");
router.get("/", async () => "hello");
router.on("/about").render("about");
router.group(() => {
  router.group(() => {
    router.resource("posts", PostsController).apiOnly().use(["store", "update", "destroy"], middleware.auth());
    router.get("posts/:id/raw", "#controllers/posts_controller.show");
  }).prefix("v1");
  router.route("/sync", ["POST", "PUT"], [PostsController, "store"]).use([middleware.auth(), middleware.admin()]);
}).prefix("/api").use(throttle);
router.resource("posts.comments", PostsController).only(["index", "destroy"]);`,
  "start/limiter.ts": 'import limiter from "@adonisjs/limiter/services/main"; export const throttle = limiter.define("api", () => limiter.allowRequests(10).every("1 minute"));',
};

it("lists routes with the prefixes and middleware of their groups, and resources action by action", () => {
  expect(routeLines(project)).toEqual([
    "GET / response=none inline",
    "GET /about response=absent ?",
    "POST /api/sync rate-limit:throttle auth:auth authz:admin body=enforced response=none PostsController.store",
    "PUT /api/sync rate-limit:throttle auth:auth authz:admin body=enforced response=none PostsController.store",
    "GET /api/v1/posts rate-limit:throttle query=none response=none PostsController.index",
    "POST /api/v1/posts rate-limit:throttle auth:auth body=enforced response=none PostsController.store",
    "DELETE /api/v1/posts/:id rate-limit:throttle auth:auth params=none response=none PostsController.destroy",
    "GET /api/v1/posts/:id rate-limit:throttle params=none response=none PostsController.show",
    "PATCH /api/v1/posts/:id rate-limit:throttle auth:auth body=none response=none PostsController.update",
    "PUT /api/v1/posts/:id rate-limit:throttle auth:auth body=none response=none PostsController.update",
    "GET /api/v1/posts/:id/raw rate-limit:throttle params=none response=none PostsController.show",
    "GET /posts/:post_id/comments query=none response=none PostsController.index",
    "DELETE /posts/:post_id/comments/:id params=none response=none PostsController.destroy",
  ]);
});

it("takes the method of an action that answers requests, where it has others as well", () => {
  const actions = {
    ...project,
    "app/actions/store_note.ts": "export default class StoreNote { async asController({ request }) { return this.handle(request.only(['text'])); } async handle(data) { return keep(data); } }",
    "app/actions/show_note.ts": "export default class ShowNote { async handle({ params }) { return load(params.id); } }",
    "start/routes.ts": 'import router from "@adonisjs/core/services/router"; const StoreNote = () => import("../app/actions/store_note.js"); const ShowNote = () => import("../app/actions/show_note.js"); router.post("/notes", [StoreNote]); router.get("/notes/:id", [ShowNote]);',
  };
  expect(routeLines(actions).map((line) => line.replace(/ response=.* /, " "))).toEqual(["POST /notes body=none StoreNote.asController", "GET /notes/:id params=none ShowNote.handle"]);
});

it("follows functions that groups are given by their names, and says which ones nothing calls", () => {
  const files = {
    ...project,
    "routes/notes.ts": 'import router from "@adonisjs/core/services/router"; import { middleware } from "#start/kernel"; export default function notes() { router.get("/", async () => []); router.delete("/:id", async () => null).use(middleware.auth()); }',
    "routes/teams.ts": 'import router from "@adonisjs/core/services/router"; export default function teams() { router.get("/", async () => []); }',
    "app/provider.ts": 'import router from "@adonisjs/core/services/router"; export default class Provider { boot() { router.get("/booted", async () => null); } }',
    "start/routes.ts": 'import router from "@adonisjs/core/services/router"; import notes from "../routes/notes.js"; router.group(() => { router.group(notes).prefix("notes"); }).prefix("v1"); router.group(notes).prefix("old"); await router.discover("routes");',
  };
  expect(routeLines(files).map((line) => line.replace(/ (params=\S+ )?response=\S+/, ""))).toEqual(["GET / inline partial", "GET /booted inline", "GET /old inline", "DELETE /old/:id auth:auth inline", "GET /v1/notes inline", "DELETE /v1/notes/:id auth:auth inline"]);
  expect(unresolvedLines(files)).toEqual(["routes/teams.ts nothing that could be found calls this function; its routes are listed without a prefix"]);
});

it("reads what an action hands its context on for", () => {
  const lines = routeLines({
    ...project,
    "start/routes.ts": `
import router from "@adonisjs/core/services/router";
const Visits = () => import("#controllers/visits_controller");
router.post("/enter", [Visits, "enter"]);
router.post("/leave", [Visits, "leave"]);
router.get("/list", [Visits, "list"]);`,
    "app/controllers/visits_controller.ts": `
import { Visits } from "./visits.js";
export default class VisitsController {
  constructor(private readonly visits: Visits) {}
  async enter(ctx) { return this.visits.enter(ctx); }
  async leave(ctx) { return this.visits.leave(ctx); }
  async list(ctx) { return this.visits.list(ctx.auth.user); }
}`,
    "app/controllers/visits.ts": `
import { createPost } from "#validators/post";
export class Visits {
  async enter(ctx) { const { request } = ctx; return request.only(["name"]); }
  async leave({ request }) { return request.validateUsing(createPost); }
  async list(user) { return [user]; }
}`,
  });
  expect(lines.map((line) => line.replace(/ response=.*/, ""))).toEqual(["POST /enter body=none", "POST /leave body=enforced", "GET /list"]);
});
