import { escapeXml } from "../../../platform/documents/index.ts";

/** One bar of a chart: what it is called, how long it is, what stands at its end. */
export interface ChartBar {
  label: string;
  value: number;
  text: string;
}

const families = "Noto Sans, Noto Sans Khmer, Noto Sans Lao, Noto Sans Thai, Noto Sans Myanmar";
const [width, rowHeight, labelWidth, textWidth] = [680, 26, 190, 90] as const;

/** A chart of lying bars as SVG. The picture repeats what a table says; its text alternative is the table's figures. */
export function barsSvg(bars: readonly ChartBar[]): string {
  const largest = Math.max(1, ...bars.map(({ value }) => Math.abs(value)));
  const room = width - labelWidth - textWidth;
  const lines = bars.map(({ label, value, text }, n) => {
    const y = n * rowHeight;
    const length = Math.max(value === 0 ? 0 : 1, Math.round((Math.abs(value) / largest) * room));
    const middle = y + rowHeight / 2 + 4;
    const said = label.length > 34 ? `${label.slice(0, 33)}…` : label;
    return (
      `<text x="${labelWidth - 8}" y="${middle}" text-anchor="end">${escapeXml(said)}</text>` +
      `<rect x="${labelWidth}" y="${y + 5}" width="${length}" height="${rowHeight - 10}" fill="#2f6f73"/>` +
      `<text x="${labelWidth + length + 6}" y="${middle}">${escapeXml(text)}</text>`
    );
  });
  const height = Math.max(rowHeight, bars.length * rowHeight);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="${families}" font-size="12" fill="#1f2a2e">${lines.join("")}</svg>`;
}
