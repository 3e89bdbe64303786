/** Two primes below 2^26: products of two remainders stay whole in a double. */
const primes = [67_108_859, 67_108_837] as const;

function inverse(value: number, prime: number): number {
  let [a, b, x, y] = [value, prime, 1, 0];
  while (b !== 0) {
    const times = Math.floor(a / b);
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return ((x % prime) + prime) % prime;
}

/** Rows in echelon form modulo a prime, to which rows can be offered. */
class Echelon {
  private readonly rows: { lead: number; values: Int32Array }[] = [];
  private readonly width: number;
  private readonly prime: number;
  constructor(width: number, prime: number) {
    this.width = width;
    this.prime = prime;
  }

  /** What is left of a row after all rows here: nothing if it is a combination of them. */
  reduce(row: Int32Array): Int32Array {
    const { prime, width } = this;
    for (const { lead, values } of this.rows) {
      const by = row[lead] as number;
      if (by === 0) continue;
      for (let at = lead; at < width; at += 1) {
        const own = values[at] as number;
        if (own !== 0) row[at] = ((row[at] as number) + (prime - by) * own) % prime;
      }
    }
    return row;
  }

  add(row: Int32Array): void {
    const left = this.reduce(row);
    const lead = left.findIndex((value) => value !== 0);
    if (lead < 0) return;
    const scale = inverse(left[lead] as number, this.prime);
    for (let at = lead; at < this.width; at += 1) left[at] = ((left[at] as number) * scale) % this.prime;
    // Rows stand in the order of their leads, so that one pass over them reduces a row.
    const place = this.rows.findIndex((other) => other.lead > lead);
    this.rows.splice(place < 0 ? this.rows.length : place, 0, { lead, values: left });
  }
}

/**
 * Which unknowns follow from linear equations in them, by rank: an unknown follows if and only if its unit row adds
 * nothing to the rank of the equations. Worked out modulo two primes, and true if either says so.
 * Equations are lists of [unknown, coefficient]; unknowns are numbered from 0 to `count` − 1.
 */
export function determinedUnknowns(
  equations: readonly (readonly (readonly [number, number])[])[],
  count: number,
): Set<number> {
  const found = new Set<number>();
  for (const prime of primes) {
    const echelon = new Echelon(count, prime);
    for (const equation of equations) {
      const row = new Int32Array(count);
      for (const [unknown, coefficient] of equation)
        row[unknown] = ((((row[unknown] as number) + coefficient) % prime) + prime) % prime;
      echelon.add(row);
    }
    for (let unknown = 0; unknown < count; unknown += 1) {
      const unit = new Int32Array(count);
      unit[unknown] = 1;
      if (echelon.reduce(unit).every((value) => value === 0)) found.add(unknown);
    }
  }
  return found;
}
