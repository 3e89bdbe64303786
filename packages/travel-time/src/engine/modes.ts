/** How people move in a cell. Any other number is impassable. */
export const MODE = { walking: 1, bicycling: 2, motorised: 3 } as const;

/** The natural logarithm of 2 in two parts; the first has zeros enough at its end that whole multiples of it are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const POWERS_OF_TWO = Float64Array.from({ length: 1024 }, (_, exponent) => 2 ** exponent);

/**
 * e to the power x, for x from -0.3 up to 709 (Infinity above), within two units in the last place. Only sums and
 * products of doubles, which have the same bits on every machine and in WebAssembly; `Math.exp` need not.
 */
export function portableExp(x: number): number {
  if (!(x < 709)) return x >= 709 ? Number.POSITIVE_INFINITY : Number.NaN;
  const power = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - power * LN2_HIGH - power * LN2_LOW;
  // The Taylor series to the thirteenth term; r is at most half of ln 2.
  let sum = 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * (POWERS_OF_TWO[power] as number);
}

/**
 * How many times longer a walk takes on a slope (rise over run) than on the flat: Tobler's hiking function (1993),
 * speed in proportion to exp(-3.5 |slope + 0.05|), rescaled to 1 on the flat, as AccessMod uses it.
 */
export function walkingFactor(slope: number): number {
  return portableExp(3.5 * Math.abs(slope + 0.05) - 0.175);
}

/** Air of 20 °C at 500 m: half of its density times 0.445 m² of front, in kg/m. */
export const AIR_DRAG = 0.25020962;
/** A rider of 80 kg on a bicycle of 15 kg, in newtons. */
export const RIDER_WEIGHT = 931;
export const ROLLING_RESISTANCE = 0.012;

/**
 * Seconds per metre of a cyclist on a slope who needs `pace` seconds per metre on the flat, at the same power:
 * v (weight · (slope + rolling resistance) + drag · v²) is what it is on the flat. Never above twice the flat speed.
 * Parameters are AccessMod's; the cubic is solved to the last bits (Newton from above, which is monotone here).
 */
export function cyclingPace(pace: number, slope: number): number {
  if (!(pace > 0)) return pace;
  const flat = 1 / pace;
  const power = flat * (RIDER_WEIGHT * ROLLING_RESISTANCE + AIR_DRAG * flat * flat);
  const resistance = RIDER_WEIGHT * (slope + ROLLING_RESISTANCE);
  let speed = 2 * flat;
  for (let round = 0; round < 64; round++) {
    const excess = speed * (resistance + AIR_DRAG * speed * speed) - power;
    const next = speed - excess / (resistance + 3 * AIR_DRAG * speed * speed);
    // On a descent the excess at twice the flat speed is negative: the cap holds.
    if (!(excess > 0) || !(next < speed)) break;
    speed = next;
  }
  return 1 / speed;
}

/** Seconds per metre in a cell of this mode; `factor` is `walkingFactor(slope)`. NaN for a mode that is none. */
export function paceOnSlope(mode: number, pace: number, slope: number, factor: number): number {
  if (mode === MODE.walking) return pace * factor;
  if (mode === MODE.motorised) return pace;
  return mode === MODE.bicycling ? cyclingPace(pace, slope) : Number.NaN;
}
