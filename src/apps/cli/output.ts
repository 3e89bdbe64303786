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
  /** A line of the result, for people. */
  line(text?: string): void;
  /** The result, for programs. */
  json(value: unknown): void;
  /** Replaces the progress line of a terminal; silent elsewhere. */
  progress(text: string): void;
  /** Ends the progress line. */
  endProgress(): void;
  /** Says a problem in the reader's language. */
  problem(cause: unknown): void;
}

/** Makes the output of one run. */
export function createOutput(translator: Translator): Output {
  const terminal = process.stderr.isTTY === true;
  let shown = 0;
  const endProgress = () => {
    if (shown > 0) process.stderr.write(`\r${" ".repeat(shown)}\r`);
    shown = 0;
  };
  return {
    t: translator.t,
    line: (text = "") => void process.stdout.write(`${text}\n`),
    json: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    progress(text) {
      if (!terminal) return;
      const line = text.slice(0, (process.stderr.columns ?? 80) - 1);
      process.stderr.write(`\r${line}${" ".repeat(Math.max(0, shown - line.length))}`);
      shown = line.length;
    },
    endProgress,
    problem(cause) {
      endProgress();
      if (cause instanceof Problem) {
        const key = `problem.${cause.code}`;
        process.stderr.write(`${translator.has(key) ? translator.t(key, cause.params as never) : cause.code}\n`);
        for (const { path, code, params } of cause.fields) {
          const fieldKey = translator.has(`problem.${code}`) ? `problem.${code}` : code;
          process.stderr.write(`  ${path}: ${translator.t(fieldKey, params as never)}\n`);
        }
        return;
      }
      const { code, message, path } = cause as NodeJS.ErrnoException;
      const fileKey = `cli.file.${code}`;
      if (code && translator.has(fileKey)) process.stderr.write(`${translator.t(fileKey, { path: path ?? "" })}\n`);
      else process.stderr.write(`${translator.t("cli.unexpected")}\n${(cause as Error)?.stack ?? message}\n`);
    },
  };
}

/** A command ended with findings or a failure that it has already told: exit code 1. */
export class CommandFailed extends Error {}
