import { isLanguage } from "../../platform/i18n/languages.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator, type Translator } from "../../platform/i18n/translator.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { rootPath } from "../../platform/kernel/root.ts";

/** The language of the command line: `SANTI_LANGUAGE`, else the system's, else English. */
export function commandLanguage(): Translator {
  const wanted = [process.env.SANTI_LANGUAGE, process.env.LC_ALL, process.env.LANG]
    .map((text) => text?.slice(0, 2))
    .find((text) => isLanguage(text));
  const language = isLanguage(wanted) ? wanted : "en";
  const root = rootPath("src");
  return createTranslator(language, readCatalogue(language, root), { fallback: readCatalogue("en", root) });
}

/** Where a command says things: results on standard output, progress and problems on standard error. */
export interface Output {
  t: Translator["t"];
  translator: Translator;
  /** A line of the result, for people. */
  line(text?: string): void;
  /** The result, for programs. */
  json(value: unknown): void;
  /** Replaces the progress line of a terminal; silent elsewhere. With a count it also says how many a second. */
  progress(text: string, count?: number): void;
  /** Ends the progress line. */
  endProgress(): void;
  /** Says a problem in the reader's language. */
  problem(cause: unknown): void;
}

/** Where a run writes: the process itself, or a test. */
export interface Streams {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
}

/** Makes the output of one run. */
export function createOutput(translator: Translator, { stdout, stderr }: Streams = process): Output {
  const terminal = stderr.isTTY === true;
  let shown = 0;
  let counted = { from: 0, since: 0, last: 0 };
  /** Things a second since the count began; null in the first second, when it says nothing yet. */
  const rateOf = (count: number): number | null => {
    const now = performance.now();
    if (shown === 0 || count < counted.last) counted = { from: count, since: now, last: count };
    counted.last = count;
    const seconds = (now - counted.since) / 1000;
    return seconds < 1 ? null : Math.round((count - counted.from) / seconds);
  };
  const endProgress = () => {
    if (shown > 0) stderr.write(`\r${" ".repeat(shown)}\r`);
    shown = 0;
  };
  return {
    t: translator.t,
    translator,
    line: (text = "") => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    progress(text, count) {
      if (!terminal) return;
      const rate = count === undefined ? null : rateOf(count);
      const said = rate === null ? text : translator.t("cli.progress.rate", { text, rate });
      const line = said.slice(0, (stderr.columns ?? 80) - 1);
      stderr.write(`\r${line}${" ".repeat(Math.max(0, shown - line.length))}`);
      shown = line.length;
    },
    endProgress,
    problem(cause) {
      endProgress();
      if (cause instanceof Problem) {
        const key = `problem.${cause.code}`;
        stderr.write(`${translator.has(key) ? translator.t(key, cause.params as never) : cause.code}\n`);
        const mend = `${key}.mend`;
        if (translator.has(mend)) stderr.write(`${translator.t(mend, cause.params as never)}\n`);
        for (const { path, code, params } of cause.fields) {
          const fieldKey = translator.has(`problem.${code}`) ? `problem.${code}` : code;
          stderr.write(`  ${path}: ${translator.t(fieldKey, params as never)}\n`);
        }
        return;
      }
      const { code, message, path } = cause as NodeJS.ErrnoException;
      const fileKey = `cli.file.${code}`;
      if (code && translator.has(fileKey)) stderr.write(`${translator.t(fileKey, { path: path ?? "" })}\n`);
      else stderr.write(`${translator.t("cli.unexpected")}\n${(cause as Error)?.stack ?? message}\n`);
    },
  };
}

/** A command ended with findings or a failure that it has already told: exit code 1. */
export class CommandFailed extends Error {}
