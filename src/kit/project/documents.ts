import { baseName } from "../../base/paths.js";

/** Whether a file tells what changed from version to version, or is an entry that becomes part of such a file. */
export function isChangelog(file: string): boolean {
  return /^(changelog|changes|history|releases?|release-notes|breaking|migrating|migration|upgrad(e|ing))([._-].*)?\.(md|mdx|txt|rst|adoc)$|^changelog$/i.test(baseName(file)) || /(^|\/)(\.changeset|\.changes|changelogs?|release-notes)\/[^/]+\.(md|mdx|json|ya?ml)$/i.test(file);
}

/** Whether a file describes the application to those who use it: prose, an OpenAPI file, a collection of requests. */
export function isDocument(file: string): boolean {
  const name = baseName(file);
  if (isChangelog(file)) return true;
  if (/^(license|licence|code_of_conduct|security|claude|agents|gemini|copilot-instructions)([._-].*)?\.\w+$/i.test(name) || /(^|\/)(\.github|\.cursor|\.claude)\//.test(file)) return false;
  if (/\.(md|mdx|adoc|rst)$/i.test(name)) return true;
  if (/(^|\/)(docs?|documentation)\/.*\.(ya?ml|json|html|txt)$/i.test(file)) return true;
  return /(openapi|swagger|asyncapi)[\w.-]*\.(ya?ml|json|ts|js)$/i.test(name) || /\.(http|rest|bru|hurl)$|postman_collection\.json$|insomnia[\w.-]*\.(json|ya?ml)$/i.test(name);
}
