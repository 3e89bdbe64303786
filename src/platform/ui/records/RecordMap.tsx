import { useMemo } from "react";
import type { GeometryValue } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { SantiMap } from "../../map/SantiMap.tsx";
import surfaces from "../surfaces.module.css";
import { useTheme } from "../ThemeSwitch.tsx";
import { boundsOf } from "./bounds.ts";
import { mapLabels } from "./map-labels.ts";
import { type RecordItem, type RecordSection, recordTitle } from "./section.ts";

/** A small map of where one record is, in the symbols of the large one. */
export function RecordMap(props: { geometry: GeometryValue; section: RecordSection; record: RecordItem }) {
  const text = useText();
  const theme = useTheme();
  const { geometry, section, record } = props;
  const layers = useMemo(() => {
    const { [section.type.geometryField ?? ""]: _, withheld: __, ...properties } = record;
    const feature = { type: "Feature" as const, id: record.id, properties, geometry: geometry as GeoJSON.Geometry };
    const layer = section.mapLayer?.({ data: { type: "FeatureCollection", features: [feature] } });
    return layer ? [layer] : [];
  }, [geometry, section, record]);
  const bounds = useMemo(() => boundsOf(geometry, geometry.type === "Point" ? 0.02 : 0.002), [geometry]);
  const title = text.t("ui.map.of", { record: recordTitle(section, record, text) });
  return (
    <div className={surfaces.smallMap}>
      <SantiMap
        language={text.language}
        theme={theme}
        labels={mapLabels(text, title)}
        layers={layers}
        {...(bounds ? { bounds } : {})}
      />
    </div>
  );
}
