import { useId } from "react";
import type { PointShape } from "./layers.ts";
import type { PointSwatch, Swatch } from "./legend.ts";

const HATCHES = {
  sha: "M-2 2l4-4M0 8l8-8M6 10l4-4",
  cha: "M0 8l8-8M0 0l8 8",
  indication: "M2 2h.01M6 6h.01",
} as const;

const SHAPES: Readonly<Record<PointShape, string>> = {
  circle: "M14 4a6 6 0 1 1 0 12a6 6 0 0 1 0-12z",
  square: "M9 5h10v10H9z",
  diamond: "M14 3l7 7l-7 7l-7-7z",
  triangle: "M14 3.5l6.5 12h-13z",
  cross: "M12 4h4v4h4v4h-4v4h-4v-4H8V8h4z",
};

function PointSymbol({ shape, color, mark }: PointSwatch) {
  if (mark === "hollow") return <path d={SHAPES[shape]} fill="none" stroke={color} strokeWidth="2.5" />;
  return (
    <>
      <path d={SHAPES[shape]} fill={color} />
      {mark === "dotted" && <circle cx="14" cy="10" r="2" fill="var(--color-surface)" />}
    </>
  );
}

/** A legend entry's drawing, 20 pixels high; an area has its symbol as a point beside it. It is decoration: the words beside it say what it stands for. */
export function LegendSwatch({ swatch }: { swatch: Swatch }) {
  const id = useId();
  const symbol = swatch.type === "area" ? swatch.symbol : undefined;
  const width = symbol ? 52 : 28;
  return (
    <svg width={width} height="20" viewBox={`0 0 ${width} 20`} aria-hidden="true" focusable="false">
      {swatch.type === "area" && swatch.hatch && (
        <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
          <path
            d={HATCHES[swatch.hatch]}
            stroke="#000"
            strokeOpacity="0.45"
            strokeWidth={swatch.hatch === "indication" ? 2.2 : 1.2}
            strokeLinecap="round"
          />
        </pattern>
      )}
      {swatch.type === "area" && (
        <>
          {swatch.fill && (
            <rect x="2" y="3" width="24" height="14" fill={swatch.fill} fillOpacity={swatch.fillOpacity} />
          )}
          {swatch.hatch && <rect x="2" y="3" width="24" height="14" fill={`url(#${id})`} />}
          {swatch.outline && (
            <rect
              x="2"
              y="3"
              width="24"
              height="14"
              fill="none"
              stroke={swatch.outline}
              strokeWidth="2"
              strokeDasharray={swatch.dash.map((length) => length * 2).join(" ") || undefined}
            />
          )}
        </>
      )}
      {symbol && (
        <g transform="translate(25 0)">
          <PointSymbol {...symbol} />
        </g>
      )}
      {swatch.type === "point" && <PointSymbol {...swatch} />}
      {swatch.type === "line" && (
        <path
          d="M2 10h24"
          stroke={swatch.color}
          strokeWidth="2.5"
          strokeDasharray={swatch.dash.map((length) => length * 2.5).join(" ") || undefined}
        />
      )}
    </svg>
  );
}
