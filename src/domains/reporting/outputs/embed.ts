import { createHash } from "node:crypto";
import type { Geometry } from "geojson";
import { type Cell, columnOf, type Result, type ResultTable, unitOf } from "../model.ts";
import { measureOf, type Unit } from "../model-measures.ts";
import { barsSvg, escaped } from "./bars.ts";
import { mapSvg, placeMap, swatch, unknownFill } from "./choropleth.ts";
import { measuresIn, type Writing } from "./writing.ts";

/** What stands around a report on another site's page. */
export interface EmbedFrame {
  title: string;
  /** Who publishes it. */
  issuer: string;
  /** Of the edition: its number and hash, and where it is read whole. */
  published: string;
  hash: string;
  address: string;
  /** The table that alone is shown, with its pictures; null for everything. */
  only: string | null;
  /** Of first-level units by id, for maps; without them there are none. */
  outlines: ReadonlyMap<string, Geometry>;
}

/** Scripts that many machines have no font for, from the node's own. */
const faces = [
  ["Noto Sans Khmer", "khmer-khmer", "U+1780-17FF,U+19E0-19FF"],
  ["Noto Sans Lao", "lao-lao", "U+0E80-0EFF"],
  ["Noto Sans Thai", "thai-thai", "U+0E01-0E5B"],
  ["Noto Sans Myanmar", "myanmar-myanmar", "U+1000-109F,U+A9E0-A9FF,U+AA60-AA7F"],
].flatMap(([family, file, range]) =>
  [400, 700].map(
    (weight) =>
      `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url("/assets/fonts/web/noto-sans-${file}-${weight}.woff2") format("woff2");unicode-range:${range}}`,
  ),
);

const style = `${faces.join("")}:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;padding:.75rem;background:#fff;color:#1b2327;font:1rem/1.5 "Noto Sans Khmer","Noto Sans Lao","Noto Sans Thai","Noto Sans Myanmar","Noto Sans",system-ui,sans-serif}
:lang(km),:lang(my){line-height:1.8}
h1{font-size:1.15rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:1.25rem 0 .25rem}h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.25rem 0 .5rem;max-inline-size:46rem}.muted{color:#55636a;font-size:.875rem}.note{border-inline-start:4px solid #b26a00;padding-inline-start:.6rem}.kept{white-space:pre-wrap}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(10rem,100%),1fr));gap:.5rem;margin:.5rem 0}dt{color:#55636a;font-size:.875rem}dd{margin:0;font-size:1.25rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;inline-size:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .6rem;text-align:end;vertical-align:baseline;border-block-end:1px solid #dcdfda}tr>:first-child{text-align:start;min-inline-size:7rem}tbody th{font-weight:400}tfoot *{font-weight:600}td{white-space:nowrap}
figure{margin:.75rem 0}figcaption{font-size:.875rem}.chart>svg{display:block;min-inline-size:34rem;max-inline-size:52rem;inline-size:100%}.map>svg{display:block;inline-size:100%;max-inline-size:32rem}
ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.5rem 0;padding:0;list-style:none;font-size:.875rem}li svg{inline-size:1.9rem;margin-inline-end:.4rem}
footer{margin-block-start:1rem;border-block-start:1px solid #dcdfda;padding-block-start:.5rem;font-size:.875rem;overflow-wrap:anywhere}a{color:#0c5c6b}abbr{text-decoration:underline dotted}`;

/** Lets the page's own style and nothing else be used; the rest of the policy says who may frame it. */
export const embedStyleSource = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

const scrolled = (label: string, inner: string) =>
  `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(label)}">${inner}</div>`;

function cellHtml(cell: Cell, unit: Unit | null, writing: Writing, phrase = false): string {
  const shown = escaped(phrase ? writing.phrase(cell, unit) : writing.cell(cell, unit));
  if (cell.value !== null) return shown;
  return `<abbr title="${escaped(writing.t(`reporting.missing.${cell.missing ?? "not-given"}`))}">${shown}</abbr>`;
}

function tableHtml(table: ResultTable, writing: Writing): string {
  const { block, rows, total } = table;
  const caption = writing.say(block.words);
  const head = `<h3>${escaped(caption)}</h3>`;
  if (rows.length === 0) return `${head}<p class="muted">${escaped(writing.t("reporting.empty"))}</p>`;
  const line = (name: string, cells: readonly Cell[]) =>
    `<tr><th scope="row">${escaped(name)}</th>${block.columns
      .map((column, n) => `<td>${cellHtml(cells[n] as Cell, unitOf(column, block), writing)}</td>`)
      .join("")}</tr>`;
  const columns = block.columns.map((column) => `<th scope="col">${escaped(writing.column(column, table))}</th>`);
  const body = rows.map(({ key, cells }) => line(writing.row(block.by, key), cells));
  const foot = total ? `<tfoot>${line(writing.t("reporting.row.total"), total)}</tfoot>` : "";
  return (
    head +
    scrolled(
      caption,
      `<table><thead><tr><th scope="col">${escaped(writing.t(`reporting.by.${block.by}`))}</th>${columns.join("")}</tr></thead><tbody>${body.join("")}</tbody>${foot}</table>`,
    )
  );
}

type Picture = Extract<Result["blocks"][number], { kind: "chart" | "map" }>["block"];

