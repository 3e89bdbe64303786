import type { Geometry } from "geojson";
import type { Bilingual, Block, DocumentModel, TableColumn, Words } from "../../../platform/documents/index.ts";
import { type Cell, columnOf, type Result, type ResultTable, unitOf } from "../model.ts";
import { measureOf } from "../model-measures.ts";
import { barsSvg } from "./bars.ts";
import { mapSvg, placeMap, swatch, unknownFill } from "./choropleth.ts";
import { measuresIn, type Writing } from "./writing.ts";

/** The writing of a document: the national language, and English beside it where both stand. */
export interface DocumentWriting {
  own: Writing;
  english: Writing | null;
}

/** What stands around a report on paper. */
export interface DocumentFrame {
  /** Who publishes it. */
  issuer: Words;
  /** The document's number, in the header of every page. */
  number: string;
  /** What it is not, such as published; null for what is. */
  banner: Bilingual | null;
  /** Of first-level units by id, for its maps; without them there are none. */
  outlines?: ReadonlyMap<string, Geometry>;
}

function both({ own, english }: DocumentWriting) {
  const pair = (write: (by: Writing) => string): Bilingual => {
    const text = write(own);
    const second = english && write(english);
    return { own: text, english: second === null || second === text ? null : second };
  };
  const words = (write: (by: Writing) => string): Words => {
    const pairOf = pair(write);
    return pairOf.english === null ? pairOf.own : pairOf;
  };
  return { pair, words };
}

/** A table of a document has this many columns of figures at most; wider ones are continued in a second. */
const mostColumns = 8;

function tableBlocks(table: ResultTable, writing: DocumentWriting): Block[] {
  const { pair, words } = both(writing);
  const { block, rows, total } = table;
  const parts: number[][] = [];
  for (let at = 0; at < block.columns.length; at += mostColumns)
    parts.push(block.columns.map((_, n) => n).slice(at, at + mostColumns));
  return parts.map((part): Block => {
    const columns: TableColumn[] = [
      { label: pair((by) => by.t(`reporting.by.${block.by}`)), align: "left", weight: 2.2 },
      ...part.map((n): TableColumn => {
        const column = block.columns[n];
        return { label: pair((by) => (column ? by.column(column, table) : "")), align: "right", weight: 1.25 };
      }),
    ];
    const figures = (cells: readonly Cell[]): Words[] =>
      part.map((n) => {
        const column = block.columns[n];
        const unit = column ? unitOf(column, block) : null;
        const cell = cells[n] as Cell;
        // Numbers are the same in both languages.
        return cell.value === null ? words((by) => by.cell(cell, unit)) : writing.own.cell(cell, unit);
      });
    return {
      ...{ kind: "table", caption: pair((by) => by.say(block.words)), columns },
      rows: rows.map((row) => [words((by) => by.row(block.by, row.key)), ...figures(row.cells)]),
      total: total && [words((by) => by.t("reporting.row.total")), ...figures(total)],
      empty: pair((by) => by.t("reporting.empty")),
    };
  });
}

function chartBlock(
  result: Result,
  chart: { table: string; column: string },
  caption: Bilingual,
  own: Writing,
): Block[] {
  const found = columnOf(result, chart);
  const shown = found?.table.rows.filter(({ cells }) => cells[found.at]?.value !== null) ?? [];
  if (!found || shown.length === 0) return [];
  const { table, at, unit } = found;
  const bars = shown.map((row) => ({
    label: own.row(table.block.by, row.key),
    value: row.cells[at]?.value ?? 0,
    text: own.cell(row.cells[at] as Cell, unit),
  }));
  const description = bars.map(({ label, text }) => `${label}: ${text}`).join("; ");
  return [{ kind: "figure", svg: barsSvg(bars), caption, legend: [], description }];
}

function mapBlock(
  result: Result,
  map: Extract<Result["blocks"][number], { kind: "map" }>["block"],
  outlines: ReadonlyMap<string, Geometry>,
  writing: DocumentWriting,
): Block[] {
  const { pair } = both(writing);
  const found = columnOf(result, map);
  if (!found || outlines.size === 0) return [];
  const { table, at, unit } = found;
  const placed = placeMap(
    outlines,
    table.rows.map((row) => ({
      ...{ key: row.key ?? "", label: writing.own.row("province", row.key), value: row.cells[at]?.value ?? null },
      text: writing.own.cell(row.cells[at] as Cell, unit),
    })),
  );
  const named = placed.units.filter(({ label }) => label !== "");
  return [
    {
      ...{ kind: "figure", svg: mapSvg(placed), caption: pair((by) => by.say(map.words)) },
      legend: [
        ...placed.classes.map(({ from, to, fill }) => ({
          svg: swatch(fill),
          // Numbers are the same in both languages.
          label: { own: writing.own.range(from, to, unit), english: null },
        })),
        ...(placed.unknown ? [{ svg: swatch(unknownFill), label: pair((by) => by.t("reporting.map.unknown")) }] : []),
      ],
      description: named.map(({ label, text }) => `${label}: ${text}`).join("; "),
    },
  ];
}

