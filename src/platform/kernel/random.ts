/**
 * A stream of numbers in [0, 1) that a seed decides wholly, so that a draw can be repeated and checked by others. A
 * counter runs through all 32-bit numbers in steps of the golden ratio, and each is scrambled (Murmur3's finaliser).
 * Not for secrets.
 */
export function seededRandom(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}
