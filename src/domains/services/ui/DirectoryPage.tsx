import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fields } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { later } from "../../../platform/ui/later.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type DirectoryEntry, point } from "../contract.ts";
import { accessibilityFeatures, needKinds, serviceCodes, serviceLanguages } from "../model.ts";
import { directory } from "./client.ts";
import { EntryCard } from "./EntryCard.tsx";
import styles from "./services.module.css";

// The map is heavy: it comes when somebody asks for it.
const DirectoryMap = later<{ entries: readonly DirectoryEntry[] }>(() =>
  import("./DirectoryMap.tsx").then((m) => m.DirectoryMap),
);
const unitField = fields.unit("public");
/** So many entries stand on the screen at first, and so many more each time. On paper all stand. */
const atOnce = 20;

/** Where people find help: by need, language, accessibility and place. Open to everybody, and made to be printed. */
export function DirectoryPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const country = search.country ?? home ?? undefined;
  const [unplaced, setUnplaced] = useState(false);
  const [shown, setShown] = useState(atOnce);
  const set = (change: Record<string, string | undefined>) => setSearch(changeSearch(search, change));
  const asked = Object.fromEntries(
    ["need", "services", "languages", "accessibility", "unit", "longitude", "latitude", "within"]
      .map((name) => [name, search[name]])
      .filter(([, value]) => value !== undefined),
  );
  const list = useQuery({
    queryKey: ["services", "directory", country, asked],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      directory.directory({ query: { ...(country ? { country } : {}), ...asked } as never }, { signal }),
  });
  const near = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => set({ longitude: coords.longitude.toFixed(3), latitude: coords.latitude.toFixed(3) }),
      () => setUnplaced(true),
    );
  const choice = (name: string, list: string, values: readonly string[], label: string) => (
    <Select
      label={label}
      value={search[name] ?? ""}
      empty={t("services.any")}
      onChange={(value) => set({ [name]: value || undefined })}
      options={values.map((value) => ({ value, label: text.code(list, value) }))}
    />
  );
  const stale = list.data?.items.filter((entry) => entry.stale).length ?? 0;
  return (
    <>
      <PageHeader
        title={t("services.directory.title")}
        lead={t("services.directory.lead")}
        actions={
          <>
            <Button icon="map" onClick={() => set({ map: search.map ? undefined : "1" })}>
              {t(search.map ? "services.map.hide" : "services.map.show")}
            </Button>
            <Button onClick={() => window.print()}>{t("services.print")}</Button>
          </>
        }
      />
      <div className={surfaces.stack}>
        <search className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack} ${styles.filters}`}>
          <div className={surfaces.gridTwo}>
            {countries.size > 1 && (
              <CountrySelect
                label={text.field(point.name, "country")}
                value={country ?? ""}
                empty={t("services.any")}
                onChange={(value) => set({ country: value || undefined, unit: undefined })}
              />
            )}
            {choice("need", "need-kind", needKinds, t("services.need"))}
            {choice("services", "service", serviceCodes, t("services.service"))}
            {choice("languages", "service-language", serviceLanguages, text.field(point.name, "languages"))}
            {choice(
              "accessibility",
              "accessibility-feature",
              accessibilityFeatures,
              text.field(point.name, "accessibility"),
            )}
            <RecordPicker
              label={text.field(point.name, "unit")}
              field={unitField}
              country={country}
              value={search.unit ?? ""}
              onChange={(value) => set({ unit: value || undefined })}
            />
          </div>
          <div className={surfaces.row}>
            {search.longitude ? (
              <Button
                icon="close"
                onClick={() => set({ longitude: undefined, latitude: undefined, within: undefined })}
              >
                {t("services.not-near")}
              </Button>
            ) : (
              <Button icon="place" onClick={near}>
                {t("services.near")}
              </Button>
            )}
            {unplaced && <span role="status">{t("services.unplaced")}</span>}
          </div>
        </search>
        <div className={surfaces.stack} aria-busy={list.isFetching}>
          {list.isPending && <Skeleton lines={8} />}
          {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
          {list.data && (
            <p role="status" className={surfaces.muted}>
              {t("services.found", { count: list.data.total, date: format.date(list.data.on), stale })}
            </p>
          )}
          {search.map && list.data && list.data.items.length > 0 && <DirectoryMap entries={list.data.items} />}
          {list.data?.items.length === 0 && (
            <EmptyState icon="search" title={t("services.none")}>
              {t("services.none.hint")}
            </EmptyState>
          )}
          {list.data?.items.map((entry, n) => (
            <div key={entry.id} className={n < shown ? undefined : styles.onPaper}>
              <EntryCard entry={entry} references={list.data.references} linked />
            </div>
          ))}
          {list.data && list.data.items.length > shown && (
            <div className={styles.onScreen}>
              <Button onClick={() => setShown(shown + atOnce)}>
                {t("services.more", { count: Math.min(atOnce, list.data.items.length - shown) })}
              </Button>
            </div>
          )}
        </div>
      </div>
    </>
  );
}
