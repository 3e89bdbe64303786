import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { recordPath } from "../../../platform/ui/records/section.ts";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { Hit } from "../contract.ts";
import { persons } from "./index.ts";
import styles from "./people.module.css";

type References = Readonly<Record<string, { code: string; names: Readonly<Record<string, string>> }>>;

/** People whom a search met, the nearest first, with what tells them apart. */
export function HitList(props: { hits: readonly Hit[]; country: string; references: References }) {
  const text = useText();
  const { t } = text;
  const placeOf = (id: string | null) => {
    const known = id === null ? undefined : props.references[id];
    return known ? text.name(known.names) || known.code : "";
  };
  return (
    <ul className={styles.hits}>
      {props.hits.map((hit) => {
        const facts = [
          text.code("sex", hit.sex),
          hit.birthYear === null ? "" : t("people.hit.born", { year: String(hit.birthYear) }),
          placeOf(hit.unit),
          placeOf(hit.organisation),
        ].filter((fact) => fact !== "");
        return (
          <li key={hit.id}>
            <div>
              <AppLink to={recordPath(persons, { country: props.country, id: hit.id })}>
                <strong>{hit.name}</strong>
              </AppLink>
              {hit.latin && hit.latin !== hit.name && <span className={surfaces.muted}> {hit.latin}</span>}
              <div className={surfaces.muted}>{[hit.code, ...facts].join(" · ")}</div>
            </div>
            <div className={surfaces.row}>
              {hit.differs.map((field) => (
                <StatusTag key={field} tone="warn" pattern="stripes">
                  {t("people.hit.differs", { field: text.field("people.person", field) })}
                </StatusTag>
              ))}
              <span className={surfaces.muted}>
                {t("people.hit.similarity", { percent: Math.round(hit.similarity * 100) })}
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
