import type { Feature, FeatureCollection, Geometry } from "geojson";
import { useMemo, useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import type { MapLayer } from "../../../../platform/map/layers.ts";
import { SantiMap } from "../../../../platform/map/SantiMap.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { boundsOf } from "../../../../platform/ui/records/bounds.ts";
import { mapLabels } from "../../../../platform/ui/records/map-labels.ts";
import { Select } from "../../../../platform/ui/Select.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { useTheme } from "../../../../platform/ui/ThemeSwitch.tsx";
import type { HistoryOutput } from "../../contract-history.ts";
import { decodeShape } from "../../model-replay.ts";
import styles from "./area-panels.module.css";

const feature = (id: string, geometry: Geometry, properties: Record<string, unknown> = {}): Feature => ({
  type: "Feature",
  geometry,
  properties: { id, ...properties },
});
const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

/** The polygon of one area, version by version: its open ground then, what was released until then, and what it was before. */
export function AreaVersions({ history, area }: { history: HistoryOutput; area: string }) {
  const text = useText();
  const { t, format } = text;
  const theme = useTheme();
  const versions = useMemo(
    () =>
      (history.areas.find(({ id }) => id === area)?.states ?? []).map((state) => ({
        ...state,
        geometry: decodeShape(state.shape === null ? [] : (history.shapes[state.shape] ?? [])),
      })),
    [history, area],
  );
  const [chosen, setChosen] = useState(versions.length - 1);
  const version = versions[chosen];
  const before = versions[chosen - 1];
  const layers = useMemo((): MapLayer[] => {
    if (!version) return [];
    const released = history.products.flatMap((product, at) =>
      product.area === area && product.from <= version.from && product.shape !== null
        ? [
            feature(String(at), decodeShape(history.shapes[product.shape] ?? []), {
              areaClass: "indication",
              status: "released",
              label: t(`ledger.account.${product.kind}`),
            }),
          ]
        : [],
    );
    const { areaClass, status, geometry } = version;
    return [
      ...(before
        ? [
            {
              id: "before",
              kind: "lines" as const,
              tone: "grey" as const,
              dashed: true,
              selectable: false,
              source: { data: collection([feature("before", before.geometry)]) },
            },
          ]
        : []),
      {
        id: "released",
        kind: "hazard-areas",
        labelField: "label",
        selectable: false,
        source: { data: collection(released) },
      },
      {
        id: "version",
        kind: "hazard-areas",
        selectable: false,
        source: { data: collection([feature("version", geometry, { areaClass, status })]) },
      },
    ];
  }, [history, area, version, before, t]);
  const bounds = useMemo(
    () =>
      boundsOf({ type: "MultiPolygon", coordinates: versions.flatMap(({ geometry }) => geometry.coordinates) }, 0.001),
    [versions],
  );
  if (!version) return <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("area-panels.versions.none")}</p>;
  const difference = before ? version.squareMetres - before.squareMetres : 0;
  const metres = (value: number) => t("unit.m2", { value: format.number(value, 0) });
  return (
    <>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        <div className={`${surfaces.row} ${surfaces.atFoot}`}>
          <Button icon="back" disabled={chosen === 0} onClick={() => setChosen(chosen - 1)}>
            {t("area-panels.versions.back")}
          </Button>
          <Select
            label={t("area-panels.versions.choose")}
            value={String(chosen)}
            onChange={(value) => setChosen(Number(value))}
            options={versions.map(({ from }, at) => ({
              value: String(at),
              label: t("area-panels.versions.option", { number: at + 1, date: format.date(from) }),
            }))}
          />
          <Button icon="next" disabled={chosen === versions.length - 1} onClick={() => setChosen(chosen + 1)}>
            {t("area-panels.versions.on")}
          </Button>
        </div>
        <p aria-live="polite">
          {t("area-panels.versions.state", {
            date: format.date(version.from),
            class: text.code("area-class", version.areaClass),
            status: text.code("area-status", version.status),
            area: metres(version.squareMetres),
          })}{" "}
          {difference !== 0 &&
            t("area-panels.versions.change", {
              change: `${difference > 0 ? "+" : "−"}${metres(Math.abs(difference))}`,
            })}
        </p>
      </div>
      <div className={styles.map}>
        <SantiMap
          language={text.language}
          theme={theme}
          labels={mapLabels(text, t("area-panels.versions.map"))}
          layers={layers}
          {...(bounds ? { bounds } : {})}
        />
      </div>
    </>
  );
}
