/** How the last digits of figures are spread, and how likely such a spread is if each digit is equally likely. */
export interface DigitTest {
  /** How often each digit, 0 to 9, ends a figure. */
  counts: readonly number[];
  mostFrequent: number;
  chiSquare: number;
  /** The p-value of Pearson's test against an even spread, nine degrees of freedom. */
  probability: number;
}

/**
 * Tests the last digits of measured whole numbers: of many measured areas each digit ends about a tenth. Sound from
 * about 50 figures upwards, where each digit is expected five times.
 * @throws RangeError when there is no figure
 */
export function lastDigitTest(figures: readonly number[]): DigitTest {
  if (figures.length === 0) throw new RangeError("There is no figure to test");
  const counts = new Array<number>(10).fill(0);
  for (const figure of figures) {
    const digit = Math.abs(Math.round(figure)) % 10;
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  const expected = figures.length / 10;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const mostFrequent = counts.indexOf(Math.max(...counts));
  return { counts, mostFrequent, chiSquare, probability: chiSquareTail(chiSquare, 9) };
}

/**
 * The chance that a chi-square variable of odd degrees of freedom exceeds a value. Built up from one degree by the
 * recurrence Q(k + 2) = Q(k) + (x/2)^(k/2) e^(−x/2) / Γ(k/2 + 1); Q(1) is erfc(√(x/2)).
 * @throws RangeError for an even number of degrees
 */
export function chiSquareTail(value: number, degrees: number): number {
  if (degrees % 2 !== 1) throw new RangeError("Degrees of freedom must be odd here");
  if (value <= 0) return 1;
  const half = value / 2;
  let tail = erfc(Math.sqrt(half));
  // The term for k = 1: √(x/2) e^(−x/2) / Γ(3/2), with Γ(3/2) = √π / 2.
  let term = (Math.sqrt(half) * Math.exp(-half)) / (Math.sqrt(Math.PI) / 2);
  for (let k = 1; k < degrees; k += 2) {
    tail += term;
    term *= half / (k / 2 + 1);
  }
  return Math.min(1, tail);
}

/** The complementary error function of a number ≥ 0: a series near zero, Lentz's continued fraction beyond. */
function erfc(x: number): number {
  if (x < 2) {
    let sum = x;
    let term = x;
    for (let n = 1; n < 60; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  // erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), from the inside out.
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
