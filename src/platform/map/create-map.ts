import {
  addProtocol,
  Map as MapLibreMap,
  type RequestParameters,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { Protocol } from "pmtiles";
import type { MapBounds } from "./layers.ts";
import { mapImage } from "./patterns.ts";

let prepared = false;

/** Tells MapLibre where its worker is and how to read PMTiles; once for the page. */
function prepare(): void {
  if (prepared) return;
  setWorkerUrl(workerUrl);
  addProtocol("pmtiles", new Protocol().tile);
  prepared = true;
}

/** What a map starts with. */
export interface MapStart {
  container: HTMLElement;
  style: StyleSpecification;
  bounds: MapBounds;
  /** Whether the user asks for less motion. */
  calm: boolean;
}

/** Tile requests carry the session, also when the server is on another origin. */
function withSession(url: string, type?: string): RequestParameters {
  return type === "Tile" ? { url, credentials: "include" } : { url };
}

/**
 * Creates a map that lies flat with north up: no rotation and no tilt, so that the arrow keys always mean the same.
 *
 * @throws Error when the browser has no WebGL 2
 */
export function createMap({ container, style, bounds, calm }: MapStart): MapLibreMap {
  prepare();
  const map = new MapLibreMap({
    container,
    style,
    bounds: [...bounds] as [number, number, number, number],
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 19,
    renderWorldCopies: true,
    fadeDuration: calm ? 0 : 200,
    reduceMotion: calm,
    transformRequest: withSession,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setMissingStyleImageResolver((id) => {
    const image = mapImage(id);
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: image.pixelRatio });
  });
  return map;
}
