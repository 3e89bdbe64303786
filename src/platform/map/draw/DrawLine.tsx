import type { Position } from "geojson";
import { useEffect, useRef } from "react";
import type { MapTheme } from "../layers.ts";
import { useMap } from "../map-context.ts";
import styles from "./draw.module.css";
import { drawLine } from "./line-drawing.ts";

/**
 * Draws one line on the surrounding `SantiMap`, by pointer and by touch. The page offers another way for the keyboard.
 * @param props.help what to do, shown on the map
 */
export function DrawLine(props: { theme: MapTheme; help: string; onLine: (line: readonly Position[]) => void }) {
  const map = useMap();
  const { theme } = props;
  const latest = useRef(props.onLine);
  latest.current = props.onLine;
  useEffect(() => (map ? drawLine(map, theme, (line) => latest.current(line)) : undefined), [map, theme]);
  if (!map) return null;
  return (
    <div className={styles.panel}>
      <p className={styles.help}>{props.help}</p>
    </div>
  );
}
