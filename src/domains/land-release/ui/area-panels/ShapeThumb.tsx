import type { MultiPolygon, Polygon } from "geojson";
import styles from "./area-panels.module.css";
import { shapePaths } from "./shape-paths.ts";

const size = { width: 64, height: 44 };

/** A small drawing of pieces of ground in the outline of their area; the numbers beside it say what it shows. */
export function ShapeThumb(props: {
  outline: Polygon | MultiPolygon | null;
  pieces: readonly (Polygon | MultiPolygon)[];
}) {
  const { outline, pieces } = props;
  const [frame, ...paths] = shapePaths([...(outline ? [outline] : []), ...pieces], size);
  if (frame === undefined) return null;
  return (
    <svg
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      className={styles.thumb}
      aria-hidden="true"
      focusable="false"
    >
      <path d={frame} className={outline ? styles.outline : styles.piece} />
      {paths.map((path) => (
        <path key={path} d={path} className={styles.piece} />
      ))}
    </svg>
  );
}
