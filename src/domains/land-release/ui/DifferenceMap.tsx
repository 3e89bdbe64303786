import type { Feature, FeatureCollection } from "geojson";
import { useMemo, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { MapLayer } from "../../../platform/map/layers.ts";
import { SantiMap } from "../../../platform/map/SantiMap.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { boundsOf } from "../../../platform/ui/records/bounds.ts";
import { mapLabels } from "../../../platform/ui/records/map-labels.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useTheme } from "../../../platform/ui/ThemeSwitch.tsx";
import type { DifferenceOutput } from "../contract.ts";
import styles from "./reports.module.css";

type Moment = "before" | "after";
type Shape = NonNullable<DifferenceOutput["products"][number]["geometry"]>;

const feature = (id: string, geometry: Shape, properties: Record<string, unknown>): Feature => ({
  type: "Feature",
  id,
  geometry,
  properties: { id, ...properties },
});
const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

/** The open ground of the areas before or after a report, their outlines, and the ground that it releases. */
export function DifferenceMap({ difference }: { difference: DifferenceOutput }) {
  const text = useText();
  const { t } = text;
  const theme = useTheme();
  const [moment, setMoment] = useState<Moment>("after");
  const layers = useMemo((): MapLayer[] => {
    const states = difference.areas.flatMap((pair) => pair[moment] ?? []);
    const outlines = states.flatMap(({ id, perimeter }) => (perimeter ? [feature(id, perimeter, {})] : []));
    const open = states.flatMap(({ id, code, areaClass, status, ground }) =>
      ground ? [feature(id, ground, { areaClass, status, code })] : [],
    );
    const released = difference.products.flatMap(({ kind, geometry }, at) =>
      geometry
        ? [
            feature(String(at), geometry, {
              areaClass: "indication",
              status: "closed",
              label: t(`ledger.account.${kind}`),
            }),
          ]
        : [],
    );
    return [
      { id: "outlines", kind: "lines", tone: "grey", dashed: true, source: { data: collection(outlines) } },
      { id: "open", kind: "hazard-areas", labelField: "code", source: { data: collection(open) } },
      ...(moment === "after" && released.length > 0
        ? [
            {
              id: "released",
              kind: "hazard-areas" as const,
              labelField: "label",
              source: { data: collection(released) },
            },
          ]
        : []),
    ];
  }, [difference, moment, t]);
  const bounds = useMemo(() => {
    const shapes = difference.areas.flatMap(({ before, after }) => [before?.perimeter ?? [], after?.perimeter ?? []]);
    return boundsOf({ type: "MultiPolygon", coordinates: shapes.flat().map((each) => each.coordinates) }, 0.001);
  }, [difference]);
  return (
    <div className={surfaces.stack}>
      <RadioGroup
        legend={t("land-reports.moment")}
        value={moment}
        onChange={(value) => setMoment(value === "before" ? "before" : "after")}
        options={(["before", "after"] as const).map((value) => ({ value, label: t(`land-reports.moment.${value}`) }))}
      />
      <div className={styles.map}>
        <SantiMap
          language={text.language}
          theme={theme}
          labels={mapLabels(text, t("land-reports.difference.map"))}
          layers={layers}
          {...(bounds ? { bounds } : {})}
        />
      </div>
    </div>
  );
}
