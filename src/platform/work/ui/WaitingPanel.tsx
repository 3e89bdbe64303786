import { useQuery } from "@tanstack/react-query";
import { createClient } from "../../contract/client.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { AppLink } from "../../ui/AppLink.tsx";
import type { Search } from "../../ui/address.ts";
import { useCountryName } from "../../ui/records/records-context.ts";
import { StatusTag } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { routes, type WaitingOutput } from "../contract.ts";
import styles from "./waiting.module.css";

const client = createClient(routes);

/** A page that lists some of what waits. */
export interface WaitingPlace {
  path: string;
  waits?: readonly { kind: string; search?: Search }[];
}

/** The page that shows what waits in full, with its filters. */
function placeOf(places: readonly WaitingPlace[], kind: string): { path: string; search: Search } | null {
  for (const { path, waits } of places) {
    const entry = waits?.find((each) => each.kind === kind);
    if (entry) return { path, search: entry.search ?? {} };
  }
  return null;
}

interface Waiting {
  places: readonly WaitingPlace[];
  country: string | undefined;
}

function Item({ item, places, country }: { item: WaitingOutput } & Waiting) {
  const { t, format } = useText();
  const countryName = useCountryName();
  const place = placeOf(places, item.kind);
  if (!place) return null;
  // Pages that show one country at a time open where there is something.
  const at = country ?? (item.countries.length === 1 ? item.countries[0] : undefined);
  return (
    <li>
      <strong className={styles.count}>{format.number(item.count)}</strong>
      <AppLink to={place.path} search={{ ...place.search, ...(at ? { country: at } : {}) }}>
        {t(`work.${item.kind}`)}
      </AppLink>
      {item.countries.length > 1 && (
        <span className={`${surfaces.small} ${surfaces.muted}`}>{item.countries.map(countryName).join(" · ")}</span>
      )}
      {item.late !== null && item.late > 0 && (
        <span className={styles.end}>
          <StatusTag tone="warn" pattern="hollow">
            {t("work.late", { count: item.late })}
          </StatusTag>
        </span>
      )}
    </li>
  );
}

/** What waits for whoever is signed in; nothing while nothing does. */
export function WaitingPanel({ places, country }: Waiting) {
  const { t } = useText();
  const query = country ? { country } : {};
  const answer = useQuery({
    queryKey: ["work", query],
    queryFn: ({ signal }) => client.waiting({ query }, { signal }),
  });
  const items = answer.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={surfaces.card} aria-labelledby="waiting">
      <div className={surfaces.panelHead}>
        <h2 id="waiting">{t("work.title")}</h2>
      </div>
      <ul className={`${styles.list} ${surfaces.pad}`}>
        {items.map((item) => (
          <Item key={item.kind} item={item} places={places} country={country} />
        ))}
      </ul>
    </section>
  );
}
