import { expect, it } from "vitest";
import { fillMarkers } from "../../src/dev/markers.js";

const text = "before\n<!-- generated: header -->\nold\n<!-- end generated -->\nbetween\n<!-- generated: options -->\n<!-- end generated -->\nafter\n";

it("fills the place of its name and leaves the rest as it is", () => {
  expect(fillMarkers("page.md", text, "options", "new")).toBe("before\n<!-- generated: header -->\nold\n<!-- end generated -->\nbetween\n<!-- generated: options -->\nnew\n<!-- end generated -->\nafter\n");
  expect(fillMarkers("page.md", text, "header", "new")).toContain("header -->\nnew\n<!-- end");
});

it("gives the same text when it is filled again", () => {
  const once = fillMarkers("page.md", text, "header", "new");
  expect(fillMarkers("page.md", once, "header", "new")).toBe(once);
});

it("names the file that lacks the place", () => {
  expect(() => fillMarkers("page.md", "text", "header", "new")).toThrow("page.md needs");
});
