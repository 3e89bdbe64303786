import { hash, verify } from "@node-rs/argon2";
import { commonPasswords } from "./common-passwords.ts";

/** Fewest and most characters of a password. */
export const passwordLength = { min: 10, max: 200 } as const;

/**
 * argon2id with 19 MiB, two passes and one lane: the smallest setting that OWASP's password storage cheat sheet
 * recommends, so that a small node withstands many sign-ins at once. Algorithm 2 is argon2id in the library's numbering.
 */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password; the text carries algorithm, parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), argon2id);
}

/** Tells whether a password is the one that a hash was made of; a damaged hash fits none. */
export async function verifyPassword(stored: { hash: string; password: string }): Promise<boolean> {
  try {
    return await verify(stored.hash, stored.password.normalize("NFKC"));
  } catch {
    return false;
  }
}

/** Letters only, with the usual replacements undone, so that `P4ssw0rd!!2024` is seen for what it is. */
function skeleton(text: string): string {
  const plain: Record<string, string> = {
    "0": "o",
    "1": "l",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    $: "s",
  };
  return text
    .toLowerCase()
    .replace(/[0-9!.?@#$%_-]+$/, "")
    .replace(/[013457@$]/g, (sign) => plain[sign] ?? sign);
}

/**
 * What is wrong with a new password, or null.
 * @param about what others know of the person, as address and name; a password must not be made of it
 * @returns `too-short`, `too-long`, `too-common` or `too-personal`
 */
export function passwordWeakness(
  password: string,
  about: readonly string[] = [],
): "too-short" | "too-long" | "too-common" | "too-personal" | null {
  const text = password.normalize("NFKC");
  const length = [...text].length;
  if (length < passwordLength.min) return "too-short";
  if (length > passwordLength.max) return "too-long";
  const lower = text.toLowerCase();
  if (new Set(lower).size < 4 || commonPasswords.has(lower) || commonPasswords.has(skeleton(lower)))
    return "too-common";
  const isRun = [...lower].every((sign, i, all) => {
    const before = all[i - 1];
    return before === undefined || Math.abs((sign.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) <= 1;
  });
  if (isRun) return "too-common";
  const known = about.flatMap((word) => [word, word.split("@")[0] ?? ""]).map((word) => word.toLowerCase().trim());
  return known.some((word) => word.length >= 4 && (lower === word || skeleton(lower) === skeleton(word)))
    ? "too-personal"
    : null;
}
