import { TravelTimeProblem } from "../problem.ts";
import type { Catchment } from "./catchments.ts";

/** Who is served where, when services have limits. */
export interface CapacityAllocation {
  /** By service: people served. */
  readonly served: Float64Array;
  /** By service: people × time of those served, so that `travel / served` is their mean time. */
  readonly travel: Float64Array;
  /** By cell: people whom no service in reach has room for. */
  readonly unserved: Float64Array;
}

/** The order of positive doubles, ascending: four passes of a radix sort over their bits, which sort as integers do. */
function orderOf(times: Float64Array): Uint32Array {
  const digits = new Uint16Array(times.buffer, times.byteOffset, times.length * 4);
  const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  let order = Uint32Array.from(times.keys());
  let other = new Uint32Array(times.length);
  for (let pass = 0; pass < 4; pass++) {
    const digit = littleEndian ? pass : 3 - pass;
    const starts = new Uint32Array(65_537);
    for (const i of order) {
      const value = (digits[i * 4 + digit] as number) + 1;
      starts[value] = (starts[value] as number) + 1;
    }
    for (let value = 0; value < 65_536; value++) {
      starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number);
    }
    for (const i of order) {
      const value = digits[i * 4 + digit] as number;
      const to = starts[value] as number;
      other[to] = i;
      starts[value] = to + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}

/**
 * Allocates people to services with limited room, up to rounding the same whatever the order of the list: travel times are served from the
 * shortest up, and among equal times a cell's people ask the services in proportion to the room left, and a service that
 * is asked for more than its room takes the same share from every cell. No cell and service could both gain by pairing
 * anew (a stable matching, where both prefer the shorter time).
 *
 * `population` is people by cell (NaN counts as nobody), `capacity` people by service (Infinity: no limit).
 */
export function allocateCapacity(
  catchments: readonly Catchment[],
  population: Float32Array | Float64Array,
  capacity: readonly number[],
): CapacityAllocation {
  if (capacity.length !== catchments.length || !capacity.every((room) => room >= 0)) {
    throw new TravelTimeProblem("value-invalid", "Every catchment needs a capacity of 0 or more.", {
      catchments: catchments.length,
      capacities: capacity.length,
    });
  }
  const pairs = catchments.reduce((sum, { cells }) => sum + cells.length, 0);
  const times = new Float64Array(pairs);
  const cellOf = new Int32Array(pairs);
  const serviceOf = new Int32Array(pairs);
  let next = 0;
  catchments.forEach(({ cells, times: each }, service) => {
    times.set(each, next);
    cellOf.set(cells, next);
    serviceOf.fill(service, next, next + cells.length);
    next += cells.length;
  });
  const order = orderOf(times);
  const waiting = Float64Array.from(population, (people) => (people > 0 ? people : 0));
  const room = Float64Array.from(capacity);
  const served = new Float64Array(catchments.length);
  const travel = new Float64Array(catchments.length);
  const move = (pair: number, people: number) => {
    const [cell, service] = [cellOf[pair] as number, serviceOf[pair] as number];
    waiting[cell] = Math.max(0, (waiting[cell] as number) - people);
    room[service] = Math.max(0, (room[service] as number) - people);
    served[service] = (served[service] as number) + people;
    travel[service] = (travel[service] as number) + people * (times[pair] as number);
  };

  for (let start = 0; start < pairs; ) {
    let end = start + 1;
    while (end < pairs && times[order[end] as number] === times[order[start] as number]) end++;
    let open = [...order.subarray(start, end)];
    for (;;) {
      open = open.filter(
        (pair) => (waiting[cellOf[pair] as number] as number) > 0 && (room[serviceOf[pair] as number] as number) > 0,
      );
      if (open.length === 0) break;
      serveEqual(open, cellOf, serviceOf, waiting, room, move);
    }
    start = end;
  }
  return { served, travel, unserved: waiting };
}

/** One round among pairs of equal time; it leaves fewer cells with people waiting, or fewer services with room. */
function serveEqual(
  pairs: readonly number[],
  cellOf: Int32Array,
  serviceOf: Int32Array,
  waiting: Float64Array,
  room: Float64Array,
  move: (pair: number, people: number) => void,
): void {
  const choice = new Map<number, number>();
  for (const pair of pairs) {
    const cell = cellOf[pair] as number;
    choice.set(cell, (choice.get(cell) ?? 0) + weightOf(room[serviceOf[pair] as number] as number));
  }
  const asked = new Map<number, number>();
  const asks = pairs.map((pair) => {
    const [cell, service] = [cellOf[pair] as number, serviceOf[pair] as number];
    const people = (waiting[cell] as number) * (weightOf(room[service] as number) / (choice.get(cell) as number));
    asked.set(service, (asked.get(service) ?? 0) + people);
    return people;
  });
  const granted = new Map(
    [...asked].map(([service, people]) => [service, Math.min(1, (room[service] as number) / people)]),
  );
  const refused = new Set<number>();
  pairs.forEach((pair, i) => {
    const share = granted.get(serviceOf[pair] as number) as number;
    if (share < 1) refused.add(cellOf[pair] as number);
    move(pair, (asks[i] as number) * share);
  });
  // What rounding leaves of a full service or of an emptied cell would be asked for again without end.
  for (const [service, share] of granted) if (share < 1) room[service] = 0;
  for (const cell of choice.keys()) if (!refused.has(cell)) waiting[cell] = 0;
}

/** A room without limit counts as more than any that has one. */
const weightOf = (room: number): number => Math.min(room, 1e15);
