/** Parameters of a finding as messages take them: what is not known is `none`, which messages choose by. */
export function messageParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? "none"]));
}

/** Keys of the sentence of a finding, the most fitting first. */
export function sentenceKeys(check: string): string[] {
  return [`check.${check}`, `problem.${check}`, check];
}

/** Keys of the short name of a check, without the facts of one finding. */
export function titleKeys(check: string): string[] {
  return [`check-title.${check}`, `check.${check}`, check];
}
