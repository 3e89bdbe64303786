/**
 * Claim: in random tables of one to four dimensions with all totals, and in pairs of tables that share totals, no hidden
 * count follows from the shown ones by adding and subtracting, to a checker that works by another method (ranks modulo primes,
 * from the published cells alone, where the suppression eliminates in whole numbers); and a table of 25 provinces, three
 * sexes and five ages is safe within a second.
 *
 * The peers sdcTable and τ-ARGUS are not in the package sources of this machine. What is compared instead is what
 * people do by hand: hiding every inner cell of a line that has a small one.
 *
 * npx tsx benchmarks/suppression.ts [--tables 2000] [--seed 1] [--json]
 */
import { parseArgs } from "node:util";
import { type CountTable, protects, suppress } from "../packages/safe-statistics/src/index.ts";

const REQUIRED_MS = 1_000;

const { values: asked } = parseArgs({
  options: {
    tables: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

/** Marsaglia's xorshift, so that a run can be repeated. */
function random(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const next = random(Number(asked.seed));
const whole = (below: number) => Math.floor(next() * below);

/** Mostly zeros and small counts, some large: as casualties by district and age are. */
const count = () => (next() < 0.35 ? 0 : next() < 0.4 ? 1 + whole(6) : whole(120));

const range = (to: number) => Array.from({ length: to }, (_, index) => index);
const dimension = (name: string, size: number) => ({ name, values: range(size).map((index) => `${name}${index}`) });

function randomTable(): CountTable {
  const sizes = range(1 + whole(4)).map((_, __, all) => 1 + whole([12, 8, 5, 3][all.length - 1] as number));
  return {
    dimensions: sizes.map((size, d) => dimension("abcd"[d] as string, size)),
    counts: range(sizes.reduce((product, size) => product * size, 1)).map(count),
  };
}

/** Two tables over the same people, by district and sex and by district and cause: their district totals are the same cells. */
function randomPair(): CountTable[] {
  const [a, b, c] = [2 + whole(6), 1 + whole(4), 1 + whole(4)];
  const inner = range(a * b * c).map(count);
  const at = (x: number, y: number, z: number) => inner[(x * b + y) * c + z] as number;
  const sum = (list: number[]) => list.reduce((all, one) => all + one, 0);
  return [
    {
      dimensions: [dimension("a", a), dimension("b", b)],
      counts: range(a).flatMap((x) => range(b).map((y) => sum(range(c).map((z) => at(x, y, z))))),
    },
    {
      dimensions: [dimension("a", a), dimension("c", c)],
      counts: range(a).flatMap((x) => range(c).map((z) => sum(range(b).map((y) => at(x, y, z))))),
    },
  ];
}

/** Inner counts that are lost when every line with a small count is hidden whole. */
function lostByHand({ dimensions, counts }: CountTable, threshold: number): number {
  const sizes = dimensions.map(({ values }) => values.length);
  const strides = sizes.map((_, d) => sizes.slice(d + 1).reduce((product, size) => product * size, 1));
  const hidden = new Set<number>();
  counts.forEach((one, index) => {
    if (one === 0 || one >= threshold) return;
    sizes.forEach((size, d) => {
      const stride = strides[d] as number;
      const start = index - (Math.floor(index / stride) % size) * stride;
      for (let value = 0; value < size; value += 1) hidden.add(start + value * stride);
    });
  });
  return [...hidden].reduce((sum, index) => sum + (counts[index] as number), 0);
}

const threshold = 5;
let unsafe = 0;
let cells = 0;
let hidden = 0;
let ours = 0;
let byHand = 0;
let ambiguous = 0;
let small = 0;
const tables = Number(asked.tables);
const began = performance.now();
for (let at = 0; at < tables; at += 1) {
  const list = at % 4 === 3 ? randomPair() : [randomTable()];
  const result = suppress(list, { threshold });
  if (!protects(list, result.cells, threshold).safe) unsafe += 1;
  cells += result.cells.length;
  hidden += result.primary + result.secondary;
  small += result.primary;
  ambiguous += result.cells.filter((cell) => cell.ambiguous).length;
  if (list.length === 1) {
    const table = list[0] as CountTable;
    const shown = result.cells.reduce(
      (sum, cell) => sum + (Object.keys(cell.place).length === table.dimensions.length ? (cell.count ?? 0) : 0),
      0,
    );
    ours += table.counts.reduce((sum, one) => sum + one, 0) - shown;
    byHand += lostByHand(table, threshold);
  }
}
const seconds = (performance.now() - began) / 1000;

const national: CountTable = {
  dimensions: [dimension("province", 25), dimension("sex", 3), dimension("age", 5)],
  counts: range(375).map(count),
};
const start = performance.now();
const result = suppress(national, { threshold });
const ms = performance.now() - start;
const nationalSafe = protects([national], result.cells, threshold).safe;

const report = {
  tables,
  unsafe,
  cells,
  hidden,
  ambiguousShare: small === 0 ? 1 : ambiguous / small,
  innerCountsLost: ours,
  innerCountsLostByHand: byHand,
  ratio: ours === 0 ? null : byHand / ours,
  seconds,
  national: {
    cells: result.cells.length,
    primary: result.primary,
    secondary: result.secondary,
    ms,
    safe: nationalSafe,
  },
};
if (asked.json) console.log(JSON.stringify(report));
else {
  console.log(
    `${tables} random tables, ${cells} cells, ${hidden} hidden: ${unsafe} tables with a hidden count that follows`,
  );
  console.log(
    `${(report.ambiguousShare * 100).toFixed(1)} % of small counts have two readings even with all that is known of them`,
  );
  console.log(
    `people lost from inner cells: ${ours}; hiding whole lines by hand: ${byHand}, ${report.ratio?.toFixed(2)} times as many`,
  );
  console.log(
    `25 × 3 × 5: ${result.primary} small, ${result.secondary} hidden with them, ${ms.toFixed(0)} ms (at most ${REQUIRED_MS}), ${nationalSafe ? "safe" : "NOT safe"}`,
  );
  console.log(`all in ${seconds.toFixed(1)} s`);
}
process.exit(unsafe === 0 && nationalSafe && ms <= REQUIRED_MS ? 0 : 1);
