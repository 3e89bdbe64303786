import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Attachments } from "../../../../platform/ui/attachments/Attachments.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";

/**
 * Photographs, sketches and documents. They belong to a report that is stored: until then they are offered together with
 * storing it.
 */
export function FilesBlock(props: { country: string; stored: string | null; busy: boolean; onStore: () => void }) {
  const { t } = useText();
  if (props.stored !== null)
    return <Attachments owner={{ type: "land.report", country: props.country, owner: props.stored }} />;
  return (
    <>
      <h2>{t("land-reports.block.files")}</h2>
      <p className={surfaces.muted}>{t("land-reports.files.after")}</p>
      <div>
        <Button busy={props.busy} onClick={props.onStore}>
          {t("land-reports.files.store")}
        </Button>
      </div>
    </>
  );
}
