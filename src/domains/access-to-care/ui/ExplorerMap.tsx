import type { Feature, Point } from "geojson";
import { useMemo } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { MapBounds, MapLayer } from "../../../platform/map/layers.ts";
import { SantiMap } from "../../../platform/map/SantiMap.tsx";
import { mapLabels } from "../../../platform/ui/records/map-labels.ts";
import { useTheme } from "../../../platform/ui/ThemeSwitch.tsx";
import { areas } from "../../land/ui/index.ts";
import type { ExplorerOutput } from "../contract-explorer.ts";
import styles from "./access.module.css";
import { DropTool, type MapPlace } from "./DropTool.tsx";
import { TimeOverlay } from "./TimeOverlay.tsx";

const feature = (id: string, name: string, { longitude, latitude }: MapPlace): Feature<Point> => ({
  type: "Feature",
  properties: { id, name },
  geometry: { type: "Point", coordinates: [longitude, latitude] },
});

/** Travel times with the services that are and those that might be; takes a click as a further place. */
export function ExplorerMap(props: {
  country: string;
  name: string;
  answer: ExplorerOutput;
  minutes: number;
  /** Shows where open hazardous areas are, to who may see them. */
  hazards: boolean;
  onDrop?: ((place: MapPlace) => void) | undefined;
}) {
  const text = useText();
  const theme = useTheme();
  const { country, answer, minutes, hazards, onDrop } = props;
  const { services, proposals } = answer;
  const layers = useMemo((): MapLayer[] => {
    const type = areas.type.name;
    const tiles = `/tiles/${type}/{z}/{x}/{y}.mvt?${new URLSearchParams({ country })}`;
    const hazardous = hazards ? areas.mapLayer?.({ tiles, sourceLayer: type, maxZoom: 14 }) : undefined;
    const standing = services.filter(({ state }) => state === "used" || state === "snapped");
    return [
      ...(hazardous ? [{ ...hazardous, selectable: false }] : []),
      {
        ...{ id: "services", kind: "points", shape: "circle", tone: "blue", labelField: "name", selectable: false },
        source: {
          data: {
            type: "FeatureCollection",
            features: standing.map((service) =>
              feature(service.point, text.name(service.names) || service.code, service),
            ),
          },
        },
      },
      {
        ...{ id: "proposals", kind: "points", shape: "diamond", tone: "purple", labelField: "name", selectable: false },
        source: {
          data: {
            type: "FeatureCollection",
            features: proposals.map((proposal, i) =>
              feature(`proposal-${i}`, text.t("access-to-care.explorer.proposal", { number: i + 1 }), proposal),
            ),
          },
        },
      },
    ];
  }, [country, services, proposals, hazards, text]);
  const box = answer.raster.bounds.join();
  const bounds = useMemo(() => box.split(",").map(Number) as unknown as MapBounds, [box]);
  return (
    <div className={styles.map} data-dropping={onDrop !== undefined || undefined}>
      <SantiMap
        language={text.language}
        theme={theme}
        labels={mapLabels(text, props.name)}
        layers={layers}
        bounds={bounds}
      >
        <TimeOverlay raster={answer.raster} minutes={minutes} />
        {onDrop && <DropTool onDrop={onDrop} />}
      </SantiMap>
    </div>
  );
}
