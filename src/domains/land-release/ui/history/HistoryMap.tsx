import type { FilterSpecification } from "maplibre-gl";
import { useMemo } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
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
  const layers = useMemo((): MapLayer[] => {
    const on = dayNumber(day);
    const filter: FilterSpecification = ["all", ["<=", ["get", "from"], on], [">", ["get", "until"], on]];
    const near: FilterSpecification = ["any", ["!=", ["geometry-type"], "Point"], ["<", ["zoom"], symbolsBelow]];
    return [
      { id: "released", kind: "hazard-areas", source: { data: replay.released }, filter, selectable: false },
      {
        id: "areas",
        kind: "hazard-areas",
        source: { data: replay.areas },
        filter: ["all", filter, near] as FilterSpecification,
        labelField: "code",
      },
    ];
  }, [replay, day]);
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
        />
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
