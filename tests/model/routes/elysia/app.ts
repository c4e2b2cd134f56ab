import { Elysia } from "elysia";
import { answer } from "./guards.js";
import { admin, users } from "./users.js";

const addHealth = (app: Elysia) => app.get("/health", answer).get("/ready", "ok");

const addNotes = (given: Elysia): void => {
  given.get("/notes", answer);
  addMore({ given });
};
const addMore = ({ given }: { given: Elysia }) => given.get("/more", answer);

export const app = new Elysia()
  .use(addHealth)
  .use(admin)
  .get("/between", answer)
  .group("/v1", (api) => api.use(users).all("/any", answer).route("PUT", "/put", answer))
  .guard({ beforeHandle: ({ headers, status }) => (headers["authorization"] === undefined ? status(401) : undefined) }, (guarded) => guarded.get("/guarded", answer).patch("/guarded/*", answer))
  .get("/open", answer);

addNotes(app as unknown as Elysia);
