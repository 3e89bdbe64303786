/**
 * Where the rasters lie in linear memory, and what a cell holds: friction (f32), time (f64), and where slopes count
 * elevation (f32) and the mode of travel (u8). A cell is named by its place in the tiled layout.
 */

let friction: usize = 0;
let elevation: usize = 0;
let modes: usize = 0;
let time: usize = 0;

/** Bytes of a cell for a kind of movement: 0 by friction, 1 walking over slopes, 2 by modes. */
export function bytesPerCell(movement: i32): i32 {
  return movement === 0 ? 12 : movement === 1 ? 16 : 17;
}

/** Says where the rasters lie, and returns the address after them. */
export function layField(at: usize, cells: usize, movement: i32): usize {
  friction = at;
  time = friction + (cells << 2);
  elevation = time + (cells << 3);
  modes = elevation + (cells << 2);
  return at + cells * bytesPerCell(movement);
}

/** Address of friction (f32). */
export function frictionAt(): usize {
  return friction;
}
/** Address of elevation (f32), when slopes count. */
export function elevationAt(): usize {
  return elevation;
}
/** Address of the modes (u8), when there are any. */
export function modeAt(): usize {
  return modes;
}
/** Address of the times (f64). */
export function timeAt(): usize {
  return time;
}

@inline
export function timeAddress(place: i32): usize {
  return time + (<usize>place << 3);
}

@inline
export function timeOf(place: i32): f64 {
  return load<f64>(timeAddress(place));
}

@inline
export function frictionOf(place: i32): f64 {
  return <f64>load<f32>(friction + (<usize>place << 2));
}

@inline
export function heightOf(place: i32): f64 {
  return <f64>load<f32>(elevation + (<usize>place << 2));
}

@inline
export function modeOf(place: i32): u8 {
  return load<u8>(modes + <usize>place);
}

/**
 * Reads what opening a cell will need, so that it is in the cache by then: the cells of a bucket lie far apart, and
 * waiting for memory is most of the time of a search. Loads that nothing depends on wait together, where those of the
 * search itself wait one after another. The steps are those within a tile: beyond its border they miss, which costs
 * nothing but that. K is u16 with the knight's moves. The result is noise; to keep it keeps the compiler from leaving the loads out.
 */
@inline
export function touch<K>(place: i32): u32 {
  const f = friction + (<usize>place << 2);
  const t = timeAddress(place);
  let noise =
    load<u32>(f) ^ load<u32>(f - 64) ^ load<u32>(f + 64) ^ load<u32>(t - 8) ^ load<u32>(t + 8) ^
    load<u32>(t - 136) ^ load<u32>(t - 120) ^ load<u32>(t + 120) ^ load<u32>(t + 136);
  if (sizeof<K>() === 2) {
    noise ^=
      load<u32>(f - 128) ^ load<u32>(f + 128) ^ load<u32>(t - 16) ^ load<u32>(t + 16) ^
      load<u32>(t - 264) ^ load<u32>(t - 248) ^ load<u32>(t + 248) ^ load<u32>(t + 264);
  }
  return noise;
}
