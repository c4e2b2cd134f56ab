import { type Answers, answers } from "./answers.js";
import { type Noted, Revisions } from "./revisions.js";

/** A question about an object whose answer is kept as long as the object is: a model, a file's facts, a repository. */
export function oncePer<Owner extends object, Answer>(ask: (owner: Owner) => Answer): (owner: Owner) => Answer {
  const known = new WeakMap<Owner, Pick<Noted<Answer>, "answer"> | Noted<Answer>>();
  return (owner) => {
    const revisions = Revisions.active;
    let kept = known.get(owner);
    if (!revisions) {
      if (!kept) known.set(owner, (kept = { answer: ask(owner) }));
      return kept.answer;
    }
    // What was answered while nothing was watched is about something that does not change.
    if (kept && !("parts" in kept)) return kept.answer;
    if (!kept || !revisions.holds(kept)) known.set(owner, (kept = revisions.note(() => ask(owner), kept)));
    else revisions.use(kept);
    return kept.answer;
  };
}

/** The same for a question about a part of the object, such as a file or a package of a model. Parts are told apart as keys of a `Map`. */
export function oncePerPart<Owner extends object, Part, Answer>(ask: (owner: Owner, part: Part) => Answer): (owner: Owner, part: Part) => Answer {
  const tables = new WeakMap<Owner, Answers<Part, Answer>>();
  return (owner, part) => {
    let table = tables.get(owner);
    if (!table) tables.set(owner, (table = answers()));
    return table.get(part) ?? table.of(part, () => ask(owner, part));
  };
}

/** An answer that is made at the first question. */
export function lazily<Answer>(make: () => Answer): () => Answer {
  const table = answers<"only", Answer>();
  return () => table.get("only") ?? table.of("only", make);
}
