/** Half of the density of air of 20 °C at 500 m times 0.445 m² of front, in kg/m. */
const AIR_DRAG: f64 = 0.25020962;

/** `portableExp` of the twin. */
@inline
export function portableExp(x: f64): f64 {
  if (!(x < 709)) return x >= 709 ? Infinity : NaN;
  const power = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - power * 0.6931471803691238 - power * 1.9082149292705877e-10;
  let sum: f64 = 1.0 / 6227020800.0;
  sum = sum * r + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  return sum * reinterpret<f64>((<i64>power + 1023) << 52);
}

/** `cyclingPace` of the twin. */
export function cyclingPace(pace: f64, slope: f64): f64 {
  if (!(pace > 0)) return pace;
  const flat = 1.0 / pace;
  const power = flat * (931.0 * 0.012 + AIR_DRAG * flat * flat);
  const resistance = 931.0 * (slope + 0.012);
  let speed = 2.0 * flat;
  for (let round = 0; round < 64; round++) {
    const excess = speed * (resistance + AIR_DRAG * speed * speed) - power;
    const next = speed - excess / (resistance + 3.0 * AIR_DRAG * speed * speed);
    if (!(excess > 0) || !(next < speed)) break;
    speed = next;
  }
  return 1.0 / speed;
}
