import type { Block, Definition, Figure } from "./model-definition.ts";
import { type Dimension, measureOf } from "./model-measures.ts";

/**
 * A definition narrowed to one value of a dimension. Figures that the dimension does not cut stay what they are, so that a
 * sentence can compare with the whole country; tables with such columns are left out, with their charts.
 */
export function narrowedTo(of: Definition, dimension: Dimension, value: string): Definition {
  const knows = (measure: string) => measureOf(measure)?.dimensions.includes(dimension) ?? false;
  const narrow = <F extends Figure>(asked: F): F =>
    knows(asked.measure) ? { ...asked, where: { ...asked.where, [dimension]: [value] } } : asked;
  const kept = of.blocks.filter(
    (each) =>
      each.kind !== "table" || each.columns.every((column) => column.kind !== "measure" || knows(column.measure)),
  );
  const tables = new Set(kept.flatMap((each) => (each.kind === "table" ? [each.id] : [])));
  const blocks = kept
    .filter((each) => !("table" in each) || tables.has(each.table))
    .map((each): Block => {
      if (each.kind === "figures") return { ...each, items: each.items.map(narrow) };
      if (each.kind === "table") return { ...each, where: { ...each.where, [dimension]: [value] } };
      if (each.kind !== "text") return each;
      return {
        ...each,
        cells: Object.fromEntries(Object.entries(each.cells).map(([name, asked]) => [name, narrow(asked)])),
      };
    });
  // A heading over nothing says nothing.
  const filled = blocks.filter(
    (each, n) => each.kind !== "heading" || (blocks[n + 1]?.kind ?? "heading") !== "heading",
  );
  return { ...of, blocks: filled };
}
