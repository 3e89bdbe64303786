/** One record of an export: values by column. */
export type Row = Readonly<Record<string, string | null>>;

/** How well records hide in the crowd of those with the same key. */
export interface AnonymityReport {
  rows: number;
  /** Size of the smallest class; 0 without rows. */
  k: number;
  /** Sizes of the classes, the largest first. */
  classSizes: number[];
  /** Share, 0 to 1: the expected part of rows that somebody who knows all keys would recognise, Σ 1/F over the rows, by their number. */
  globalRisk: number;
  /** Indexes of rows in classes smaller than `wanted`. */
  atRisk: number[];
}

function classesOf(rows: readonly Row[], keys: readonly string[]): Map<string, number[]> {
  const classes = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const key = JSON.stringify(keys.map((name) => row[name] ?? null));
    const members = classes.get(key);
    if (members) members.push(index);
    else classes.set(key, [index]);
  });
  return classes;
}

/**
 * k-anonymity and global re-identification risk of records by some key columns, all rows of the population being there.
 * `k` is the size of the smallest class of rows with equal keys; the risk of a row is one over the size of its
 * class (Skinner's expectation for a full count), the global risk the mean over all rows. A null is a value like others.
 */
export function kAnonymity(rows: readonly Row[], keys: readonly string[], wanted = 3): AnonymityReport {
  const classes = [...classesOf(rows, keys).values()];
  const classSizes = classes.map(({ length }) => length).sort((a, b) => b - a);
  return {
    rows: rows.length,
    k: classSizes.at(-1) ?? 0,
    classSizes,
    // Each class adds as many times one over its size as it has rows: one.
    globalRisk: rows.length === 0 ? 0 : classes.length / rows.length,
    atRisk: classes
      .filter(({ length }) => length < wanted)
      .flat()
      .sort((a, b) => a - b),
  };
}

/** How one key column may be made coarser, from its own values (level 0) to the coarsest. */
export interface Hierarchy {
  key: string;
  /** Each level takes the value as recorded to a coarser one. Values equal on one level must be equal on the next. */
  levels: readonly ((value: string) => string)[];
}

/** What a publication must reach. */
export interface GeneralisationOptions {
  /** Smallest class. Default 3; 5 for the public. */
  k?: number;
  /** The global risk must stay below this share. Default 0.03, the limit of the Humanitarian Data Exchange. */
  risk?: number;
  /** At most this share of rows may lose their keys. Default 0.05. */
  mostSuppressed?: number;
}

/** What was done to records so that they may be published. */
export interface Generalisation {
  /** Whether k and risk were reached. When not, the rows are the coarsest tried and must stay inside. */
  reached: boolean;
  rows: Row[];
  /** For each key the level taken: 0 for unchanged. */
  levels: Record<string, number>;
  /** Indexes of rows whose keys were taken away, as the last step. */
  suppressed: number[];
  /** Share of information of the keys that was lost, 0 to 1: the mean over keys of one less the entropy left. */
  loss: number;
  report: AnonymityReport;
}

/** Shannon entropy of a column in bits: how much its values tell records apart. */
function entropy(values: readonly (string | null)[]): number {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / values.length) * Math.log2(count / values.length),
    0,
  );
}

/** Level combinations, those that change least steps first, in a fixed order. */
function combinations(sizes: readonly number[]): number[][] {
  return sizes
    .reduce<number[][]>(
      (all, size) => all.flatMap((some) => Array.from({ length: size }, (_, level) => [...some, level])),
      [[]],
    )
    .sort((a, b) => a.reduce((sum, level) => sum + level, 0) - b.reduce((sum, level) => sum + level, 0));
}

/**
 * Takes the keys of rows in too small classes away, all of them, so that these rows are one class; while that class is itself
 * too small, the rows of the smallest class left join it.
 */
function suppressRows(rows: readonly Row[], keys: readonly string[], k: number): { rows: Row[]; suppressed: number[] } {
  const classes = [...classesOf(rows, keys).values()].sort(
    (a, b) => a.length - b.length || (a[0] as number) - (b[0] as number),
  );
  const suppressed: number[] = [];
  for (const members of classes) {
    if (members.length >= k && (suppressed.length === 0 || suppressed.length >= k)) break;
    suppressed.push(...members);
  }
  const without = Object.fromEntries(keys.map((key) => [key, null]));
  const gone = new Set(suppressed);
  return {
    rows: rows.map((row, index) => (gone.has(index) ? { ...row, ...without } : row)),
    suppressed: suppressed.sort((a, b) => a - b),
  };
}

/**
 * The coarsening of key columns that loses least and still reaches k and the risk: all combinations of levels are tried
 * (hierarchies have few), rows that still stand out lose their keys if they are few. Columns that are neither keys nor
 * harmless must have been left out before: this protects identity by keys, not what the other columns say.
 * Deterministic. Throws `RangeError` for a hierarchy without levels.
 */
export function generalise(
  rows: readonly Row[],
  hierarchies: readonly Hierarchy[],
  options: GeneralisationOptions = {},
): Generalisation {
  const { k = 3, risk = 0.03, mostSuppressed = 0.05 } = options;
  if (hierarchies.some(({ levels }) => levels.length === 0))
    throw new RangeError("A hierarchy has at least one level.");
  const keys = hierarchies.map(({ key }) => key);
  const columns = hierarchies.map(({ key, levels }) =>
    levels.map((level) => rows.map((row) => (row[key] == null ? null : level(row[key])))),
  );
  const before = columns.map((levels) => entropy(levels[0] ?? []));
  const attempt = (levels: readonly number[]): Generalisation => {
    const coarse = rows.map((row, index) => ({
      ...row,
      ...Object.fromEntries(keys.map((key, at) => [key, columns[at]?.[levels[at] as number]?.[index] ?? null])),
    }));
    const { rows: safe, suppressed } = suppressRows(coarse, keys, k);
    const left = keys.map((key, at) =>
      (before[at] as number) === 0 ? 1 : entropy(safe.map((row: Row) => row[key] ?? null)) / (before[at] as number),
    );
    const report = kAnonymity(safe, keys, k);
    return {
      reached:
        rows.length > 0 &&
        report.k >= k &&
        report.globalRisk < risk &&
        suppressed.length <= mostSuppressed * rows.length,
      rows: safe,
      levels: Object.fromEntries(keys.map((key, at) => [key, levels[at] as number])),
      suppressed,
      loss: keys.length === 0 ? 0 : Math.max(0, 1 - left.reduce((sum, share) => sum + share, 0) / keys.length),
      report,
    };
  };
  let best: Generalisation | undefined;
  let coarsest: Generalisation | undefined;
  for (const levels of combinations(hierarchies.map((hierarchy) => hierarchy.levels.length))) {
    const tried = attempt(levels);
    coarsest = tried;
    if (tried.reached && (best === undefined || tried.loss < best.loss)) best = tried;
  }
  return best ?? (coarsest as Generalisation);
}
