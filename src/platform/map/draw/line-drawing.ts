import type { Position } from "geojson";
import type { Map as MapLibreMap } from "maplibre-gl";
import { type HexColor, TerraDraw, TerraDrawLineStringMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import type { MapTheme } from "../layers.ts";
import { PALETTES } from "../palette.ts";
import { drawnPrefix } from "./keep-drawn.ts";

/**
 * Puts the drawing of one line on a map: each tap sets a point, a tap on the last one ends it. Another line takes its place.
 * @param onLine told of each finished line, longitude and latitude
 * @returns ends drawing and takes everything off the map
 */
export function drawLine(map: MapLibreMap, theme: MapTheme, onLine: (line: readonly Position[]) => void): () => void {
  const palette = PALETTES[theme];
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9, prefixId: drawnPrefix }),
    modes: [
      new TerraDrawLineStringMode({
        pointerDistance: 24,
        styles: {
          lineStringColor: palette.tones.purple as HexColor,
          lineStringWidth: 4,
          closingPointColor: palette.tones.purple as HexColor,
          closingPointOutlineColor: palette.casing as HexColor,
          closingPointWidth: 8,
          closingPointOutlineWidth: 3,
        },
      }),
    ],
  });
  const start = () => {
    draw.start();
    draw.setMode("linestring");
  };
  draw.on("finish", (id) => {
    const line = draw.getSnapshot().find((feature) => feature.id === id);
    if (line?.geometry.type !== "LineString") return;
    const others = draw
      .getSnapshot()
      .flatMap((feature) => (feature.id === undefined || feature.id === id ? [] : [feature.id]));
    draw.removeFeatures(others);
    onLine(line.geometry.coordinates);
  });
  if (map.getStyle()) start();
  else map.once("style.load", start);
  return () => {
    map.off("style.load", start);
    // A page that is left takes its map away first, and with it everything that was drawn.
    if (draw.enabled && map.getStyle()) draw.stop();
  };
}
