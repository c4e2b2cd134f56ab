export { default as orders } from "./orders.js";
export * from "./reports.js";
export * as tags from "./tags.js";
