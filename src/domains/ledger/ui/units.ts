import type { Formatters } from "../../../platform/i18n/format.ts";

/** How square metres may be shown. */
export const areaUnits = ["km2", "ha", "m2"] as const;
export type AreaUnit = (typeof areaUnits)[number];

const perUnit: Readonly<Record<AreaUnit, number>> = { km2: 1_000_000, ha: 10_000, m2: 1 };
const digits: Readonly<Record<AreaUnit, number>> = { km2: 3, ha: 1, m2: 0 };

/** Whole square metres in another unit. */
export function areaIn(unit: AreaUnit, squareMetres: number): number {
  return squareMetres / perUnit[unit];
}

/** Whole square metres in another unit, rounded for display only; always as many decimals, so that columns line up. */
export function areaText(format: Pick<Formatters, "fixed">, unit: AreaUnit, squareMetres: number): string {
  return format.fixed(areaIn(unit, squareMetres), digits[unit]);
}
