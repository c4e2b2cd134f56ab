/** A text as character data or as the value of a quoted attribute. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;").replaceAll("\0", "\ufffd");
}

/** A message, with what stands between backticks set as code. */
export function prose(text: string): string {
  return escape(text).replace(/`([^`\n]+)`/g, "<code>$1</code>");
}
