import { defineHandler, H3 } from "h3";
import { answer, requireToken } from "./guards.js";

export const users: H3 = new H3();
users.get("/", answer);
users.get("/:id", answer, { middleware: [requireToken] });
users.on("PUT", "/:id", defineHandler({ middleware: [requireToken], handler: () => ({}) }));

const posts = new H3().get("/", answer).post("/", answer);
users.mount("/:id/posts", posts);

/** Middleware runs before all of its routes, wherever it is added. */
export const admin: H3 = new H3();
admin.get("/before", answer);
admin.use(requireToken);
admin.get("/after", answer);
