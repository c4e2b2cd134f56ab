import { answer } from "../../token.mjs";

export default async function (app) {
  app.get("/", answer);
  app.post("/", { preHandler: app.authenticate }, answer);
}
