import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { consultation } from "../contract.ts";
import type { Sheet } from "../contract-work.ts";
import { itemOf, nameOf, type OfStudy } from "./client.ts";
import { ItemActions } from "./ItemActions.tsx";
import { workshopPath } from "./index.ts";
import type { Opened } from "./StudyDialog.tsx";
import styles from "./studies.module.css";

/** Where recommendations were talked about, who came, and the way to the page that is used while it is held. */
export function ConsultationsTab(props: { study: OfStudy; sheet: Sheet; onOpen: (opened: Opened) => void }) {
  const text = useText();
  const { t, format } = text;
  const { sheet, study } = props;
  const writes = sheet.allowed.includes("write");
  if (sheet.consultations.length === 0)
    return (
      <EmptyState icon="people" title={t("studies.consultations.none")}>
        {t("studies.consultations.none.hint")}
      </EmptyState>
    );
  return (
    <ul className={styles.list}>
      {sheet.consultations.map(({ record, participants }) => {
        const item = itemOf(record);
        const count = (name: string) =>
          typeof item[name] === "number"
            ? t("studies.part", {
                label: text.field(consultation.name, name),
                count: format.number(Number(item[name])),
              })
            : "";
        return (
          <li key={item.id} id={item.id} className={styles.item}>
            <div className={`${surfaces.row} ${surfaces.spread}`}>
              <span className={surfaces.row}>
                <span className={surfaces.mono}>{String(item.code)}</span>
                <StatusTag tone={item.status === "held" ? "good" : "neutral"}>
                  {text.code("consultation-status", String(item.status))}
                </StatusTag>
              </span>
              {writes && <ItemActions study={study} kind="consultation" item={item} onOpen={props.onOpen} />}
            </div>
            <strong>{String(item.title)}</strong>
            <span className={surfaces.muted}>
              {[
                format.date(String(item.heldOn)),
                typeof item.place === "string" ? item.place : "",
                nameOf(text, sheet.references, item.unit),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            {typeof item.participants === "number" && (
              <span>
                {["participants", "women", "men", "sexUnknown", "withDisability"]
                  .map(count)
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            )}
            {participants.length > 0 && (
              <ul className={styles.codes}>
                {participants.map((each) => (
                  <li key={each.sector} className={surfaces.small}>
                    {t("studies.part", {
                      label: text.code("study-sector", each.sector),
                      count: format.number(each.women + each.men + each.sexUnknown),
                    })}
                  </li>
                ))}
              </ul>
            )}
            {writes && item.status !== "cancelled" && (
              <div>
                <AppLink
                  to={workshopPath(study, item.id)}
                  className={buttonClass("plain", true)}
                  aria-label={t("studies.workshop.open-of", { code: String(item.code) })}
                >
                  {t("studies.workshop.open")}
                </AppLink>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
