import { requireToken } from "../../../token.mjs";

export default async function (app) {
  app.addHook("onRequest", requireToken);
}
