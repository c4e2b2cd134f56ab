import { answer } from "../../token.mjs";

export const autoPrefix = "/elsewhere";

export default async function (app) {
  app.get("/", answer);
}
