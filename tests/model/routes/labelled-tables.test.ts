import { describe, expect, it } from "vitest";
import { labelledTables } from "../../support/labelled.js";
import { modelOf } from "../../support/model.js";
import { routeLine } from "../../support/route-line.js";

describe.each(["loaded-by-pattern", "hard-forms", "handed-forms", "composed-forms"])("the labelled route tables of %s", (set) => {
  it.each(labelledTables(set))("$name", ({ files, lines }) => {
    const found = new Set(modelOf(files).routes.routes.map(routeLine));
    expect([...found].sort()).toEqual(lines.map((one) => one.replace(" unmounted", "")));
  });
});
