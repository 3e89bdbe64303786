import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useCleared } from "./clearance.ts";
import { personPath } from "./index.ts";
import { PersonResults } from "./PersonResults.tsx";

/** A person's results on a page about that person; nothing for who is not cleared for them. */
export function AssessmentPanel({ country, person }: { country: string; person: string }) {
  const { t } = useText();
  if (useCleared(country) !== true) return null;
  return (
    <section className={surfaces.card} aria-labelledby="assessments">
      <div className={surfaces.panelHead}>
        <h2 id="assessments">{t("assessments.panel")}</h2>
        <AppLink to={personPath({ country, id: person })}>{t("assessments.panel.open")}</AppLink>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        <PersonResults country={country} person={person} />
      </div>
    </section>
  );
}
