import { TravelTimeProblem } from "../problem.ts";

/** People of one unit by how far they have to travel. */
export interface UnitCoverage {
  readonly people: number;
  /** People within each threshold, in the order given. */
  readonly within: readonly number[];
  /** People no service is in reach of at all (within the maximum of the search). */
  readonly unreached: number;
  /** Mean travel time of those who are reached; null when nobody is. */
  readonly meanTime: number | null;
}

/**
 * People within travel times, by unit: the last entry is those in no unit, and all of them together are everyone in the
 * raster. `time` is NaN where no service reaches, `units` says for each cell which unit it belongs to (-1: none), and
 * people of NaN count as nobody. Refuses thresholds that are no times and rasters that do not fit (`value-invalid`,
 * `grids-differ`).
 */
export function coverageByUnit(
  time: Float64Array | Float32Array,
  people: Float32Array | Float64Array,
  units: Int32Array,
  count: number,
  thresholds: readonly number[],
): UnitCoverage[] {
  if (time.length !== people.length || units.length !== people.length) {
    throw new TravelTimeProblem("grids-differ", "Times, people and units are not of one raster.", {
      times: time.length,
      people: people.length,
      units: units.length,
    });
  }
  if (!thresholds.every((threshold) => threshold >= 0)) {
    throw new TravelTimeProblem("value-invalid", "A threshold is a time of 0 or more.", {
      thresholds: thresholds.join(),
    });
  }
  const width = thresholds.length;
  const all = new Float64Array(count + 1);
  const reached = new Float64Array(count + 1);
  const travel = new Float64Array(count + 1);
  const within = new Float64Array((count + 1) * width);
  for (let cell = 0; cell < people.length; cell++) {
    const persons = people[cell] as number;
    if (!(persons > 0)) continue;
    const named = units[cell] as number;
    const unit = named >= 0 && named < count ? named : count;
    all[unit] = (all[unit] as number) + persons;
    const at = time[cell] as number;
    if (Number.isNaN(at)) continue;
    reached[unit] = (reached[unit] as number) + persons;
    travel[unit] = (travel[unit] as number) + persons * at;
    for (let i = 0; i < width; i++) {
      if (at <= (thresholds[i] as number)) within[unit * width + i] = (within[unit * width + i] as number) + persons;
    }
  }
  return Array.from({ length: count + 1 }, (_, unit) => {
    const persons = reached[unit] as number;
    return {
      people: all[unit] as number,
      within: [...within.subarray(unit * width, (unit + 1) * width)],
      unreached: (all[unit] as number) - persons,
      meanTime: persons > 0 ? (travel[unit] as number) / persons : null,
    };
  });
}