function pictureHtml(result: Result, block: Picture, writing: Writing, outlines: EmbedFrame["outlines"]): string {
  const found = columnOf(result, block);
  if (!found) return "";
  const { table, column, at, unit } = found;
  const values = table.rows.flatMap(({ key, cells }) => {
    const cell = cells[at];
    if (!cell || (block.kind === "map" && key === null)) return [];
    const label = writing.row(table.block.by, key);
    return [{ key: key ?? "", label, value: cell.value, text: writing.cell(cell, unit) }];
  });
  const title = `${writing.say(block.words)}: ${writing.column(column, table)}`;
  const described = `${title}: ${values.map(({ label, text }) => `${label} ${text}`).join("; ")}`;
  const picture = (svg: string) => svg.replace("<svg ", `<svg role="img" aria-label="${escaped(described)}" `);
  if (block.kind === "chart") {
    const bars = values.flatMap(({ label, value, text }) => (value === null ? [] : [{ label, value, text }]));
    if (bars.length === 0) return "";
    const drawn = `<div class="scroll chart" role="region" tabindex="0" aria-label="${escaped(title)}">${picture(barsSvg(bars))}</div>`;
    return `<figure><figcaption>${escaped(title)}</figcaption>${drawn}</figure>`;
  }
  if (outlines.size === 0) return "";
  const placed = placeMap(outlines, values);
  const decorated = (fill: string) => swatch(fill).replace("<svg ", '<svg aria-hidden="true" ');
  const legend = [
    ...placed.classes.map(
      ({ from, to, fill }) => `<li>${decorated(fill)}${escaped(writing.range(from, to, unit))}</li>`,
    ),
    ...(placed.unknown ? [`<li>${decorated(unknownFill)}${escaped(writing.t("reporting.map.unknown"))}</li>`] : []),
  ];
  return `<figure class="map"><figcaption>${escaped(title)}</figcaption>${picture(mapSvg(placed))}<ul>${legend.join("")}</ul></figure>`;
}

/** Whether a block belongs to the table that alone is shown. */
const belongs = (block: Result["blocks"][number], only: string) =>
  block.kind === "table" ? block.block.id === only : "table" in block.block && block.block.table === only;

function blockHtml(result: Result, block: Result["blocks"][number], writing: Writing, frame: EmbedFrame): string {
  switch (block.kind) {
    case "heading": {
      const said = writing.say(block.block.words);
      const whole = block.letter === null ? said : writing.t("reporting.lettered", { letter: block.letter, said });
      return `<h2>${escaped(whole)}</h2>`;
    }
    case "text": {
      // Cut at marks, so that words and figures are escaped apart.
      const marks = Object.fromEntries(Object.keys(block.cells).map((name) => [name, `\u0001${name}\u0001`]));
      const parts = writing.say(block.block.words, marks).split("\u0001");
      const said = parts.map((part, n) => {
        const [figure, cell] = n % 2 === 1 ? [block.block.cells[part], block.cells[part]] : [];
        if (!figure || !cell) return escaped(part);
        return `<strong>${cellHtml(cell, measureOf(figure.measure)?.unit ?? null, writing, true)}</strong>`;
      });
      return `<p>${said.join("")}</p>`;
    }
    case "figures":
      return `<dl>${block.block.items
        .map(
          (item, n) =>
            `<div><dt>${escaped(writing.figure(item))}</dt><dd>${cellHtml(block.cells[n] as Cell, measureOf(item.measure)?.unit ?? null, writing)}</dd></div>`,
        )
        .join("")}</dl>`;
    case "table":
      return tableHtml(block, writing);
    case "chart":
    case "map":
      return pictureHtml(result, block.block, writing, frame.outlines);
    case "contact":
      return block.contact === null
        ? `<p class="note">${escaped(writing.t("reporting.contact.missing"))}</p>`
        : `<p class="kept">${escaped(writing.contact(block.contact) ?? "")}</p>`;
    case "national": {
      const said = writing.said(block.entry?.texts ?? {});
      return said === null
        ? ""
        : `<h3>${escaped(writing.say(block.block.words))}</h3><p class="kept">${escaped(said)}</p>`;
    }
    case "numbers":
      return "";
  }
}

/**
 * A published report as a page that stands in another site's page: figures, tables and pictures with their date, without a
 * script, without anything of the program around it.
 */
export function embedHtml(result: Result, writing: Writing, frame: EmbedFrame): string {
  const { title, issuer, published, hash, address, only } = frame;
  const { t } = writing;
  const shown = only === null ? result.blocks : result.blocks.filter((block) => belongs(block, only));
  const rules = measuresIn({ blocks: shown }).map(
    (measure) =>
      `<dt>${escaped(t(`reporting.measure.${measure}`))}</dt><dd class="muted">${escaped(writing.rule(measure))}</dd>`,
  );
  return `<!doctype html><html lang="${writing.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1><p class="muted">${escaped(writing.standing)}</p>${writing.warnings
    .map((warning) => `<p class="note">${escaped(warning)}</p>`)
    .join(
      "",
    )}${shown.map((block) => blockHtml(result, block, writing, frame)).join("")}<details><summary>${escaped(t("reporting.provenance"))}</summary><div>${rules.length > 0 ? `<dl>${rules.join("")}</dl>` : ""}<p class="muted">${escaped(t("reporting.hash"))}: ${hash}</p></div></details></main><footer>${escaped(issuer)}. ${escaped(published)} <a href="${escaped(address)}" target="_blank" rel="noopener">${escaped(t("reporting.embed.whole"))}</a></footer></body></html>`;
}
