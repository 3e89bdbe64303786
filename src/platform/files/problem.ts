import type { Problem, Scalar } from "./types.ts";

/** A file cannot be read or written at all: the code and parameters say why; the message is for logs only. */
export class FileProblem extends Error implements Problem {
  readonly code: string;
  readonly params: Record<string, Scalar>;

  constructor(code: string, params: Record<string, Scalar> = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = "FileProblem";
    this.code = code;
    this.params = params;
  }
}

/** Makes a problem value: `code` is stable, `params` are what a message needs. */
export function problem(code: string, params: Record<string, Scalar> = {}): Problem {
  return { code, params };
}
