/** Rows with one of them changed. */
export const replaced = <T>(rows: readonly T[], at: number, values: Partial<T>): T[] =>
  rows.map((row, i) => (i === at ? { ...row, ...values } : row));
