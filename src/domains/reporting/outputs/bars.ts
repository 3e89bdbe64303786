/** One bar of a chart: what it is called, how long it is, what stands at its end. */
export interface ChartBar {
  label: string;
  value: number;
  text: string;
}

/** A bar with its place in the picture. */
export interface PlacedBar extends ChartBar {
  x: number;
  y: number;
  length: number;
  thickness: number;
  middle: number;
}

const [rowHeight, labelWidth, textWidth] = [26, 190, 90] as const;
/** The width of every chart, in the units of its view box. */
export const chartWidth = 680;

/** Lying bars in their places: the same picture on the screen and in print. Long names are cut; the table has them whole. */
export function placeBars(bars: readonly ChartBar[]): { height: number; bars: PlacedBar[] } {
  const largest = Math.max(1, ...bars.map(({ value }) => Math.abs(value)));
  const room = chartWidth - labelWidth - textWidth;
  return {
    height: Math.max(1, bars.length) * rowHeight,
    bars: bars.map(({ label, value, text }, n) => ({
      ...{ value, text, x: labelWidth, y: n * rowHeight + 5, thickness: rowHeight - 10 },
      label: label.length > 34 ? `${label.slice(0, 33)}…` : label,
      length: Math.max(value === 0 ? 0 : 1, Math.round((Math.abs(value) / largest) * room)),
      middle: n * rowHeight + rowHeight / 2 + 4,
    })),
  };
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Text as it may stand in markup, between tags and in attributes. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

const families = "Noto Sans, Noto Sans Khmer, Noto Sans Lao, Noto Sans Thai, Noto Sans Myanmar";

/** The picture for print. Its text alternative is the table's figures. */
export function barsSvg(bars: readonly ChartBar[]): string {
  const placed = placeBars(bars);
  const parts = placed.bars.map(
    ({ label, text, x, y, length, thickness, middle }) =>
      `<text x="${x - 8}" y="${middle}" text-anchor="end">${escaped(label)}</text>` +
      `<rect x="${x}" y="${y}" width="${length}" height="${thickness}" fill="#2f6f73"/>` +
      `<text x="${x + length + 6}" y="${middle}">${escaped(text)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chartWidth} ${placed.height}" font-family="${families}" font-size="12" fill="#1f2a2e">${parts.join("")}</svg>`;
}
