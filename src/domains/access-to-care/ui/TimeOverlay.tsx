import type { CanvasSource } from "maplibre-gl";
import { useEffect, useMemo } from "react";
import { useMap } from "../../../platform/map/map-context.ts";
import type { ExplorerOutput } from "../contract-explorer.ts";
import { legendColours } from "../engine/colours.ts";
import { beyondBin, minutesPerBin, noBin } from "../model.ts";
import { legendMinutes } from "./legend.ts";

const name = "access-times";

/** The colour of each bin as red, green, blue, opacity. */
function palette(minutes: number): Uint8ClampedArray {
  const limits = legendMinutes(minutes);
  const colours = legendColours(limits.length).map((hex) =>
    [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)),
  );
  const table = new Uint8ClampedArray(256 * 4);
  for (let bin = 0; bin <= beyondBin; bin++) {
    const until = (bin + 1) * minutesPerBin;
    const at = bin === beyondBin ? -1 : limits.findIndex((limit) => until <= limit);
    const [red = 0, green = 0, blue = 0] = colours[at < 0 ? limits.length : at] ?? [];
    table.set([red, green, blue, 255], bin * 4);
  }
  table.set([0, 0, 0, 0], noBin * 4);
  return table;
}

/** Travel times as colours over the map, painted in the browser, so that moving the threshold asks nobody. */
export function TimeOverlay({ raster, minutes }: { raster: ExplorerOutput["raster"]; minutes: number }) {
  const map = useMap();
  const canvas = useMemo(() => document.createElement("canvas"), []);
  const bins = useMemo(() => Uint8Array.from(atob(raster.bins), (sign) => sign.charCodeAt(0)), [raster.bins]);

  useEffect(() => {
    canvas.width = raster.columns;
    canvas.height = raster.rows;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const image = pen.createImageData(raster.columns, raster.rows);
    const table = palette(minutes);
    bins.forEach((bin, pixel) => {
      for (let part = 0; part < 4; part++) image.data[pixel * 4 + part] = table[bin * 4 + part] as number;
    });
    pen.putImageData(image, 0, 0);
    const source = map?.getSource<CanvasSource>(name);
    // A canvas that does not move is read once; playing for a moment has it read again.
    source?.play();
    source?.pause();
    map?.triggerRepaint();
  }, [map, canvas, bins, raster.columns, raster.rows, minutes]);

  const box = raster.bounds.join();
  useEffect(() => {
    if (!map) return;
    const [west = 0, south = 0, east = 0, north = 0] = box.split(",").map(Number);
    const put = () => {
      const layers = map.getStyle()?.layers;
      if (!layers) return;
      if (!map.getSource(name)) {
        const coordinates: [[number, number], [number, number], [number, number], [number, number]] = [
          [west, north],
          [east, north],
          [east, south],
          [west, south],
        ];
        map.addSource(name, { type: "canvas", canvas, coordinates, animate: false });
      }
      if (map.getLayer(name)) return;
      // Under the page's own symbols and under all names, over the ground.
      const above = layers.find(
        (layer) => layer.type === "symbol" || ("source" in layer && `${layer.source}`.startsWith("data:")),
      );
      const paint = { "raster-opacity": 0.62, "raster-resampling": "nearest", "raster-fade-duration": 0 } as const;
      map.addLayer({ id: name, type: "raster", source: name, paint }, above?.id);
    };
    put();
    // A new style of the page takes away what it does not know.
    map.on("styledata", put);
    return () => {
      map.off("styledata", put);
      if (!map.style) return;
      if (map.getLayer(name)) map.removeLayer(name);
      if (map.getSource(name)) map.removeSource(name);
    };
  }, [map, canvas, box]);
  return null;
}
