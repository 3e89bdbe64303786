import { AREA_FILL, PALETTES, STATUS_OUTLINE } from "../map/palette.ts";

/** How a piece of ground is drawn: a hazardous area by class and status, or what became of it. */
export type AreaSymbol =
  | {
      kind: "area";
      areaClass: "indication" | "sha" | "cha";
      status: "open" | "worked-on" | "suspended" | "closed" | "released";
    }
  | { kind: "product"; product: "cancelled" | "reduced" | "cleared" | "remaining" };

/** Marks of surveyed points and of what was found. */
export const pointSymbols = ["reference", "benchmark", "start", "turning", "intermediate", "device"] as const;
export type PointSymbol = (typeof pointSymbols)[number];

/** Lines of a fill, as on the screen: eight pixels there are 2.1 mm here. */
const period = 2.1;
const paths = {
  sha: "M-0.5 0.5 0.5-0.5M0 2.1 2.1 0M1.6 2.6 2.6 1.6",
  cha: "M0 2.1 2.1 0M0 0 2.1 2.1",
  indication: "M0.525 0.525h0.01M1.575 1.575h0.01",
  cleared: "M-0.5 1.6 0.5 2.6M0 0 2.1 2.1M1.6-0.5 2.6 0.5",
  reduced: "M0 1.05H2.1",
  cancelled: "M1.05 0V2.1",
  remaining: "M0.525 0.525h0.01M1.575 1.575h0.01",
} as const;

interface Drawing {
  fill: string;
  opacity: number;
  hatch: keyof typeof paths | null;
  hatchColor: string;
  outline: string;
  /** Lengths of dashes and gaps in millimetres. */
  dash: readonly number[];
}

const { tones } = PALETTES.light;
const { open, worked, closed } = STATUS_OUTLINE.light;
const closedDash = [3, 0.75, 0.5, 0.75];

/** A colour of the same hue that stands out on it. */
function darker(hex: string): string {
  const parts = [1, 3, 5].map((at) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * 0.62));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** The colours, hatch and outline of a symbol; the same as on the screen, so that a print and a page agree. */
export function drawingOf(symbol: AreaSymbol): Drawing {
  if (symbol.kind === "area") {
    const { areaClass, status } = symbol;
    const over = status === "closed" || status === "released";
    const fill = AREA_FILL[areaClass];
    return {
      fill,
      opacity: over ? 0.15 : 0.5,
      hatch: over ? null : areaClass,
      hatchColor: darker(fill),
      outline: over ? closed : status === "open" ? open : worked,
      dash: over ? closedDash : status === "worked-on" ? [1.5, 0.75] : status === "suspended" ? [0.5, 0.75] : [],
    };
  }
  const looks = {
    cleared: { fill: tones.green, opacity: 0.25, outline: closed, dash: closedDash },
    reduced: { fill: tones.blue, opacity: 0.2, outline: tones.blue, dash: closedDash },
    cancelled: { fill: tones.grey, opacity: 0.15, outline: tones.grey, dash: closedDash },
    remaining: { fill: AREA_FILL.cha, opacity: 0.35, outline: open, dash: [] },
  } as const;
  const { product } = symbol;
  return { ...looks[product], hatch: product, hatchColor: darker(looks[product].fill) };
}

/** A name for the pattern of a symbol, the same for all symbols that look the same. */
export function patternId(symbol: AreaSymbol): string | null {
  const { hatch } = drawingOf(symbol);
  return hatch === null ? null : `hatch-${hatch}`;
}

/** The definitions of the patterns that symbols need, each once. */
export function patternDefinitions(symbols: readonly AreaSymbol[]): string {
  const made = new Map<string, string>();
  for (const symbol of symbols) {
    const { hatch, hatchColor } = drawingOf(symbol);
    const id = patternId(symbol);
    if (hatch === null || id === null || made.has(id)) continue;
    const dots = hatch === "indication" || hatch === "remaining";
    made.set(
      id,
      `<pattern id="${id}" width="${period}" height="${period}" patternUnits="userSpaceOnUse"><path d="${paths[hatch]}" ` +
        `fill="none" stroke="${hatchColor}" stroke-opacity="0.67" stroke-width="${dots ? 0.55 : 0.28}" stroke-linecap="${dots ? "round" : "butt"}"/></pattern>`,
    );
  }
  return made.size === 0 ? "" : `<defs>${[...made.values()].join("")}</defs>`;
}

/** The drawing of a path in a symbol: fill, hatch, light casing, outline. */
export function drawArea(symbol: AreaSymbol, path: string): string {
  const { fill, opacity, outline, dash } = drawingOf(symbol);
  const pattern = patternId(symbol);
  const line = `fill="none" stroke-linejoin="round"`;
  // What became of the ground lies on the area that it was; its own colour must not mix with that one's.
  const ground =
    symbol.kind === "product" ? `<path d="${path}" fill="${PALETTES.light.member}" fill-rule="evenodd"/>` : "";
  return [
    ground,
    `<path d="${path}" fill="${fill}" fill-opacity="${opacity}" fill-rule="evenodd"/>`,
    pattern === null ? "" : `<path d="${path}" fill="url(#${pattern})" fill-rule="evenodd"/>`,
    `<path d="${path}" ${line} stroke="${PALETTES.light.casing}" stroke-width="0.9" stroke-opacity="0.7"/>`,
    `<path d="${path}" ${line} stroke="${outline}" stroke-width="0.5"${dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/>`,
  ].join("");
}

/** The mark of a point at millimetres on the paper. */
export function drawPoint(symbol: PointSymbol, x: number, y: number): string {
  const casing = PALETTES.light.casing;
  const { text } = PALETTES.light;
  const at = `transform="translate(${x} ${y})"`;
  const shape = (d: string, fill: string, stroke: string) =>
    `<path ${at} d="${d}" fill="${fill}" stroke="${stroke}" stroke-width="0.25"/>`;
  const circle = (radius: number, fill: string, stroke: string) =>
    `<circle ${at} r="${radius}" fill="${fill}" stroke="${stroke}" stroke-width="0.25"/>`;
  switch (symbol) {
    case "reference":
      return shape("M0-1.3 1.2 0.9H-1.2Z", text, casing);
    case "benchmark":
      return shape("M-1-1H1V1H-1ZM-1-1 1 1M1-1-1 1", casing, text);
    case "start":
      return circle(1, text, casing);
    case "turning":
      return circle(0.65, text, casing);
    case "intermediate":
      return circle(0.5, casing, text);
    case "device":
      return shape("M0-1.1 1.1 0 0 1.1-1.1 0Z", tones.red, casing);
  }
}

/** A symbol of a legend, 10 by 5 mm. */
export function swatchSvg(symbol: AreaSymbol | PointSymbol): string {
  const inside =
    typeof symbol === "string"
      ? drawPoint(symbol, 5, 2.5)
      : patternDefinitions([symbol]) + drawArea(symbol, "M0.6 0.6H9.4V4.4H0.6Z");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="10mm" height="5mm" viewBox="0 0 10 5">${inside}</svg>`;
}
