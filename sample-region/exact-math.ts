/**
 * Elementary functions made of additions, multiplications and square roots only. IEEE 754 fixes those to the last bit,
 * which it does not do for the engine's own sine or exponential, so that the same seed gives the same bytes everywhere.
 */

const halfPi = Math.PI / 2;
export const radiansPerDegree = Math.PI / 180;

function smallSine(x: number): number {
  const s = x * x;
  let sum = 1;
  for (let n = 17; n >= 3; n -= 2) sum = 1 - (s * sum) / (n * (n - 1));
  return x * sum;
}

function smallCosine(x: number): number {
  const s = x * x;
  let sum = 1;
  for (let n = 18; n >= 2; n -= 2) sum = 1 - (s * sum) / (n * (n - 1));
  return sum;
}

/** Sine of an angle in radians, good to about 1e-15 for angles within a few turns. */
export function sine(x: number): number {
  const quarter = Math.round(x / halfPi);
  const rest = x - quarter * halfPi;
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return smallSine(rest);
    case 1:
      return smallCosine(rest);
    case 2:
      return -smallSine(rest);
    default:
      return -smallCosine(rest);
  }
}

/** Cosine of an angle in radians, good to about 1e-15 for angles within a few turns. */
export function cosine(x: number): number {
  return sine(x + halfPi);
}

/** Tangent of a small angle in radians (below 0.1). */
export function smallTangent(x: number): number {
  const s = x * x;
  return x * (1 + s * (1 / 3 + s * (2 / 15 + s * (17 / 315 + (s * 62) / 2835))));
}

/** Arc tangent, in radians, of a small number (below 0.1). */
export function smallArcTangent(x: number): number {
  const s = x * x;
  return x * (1 - s * (1 / 3 - s * (1 / 5 - s * (1 / 7 - s / 9))));
}

/** e to the power x, for x between about -700 and 700. */
export function exponential(x: number): number {
  const twos = Math.round(x / Math.LN2);
  const rest = x - twos * Math.LN2;
  let sum = 1;
  for (let n = 18; n >= 1; n--) sum = 1 + (rest * sum) / n;
  const factor = twos < 0 ? 0.5 : 2;
  for (let n = Math.abs(twos); n > 0; n--) sum *= factor;
  return sum;
}
