import type { FilterSpecification } from "maplibre-gl";
import { useMemo, useRef } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { LayerFilter } from "../../../../platform/map/LayerFilter.tsx";
import { LegendSwatch } from "../../../../platform/map/LegendSwatch.tsx";
import type { MapLayer } from "../../../../platform/map/layers.ts";
import { legendEntries } from "../../../../platform/map/legend.ts";
import { SantiMap } from "../../../../platform/map/SantiMap.tsx";
import { mapLabels } from "../../../../platform/ui/records/map-labels.ts";
import { useTheme } from "../../../../platform/ui/ThemeSwitch.tsx";
import styles from "./history.module.css";
import { dayNumber, type ReplayMap } from "./replay.ts";

/** From this zoom on outlines are large enough to be seen by themselves. */
const symbolsBelow = 10;

/** Which features a day shows: those that held on it. */
function filtersOf(day: string): { released: FilterSpecification; areas: FilterSpecification } {
  const on = dayNumber(day);
  const held: FilterSpecification = ["all", ["<=", ["get", "from"], on], [">", ["get", "until"], on]];
  const near: FilterSpecification = ["any", ["!=", ["geometry-type"], "Point"], ["<", ["zoom"], symbolsBelow]];
  return { released: held, areas: ["all", held, near] as FilterSpecification };
}

/** The map of one day with its legend: areas by class and status, and the ground that was released until then. */
export function HistoryMap(props: {
  replay: ReplayMap;
  day: string;
  /** Id of the feature that is chosen. */
  selected: string | null;
  onSelect: (area: string | null) => void;
}) {
  const text = useText();
  const { t } = text;
  const theme = useTheme();
  const { replay, day, selected } = props;
  const filters = useMemo(() => filtersOf(day), [day]);
  const first = useRef(filters);
  const layers = useMemo((): MapLayer[] => {
    const { released, areas } = first.current;
    return [
      {
        id: "released",
        kind: "hazard-areas",
        source: { data: replay.released },
        filter: released,
        selectable: false,
      },
      { id: "areas", kind: "hazard-areas", source: { data: replay.areas }, filter: areas, labelField: "code" },
    ];
  }, [replay]);
  const legend = useMemo(() => legendEntries(layers.slice(1), theme), [layers, theme]);
  const chosen = useMemo(() => (selected ? { layer: "areas", id: selected } : null), [selected]);
  return (
    <>
      <div className={styles.map}>
        <SantiMap
          language={text.language}
          theme={theme}
          labels={mapLabels(text, t("land-history.map"))}
          layers={layers}
          selected={chosen}
          onSelect={(feature) => props.onSelect(feature ? String(feature.properties.area) : null)}
          {...(replay.bounds ? { bounds: replay.bounds } : {})}
        >
          <LayerFilter layer="released" filter={filters.released} />
          <LayerFilter layer="areas" filter={filters.areas} />
        </SantiMap>
      </div>
      <ul className={styles.legend} aria-label={t("land-history.legend")}>
        {legend.map(({ key, swatch }) => {
          const [kind = "", code = ""] = key.split(".");
          return (
            <li key={key}>
              <LegendSwatch swatch={swatch} />
              <span>{text.code(kind === "class" ? "area-class" : "area-status", code)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
