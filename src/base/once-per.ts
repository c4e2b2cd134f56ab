/** A question about an object whose answer is kept as long as the object is: a model, a file's facts, a repository. */
export function oncePer<Owner extends object, Answer>(ask: (owner: Owner) => Answer): (owner: Owner) => Answer {
  const answers = new WeakMap<Owner, { readonly answer: Answer }>();
  return (owner) => {
    let known = answers.get(owner);
    if (!known) answers.set(owner, (known = { answer: ask(owner) }));
    return known.answer;
  };
}

/** The same for a question about a part of the object, such as a file or a package of a model. Parts are told apart as keys of a `Map`. */
export function oncePerPart<Owner extends object, Part, Answer>(ask: (owner: Owner, part: Part) => Answer): (owner: Owner, part: Part) => Answer {
  const answersOf = oncePer((_owner: Owner) => new Map<Part, { readonly answer: Answer }>());
  return (owner, part) => {
    const answers = answersOf(owner);
    let known = answers.get(part);
    if (!known) answers.set(part, (known = { answer: ask(owner, part) }));
    return known.answer;
  };
}
