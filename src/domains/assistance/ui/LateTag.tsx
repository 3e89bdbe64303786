import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";

/** How long a step has lasted, and that it is late; and that a referral stands still because the person withdrew. */
export function LateTag({ of }: { of: { days: number; late: string; dueAt: string | null; consented?: boolean } }) {
  const { t } = useText();
  if (of.consented === false && of.dueAt !== null)
    return (
      <StatusTag tone="bad" pattern="stripes">
        {t("assistance.no-consent")}
      </StatusTag>
    );
  if (of.dueAt === null) return null;
  return (
    <StatusTag tone={of.late === "in-time" ? "neutral" : of.late === "overdue" ? "warn" : "bad"}>
      {t(`assistance.late.${of.late}`, { days: of.days })}
    </StatusTag>
  );
}
