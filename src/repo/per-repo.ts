import type { RepoView } from "./repo-view.js";

/** A question to a repository whose answer is kept as long as the repository is. */
export function perRepo<Answer>(ask: (repo: RepoView) => Answer): (repo: RepoView) => Answer {
  const answers = new WeakMap<RepoView, { readonly answer: Answer }>();
  return (repo) => {
    const known = answers.get(repo) ?? { answer: ask(repo) };
    answers.set(repo, known);
    return known.answer;
  };
}
