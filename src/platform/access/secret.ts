import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineProblems, Problem } from "../kernel/problem.ts";

export const secretProblems = defineProblems("access", { "secret-missing": 500, "secret-too-short": 500 });

const fewest = 32;

/**
 * The node's secret key, with which cookies are signed and second factors are encrypted: the one given, or the file
 * `secret` in the node's directory, made at the first start and readable by its owner only.
 * @param given the value of `SANTI_SECRET`, when set
 * @param directory where the node keeps its files; null when it has no directory of its own
 * @throws Problem `access.secret-missing` when there is neither, `access.secret-too-short` below 32 characters
 */
export function nodeSecret(given: string | undefined, directory: string | null): string {
  if (given !== undefined && given !== "") {
    if (given.length < fewest) throw new Problem(secretProblems["secret-too-short"], { fewest });
    return given;
  }
  if (directory === null) throw new Problem(secretProblems["secret-missing"]);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "secret");
  try {
    writeFileSync(file, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    chmodSync(file, 0o600);
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < fewest) throw new Problem(secretProblems["secret-too-short"], { fewest });
  return secret;
}
