import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { routes } from "../contract.ts";

/** The findings as files for whoever sent the data, in the reader's language; filtered as the page is. */
export function FindingsFiles({ id, filter }: { id: string; filter: Readonly<Record<string, string | undefined>> }) {
  const { t, language } = useText();
  return (
    <div className={surfaces.row}>
      {(["csv", "xlsx"] as const).map((format) => (
        <a
          key={format}
          className={buttonClass("plain", true)}
          href={routeUrl(routes.findingsFile, { id }, { ...filter, format, language })}
          download
        >
          {t(`imports.findings.${format}`)}
        </a>
      ))}
    </div>
  );
}
