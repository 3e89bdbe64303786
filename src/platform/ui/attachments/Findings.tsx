import type { FoundOutput } from "../../attachments/contract.ts";
import { useText } from "../../i18n/I18nProvider.tsx";

/** What was found in a file, in sentences: what was taken out, what is still in it, and where it was made. */
export function Findings({ findings }: { findings: readonly FoundOutput[] }) {
  const { t, format } = useText();
  const things = (removed: boolean) =>
    findings.filter((finding) => finding.removed === removed).map(({ kind }) => t(`attachments.found.${kind}`));
  const removed = things(true);
  const remaining = things(false);
  const position = findings.find((finding) => finding.position !== null)?.position;
  const degrees = (value: number) => format.numberLatin(value, 6);
  return (
    <>
      {removed.length > 0 && <p>{t("attachments.found.removed", { things: format.list(removed) })}</p>}
      {remaining.length > 0 && <p>{t("attachments.found.remaining", { things: format.list(remaining) })}</p>}
      {position && (
        <p>
          {t("attachments.found.position", {
            latitude: degrees(position.latitude),
            longitude: degrees(position.longitude),
          })}
        </p>
      )}
    </>
  );
}
