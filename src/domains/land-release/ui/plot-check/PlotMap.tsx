import type { MultiPolygon, Polygon } from "geojson";
import { useMemo } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import type { MapBounds, MapLayer } from "../../../../platform/map/layers.ts";
import { SantiMap } from "../../../../platform/map/SantiMap.tsx";
import { mapLabels } from "../../../../platform/ui/records/map-labels.ts";
import { useTheme } from "../../../../platform/ui/ThemeSwitch.tsx";
import { areas } from "../../../land/ui/index.ts";

import styles from "./plot-check.module.css";

/** The plot among the hazardous areas whose place the reader may see. */
export function PlotMap(props: { plot: Polygon | MultiPolygon; bounds: MapBounds; country: string }) {
  const text = useText();
  const theme = useTheme();
  const { plot, bounds, country } = props;
  const layers = useMemo((): MapLayer[] => {
    const { name } = areas.type;
    const tiles = `/tiles/${name}/{z}/{x}/{y}.mvt?${new URLSearchParams({ country })}`;
    const hazards = areas.mapLayer?.({ tiles, sourceLayer: name, maxZoom: 14 });
    const outline = { type: "Feature" as const, properties: { id: "plot" }, geometry: plot };
    return [
      ...(hazards ? [{ ...hazards, selectable: false }] : []),
      {
        id: "plot",
        kind: "lines",
        tone: "blue",
        selectable: false,
        source: { data: { type: "FeatureCollection", features: [outline] } },
      },
    ];
  }, [plot, country]);
  return (
    <div className={styles.map}>
      <SantiMap
        language={text.language}
        theme={theme}
        labels={mapLabels(text, text.t("plot-check.map"))}
        layers={layers}
        bounds={bounds}
      />
    </div>
  );
}
