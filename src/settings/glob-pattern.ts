/**
 * Globs of the settings as the text of a regular expression over root-relative paths, for tools that take those. It has
 * no repetition within a repetition, which such tools refuse, and means what `matchFiles` means: a name stands for all
 * below it, `!` takes away.
 */
export function globsPattern(globs: readonly string[]): string {
  const any = (some: readonly string[]): string => `(?:${some.map(globPattern).join("|")})(?:/.*|)$`;
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  return `^${unwanted.length > 0 ? `(?!${any(unwanted)})` : ""}${any(globs.filter((glob) => !glob.startsWith("!")))}`;
}

function globPattern(glob: string): string {
  const body = glob.replace(/\/$/, "");
  let pattern = "";
  let open = 0;
  for (let at = 0; at < body.length; at++) {
    const rest = body.slice(at);
    const startsSegment = at === 0 || "/{,".includes(body[at - 1] ?? "");
    if (startsSegment && rest.startsWith("**/")) {
      pattern += "(?:|.*/)";
      at += 2;
    } else if (startsSegment && rest === "**") {
      // At the end it stands for anything below, what it stands behind included.
      pattern = pattern.endsWith("/") ? `${pattern.slice(0, -1)}(?:/.*|)` : `${pattern}.*`;
      at += 1;
    } else if (rest.startsWith("*")) {
      while (body[at + 1] === "*") at++;
      // A whole segment has at least one character.
      pattern += startsSegment && [undefined, "/", ",", "}"].includes(body[at + 1]) ? "[^/]+" : "[^/]*";
    } else if (rest.startsWith("?")) pattern += "[^/]";
    else if (rest.startsWith("\\")) pattern += quoted(body[++at] ?? "");
    else if (rest.startsWith("{") && rest.includes("}")) {
      open++;
      pattern += "(?:";
    } else if (rest.startsWith("}") && open > 0) {
      open--;
      pattern += ")";
    } else if (rest.startsWith(",") && open > 0) pattern += "|";
    else if (/^\[[^\]/\\]+\]/.test(rest)) {
      const [whole] = /^\[[^\]]+\]/.exec(rest) ?? [""];
      pattern += whole;
      at += whole.length - 1;
    } else pattern += quoted(body[at] ?? "");
  }
  return pattern;
}

function quoted(character: string): string {
  return /[\\^$.*+?()[\]{}|]/.test(character) ? `\\${character}` : character;
}
