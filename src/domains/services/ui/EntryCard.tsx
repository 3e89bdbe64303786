import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type DirectoryEntry, point } from "../contract.ts";
import { nameOf, type References } from "./client.ts";
import { entryPath } from "./index.ts";
import styles from "./services.module.css";

/** One point with what it offers: what somebody needs who looks for help, on paper too. */
export function EntryCard({
  entry,
  references,
  linked,
}: {
  entry: DirectoryEntry;
  references: References;
  linked: boolean;
}) {
  const text = useText();
  const { t, format } = text;
  const name = text.name(entry.names) || entry.code;
  const facts: [string, string | null][] = [
    ["address", entry.address],
    ["hours", entry.hours],
    ["phone", entry.phone],
    ["email", entry.email],
    ["languages", entry.languages.map((code) => text.code("service-language", code)).join(", ")],
    ["accessibility", entry.accessibility.map((code) => text.code("accessibility-feature", code)).join(", ")],
    ["cost", entry.cost && text.code("service-cost", entry.cost)],
    ["eligibility", entry.eligibility],
    ["waitingDays", entry.waitingDays === null ? null : format.number(entry.waitingDays)],
    [
      "catchmentUnits",
      format.list([
        ...entry.catchmentUnits.map((unit) => nameOf(text, references, unit)).filter((name) => name !== ""),
        ...(entry.catchment ? [entry.catchment] : []),
      ]),
    ],
    ["verifiedOn", entry.verifiedOn && format.date(entry.verifiedOn)],
  ];
  // On a phone, a touch calls or writes.
  const links: Record<string, string> = {
    ...(entry.phone ? { phone: `tel:${entry.phone.replace(/[^\d+]/g, "")}` } : {}),
    ...(entry.email ? { email: `mailto:${entry.email}` } : {}),
  };
  return (
    <article className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack} ${styles.entry}`}>
      <header className={`${surfaces.row} ${surfaces.spread}`}>
        <div>
          <h2>{linked ? <AppLink to={entryPath(entry)}>{name}</AppLink> : name}</h2>
          <p className={surfaces.muted}>
            {[nameOf(text, references, entry.organisation), nameOf(text, references, entry.unit)]
              .filter((part) => part !== "")
              .join(" · ")}
          </p>
        </div>
        <div className={surfaces.row}>
          {entry.distanceMetres !== null && (
            <StatusTag tone="neutral">
              {t("services.distance", { km: format.number(Math.round(entry.distanceMetres / 100) / 10) })}
            </StatusTag>
          )}
          {entry.sensitive && (
            <StatusTag tone="warn" pattern="stripes">
              {t("services.sensitive")}
            </StatusTag>
          )}
          {entry.stale && (
            <StatusTag tone="warn" pattern="hollow">
              {t("services.stale")}
            </StatusTag>
          )}
        </div>
      </header>
      {entry.offers.length > 0 && (
        <ul className={styles.offers} aria-label={t("records.services.offer")}>
          {entry.offers.map((offer) => (
            <li key={offer.id}>
              <StatusTag tone="info">
                {text.code("service", offer.service)}
                {offer.cost && offer.cost !== entry.cost ? ` · ${text.code("service-cost", offer.cost)}` : ""}
              </StatusTag>
            </li>
          ))}
        </ul>
      )}
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([field, value]) => (
            <div key={field}>
              <dt>{text.field(point.name, field)}</dt>
              <dd>{field in links ? <a href={links[field]}>{value}</a> : value}</dd>
            </div>
          ))}
      </dl>
    </article>
  );
}
