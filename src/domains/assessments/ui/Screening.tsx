import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";

/** Stands wherever a result stands: it is a screening, not a diagnosis. */
export function Screening() {
  const { t } = useText();
  return (
    <div className={surfaces.notice}>
      <Icon name="info" />
      <div>
        <strong>{t("assessments.screening")}</strong>
        <p>{t("assessments.screening.text")}</p>
      </div>
    </div>
  );
}

/** Stands in place of results for who is not cleared for them. */
export function NotCleared() {
  const { t } = useText();
  return (
    <EmptyState icon="lock" title={t("assessments.not-cleared")}>
      {t("assessments.not-cleared.text")}
    </EmptyState>
  );
}

/** What to do at once, when answers tell of thoughts of death or self-harm. */
export function SafetyNotice({ code }: { code: string }) {
  const { t } = useText();
  return (
    <div className={`${surfaces.notice} ${surfaces.bad}`} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t(`assessments.alert.${code}`)}</strong>
        <p>{t(`assessments.alert.${code}.text`)}</p>
      </div>
    </div>
  );
}
