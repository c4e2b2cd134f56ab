import { answer } from "../../token.mjs";

/** A folder with an index loads that alone. */
export default async function (app) {
  app.get("/never", answer);
}
