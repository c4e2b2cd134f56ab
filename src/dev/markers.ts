/**
 * Puts `content` between `<!-- generated: name -->` and the next `<!-- end generated -->`. Throws, naming `file`, if the
 * markers are not there: what is generated must have its place in the hand-written text.
 */
export function fillMarkers(file: string, text: string, name: string, content: string): string {
  const start = `<!-- generated: ${name} -->`;
  const end = "<!-- end generated -->";
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`${file} needs the two lines "${start}" and "${end}".`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}
