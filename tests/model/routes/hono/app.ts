import { Hono } from "hono";
import { except } from "hono/combine";
import { logger } from "hono/logger";
import admin, { leaking } from "./admin.js";
import { addSides, answer, checked, requireToken } from "./guards.js";
import { users } from "./users.js";

const quiet = logger(() => undefined);

export const app = new Hono();
app.use("*", quiet);
app.get("/health", answer);

const api = new Hono().basePath("/api");
api.route("/users", users);
api.route("/admin", admin);
api.get("/optional/:name?", answer);
const versioned = api.basePath("/v2");
versioned.route("/users", users);
versioned.get("/own", answer);
addSides(versioned);
addSides(app);
app.route("/", api);
app.route("/", leaking);
app.get("/guarded/thing", answer);

app.use("/partly/*", except("/partly/open", requireToken));
app.get("/partly/open", answer);
app.get("/partly/closed", answer);

for (const name of ["left", "right"]) app.get(`/sides/${name}`, answer);
app.use("/closed", checked);
app.get("/closed", answer);
app.all("/everything", answer);
app.get("/multiple", requireToken, answer).post(answer);
app.notFound((context) => context.json({ code: "not-found" }, 404));
