import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ReportDraft } from "./use-report-draft.ts";

/** Says where somebody else stored other words meanwhile; what was typed stands until theirs are taken. */
export function ClashNotice({ draft }: { draft: ReportDraft }) {
  const { t, format } = useText();
  const label = (field: string) => t(`land-reports.field.${field}`);
  return (
    <div className={surfaces.notice} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t("ui.stale.title")}</strong>
        <p>{t("land-reports.clash", { fields: format.list(draft.clashes.map(label)) })}</p>
        {draft.clashes.map((field) => (
          <Button key={field} small onClick={() => draft.takeTheirs(field)}>
            {t("land-reports.clash.theirs", { field: label(field) })}
          </Button>
        ))}
      </div>
    </div>
  );
}
