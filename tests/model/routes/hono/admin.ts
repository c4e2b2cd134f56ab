import { Hono } from "hono";
import { answer, requireToken } from "./guards.js";

const admin = new Hono();
admin.get("/before", answer);
admin.use(requireToken);
admin.get("/after", answer);
admin.get("/numbers/:id{[0-9]+}", answer);
export default admin;

const leaking = new Hono();
leaking.use("/guarded/*", requireToken);
leaking.get("/inside", answer);
export { leaking };
