import type { MultiPolygon, Polygon } from "geojson";
import { useEffect, useRef, useState } from "react";
import type { MapTheme } from "../layers.ts";
import { useMap } from "../map-context.ts";
import styles from "./draw.module.css";
import { createDrawing, type Drawing, type DrawTool, type Ring } from "./drawing.ts";

/** Every text of the drawing tools. */
export interface DrawLabels {
  /** Name of the group of tools. */
  tools: string;
  draw: string;
  move: string;
  remove: string;
  undo: string;
  redo: string;
  /** What to do with each tool. */
  help: Readonly<Record<DrawTool, string>>;
}

const icons: Readonly<Record<DrawTool | "undo" | "redo", string>> = {
  draw: "M5 18 9 6l10 4-3 9zM9 6h.01M19 10h.01M16 19h.01M5 18h.01",
  move: "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3",
  remove: "M5 18 9 6l10 4-3 9zM4 4l16 16",
  undo: "M8 5 4 9l4 4M4 9h9a6 6 0 0 1 0 11H8",
  redo: "M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 11h5",
};

function Tool(props: {
  icon: keyof typeof icons;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={props.onPress}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={icons[props.icon]} />
      </svg>
    </button>
  );
}

/**
 * Draws one outline on the surrounding `SantiMap`: set, move, insert and remove corners, by pointer and by touch.
 * Corners follow the borders they come near. Undo first takes back corners of an outline that is being drawn, then asks
 * the page. The page offers the same corners as a table, for the keyboard.
 */
export function DrawPolygon(props: {
  theme: MapTheme;
  labels: DrawLabels;
  /** The outline without its closing point; empty for none. */
  ring: Ring;
  onRing: (ring: Ring) => void;
  /** Decimals of a degree in which the page hands a ring back: 12 keeps corners on a border exact. */
  decimals: number;
  /** Borders to follow. */
  borders?: readonly (Polygon | MultiPolygon)[];
  onUndo?: (() => void) | undefined;
  onRedo?: (() => void) | undefined;
}) {
  const map = useMap();
  const { theme, labels, ring, decimals, onUndo, onRedo } = props;
  const [tool, setTool] = useState<DrawTool>(ring.length >= 3 ? "move" : "draw");
  const drawing = useRef<Drawing | null>(null);
  const latest = useRef({ ...props, tool });
  latest.current = { ...props, tool };

  useEffect(() => {
    if (!map) return;
    const created = createDrawing(map, {
      theme,
      decimals,
      borders: () => latest.current.borders ?? [],
      onRing: (next) => latest.current.onRing(next),
      onFinished: () => setTool("move"),
    });
    drawing.current = created;
    created.show(latest.current.ring);
    created.use(latest.current.tool);
    return () => {
      drawing.current = null;
      created.stop();
    };
  }, [map, theme, decimals]);

  useEffect(() => {
    drawing.current?.show(ring);
  }, [ring]);

  const choose = (next: DrawTool) => {
    setTool(next);
    drawing.current?.use(next);
  };
  if (!map) return null;
  return (
    <div className={styles.panel}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be drawn with a border of its own. */}
      <div role="group" aria-label={labels.tools} className={styles.tools}>
        {(["draw", "move", "remove"] as const).map((each) => (
          <Tool
            key={each}
            icon={each}
            label={labels[each]}
            pressed={tool === each}
            disabled={each !== "draw" && ring.length < 3}
            onPress={() => choose(each)}
          />
        ))}
        <Tool
          icon="undo"
          label={labels.undo}
          onPress={() => {
            if (!drawing.current?.takeBackCorner()) onUndo?.();
          }}
        />
        <Tool icon="redo" label={labels.redo} disabled={!onRedo} onPress={() => onRedo?.()} />
      </div>
      <p className={styles.help} aria-live="polite">
        {labels.help[tool]}
      </p>
    </div>
  );
}
