import styles from "./charts.module.css";
import type { Release, Stock } from "./series.ts";

export type Fill = Release | Stock;

/** What a mark of a chart is filled with; the page must hold `<Fills />`. */
export const fillOf = (kind: Fill) => `url(#ledger-fill-${kind})`;

const lines: Readonly<Record<Fill, string | null>> = {
  cancelled: "M2 2h.01M6 6h.01",
  reduced: "M-2 2l4-4M0 8l8-8M6 10l4-4",
  cleared: null,
  closingConfirmed: "M0 8l8-8M0 0l8 8",
  closingSuspected: "M-2 2l4-4M0 8l8-8M6 10l4-4",
};

/** The fills of the ledger's charts: a colour and a hatch each, so that none rests on colour alone. */
export function Fills() {
  return (
    <svg className={styles.fills} width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        {(Object.keys(lines) as Fill[]).map((kind) => (
          <pattern
            key={kind}
            id={`ledger-fill-${kind}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            className={styles[kind]}
          >
            <rect width="8" height="8" />
            {lines[kind] && <path d={lines[kind]} />}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** What each fill of a chart stands for. */
export function FillLegend({ entries }: { entries: readonly { kind: Fill; label: string }[] }) {
  return (
    <ul className={styles.legend}>
      {entries.map(({ kind, label }) => (
        <li key={kind}>
          <svg width="28" height="16" aria-hidden="true" focusable="false">
            <rect width="28" height="16" fill={fillOf(kind)} className={styles.swatch} />
          </svg>
          <span>{label}</span>
        </li>
      ))}
    </ul>
  );
}
