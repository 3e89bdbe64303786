import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { LegendSwatch } from "../../../platform/map/LegendSwatch.tsx";
import type { MapBounds } from "../../../platform/map/layers.ts";
import { legendEntries } from "../../../platform/map/legend.ts";
import { useAddress } from "../../../platform/ui/address.ts";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { FilterBar } from "../../../platform/ui/FilterBar.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { mapLabels } from "../../../platform/ui/records/map-labels.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { showsPlaces } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useTheme } from "../../../platform/ui/ThemeSwitch.tsx";
import { readable } from "../navigation.ts";
import { ownCountries, useSession } from "../session.ts";
import { ChosenRecord } from "./ChosenRecord.tsx";
import { InView, ViewWatcher } from "./InView.tsx";
import { mapLayerOf, shownSections } from "./map-layers.ts";
import styles from "./map-page.module.css";
import { useCountryBounds } from "./use-country-bounds.ts";

const SantiMap = lazy(() => import("../../../platform/map/SantiMap.tsx").then((m) => ({ default: m.SantiMap })));

function parseBbox(text: string | undefined): MapBounds | undefined {
  const parts = text?.split(",").map(Number) ?? [];
  const [west, south, east, north] = parts;
  if (parts.length !== 4 || parts.some(Number.isNaN)) return undefined;
  return [west ?? 0, south ?? 0, east ?? 0, north ?? 0];
}

/**
 * The map of everything that has a place: which records are drawn and under which filters stands in the address, as in
 * the lists. Beside it stand the legend in words and a list of what is in view.
 */
export function MapPage() {
  const text = useText();
  const { t } = text;
  const theme = useTheme();
  const [search, setSearch] = useAddress();
  const [bbox, setBbox] = useState("");
  const session = useSession();
  const { clearance } = useRecords();
  const sections = readable(session.data?.rights ?? []).filter((section) => showsPlaces(section, clearance));
  const shown = shownSections(sections, search);
  const shownNames = shown.map((section) => section.type.name).join(",");
  const filtered = sections.find((section) => section.type.name === search.layer) ?? shown[0];
  // The address changes often (a record is chosen, the list grows); the layers only with what decides them.
  const layersKey = JSON.stringify(shown.map((section) => mapLayerOf(section, search)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for everything that the layers are made from.
  const layers = useMemo(() => shown.flatMap((section) => mapLayerOf(section, search) ?? []).toReversed(), [layersKey]);
  const legend = useMemo(() => legendEntries(layers, theme), [layers, theme]);
  const home = useCountryBounds(search.country ? [search.country] : ownCountries(session.data));
  const bounds = useMemo(() => parseBbox(search.bbox) ?? home.bounds, [search.bbox, home.bounds]);
  const [chosenType, chosenCountry, chosenId] = (search.chosen ?? "").split("/");
  const chosenSection = sections.find((section) => section.type.name === chosenType);
  const selected = useMemo(
    () => (chosenType && chosenId ? { layer: chosenType, id: chosenId } : null),
    [chosenType, chosenId],
  );
  useEffect(() => {
    document.title = `${t("app.map")} · ${t("app.name")}`;
  }, [t]);

  const toggle = (name: string, on: boolean) => {
    const names = shownNames.split(",").filter((other) => other !== "" && other !== name);
    setSearch({ ...search, layers: (on ? [...names, name] : names).join(",") || "none" });
  };

  const waiting = (
    <div className={surfaces.pad}>
      <Skeleton lines={6} />
    </div>
  );
  return (
    <div className={styles.page}>
      <div className={styles.panel}>
        <h1>{t("app.map")}</h1>
        <section aria-labelledby="layers">
          <h2 id="layers">{t("app.map.layers")}</h2>
          {sections.every(({ group }) => group !== "work") && (
            <p className={surfaces.muted}>{t("app.map.no-places")}</p>
          )}
          {sections.map((section) => {
            const { name } = section.type;
            const on = shown.includes(section);
            return (
              <div key={name}>
                <Checkbox label={t(`records.${name}`)} checked={on} onChange={(checked) => toggle(name, checked)} />
                {on && (
                  <ul className={styles.legend}>
                    {legend
                      .filter((entry) => entry.layer === name)
                      .map((entry) => (
                        <li key={entry.key}>
                          <LegendSwatch swatch={entry.swatch} />
                          <span>{t(`app.map.legend.${entry.key}`)}</span>
                        </li>
                      ))}
                  </ul>
                )}
              </div>
            );
          })}
        </section>
        {filtered && (
          <section aria-labelledby="filters">
            <h2 id="filters">{t("app.map.filters", { records: t(`records.${filtered.type.name}`) })}</h2>
            <FilterBar
              type={filtered.type}
              codeLists={filtered.codeLists}
              country={search.country}
              search={search}
              onChange={setSearch}
            />
          </section>
        )}
        {shown.length > 0 && (
          <section aria-labelledby="in-view" aria-live="off">
            <h2 id="in-view">{t("app.map.in-view")}</h2>
            {bbox === "" ? (
              <Skeleton lines={3} />
            ) : (
              shown.map((section) => <InView key={section.type.name} section={section} search={search} bbox={bbox} />)
            )}
          </section>
        )}
      </div>
      <div className={styles.map}>
        <Suspense fallback={waiting}>
          {home.pending && !bounds ? (
            waiting
          ) : (
            <SantiMap
              language={text.language}
              theme={theme}
              labels={mapLabels(text, t("app.map"))}
              layers={layers}
              selected={selected}
              {...(bounds ? { bounds } : {})}
              onSelect={(feature) =>
                setSearch(
                  {
                    ...search,
                    chosen: feature
                      ? `${feature.layer}/${String(feature.properties.country ?? "")}/${feature.id}`
                      : undefined,
                  },
                  { replace: true },
                )
              }
            >
              <ViewWatcher onView={setBbox} />
            </SantiMap>
          )}
        </Suspense>
        {chosenSection && chosenCountry && chosenId && (
          <ChosenRecord
            section={chosenSection}
            country={chosenCountry}
            id={chosenId}
            onClose={() => setSearch(changeSearch(search, { chosen: undefined }), { replace: true })}
          />
        )}
      </div>
    </div>
  );
}
