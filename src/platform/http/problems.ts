import { z } from "zod";
import { commonProblems, type FieldProblem, Problem, type ProblemParams } from "../kernel/problem.ts";

/** A problem on the wire (RFC 9457). `title` is the stable code; people read the catalogue's sentence for `code`. */
export const problemOutput = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  fields: z
    .array(z.object({ path: z.string(), code: z.string(), params: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
  instance: z.string(),
});

/** Writes a problem as an answer; nothing but code, parameters and the request's number leaves. */
export function problemResponse(problem: Problem, requestId: string): Response {
  const body: z.output<typeof problemOutput> = {
    type: `urn:santi:problem:${problem.code}`,
    title: problem.code,
    status: problem.status,
    code: problem.code,
    params: { ...problem.params },
    ...(problem.fields.length > 0
      ? { fields: problem.fields.map(({ path, code, params }) => ({ path, code, params: { ...params } })) }
      : {}),
    instance: `urn:santi:request:${requestId}`,
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" };
  const seconds = problem.params.seconds;
  if (typeof seconds === "number") headers["retry-after"] = String(seconds);
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}

/** Kinds of issue that are told in the words of another. */
const toldAs: Readonly<Record<string, string>> = {
  invalid_union: "invalid-value",
  not_multiple_of: "invalid",
  invalid_key: "invalid",
  invalid_element: "invalid",
};

/** The word for what is wrong: a rule of a contract's own may name one in its `params`, as `{ word: "impossible-position" }`. */
function wordOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "custom") return toldAs[issue.code] ?? issue.code.replaceAll("_", "-");
  const word = issue.params?.word;
  return typeof word === "string" ? word : "invalid";
}

/** What a validator found wrong, as field problems with codes that the catalogue knows (`problem.field.<code>`). */
export function validationProblem(error: z.ZodError): Problem {
  const fields = error.issues.flatMap((issue): FieldProblem[] => {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({ path: path === "" ? key : `${path}.${key}`, code: "field.unknown" }));
    const details = issue as {
      minimum?: number | bigint;
      maximum?: number | bigint;
      expected?: string;
      format?: string;
    };
    const params: Record<string, string | number> = {};
    if (details.minimum !== undefined) params.minimum = Number(details.minimum);
    if (details.maximum !== undefined) params.maximum = Number(details.maximum);
    if (details.expected !== undefined) params.expected = details.expected;
    if (details.format !== undefined) params.format = details.format;
    return [{ path, code: `field.${wordOf(issue)}`, params }];
  });
  return new Problem(commonProblems["invalid-input"], {}, fields);
}

/**
 * Translates an error of the database into a problem; the database is the last validator. Values never go into it,
 * only the names of constraints.
 */
export function databaseProblem(cause: unknown): Problem | null {
  const { code, constraint, column } = cause as { code?: unknown; constraint?: string; column?: string };
  if (typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code)) return null;
  const params: ProblemParams = { constraint: constraint ?? column ?? "" };
  switch (code) {
    case "23505":
      return new Problem(commonProblems.conflict, params);
    case "23503":
    case "23514":
    case "23502":
    case "22P02":
    // A character that no text of the database can hold, such as NUL, in a text and in JSON.
    case "22021":
    case "22P05":
    case "22003":
    case "22007":
    case "22008":
      return new Problem(commonProblems["invalid-input"], params);
    case "42501":
    case "25006":
      return new Problem(commonProblems.forbidden);
    case "57014":
      return new Problem(commonProblems.timeout);
    case "40001":
    case "40P01":
      return new Problem(commonProblems.conflict, params);
    case "53300":
    case "57P01":
    case "57P03":
      return new Problem(commonProblems.unavailable);
    default:
      return null;
  }
}
