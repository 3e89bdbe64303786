/** What the details of a problem may hold; they are shown to people, so never personal data. */
export type ProblemParams = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | readonly number[]>
>;

/** One field of the input that is wrong, and why. `path` is dotted, as in `position.latitude`. */
export interface FieldProblem {
  path: string;
  code: string;
  params?: ProblemParams;
}

/** A named problem as it stands in a catalogue: HTTP status and nothing a user reads. */
export interface ProblemDefinition<Code extends string = string> {
  code: Code;
  status: number;
}

/**
 * Something that stops a request, in words that a catalogue knows: `code` is stable and is also the message key
 * (`problem.<code>`), `params` fill the message. Thrown by actions; turned into RFC 9457 JSON at the edge.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: ProblemParams;
  readonly fields: readonly FieldProblem[];

  constructor(definition: ProblemDefinition, params: ProblemParams = {}, fields: readonly FieldProblem[] = []) {
    super(definition.code);
    this.name = "Problem";
    this.code = definition.code;
    this.status = definition.status;
    this.params = params;
    this.fields = fields;
  }
}

/**
 * Declares the named problems of one area: `defineProblems("land", { "not-found": 404 })` gives
 * `{ "not-found": { code: "land.not-found", status: 404 } }`.
 */
export function defineProblems<Area extends string, Names extends Record<string, number>>(
  area: Area,
  names: Names,
): { readonly [Name in keyof Names & string]: ProblemDefinition<`${Area}.${Name}`> } {
  return Object.fromEntries(
    Object.entries(names).map(([name, status]) => [name, { code: `${area}.${name}`, status }]),
  ) as { [Name in keyof Names & string]: ProblemDefinition<`${Area}.${Name}`> };
}

/** Problems that any route may answer with. */
export const commonProblems = defineProblems("common", {
  "invalid-input": 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "stale-revision": 409,
  conflict: 409,
  "too-large": 413,
  "too-many-requests": 429,
  timeout: 503,
  unavailable: 503,
  internal: 500,
});
