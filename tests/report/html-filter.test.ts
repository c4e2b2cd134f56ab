import { Window } from "happy-dom";
import { afterEach, beforeEach, expect, it } from "vitest";
import { finding, render } from "./support.js";

const findings = [
  finding({ file: "src/a.ts", rule: "layer-imports", clauses: ["ARCH-1"], message: "Imports the repository." }),
  finding({ file: "src/a.ts", rule: "no-pii-in-logs", clauses: ["LOG-4"], severity: "warn", message: "Logs an email." }),
  finding({ file: "src/b.ts", rule: "no-pii-in-logs", clauses: ["LOG-4", "SEC-5"], message: "Logs a password." }),
];
const page = await render("html", findings, { layerOf: (file) => (file === "src/a.ts" ? "api" : "service") });

let window: Window;

/** Opens the page as a browser would, at an address that may hold a filter. */
function openPage(hash = ""): void {
  window = new Window({ url: `https://example.test/report.html${hash}`, settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true } });
  window.document.write(page);
}

function control(name: string): { value: string } {
  // The elements of the form are inputs and selects, all with a value.
  return window.document.querySelector(`#filter [name=${name}]`) as unknown as { value: string };
}

async function choose(name: string, value: string): Promise<void> {
  control(name).value = value;
  window.document.getElementById("filter")?.dispatchEvent(new window.Event("input", { bubbles: true }));
  await window.happyDOM.waitUntilComplete();
}

function shown(): string[] {
  return [...window.document.querySelectorAll("article")].filter((article) => !article.hasAttribute("hidden")).map((article) => article.querySelector("p")?.textContent ?? "");
}

function count(): string {
  return window.document.getElementById("count")?.textContent ?? "";
}

beforeEach(() => {
  openPage();
});
afterEach(async () => {
  await window.happyDOM.close();
});

it("shows the form, and all findings, where scripts run", () => {
  expect(window.document.getElementById("filter")?.hasAttribute("hidden")).toBe(false);
  expect(shown()).toHaveLength(3);
  expect(count()).toBe("3 findings shown");
});

it.each([
  ["severity", "warning", ["Logs an email."]],
  ["rule", "no-pii-in-logs", ["Logs an email.", "Logs a password."]],
  ["clause", "SEC-5", ["Logs a password."]],
  ["layer", "api", ["Imports the repository.", "Logs an email."]],
  ["text", "LOGS b.ts", ["Logs a password."]],
])("filters by %s", async (name, value, expected) => {
  await choose(name, value);
  expect(shown()).toEqual(expected);
  expect(count()).toBe(expected.length === 1 ? "1 finding shown" : `${expected.length} findings shown`);
  const sections = [...window.document.querySelectorAll(".file")];
  expect(sections.map((section) => section.hasAttribute("hidden"))).toEqual(sections.map((section) => [...section.querySelectorAll("article")].every((article) => article.hasAttribute("hidden"))));
});

it("keeps the filter in the address, and takes it from there", async () => {
  await choose("rule", "no-pii-in-logs");
  await choose("severity", "error");
  expect(window.location.hash).toBe("#severity=error&rule=no-pii-in-logs");
  await window.happyDOM.close();
  openPage("#severity=error&rule=no-pii-in-logs");
  expect(shown()).toEqual(["Logs a password."]);
});

it("filters by a clause of the table, and shows all again", async () => {
  const button = window.document.querySelector('[data-filter="clause=ARCH-1"]');
  button?.dispatchEvent(new window.Event("click", { bubbles: true }));
  expect(shown()).toEqual(["Imports the repository."]);
  expect(control("clause").value).toBe("ARCH-1");
  await window.happyDOM.waitUntilComplete();
  window.document.querySelector("form")?.reset();
  await window.happyDOM.waitUntilComplete();
  expect(shown()).toHaveLength(3);
});
