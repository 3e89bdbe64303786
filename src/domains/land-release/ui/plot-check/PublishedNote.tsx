import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import type { PlotAnswer } from "./use-plot-check.ts";

/** What a country shows of a plot to anybody, what it does not show, and whom to ask. */
export function PublishedNote({ published }: { published: NonNullable<PlotAnswer["published"]> }) {
  const text = useText();
  const { t, format } = text;
  const { level, open, contact } = published;
  const whom = contact ? text.name(contact) : "";
  return (
    <div className={surfaces.stack}>
      {open?.newest && <p>{t("plot-check.published.newest", { date: format.date(open.newest) })}</p>}
      <p>{t(`plot-check.published.${level}`)}</p>
      {whom && <p>{t("plot-check.published.ask", { contact: whom })}</p>}
    </div>
  );
}
