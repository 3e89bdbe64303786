/**
 * How much harm the disclosure of a value could do, after the OCHA Data Responsibility Guidelines.
 * Every field of every record type declares one; presenters, exports, tiles and exchange read it from there.
 */
export const sensitivityLevels = ["public", "restricted", "confidential", "strictly-confidential"] as const;

export type Sensitivity = (typeof sensitivityLevels)[number];

/** The rank of a level, 0 (public) to 3 (strictly confidential), as stored in the database. */
export function sensitivityRank(level: Sensitivity): number {
  return sensitivityLevels.indexOf(level);
}

/** The level that a stored rank stands for; a rank outside 0 to 3 is treated as the highest. */
export function sensitivityOfRank(rank: number): Sensitivity {
  return sensitivityLevels[rank] ?? "strictly-confidential";
}
