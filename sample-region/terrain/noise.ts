import type { Random } from "../random.ts";

/** Values between 0 and 1 for every cell of a square, row by row, smooth over `wavelength` cells. */
function valueNoise(side: number, wavelength: number, random: Random): Float32Array {
  const knots = Math.ceil(side / wavelength) + 2;
  const lattice = Float32Array.from({ length: knots * knots }, () => random.float());
  const out = new Float32Array(side * side);
  // A fifth-degree step, whose first two derivatives vanish at its ends, leaves no creases on the lattice.
  const weights = Float32Array.from({ length: side }, (_, i) => {
    const t = i / wavelength - Math.floor(i / wavelength);
    return t * t * t * (t * (t * 6 - 15) + 10);
  });
  const knot = Int32Array.from({ length: side }, (_, i) => Math.floor(i / wavelength));
  for (let row = 0; row < side; row++) {
    const below = weights[row] as number;
    const line = (knot[row] as number) * knots;
    for (let column = 0; column < side; column++) {
      const at = line + (knot[column] as number);
      const right = weights[column] as number;
      const north = (lattice[at] as number) * (1 - right) + (lattice[at + 1] as number) * right;
      const south = (lattice[at + knots] as number) * (1 - right) + (lattice[at + knots + 1] as number) * right;
      out[row * side + column] = north * (1 - below) + south * below;
    }
  }
  return out;
}

/** Octaves of value noise added, between 0 and 1; ridged noise folds each so that its middle becomes a crest. */
export function fractalNoise(
  side: number,
  wavelength: number,
  octaves: number,
  random: Random,
  ridged = false,
): Float32Array {
  const out = new Float32Array(side * side);
  let [weight, total] = [1, 0];
  for (let octave = 0, wave = wavelength; octave < octaves; octave++, wave /= 2) {
    const noise = valueNoise(side, wave, random);
    total += weight;
    for (let cell = 0; cell < out.length; cell++) {
      const value = noise[cell] as number;
      const each = ridged ? 1 - Math.abs(2 * value - 1) : value;
      out[cell] = (out[cell] as number) + weight * (ridged ? each * each : each);
    }
    weight /= 2;
  }
  for (let cell = 0; cell < out.length; cell++) out[cell] = (out[cell] as number) / total;
  return out;
}
