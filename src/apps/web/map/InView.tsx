import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useMap } from "../../../platform/map/map-context.ts";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import type { Search } from "../../../platform/ui/address.ts";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import {
  clientOf,
  type RecordItem,
  type RecordSection,
  recordPath,
  recordTitle,
} from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { sectionFilters } from "./map-layers.ts";
import styles from "./map-page.module.css";

/** Tells the page which part of the world the map shows, half a second after it came to rest; a child of the map. */
export function ViewWatcher({ onView }: { onView: (bbox: string) => void }) {
  const map = useMap();
  useEffect(() => {
    if (!map) return;
    let timer: ReturnType<typeof setTimeout>;
    const tell = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const bounds = map.getBounds();
        const parts = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
        onView(parts.map((part) => part.toFixed(4)).join(","));
      }, 500);
    };
    map.on("moveend", tell);
    tell();
    return () => {
      clearTimeout(timer);
      map.off("moveend", tell);
    };
  }, [map, onView]);
  return null;
}

/** What the map shows of one record type, as a list: for those who do not see the map, and for a quick count. */
export function InView({ section, search, bbox }: { section: RecordSection; search: Search; bbox: string }) {
  const text = useText();
  const [more, setMore] = useState(false);
  const query = { ...sectionFilters(section, search), bbox, limit: more ? 50 : 5 };
  const list = useQuery({
    queryKey: ["list", section.type.name, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => clientOf(section).list({ query: query as never }, { signal }),
  });
  if (list.isError) return <ErrorState problem={list.error} onRetry={() => void list.refetch()} />;
  const items = (list.data?.items ?? []) as RecordItem[];
  const total = list.data?.total ?? 0;
  return (
    <section
      className={styles.inView}
      aria-label={text.t(`records.${section.type.name}`)}
      aria-busy={list.isPlaceholderData || list.isPending}
    >
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <strong>{text.t(`records.${section.type.name}`)}</strong>
        {list.data && (
          <AppLink to={section.path} search={{ ...sectionFilters(section, search), bbox }} className="numeric">
            {text.t("ui.list.total", { count: total })}
          </AppLink>
        )}
      </div>
      {list.isPending && <Skeleton lines={2} />}
      <ul>
        {items.map((record) => (
          <li key={record.id}>
            <AppLink to={recordPath(section, record)}>{recordTitle(section, record, text)}</AppLink>
          </li>
        ))}
      </ul>
      {!more && total > items.length && items.length > 0 && (
        <button type="button" className={styles.more} onClick={() => setMore(true)}>
          {text.t("app.map.more")}
        </button>
      )}
    </section>
  );
}
