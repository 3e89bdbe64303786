import { type ProblemDocument, RequestProblem } from "../contract/client.ts";
import type { Text } from "../i18n/I18nProvider.tsx";

/** The problem inside anything that was thrown; something unforeseen becomes `common.internal`. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof RequestProblem) return error.problem;
  return { type: "about:blank", status: 0, code: "common.internal", params: {} };
}

/** What happened, in the reader's words. */
export function problemTitle(text: Text, problem: Pick<ProblemDocument, "code" | "params">): string {
  return text.first([`problem.${problem.code}`, "problem.common.internal"], problem.params);
}

/** How to mend it, when the catalogue knows. */
export function problemRemedy(text: Text, problem: Pick<ProblemDocument, "code" | "params">): string | null {
  const key = `problem.${problem.code}.mend`;
  return text.has(key) ? text.t(key, problem.params) : null;
}

/**
 * The problem of one field of the input, in words.
 * @param field the field's name; the path may carry the part of the request it stands in, as in `changes.killed`
 */
export function fieldProblem(text: Text, error: unknown, field: string): string | null {
  const found = problemOf(error).fields?.find(
    ({ path }) => path === field || path.endsWith(`.${field}`) || path.includes(`.${field}.`),
  );
  if (!found) return null;
  // A check of the record has a sentence of its own (`check.…`); a shape that does not fit has `problem.field.…`.
  return text.first([`problem.${found.code}`, found.code, "problem.field.invalid"], found.params);
}
