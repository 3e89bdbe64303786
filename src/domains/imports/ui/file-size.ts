import type { Text } from "../../../platform/i18n/I18nProvider.tsx";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** The size of a file in the unit that suits it, 1000 bytes to the kilobyte. */
export function fileSize(text: Text, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return text.t(`imports.page.size.${units[step]}`, {
    size: step === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10,
  });
}
