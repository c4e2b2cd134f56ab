import { splitWords } from "../../base/words.js";

/** What the code calls that it keeps rows in, behind the name of what the rows are: `userRepository`, `OrderModel`. */
const keepers = new Set(["repository", "repo", "model", "models", "entity", "entities", "collection", "table", "schema", "store", "dao", "service", "list", "all", "s"]);

/** The word that says what the rows are, as it is and as one of several: `post`, `posts` of `userPostsRepository`. */
export function formsOf(name: string): readonly string[] {
  const head = wordsOf(name).at(-1) ?? "";
  return [head, head.replace(/s$/, ""), head.replace(/ies$/, "y"), head.replace(/(ss|x|ch|sh|us)es$/, "$1"), head.replace(/people$/, "person")];
}

/** The words of a name but those for what keeps the rows. */
export function wordsOf(name: string): readonly string[] {
  return splitWords(name).filter((word) => !keepers.has(word));
}
