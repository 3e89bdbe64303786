import { defineProblems } from "../kernel/problem.ts";

/** The named problems of accounts and access. */
export const accessProblems = defineProblems("access", {
  "bad-credentials": 401,
  "code-needed": 401,
  "bad-code": 401,
  "bad-passkey": 401,
  "wrong-password": 403,
  /** `seconds` says how long to wait. */
  locked: 423,
  /** A program's token was used where a person must be signed in. */
  "session-needed": 403,
  "link-unusable": 410,
  "email-taken": 409,
  "last-administrator": 409,
  "not-own-account": 409,
  "two-factor-on": 409,
  "two-factor-off": 409,
  "scope-not-held": 422,
});
