import { Fragment, type ReactNode } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Cell, type Result, type ResultBlock, type ResultTable, unitOf } from "../model.ts";
import { measureOf, type Unit } from "../model-measures.ts";
import { type RecordsAsked, recordsOf, recordsOfFigure, recordsSearch } from "../model-records.ts";
import { measuresIn, type Writing } from "../outputs/writing.ts";
import { Chart, FigureMap } from "./Pictures.tsx";
import styles from "./reporting.module.css";
import { useWriting } from "./use-writing.ts";

/** A block that a country writes into. */
export type WrittenBlock = Extract<ResultBlock, { kind: "national" | "numbers" }>;

interface Shown {
  result: Result;
  writing: Writing;
  /** Whether figures lead to their records. */
  links: boolean;
}

function Figure(
  props: Shown & { cell: Cell; unit: Unit | null; asked: RecordsAsked | null; of: string; sentence?: boolean },
) {
  const { t } = useText();
  const { cell, unit, asked, writing, links, of } = props;
  const shown = props.sentence ? writing.phrase(cell, unit) : writing.cell(cell, unit);
  if (cell.value === null) return <abbr title={t(`reporting.missing.${cell.missing ?? "not-given"}`)}>{shown}</abbr>;
  if (!links || asked === null || cell.value === 0) return <>{shown}</>;
  return (
    <AppLink to="/reports/records" search={recordsSearch(asked)} aria-label={t("reporting.open", { shown, of })}>
      {shown}
    </AppLink>
  );
}

function TableView({ table, ...shown }: Shown & { table: ResultTable }) {
  const { t } = useText();
  const { writing, result } = shown;
  const { block, rows, total } = table;
  const caption = writing.say(block.words);
  const line = (row: ResultTable["rows"][number] | null, cells: Cell[], name: string): ReactNode =>
    block.columns.map((column, n) => {
      const cell = cells[n] as Cell;
      const of = `${name}, ${writing.column(column, table)}`;
      return (
        <td key={column.id}>
          <Figure
            {...shown}
            cell={cell}
            unit={unitOf(column, block)}
            asked={recordsOf(result, table, row, column)}
            of={of}
          />
        </td>
      );
    });
  return (
    <section className={surfaces.card}>
      <h3 className={surfaces.pad}>{caption}</h3>
      {rows.length === 0 ? (
        <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("reporting.empty")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard.
        <section className={styles.scroll} tabIndex={0} aria-label={caption}>
          <table className={styles.table}>
            <caption className="visually-hidden">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t(`reporting.by.${block.by}`)}</th>
                {block.columns.map((column) => (
                  <th key={column.id} scope="col">
                    {writing.column(column, table)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const name = writing.row(block.by, row.key);
                return (
                  <tr key={row.key ?? ""}>
                    <th scope="row">{name}</th>
                    {line(row, row.cells, name)}
                  </tr>
                );
              })}
            </tbody>
            {total && (
              <tfoot>
                <tr>
                  <th scope="row">{t("reporting.row.total")}</th>
                  {line(null, total, t("reporting.row.total"))}
                </tr>
              </tfoot>
            )}
          </table>
        </section>
      )}
    </section>
  );
}

function Sentence({ block, ...shown }: Shown & { block: Extract<ResultBlock, { kind: "text" }> }) {
  const { writing, result } = shown;
  // The sentence is written with marks where figures stand, and cut there, so that each figure can be a link.
  const mark = (name: string) => `\u0001${name}\u0001`;
  const marks = Object.fromEntries(Object.keys(block.cells).map((name) => [name, mark(name)]));
  const parts = writing.say(block.block.words, marks).split("\u0001");
  return (
    <p className={styles.sentence}>
      {parts.map((part, n) => {
        const figure = n % 2 === 1 ? block.block.cells[part] : undefined;
        const cell = block.cells[part];
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name
        if (!figure || !cell) return <Fragment key={n}>{part}</Fragment>;
        const unit = measureOf(figure.measure)?.unit ?? null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name
          <strong key={n}>
            <Figure
              {...shown}
              sentence
              cell={cell}
              unit={unit}
              asked={recordsOfFigure(result, figure)}
              of={writing.figure(figure)}
            />
          </strong>
        );
      })}
    </p>
  );
}

