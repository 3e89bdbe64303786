import { exponential } from "./exact-math.ts";

/**
 * A stream of pseudo-random numbers (sfc32, "small fast counting", by Chris Doty-Humphrey), seeded by a text.
 * Streams with different texts are independent, so that a new generator does not disturb the records of the others.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    // Three FNV-1a hashes with different offsets spread the text over the state; the first rounds mix it.
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    let c = 0x85ebca6b;
    for (let i = 0; i < seed.length; i++) {
      const code = seed.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + 0x5bd1), 0x01000193);
      c = Math.imul(c ^ (code * 31 + 7), 0x01000193);
    }
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number from 0 to 2³² − 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number from 0 up to, not including, 1. */
  float(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A number from `low` up to, not including, `high`. */
  between(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.float() < probability;
  }

  /** About normal with mean 0 and deviation 1: twelve uniform numbers added (Irwin–Hall), so within ±6. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.float();
    return sum;
  }

  /** Log-normal with the given median; `sigma` is the deviation of the natural logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * exponential(sigma * this.normal());
  }

  /** A count with the given mean: Poisson (Knuth) when small, rounded normal when large. */
  count(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = exponential(-mean);
    let product = this.float();
    let n = 0;
    while (product > limit) {
      product *= this.float();
      n++;
    }
    return n;
  }

  /** One item of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.float() * list.length)] as T;
  }

  /** One value of a list of values with weights, at least one of them above zero. */
  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of list) total += weight;
    let rest = this.float() * total;
    for (const [value, weight] of list) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return (list[list.length - 1] as readonly [T, number])[0];
  }
}

/**
 * Splits a total over weights so that the whole numbers add up to the rounded total exactly.
 * @returns one count for each weight, in order
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight) => {
    reached += weight;
    const upTo = sum > 0 ? Math.round((total * reached) / sum) : 0;
    const share = upTo - given;
    given = upTo;
    return share;
  });
}
