/** Collections and requests of the tools that people try an interface out with. */
const ofTool = /postman|insomnia|hoppscotch|(?:^|\/)bruno\/|thunder[-_]?(?:client|tests?)|\.request\.ya?ml$|\.(?:http|rest|bru)$/i;
/** `"url": "{{baseUrl}}/api/login"` */
const toVariable = /"(?:url|raw)"\s{0,4}:\s{0,4}"\{\{\w{1,40}\}\}/;

/** `{"email":"ann@acme.test","password":"Welcome1!"}` and nothing else: what a login is tried out with. */
const login = /^\s*\{\s*"(?:e-?mail|user(?:name)?|login)"\s*:\s*"[^"@]{1,60}@[^"]{1,60}"\s*,\s*"password"\s*:\s*"[^"]{0,40}"\s*\}\s*$/i;

/** Whether a file holds requests that somebody has written down to try an application out: the persons in them are made up. */
export function holdsRequests(file: string, text: string): boolean {
  // A guide to such a tool is documentation.
  return (ofTool.test(file) && !/\.(?:mdx?|txt|rst|adoc)$/i.test(file)) || (file.endsWith(".json") && (toVariable.test(text) || (text.length < 300 && login.test(text))));
}

/** How far in front of a token the text begins that it stands in. */
const longestBody = 20_000;

/** Whether a place lies in the body of a request or an answer that is kept as one text: `"text": "{ \"token\": \"…\" }"`. */
export function isInBody(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && at - start < longestBody && !(text[start] === '"' && text[start - 1] !== "\\")) start--;
  return /"(?:text|raw|body|content)"\s{0,4}:\s{0,4}$/.test(text.slice(Math.max(0, start - 24), start));
}
