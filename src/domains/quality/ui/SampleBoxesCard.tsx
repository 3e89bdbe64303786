import { useQuery } from "@tanstack/react-query";
import type { MultiPolygon, Polygon } from "geojson";
import { useId, useMemo, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useRecords, useTarget } from "../../../platform/ui/records/records-context.ts";
import { clientOf } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { visit } from "../contract.ts";
import { drawnFeatures, drawSample, type SampleGrid } from "../model-boxes.ts";
import styles from "./quality.module.css";
import { readLand } from "./read-land.ts";

/** The grid as a picture, north up: boxes of the land, the drawn ones filled. */
function GridPicture({ grid, label }: { grid: SampleGrid; label: string }) {
  const rings = grid.boxes.map(({ geometry, drawn, name }) => ({
    name,
    drawn: drawn !== null,
    outlines: geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(),
  }));
  const points = rings.flatMap(({ outlines }) => outlines.flat());
  const [west, south, east, north] = points.reduce<[number, number, number, number]>(
    ([w, s, e, n], [x = 0, y = 0]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)],
    [180, 90, -180, -90],
  );
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = 1000 / Math.max((east - west) * shrink, north - south, 1e-9);
  const place = ([x = 0, y = 0]: readonly number[]) =>
    `${((x - west) * shrink * scale).toFixed(1)} ${((north - y) * scale).toFixed(1)}`;
  return (
    <svg
      className={styles.grid}
      role="img"
      aria-label={label}
      viewBox={`-10 -10 ${((east - west) * shrink * scale + 20).toFixed(1)} ${((north - south) * scale + 20).toFixed(1)}`}
    >
      {rings.map(({ name, drawn, outlines }) => (
        <path
          key={name}
          className={drawn ? styles.drawn : styles.box}
          d={outlines.map((ring) => `M${ring.map(place).join("L")}Z`).join("")}
        />
      ))}
    </svg>
  );
}

function save(name: string, type: string, content: string) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Draws boxes to be searched again from a grid over land; the same seed draws the same boxes. */
export function SampleBoxesCard() {
  const text = useText();
  const { t, format } = text;
  const [search] = useAddress();
  const { countries, home } = useRecords();
  const [only] = countries.size === 1 ? countries.keys() : [];
  const country = search.country ?? home ?? only;
  const picture = useId();
  const [area, setArea] = useState(search.area ?? "");
  const [typed, setTyped] = useState("");
  const [boxMetres, setBoxMetres] = useState(10);
  const [percent, setPercent] = useState(10);
  const [seed, setSeed] = useState(1);
  const section = useTarget({ kind: "record", of: "land.area" });
  const field = visit.fields.area;
  const picked = useQuery({
    queryKey: ["record", "land.area", country, area],
    enabled: section !== undefined && area !== "" && country !== undefined,
    queryFn: ({ signal }) => {
      if (!section || !country) throw new Error("asked for nothing");
      return clientOf(section).get({ params: { country, id: area } }, { signal });
    },
  });
  const record = picked.data?.record as { geometry?: Polygon | MultiPolygon | { type: string } } | undefined;
  const ofArea = area !== "" ? record?.geometry : undefined;
  const read = useMemo(() => (typed.trim() === "" ? null : readLand(typed)), [typed]);
  const land =
    ofArea && (ofArea.type === "Polygon" || ofArea.type === "MultiPolygon") ? (ofArea as Polygon | MultiPolygon) : read;
  const outcome = useMemo((): SampleGrid | "too-small" | null => {
    if (!land || land === "unreadable") return null;
    try {
      return drawSample(land, { boxMetres, seed, amount: { fraction: percent / 100 } });
    } catch (cause) {
      if (cause instanceof RangeError) return "too-small";
      throw cause;
    }
  }, [land, boxMetres, seed, percent]);
  const grid = outcome === "too-small" ? null : outcome;
  const drawn = grid ? drawnFeatures(grid) : null;
  const summary =
    grid && drawn
      ? t("quality.boxes.summary", {
          drawn: drawn.features.length,
          boxes: grid.boxes.length,
          area: text.area(grid.drawnSquareMetres),
          share: format.percent(grid.squareMetres > 0 ? grid.drawnSquareMetres / grid.squareMetres : 0),
        })
      : null;
  return (
    <section className={surfaces.card} aria-labelledby={picture}>
      <div className={surfaces.panelHead}>
        <h2 id={picture}>{t("quality.boxes")}</h2>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>
        <p className={surfaces.muted}>{t("quality.boxes.lead")}</p>
        <div className={surfaces.gridTwo}>
          {field && country !== undefined && (
            <RecordPicker
              label={text.field(visit.name, "area")}
              field={field}
              country={country}
              value={area}
              onChange={setArea}
            />
          )}
          <NumberField
            label={t("quality.boxes.side")}
            min={1}
            max={1000}
            value={boxMetres}
            onChange={(value) => setBoxMetres(value ?? 10)}
          />
          <NumberField
            label={t("quality.boxes.percent")}
            min={0}
            max={100}
            value={percent}
            onChange={(value) => setPercent(value ?? 0)}
          />
          <NumberField
            label={t("quality.boxes.seed")}
            hint={t("quality.boxes.seed.hint")}
            integer
            min={0}
            max={4_294_967_295}
            value={seed}
            onChange={(value) => setSeed(value ?? 0)}
          />
        </div>
        {area === "" && (
          <TextArea
            label={t("quality.boxes.land")}
            hint={t("quality.boxes.land.hint")}
            rows={4}
            value={typed}
            onChange={setTyped}
            problem={read === "unreadable" ? t("quality.boxes.unreadable") : null}
          />
        )}
        {area !== "" && picked.data && !land && <p role="status">{t("quality.boxes.no-shape")}</p>}
        {outcome === "too-small" && <p role="status">{t("quality.boxes.too-small")}</p>}
        {grid && drawn && summary && (
          <>
            <GridPicture grid={grid} label={summary} />
            <p role="status">{summary}</p>
            <div className={surfaces.row}>
              <Button
                icon="export"
                onClick={() => save(`sample-${seed}.geojson`, "application/geo+json", JSON.stringify(drawn))}
              >
                {t("ui.export.geojson")}
              </Button>
              <Button
                icon="export"
                onClick={() =>
                  save(
                    `sample-${seed}.csv`,
                    "text/csv",
                    [
                      "order,box,square_metres",
                      ...drawn.features.map(
                        ({ properties }) => `${properties.order},${properties.name},${properties.squareMetres}`,
                      ),
                      "",
                    ].join("\r\n"),
                  )
                }
              >
                {t("ui.export.csv")}
              </Button>
            </div>
          </>
        )}
      </div>
    </section>
  );
}
