import type { MultiPolygon, Polygon, Position } from "geojson";
import type { Map as MapLibreMap } from "maplibre-gl";
import {
  type GeoJSONStoreFeatures,
  type HexColor,
  TerraDraw,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import type { MapTheme } from "../layers.ts";
import { PALETTES } from "../palette.ts";
import { drawnPrefix } from "./keep-drawn.ts";
import { cornerAt, snapTarget } from "./snapping.ts";

/** What is done with the pointer: set the corners of a new outline, move them, or take them away. */
export type DrawTool = "draw" | "move" | "remove";

/** An outline without its closing point. */
export type Ring = readonly Position[];

/** A map that can be drawn on. */
export interface Drawing {
  /** Shows an outline, or none; one that is shown already is left alone. */
  show(ring: Ring): void;
  use(tool: DrawTool): void;
  /** Takes the last corner of an outline that is being drawn away; false when none is. */
  takeBackCorner(): boolean;
  /** Ends drawing and takes everything off the map. */
  stop(): void;
}

/** What drawing starts with and whom it tells. */
export interface DrawingOptions {
  theme: MapTheme;
  /** Decimals of a degree that the page keeps. An outline that came back otherwise would end a drag half-way. */
  decimals: number;
  /** Borders to follow; asked each time. */
  borders: () => readonly (Polygon | MultiPolygon)[];
  /** Told of each outline that was finished or changed. */
  onRing: (ring: Ring) => void;
  /** Told when a new outline is finished, so that the tool can change. */
  onFinished: () => void;
}

/** Between what a fingertip needs and what a mouse is precise to. */
const reachPixels = 16;
/** A pointer that rests this long has arrived, milliseconds. */
const restMs = 120;

const sameRing = (one: Ring, two: Ring) =>
  one.length === two.length && one.every((position, index) => String(position) === String(two[index]));

/**
 * Puts drawing on a map: by pointer and by touch, with corners that follow nearby borders. The keyboard's way is a
 * table of coordinates beside the map, which the page must offer.
 */
export function createDrawing(map: MapLibreMap, options: DrawingOptions): Drawing {
  const { decimals } = options;
  const rounded = (position: Position): Position =>
    position.slice(0, 2).map((ordinate) => Number(ordinate.toFixed(decimals)));
  const palette = PALETTES[options.theme];
  const line = palette.selection as HexColor;
  const light = palette.casing as HexColor;
  const project = ([lon = 0, lat = 0]: Position) => map.project([lon, lat]);
  const toCustom = (event: { containerX: number; containerY: number }): Position | undefined => {
    const at = { x: event.containerX, y: event.containerY };
    const target = snapTarget(options.borders(), project, at, reachPixels);
    return target ? rounded(target.position) : undefined;
  };
  const selectionStyles = {
    selectedPolygonColor: line,
    selectedPolygonFillOpacity: 0.15,
    selectedPolygonOutlineColor: line,
    selectedPolygonOutlineWidth: 3,
    selectionPointColor: light,
    selectionPointOutlineColor: line,
    selectionPointWidth: 8,
    selectionPointOutlineWidth: 3,
    midPointColor: line,
    midPointOutlineColor: light,
    midPointWidth: 5,
    midPointOutlineWidth: 2,
  };
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: decimals, prefixId: drawnPrefix }),
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    modes: [
      new TerraDrawPolygonMode({
        pointerDistance: 24,
        snapping: { toCustom },
        showCoordinatePoints: true,
        styles: {
          fillColor: line,
          fillOpacity: 0.15,
          outlineColor: line,
          outlineWidth: 3,
          closingPointColor: line,
          closingPointOutlineColor: light,
          closingPointWidth: 8,
          closingPointOutlineWidth: 3,
          coordinatePointColor: light,
          coordinatePointOutlineColor: line,
          coordinatePointWidth: 6,
          coordinatePointOutlineWidth: 2,
          snappingPointColor: palette.tones.orange as HexColor,
          snappingPointWidth: 8,
        },
      }),
      new TerraDrawSelectMode({
        pointerDistance: 24,
        allowManualDeselection: false,
        styles: selectionStyles,
        flags: {
          polygon: {
            feature: {
              draggable: false,
              coordinates: {
                midpoints: { draggable: true },
                draggable: true,
                deletable: true,
                snappable: { toCustom },
              },
            },
          },
        },
      }),
    ],
  });

  let shown: Ring = [];
  let tool: DrawTool = "move";
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isDown = false;

  const outline = () =>
    draw
      .getSnapshot()
      .find(({ geometry, properties }) => geometry.type === "Polygon" && properties.mode === "polygon") as
      | GeoJSONStoreFeatures<Polygon>
      | undefined;
  const tell = (ring: Ring) => {
    if (sameRing(ring, shown)) return;
    shown = ring;
    options.onRing(ring);
  };
  const read = () => {
    const feature = outline();
    if (feature && tool !== "draw") tell((feature.geometry.coordinates[0] ?? []).slice(0, -1).map(rounded));
  };
  const select = () => {
    const feature = outline();
    draw.setMode("select");
    if (feature?.id !== undefined && tool === "move") draw.selectFeature(feature.id);
  };
  const put = (ring: Ring) => {
    const mode = draw.getMode();
    draw.clear();
    const [first] = ring;
    if (ring.length >= 3 && first) {
      const coordinates = [[...ring, first].map(rounded)];
      draw.addFeatures([
        { type: "Feature", geometry: { type: "Polygon", coordinates }, properties: { mode: "polygon" } },
      ]);
    }
    if (mode === "select") select();
  };

  const start = () => {
    draw.start();
    put(shown);
    if (tool === "draw") draw.setMode("polygon");
    else select();
  };
  const finished = () => {
    if (tool !== "draw") return;
    // Leaving the mode inside its own event would end it twice.
    setTimeout(() => {
      if (!draw.enabled || tool !== "draw") return;
      tool = "move";
      read();
      select();
      options.onFinished();
    });
  };
  const changed = () => {
    clearTimeout(rest);
    // A drag is told when it ends: it is one step, however often the hand pauses.
    if (!isDown) rest = setTimeout(() => draw.enabled && read(), restMs);
  };
  const pressed = () => {
    isDown = true;
    clearTimeout(rest);
  };
  const released = () => {
    isDown = false;
    changed();
  };
  const removed = ({ point }: { point: { x: number; y: number } }) => {
    if (tool !== "remove" || shown.length <= 3) return;
    const index = cornerAt(shown, project, point, reachPixels);
    if (index === null) return;
    const left = shown.filter((_, at) => at !== index);
    put(left);
    tell(left);
  };
  draw.on("finish", finished);
  draw.on("change", changed);
  map.on("click", removed);
  // The hand may leave the map before it lets go.
  map.getCanvas().addEventListener("pointerdown", pressed);
  window.addEventListener("pointerup", released);
  window.addEventListener("pointercancel", released);
  // There is a style to add to as soon as it can be written down; tiles may still be on their way.
  if (map.getStyle()) start();
  else map.once("style.load", start);

  return {
    show(ring) {
      const wanted = ring.map(rounded);
      if (sameRing(wanted, shown)) return;
      shown = wanted;
      if (draw.enabled) put(wanted);
    },
    use(next) {
      tool = next;
      if (!draw.enabled) return;
      if (next === "draw") {
        draw.clear();
        draw.setMode("polygon");
      } else {
        if (!outline()) put(shown);
        select();
      }
    },
    takeBackCorner() {
      if (!draw.enabled || draw.getModeState() !== "drawing") return false;
      return draw.canUndo() && draw.undo();
    },
    stop() {
      clearTimeout(rest);
      map.off("style.load", start);
      map.off("click", removed);
      map.getCanvas().removeEventListener("pointerdown", pressed);
      window.removeEventListener("pointerup", released);
      window.removeEventListener("pointercancel", released);
      // A page that is left takes its map away first, and with it everything that was drawn.
      if (draw.enabled && map.getStyle()) draw.stop();
    },
  };
}
