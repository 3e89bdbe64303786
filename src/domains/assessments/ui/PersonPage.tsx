import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { currentInstruments } from "../model-instruments.ts";
import styles from "./assessments.module.css";
import { useCleared } from "./clearance.ts";
import { assessments } from "./client.ts";
import { formPath } from "./index.ts";
import { PersonResults } from "./PersonResults.tsx";

/** A person's assessments, and the way to a new one. The person goes by code; no name stands here. */
export function PersonPage() {
  const text = useText();
  const { t } = text;
  const { country = "", id = "" } = usePathParts();
  const answer = useQuery({
    queryKey: ["assessments", "person", country, id],
    enabled: useCleared(country) === true,
    queryFn: ({ signal }) => assessments.ofPerson({ params: { country, id } }, { signal }),
  });
  const groups = [...new Set(currentInstruments.map(({ group }) => group))];
  return (
    <>
      <PageHeader
        title={t("assessments.person.title")}
        lead={
          <>
            {answer.data && <strong>{t("assessments.person.code", { code: answer.data.person.code })}</strong>}{" "}
            {t("assessments.person.lead")}
          </>
        }
      />
      <div className={surfaces.stack}>
        {answer.data?.allowed.includes("record") && (
          <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="begin">
            <h2 id="begin">{t("assessments.begin")}</h2>
            <div className={styles.groups}>
              {groups.map((group) => (
                <div key={group} className={styles.group}>
                  <h3>{text.code("assessment-group", group)}</h3>
                  {currentInstruments
                    .filter((one) => one.group === group)
                    .map(({ code }) => (
                      <AppLink key={code} to={formPath({ country, id }, code)} className={buttonClass()}>
                        {text.code("assessment-instrument", code)}
                      </AppLink>
                    ))}
                </div>
              ))}
            </div>
          </section>
        )}
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="history">
          <h2 id="history">{t("assessments.person.history")}</h2>
          <PersonResults country={country} person={id} />
        </section>
      </div>
    </>
  );
}
