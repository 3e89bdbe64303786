import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { FindingOutput, ImportOutput } from "../contract.ts";

/** How the states of an import look. */
export const statusTones: Readonly<Record<ImportOutput["status"], Tone>> = {
  waiting: { tone: "neutral", pattern: "hollow" },
  running: { tone: "info", pattern: "half" },
  done: { tone: "good", pattern: "solid" },
  failed: { tone: "bad", pattern: "stripes" },
  cancelled: { tone: "neutral", pattern: "stripes" },
  interrupted: { tone: "warn", pattern: "dots" },
  undone: { tone: "neutral", pattern: "dots" },
};

/** The files of an import in one line. */
export function filesText(text: Text, { files }: Pick<ImportOutput, "files">): string {
  const [first] = files;
  if (!first) return "";
  return files.length === 1 ? first.name : text.t("imports.files.more", { name: first.name, more: files.length - 1 });
}

/**
 * How far a run is.
 * @param expected rows that detection expected; an estimate, so the end is never told before it is there
 * @returns 0 to 0.99; null when nobody can tell
 */
export function shareDone(read: number, expected: number | null): number | null {
  return expected === null || expected <= 0 ? null : Math.min(read / expected, 0.99);
}

/** How grave a finding is, at a glance. */
export const severityTones: Readonly<Record<FindingOutput["severity"], Tone>> = {
  error: { tone: "bad", pattern: "stripes" },
  warning: { tone: "warn", pattern: "dots" },
};
