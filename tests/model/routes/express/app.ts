import express from "express";
import { configure } from "./configure.js";
import { answer, readToken, requireToken } from "./guards.js";
import { orders, Reports, tags } from "./index.js";
import { paths, prefix, Section } from "./paths.js";

export const app = express();
app.set("view engine", "none");
app.use(express.json(), readToken);
configure(app);

const api = express.Router();
const v1 = express.Router();
v1.use(paths.orders.root, orders);
v1.use(Section.Reports, new Reports("/totals").router);
v1.use("/tags", tags.tagsRouter(requireToken));
v1.use(["/left", "/right"], tags.shared);
api.use("/v1", v1);
api.use("/v2", requireToken, tags.shared);
app.use(prefix, api);

app.get(/^\/legacy\/\d+$/, answer);
app.get("/items{/:item}", answer);
app.get("/files/*path", answer);
app.route("/session").post(answer).delete(requireToken, answer);
app.all("/any", answer);
if (app.get("env") !== "production") app.get("/debug", answer);

// What comes after is guarded, what came before is not.
const leaking = express.Router();
leaking.use(requireToken);
leaking.get("/inside", answer);
app.get("/before", answer);
app.use("/", leaking);
app.get("/after", answer);