/**
 * A report as a document to be set: everything that it says, the rule of each measure at its end.
 */
export function documentOf(
  result: Result,
  writing: DocumentWriting,
  { issuer, number, banner, outlines = new Map() }: DocumentFrame,
): DocumentModel {
  const { pair, words } = both(writing);
  const made = (block: Result["blocks"][number]): Block[] => {
    switch (block.kind) {
      case "heading":
        return [
          {
            kind: "heading",
            label: pair((by) => {
              const said = by.say(block.block.words);
              return block.letter === null ? said : by.t("reporting.lettered", { letter: block.letter, said });
            }),
          },
        ];
      case "text":
        return [
          {
            kind: "paragraph",
            words: words((by) => {
              const figures = Object.entries(block.block.cells).map(([name, { measure }]) => {
                const cell = block.cells[name] as Cell;
                return [name, by.phrase(cell, measureOf(measure)?.unit ?? null)];
              });
              return by.say(block.block.words, Object.fromEntries(figures) as Record<string, string>);
            }),
          },
        ];
      case "figures":
        return [
          {
            kind: "facts",
            items: block.block.items.map((item, n) => {
              const cell = block.cells[n] as Cell;
              const unit = measureOf(item.measure)?.unit ?? null;
              return {
                label: pair((by) => by.figure(item)),
                value: cell.value === null ? words((by) => by.cell(cell, unit)) : writing.own.cell(cell, unit),
              };
            }),
          },
        ];
      case "contact":
        return block.contact === null
          ? [{ kind: "notice", words: words((by) => by.t("reporting.contact.missing")) }]
          : [{ kind: "paragraph", words: words((by) => by.contact(block.contact) ?? "") }];
      case "table":
        return tableBlocks(block, writing);
      case "chart":
        return chartBlock(
          result,
          block.block,
          pair((by) => by.say(block.block.words)),
          writing.own,
        );
      case "map":
        return mapBlock(result, block.block, outlines, writing);
      case "national": {
        const { entry } = block;
        const texts = Object.entries(entry?.texts ?? {});
        const flag = entry && result.definition.cover ? entry.flag : null;
        const said = (by: Writing) => {
          const text = entry?.texts[by.language] ?? entry?.texts.en ?? texts[0]?.[1] ?? by.t("reporting.national.none");
          return flag === null ? text : `${by.t(`reporting.flag.${flag}`)}\n${text}`;
        };
        return [
          {
            kind: "facts",
            items: [{ label: pair((by) => by.say(block.block.words)), value: words(said), wide: true }],
          },
        ];
      }
      case "numbers":
        return [];
    }
  };
  const rules: Block = {
    kind: "facts",
    items: measuresIn(result).map((measure) => ({
      label: pair((by) => by.t(`reporting.measure.${measure}`)),
      value: words((by) => by.rule(measure)),
      wide: true,
    })),
  };
  return {
    title: pair((by) => by.t("reporting.title-of", { title: by.say(result.definition.words), country: by.countries })),
    issuer,
    number,
    asOf: pair((by) => by.t("reporting.as-of", by.given)),
    page: pair((by) => by.t("reporting.page")),
    unshown: pair((by) => by.t("document.unshown")),
    banner,
    blocks: [
      { kind: "paragraph", words: words((by) => by.standing) },
      ...result.warnings.map((_, n): Block => ({ kind: "notice", words: words((by) => by.warnings[n] ?? "") })),
      ...result.blocks.flatMap(made),
      { kind: "heading", label: pair((by) => by.t("reporting.provenance")) },
      {
        kind: "facts",
        items: [
          {
            label: pair((by) => by.t("reporting.provenance.definition")),
            value: `${result.definition.id} ${result.definitionHash}`,
            wide: true,
          },
        ],
      },
      rules,
    ],
  };
}
