type Box = readonly [west: number, south: number, east: number, north: number];

/** Steps of the box, degrees: an outline that is typed on changes its surroundings rarely. */
const step = 0.01;

/**
 * A box around some boxes with room for what lies beside them, on whole steps so that it stays the same while an outline
 * grows a little. @returns null when there is no box
 */
export function boxAround(boxes: readonly (Box | null)[]): Box | null {
  const known = boxes.filter((box) => box !== null);
  if (known.length === 0) return null;
  const down = (value: number) => Number(((Math.floor(value / step) - 0.5) * step).toFixed(6));
  const up = (value: number) => Number(((Math.ceil(value / step) + 0.5) * step).toFixed(6));
  return [
    down(Math.min(...known.map(([west]) => west))),
    down(Math.min(...known.map(([, south]) => south))),
    up(Math.max(...known.map(([, , east]) => east))),
    up(Math.max(...known.map(([, , , north]) => north))),
  ];
}
