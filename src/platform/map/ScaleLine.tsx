import type { Map as MapLibreMap } from "maplibre-gl";
import { useEffect, useState } from "react";
import styles from "./map.module.css";
import { metresPerPixel, type ScaleBar, scaleBar } from "./scale.ts";

const MAX_WIDTH = 100;

function barOf(map: MapLibreMap): ScaleBar {
  return scaleBar(metresPerPixel(map.getCenter().lat, map.getZoom()), MAX_WIDTH);
}

/** The scale at the middle of the map, with the words for the units. */
export function ScaleLine({ map, metres, kilometres }: { map: MapLibreMap; metres: string; kilometres: string }) {
  const [bar, setBar] = useState(() => barOf(map));
  useEffect(() => {
    const update = () => setBar(barOf(map));
    update();
    map.on("move", update);
    return () => {
      map.off("move", update);
    };
  }, [map]);
  return (
    <span className={styles.scale} style={{ inlineSize: bar.width }}>
      {bar.value} {bar.unit === "km" ? kilometres : metres}
    </span>
  );
}
