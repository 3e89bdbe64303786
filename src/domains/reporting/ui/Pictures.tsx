import { useQuery } from "@tanstack/react-query";
import type { Geometry } from "geojson";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { columnOf, type Result } from "../model.ts";
import { chartWidth, placeBars } from "../outputs/bars.ts";
import { placeMap, unknownFill } from "../outputs/choropleth.ts";
import type { Writing } from "../outputs/writing.ts";
import { reporting } from "./client.ts";
import styles from "./reporting.module.css";

type Picture = Extract<Result["blocks"][number], { kind: "chart" | "map" }>["block"];

interface Drawn {
  result: Result;
  writing: Writing;
  block: Picture;
}

/** One column of a table as lying bars. */
export function Chart({ block, writing, result }: Drawn) {
  const found = columnOf(result, block);
  if (!found) return null;
  const { table, column, at, unit } = found;
  const bars = table.rows.flatMap((row) => {
    const cell = row.cells[at];
    if (!cell || cell.value === null) return [];
    return [{ label: writing.row(table.block.by, row.key), value: cell.value, text: writing.cell(cell, unit) }];
  });
  if (bars.length === 0) return null;
  const placed = placeBars(bars);
  const title = writing.say(block.words);
  return (
    <figure className={`${surfaces.card} ${surfaces.pad} ${styles.chart}`}>
      <figcaption>
        {title}: {writing.column(column, table)}
      </figcaption>
      <svg
        viewBox={`0 0 ${chartWidth} ${placed.height}`}
        role="img"
        aria-label={`${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join("; ")}`}
      >
        {placed.bars.map(({ label, text, x, y, length, thickness, middle }) => (
          <g key={y}>
            <text x={x - 8} y={middle} textAnchor="end">
              {label}
            </text>
            <rect x={x} y={y} width={length} height={thickness} />
            <text x={x + length + 6} y={middle}>
              {text}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** One column of a table by first-level unit as a map in steps of colour; the table beside it has the numbers. */
export function FigureMap({ block, writing, result }: Drawn) {
  const { t } = useText();
  const [country = ""] = result.parameters.countries;
  const ground = useQuery({
    queryKey: ["report-outlines", country],
    queryFn: ({ signal }) => reporting.outlines({ params: { country } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = columnOf(result, block);
  if (!found || ground.isError || ground.data?.items.length === 0) return null;
  if (!ground.data) return <Skeleton lines={6} />;
  const { table, column, at, unit } = found;
  const values = table.rows.flatMap((row) => {
    const cell = row.cells[at];
    if (!cell || row.key === null) return [];
    return [
      { key: row.key, label: writing.row("province", row.key), value: cell.value, text: writing.cell(cell, unit) },
    ];
  });
  const outlines = new Map(ground.data.items.map(({ id, geometry }) => [id, geometry as Geometry]));
  const placed = placeMap(outlines, values);
  const title = `${writing.say(block.words)}: ${writing.column(column, table)}`;
  return (
    <figure className={`${surfaces.card} ${surfaces.pad} ${styles.map}`}>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`-2 -2 ${placed.width + 4} ${placed.height + 4}`}
        role="img"
        aria-label={`${title}: ${values.map(({ label, text }) => `${label} ${text}`).join("; ")}`}
      >
        {placed.units.map(({ key, path, fill, label, text }) => (
          <path key={key} d={path} fill={fill}>
            {label && <title>{`${label}: ${text}`}</title>}
          </path>
        ))}
      </svg>
      <ul className={styles.legend}>
        {placed.classes.map(({ from, to, fill }) => (
          <li key={from}>
            <svg viewBox="0 0 30 12" aria-hidden="true">
              <rect x="1" y="1" width="28" height="10" fill={fill} />
            </svg>
            {writing.range(from, to, unit)}
          </li>
        ))}
        {placed.unknown && (
          <li>
            <svg viewBox="0 0 30 12" aria-hidden="true">
              <rect x="1" y="1" width="28" height="10" fill={unknownFill} />
            </svg>
            {t("reporting.map.unknown")}
          </li>
        )}
      </ul>
    </figure>
  );
}
