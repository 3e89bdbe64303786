import { useText } from "../i18n/I18nProvider.tsx";
import { buttonClass } from "./Button.tsx";

/** Links to what a page shows as files: a CSV table and a workbook. `file` gives the address of one. */
export function DownloadLinks({ file }: { file: (format: "csv" | "xlsx") => string }) {
  const { t } = useText();
  return (
    <>
      {(["csv", "xlsx"] as const).map((format) => (
        <a key={format} className={buttonClass()} href={file(format)} download>
          {t(`ui.export.${format}`)}
        </a>
      ))}
    </>
  );
}
