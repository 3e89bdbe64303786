import type { Bilingual, Block, DocumentModel, TableColumn, Words } from "../../../platform/documents/index.ts";
import { type Cell, type Result, type ResultTable, unitOf } from "../model.ts";
import { measureOf } from "../model-measures.ts";
import { barsSvg } from "./bars.ts";
import { measuresIn, type Writing } from "./writing.ts";

/** The writing of a document: the national language, and English beside it where both stand. */
export interface DocumentWriting {
  own: Writing;
  english: Writing | null;
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
  const tables = result.blocks.filter((block) => block.kind === "table");
  const table = tables.find(({ block }) => block.id === chart.table);
  const at = table?.block.columns.findIndex(({ id }) => id === chart.column) ?? -1;
  const column = table?.block.columns[at];
  const shown = table?.rows.filter(({ cells }) => cells[at]?.value !== null) ?? [];
  if (!table || !column || shown.length === 0) return [];
  const unit = unitOf(column, table.block);
  const bars = shown.map((row) => ({
    label: own.row(table.block.by, row.key),
    value: row.cells[at]?.value ?? 0,
    text: own.cell(row.cells[at] as Cell, unit),
  }));
  const description = bars.map(({ label, text }) => `${label}: ${text}`).join("; ");
  return [{ kind: "figure", svg: barsSvg(bars), caption, legend: [], description }];
}

/**
 * A report as a document to be set: everything that it says, the rule of each measure at its end.
 * @param issuer who publishes it
 * @param number the document's number, in the header of every page
 * @param banner what it is not, such as published; null for what is
 */
export function documentOf(
  result: Result,
  writing: DocumentWriting,
  { issuer, number, banner }: { issuer: Words; number: string; banner: Bilingual | null },
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
      case "table":
        return tableBlocks(block, writing);
      case "chart":
        return chartBlock(
          result,
          block.block,
          pair((by) => by.say(block.block.words)),
          writing.own,
        );
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
