import { describe, expect, it } from "vitest";
import type { Route } from "../../../src/model/routes/route.js";
import { labelledTables } from "../../support/labelled.js";
import { modelOf } from "../../support/model.js";

/** A route as the labelled sets write it. */
function line({ method, path, steps }: Route): string {
  const has = (role: string): boolean => steps.some((step) => step.role === role);
  const access = has("auth") && !has("public") ? "auth" : has("unknown") ? "unknown" : "open";
  return `${method} ${path} ${access}`;
}

describe.each(["loaded-by-pattern", "hard-forms", "handed-forms", "composed-forms"])("the labelled route tables of %s", (set) => {
  it.each(labelledTables(set))("$name", ({ files, lines }) => {
    const found = new Set(modelOf(files).routes.routes.map(line));
    expect([...found].sort()).toEqual(lines.map((one) => one.replace(" unmounted", "")));
  });
});
