import "maplibre-gl/dist/maplibre-gl.css";
import type { Map as MapLibreMap } from "maplibre-gl";
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { absoluteUrl } from "./absolute-url.ts";
import { createMap } from "./create-map.ts";
import { keepDrawn } from "./draw/keep-drawn.ts";
import {
  ASEAN_BOUNDS,
  type MapBounds,
  type MapLanguage,
  type MapLayer,
  type MapSelection,
  type MapTheme,
  type SelectedFeature,
} from "./layers.ts";
import styles from "./map.module.css";
import { MapContext } from "./map-context.ts";
import { ScaleLine } from "./ScaleLine.tsx";
import { featureAt, markSelected } from "./selection.ts";
import { mapStyle } from "./style.ts";

/** Every text the map shows or reads out, in the language of the page. */
export interface MapLabels {
  /** Accessible name of the map, as "Map of hazardous areas". */
  map: string;
  /** How to use the map with the keyboard; read out with the name. */
  keyboardHelp: string;
  zoomIn: string;
  zoomOut: string;
  /** Name of the button that shows the bounds again. */
  showAll: string;
  /** Source line, as "Natural Earth; borders are approximate". */
  attribution: string;
  /** Shown instead of the map where the browser cannot draw it. */
  unsupported: string;
  metres: string;
  kilometres: string;
}

/** What a map shows, and whom it tells what the user chose. */
export interface SantiMapProps {
  language: MapLanguage;
  theme: MapTheme;
  labels: MapLabels;
  /** From the bottom up. Keep the array stable between renders. */
  layers: readonly MapLayer[];
  /** The place to show first, and to go to when it changes; the ASEAN members by default. */
  bounds?: MapBounds;
  selected?: SelectedFeature | null;
  /** Called with the feature under a click, or at the middle after Enter; with null where there is none. */
  onSelect?: (feature: MapSelection | null) => void;
  /** Folder with `basemap/` and `fonts/`; default `/assets`. */
  assetBase?: string;
  /** Controls and panels over the map; they reach the map with `useMap`. */
  children?: ReactNode;
}

function prefersCalm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function withAbsoluteTiles(layer: MapLayer): MapLayer {
  if (layer.kind === "shaded-units" || !("tiles" in layer.source)) return layer;
  return { ...layer, source: { ...layer.source, tiles: absoluteUrl(layer.source.tiles, window.location.origin) } };
}

/**
 * The map of Santi: an offline basemap of ASEAN in the language of the page, data layers, selection by pointer or
 * keyboard, zoom buttons, scale and source line. It fills its container, which needs a height. Load it lazily: it
 * brings MapLibre with it.
 */
export function SantiMap({
  language,
  theme,
  labels,
  layers,
  bounds = ASEAN_BOUNDS,
  selected = null,
  onSelect,
  assetBase = "/assets",
  children,
}: SantiMapProps) {
  const container = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [unsupported, setUnsupported] = useState(false);
  const [aiming, setAiming] = useState(false);
  const style = useMemo(() => {
    const base = absoluteUrl(assetBase, window.location.origin);
    return mapStyle({ assetBase: base, language, theme, layers: layers.map(withAbsoluteTiles) });
  }, [assetBase, language, theme, layers]);
  const boundsKey = bounds.join();
  // What the map starts with; later changes reach it through the effects below.
  const start = useRef({ style, bounds });
  const latest = useRef({ layers, onSelect, label: labels.map });
  latest.current = { layers, onSelect, label: labels.map };

  useEffect(() => {
    if (!container.current) return;
    let created: MapLibreMap;
    try {
      created = createMap({ container: container.current, ...start.current, calm: prefersCalm() });
    } catch {
      setUnsupported(true);
      return;
    }
    const canvas = created.getCanvas();
    // Never, not even for a moment, the library's own English word.
    canvas.setAttribute("aria-label", latest.current.label);
    const choose = (at: { x: number; y: number }) =>
      latest.current.onSelect?.(featureAt(created, at, latest.current.layers));
    created.on("click", ({ point }) => choose(point));
    created.on("mousemove", ({ point }) => {
      const hit = latest.current.onSelect && featureAt(created, point, latest.current.layers);
      canvas.style.cursor = hit ? "pointer" : "";
    });
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter") choose({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 });
    });
    canvas.addEventListener("focus", () => setAiming(canvas.matches(":focus-visible")));
    canvas.addEventListener("blur", () => setAiming(false));
    setMap(created);
    return () => {
      setMap(null);
      created.remove();
    };
  }, []);

  useEffect(() => {
    if (!map) return;
    const canvas = map.getCanvas();
    canvas.setAttribute("aria-label", labels.map);
    canvas.setAttribute("aria-describedby", helpId);
  }, [map, labels.map, helpId]);

  useEffect(() => {
    if (map && style !== start.current.style) map.setStyle(style, { diff: true, transformStyle: keepDrawn });
    start.current.style = style;
  }, [map, style]);

  useEffect(() => {
    if (!map || !selected) return;
    const mark = () => markSelected(map, selected, latest.current.layers, true);
    mark();
    // A new style brings its sources without the mark.
    map.on("styledata", mark);
    return () => {
      map.off("styledata", mark);
      if (map.style) markSelected(map, selected, latest.current.layers, false);
    };
  }, [map, selected]);

  const showAll = (animate: boolean) =>
    map?.fitBounds([...bounds] as [number, number, number, number], { padding: 16, animate });
  const shownBounds = useRef(boundsKey);
  useEffect(() => {
    if (!map || shownBounds.current === boundsKey) return;
    shownBounds.current = boundsKey;
    const [west = 0, south = 0, east = 0, north = 0] = boundsKey.split(",").map(Number);
    map.fitBounds([west, south, east, north], { padding: 16, maxZoom: 16 });
  }, [map, boundsKey]);

  if (unsupported) return <p className={styles.unsupported}>{labels.unsupported}</p>;
  return (
    <div className={styles.frame}>
      <div ref={container} className={styles.map} />
      <p id={helpId} hidden>
        {labels.keyboardHelp}
      </p>
      {aiming && <span className={styles.aim} aria-hidden="true" />}
      <div className={styles.controls}>
        <button type="button" aria-label={labels.zoomIn} title={labels.zoomIn} onClick={() => map?.zoomIn()}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 5v14M5 12h14" />
          </svg>
        </button>
        <button type="button" aria-label={labels.zoomOut} title={labels.zoomOut} onClick={() => map?.zoomOut()}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 12h14" />
          </svg>
        </button>
        <button
          type="button"
          aria-label={labels.showAll}
          title={labels.showAll}
          onClick={() => showAll(!prefersCalm())}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />
          </svg>
        </button>
      </div>
      <div className={styles.foot}>
        {map && <ScaleLine map={map} metres={labels.metres} kilometres={labels.kilometres} />}
        <span className={styles.source}>{labels.attribution}</span>
      </div>
      <MapContext value={map}>{children}</MapContext>
    </div>
  );
}