function National(props: Shown & { block: WrittenBlock; onWrite?: ((block: WrittenBlock) => void) | undefined }) {
  const { t, name } = useText();
  const { block, writing, result, onWrite } = props;
  const { entry } = block;
  const label = writing.say(block.block.words);
  const since = entry && entry.year < Number(result.parameters.to.slice(0, 4)) ? entry.year : null;
  const numbers = Object.entries(entry?.numbers ?? {});
  return (
    <section className={`${surfaces.card} ${surfaces.pad}`}>
      <div className={surfaces.row}>
        <h3>{label}</h3>
        {entry && result.definition.cover && (
          <StatusTag tone={entry.flag === "changed" ? "info" : "neutral"}>
            {since && entry.flag === "unchanged"
              ? t("reporting.flag.since", { year: String(since) })
              : t(`reporting.flag.${entry.flag}`)}
          </StatusTag>
        )}
        {onWrite && (
          <Button small onClick={() => onWrite(block)} aria-label={t("reporting.write.of", { of: label })}>
            {t("reporting.write")}
          </Button>
        )}
      </div>
      {block.kind === "national" && (
        <p className={entry ? styles.national : surfaces.muted}>{name(entry?.texts) || t("reporting.national.none")}</p>
      )}
      {block.kind === "numbers" && (
        <p className={surfaces.muted}>
          {numbers.length === 0
            ? t("reporting.national.none")
            : numbers.map(([key, value]) => `${key}: ${writing.format.number(value, 0)}`).join("; ")}
        </p>
      )}
    </section>
  );
}

/**
 * A made report on the screen: every figure says its unit and leads to the records behind it; a cell without a number says
 * why there is none.
 */
export function ReportView(props: {
  result: Result;
  links: boolean;
  onWrite?: ((block: WrittenBlock) => void) | undefined;
}) {
  const { t } = useText();
  const { result, links, onWrite } = props;
  const writing = useWriting(result);
  const shown: Shown = { result, links, writing };
  const block = (each: ResultBlock, n: number): ReactNode => {
    switch (each.kind) {
      case "heading": {
        const said = writing.say(each.block.words);
        return <h2 key={n}>{each.letter === null ? said : t("reporting.lettered", { letter: each.letter, said })}</h2>;
      }
      case "text":
        return <Sentence key={n} {...shown} block={each} />;
      case "figures":
        return (
          <dl key={n} className={`${surfaces.card} ${surfaces.pad} ${styles.figures}`}>
            {each.block.items.map((item, at) => (
              <div key={item.id}>
                <dt className={surfaces.muted}>{writing.figure(item)}</dt>
                <dd>
                  <Figure
                    {...shown}
                    cell={each.cells[at] as Cell}
                    unit={measureOf(item.measure)?.unit ?? null}
                    asked={recordsOfFigure(result, item)}
                    of={writing.figure(item)}
                  />
                </dd>
              </div>
            ))}
          </dl>
        );
      case "contact":
        // Without one there is a finding above, and nothing here that looks as if there were.
        return each.contact === null ? (
          <p key={n} className={surfaces.notice}>
            {t("reporting.contact.missing")}
          </p>
        ) : (
          <p key={n} className={styles.national}>
            {writing.contact(each.contact)}
          </p>
        );
      case "chart":
        return <Chart key={n} {...shown} block={each.block} />;
      case "map":
        return <FigureMap key={n} {...shown} block={each.block} />;
      case "table":
        return <TableView key={each.block.id} {...shown} table={each} />;
      case "national":
      case "numbers":
        return <National key={`${each.kind} ${each.block.id}`} {...shown} block={each} onWrite={onWrite} />;
    }
  };
  return (
    <div className={surfaces.stack}>
      <p className={surfaces.muted}>{writing.standing}</p>
      {writing.warnings.map((warning) => (
        <p key={warning} className={surfaces.notice}>
          {warning}
        </p>
      ))}
      {result.blocks.map(block)}
      <details className={`${surfaces.card} ${surfaces.pad}`}>
        <summary>{t("reporting.provenance")}</summary>
        <p className={`${surfaces.small} ${styles.hash}`}>
          {t("reporting.provenance.definition")}: <span className={surfaces.mono}>{result.definitionHash}</span>
        </p>
        <dl>
          {measuresIn(result).map((measure) => (
            <div key={measure}>
              <dt>
                <strong>{t(`reporting.measure.${measure}`)}</strong>
              </dt>
              <dd>{writing.rule(measure)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
