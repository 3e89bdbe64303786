import type { Areal, ComputedSurvey, SurveyNeighbour } from "@santi/land-geometry";
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { useEffect, useMemo, useRef } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { DrawLine } from "../../../../platform/map/draw/DrawLine.tsx";
import { DrawPolygon } from "../../../../platform/map/draw/DrawPolygon.tsx";
import type { MapBounds, MapLayer } from "../../../../platform/map/layers.ts";
import { useMap } from "../../../../platform/map/map-context.ts";
import { SantiMap } from "../../../../platform/map/SantiMap.tsx";
import { boundsOf } from "../../../../platform/ui/records/bounds.ts";
import { mapLabels } from "../../../../platform/ui/records/map-labels.ts";
import { useTheme } from "../../../../platform/ui/ThemeSwitch.tsx";
import { pieceName } from "./SplitFields.tsx";

function collection(features: readonly Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features: [...features] };
}

function feature(id: string, geometry: Geometry, properties: Record<string, unknown> = {}): Feature {
  return { type: "Feature", id, geometry, properties: { id, ...properties } };
}

/** The outline as it stands, closed or not, for looking at while it is being typed. */
function outlineFeature({ geometry, corners }: ComputedSurvey): Feature[] {
  if (geometry) return [feature("outline", geometry)];
  if (corners.length < 2) return [];
  const ring = corners.map(({ lon, lat }): Position => [lon, lat]);
  const [first = []] = ring;
  return [feature("outline", { type: "LineString", coordinates: corners.length > 2 ? [...ring, first] : ring })];
}

/** Moves the map to a box when it lies outside the view or is a speck in it. */
function Follow(props: { bounds: MapBounds | null }) {
  const map = useMap();
  const key = props.bounds?.join() ?? "";
  useEffect(() => {
    const [west, south, east, north] = key.split(",").map(Number);
    if (!map || west === undefined || south === undefined || east === undefined || north === undefined) return;
    const view = map.getBounds();
    const isInside = view.contains([west, south]) && view.contains([east, north]);
    const share = Math.max(
      (east - west) / (view.getEast() - view.getWest()),
      (north - south) / (view.getNorth() - view.getSouth()),
    );
    if (isInside && share > 0.25) return;
    map.fitBounds([west, south, east, north], { padding: 48, maxZoom: 19, animate: false });
  }, [map, key]);
  return null;
}

/** The outline on the map among its neighbours; with `draw` it is drawn and changed there. */
export function PreviewMap(props: {
  computed: ComputedSurvey;
  task: Areal | undefined;
  neighbours: readonly SurveyNeighbour[];
  /** Where the map stands while there is nothing to show. */
  home: MapBounds | undefined;
  /** Pieces into which the outline would be cut. */
  pieces: readonly Areal[];
  /** Given while a line to cut along is drawn. */
  onCut: ((line: readonly Position[]) => void) | undefined;
  draw?:
    | { decimals: number; onRing: (ring: readonly Position[]) => void; onUndo?: () => void; onRedo?: () => void }
    | undefined;
}) {
  const text = useText();
  const { t } = text;
  const theme = useTheme();
  const { computed, task, neighbours, pieces, draw } = props;
  const isDrawing = draw !== undefined;
  // Only what is shown decides the layers: typing that changes nothing on the map leaves it alone.
  const shownKey = JSON.stringify([computed.geometry, computed.corners, computed.approach]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what the layers take from `computed`.
  const layers = useMemo((): MapLayer[] => {
    const { referencePoint, benchmark } = computed.approach;
    const points = [
      ...computed.corners.map(({ name, lon, lat }) =>
        feature(name, { type: "Point", coordinates: [lon, lat] }, { name }),
      ),
    ];
    const way = [
      ...(referencePoint ? [{ name: "RP", ...referencePoint }] : []),
      ...(benchmark ? [{ name: "BM", ...benchmark }] : []),
    ].map(({ name, lon, lat }) => feature(name, { type: "Point", coordinates: [lon, lat] }, { name }));
    return [
      {
        id: "neighbours",
        kind: "hazard-areas",
        source: {
          data: collection(
            neighbours.map(({ id, label, state, geometry }) =>
              feature(id, geometry, { label, areaClass: "sha", status: state === "released" ? "released" : "open" }),
            ),
          ),
        },
        labelField: "label",
        selectable: false,
      },
      ...(task
        ? [
            {
              id: "task",
              kind: "lines",
              tone: "purple",
              dashed: true,
              selectable: false,
              source: { data: collection([feature("task", task)]) },
            } as const,
          ]
        : []),
      ...(isDrawing
        ? []
        : [
            {
              id: "outline",
              kind: "lines",
              tone: "blue",
              selectable: false,
              source: { data: collection(outlineFeature(computed)) },
            } as const,
          ]),
      {
        id: "pieces",
        kind: "lines",
        tone: "purple",
        labelField: "label",
        selectable: false,
        source: {
          data: collection(pieces.map((piece, at) => feature(pieceName(at), piece, { label: pieceName(at) }))),
        },
      },
      {
        id: "corners",
        kind: "points",
        shape: "circle",
        tone: "blue",
        source: { data: collection(isDrawing ? [] : points) },
        labelField: "name",
        selectable: false,
      },
      {
        id: "way",
        kind: "points",
        shape: "triangle",
        tone: "purple",
        source: { data: collection(way) },
        labelField: "name",
        selectable: false,
      },
    ];
  }, [shownKey, task, neighbours, pieces, isDrawing]);
  const bounds = useMemo(() => {
    const positions = [
      ...computed.corners.map(({ lon, lat }) => [lon, lat]),
      ...Object.values(computed.approach).map(({ lon, lat }) => [lon, lat]),
    ];
    if (computed.geometry) return boundsOf(computed.geometry, 0.0001);
    if (positions.length > 0) return boundsOf({ type: "MultiPoint", coordinates: positions }, 0.0003);
    return task ? boundsOf(task, 0.001) : (props.home ?? null);
  }, [computed, task, props.home]);
  const ring = useMemo(() => computed.corners.map(({ lon, lat }): Position => [lon, lat]), [computed.corners]);
  const borders = useMemo(() => neighbours.map(({ geometry }) => geometry), [neighbours]);
  const start = useRef(bounds);
  return (
    <SantiMap
      language={text.language}
      theme={theme}
      labels={mapLabels(text, t("land.survey.map"))}
      layers={layers}
      {...(start.current ? { bounds: start.current } : {})}
    >
      <Follow bounds={bounds} />
      {props.onCut && <DrawLine theme={theme} help={t("land.survey.split.draw-help")} onLine={props.onCut} />}
      {draw && (
        <DrawPolygon
          theme={theme}
          ring={ring}
          borders={borders}
          decimals={draw.decimals}
          onRing={draw.onRing}
          onUndo={draw.onUndo}
          onRedo={draw.onRedo}
          labels={{
            tools: t("land.survey.draw.tools"),
            draw: t("land.survey.draw.draw"),
            move: t("land.survey.draw.move"),
            remove: t("land.survey.draw.remove"),
            undo: t("land.survey.undo"),
            redo: t("land.survey.redo"),
            help: {
              draw: t("land.survey.draw.draw.help"),
              move: t("land.survey.draw.move.help"),
              remove: t("land.survey.draw.remove.help"),
            },
          }}
        />
      )}
    </SantiMap>
  );
}
