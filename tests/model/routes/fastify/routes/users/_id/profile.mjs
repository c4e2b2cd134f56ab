import { answer } from "../../../token.mjs";

export default async function (app) {
  app.get("/profile", answer);
}
