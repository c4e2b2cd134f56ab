import type { ApiValue, Library } from "../library.js";

/** Gives an instance of the class that it is asked for. */
const asked: ApiValue = { instance: 0 };
const container: ApiValue = { members: { resolve: asked, get: asked, getAsync: asked, createChildContainer: { call: "container" }, createChild: { call: "container" }, of: { call: "container" } } };

/** Containers that make what a project asks them for by its class. */
const libraries: readonly Library[] = [
  { package: "tsyringe", capabilities: ["di-container"], exports: { container: "container", DependencyContainer: { new: "container" } }, values: { container } },
  { package: "typedi", capabilities: ["di-container"], exports: { Container: "container", ContainerInstance: { new: "container" }, default: "container" }, values: { container } },
  { package: "inversify", also: ["@inversifyjs/container", "@inversifyjs/core"], capabilities: ["di-container"], exports: { Container: { new: "container" }, interfaces: { members: { Container: { new: "container" } } } }, values: { container } },
];

export default libraries;
