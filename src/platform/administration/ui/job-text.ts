import type { Text } from "../../i18n/I18nProvider.tsx";
import type { JobOutput } from "../../jobs/contract.ts";

/** What a kind of job is called; its name as it stands when nobody gave it words. */
export function jobTitle(text: Text, name: string): string {
  const key = `job.name.${name}`;
  return text.has(key) ? text.t(key) : name;
}

/** How far a job is, from 0 to 1 when that is known, and in words. */
export function progressOf(
  text: Text,
  job: Pick<JobOutput, "state" | "progress"> | undefined,
): { value: number | null; detail: string } {
  const { done, total, unit, step } = job?.progress ?? {};
  const unitKey = `job.unit.${unit}`;
  const stepKey = `job.step.${step}`;
  const parts: string[] = [];
  if (step !== undefined && text.has(stepKey)) parts.push(text.t(stepKey));
  if (done !== undefined && total) parts.push(text.t("jobs.of", { done, total }));
  else if (done !== undefined) parts.push(text.format.number(done));
  if (done !== undefined && unit !== undefined && text.has(unitKey)) parts.push(text.t(unitKey));
  return { value: done !== undefined && total ? Math.min(1, done / total) : null, detail: parts.join(" ") };
}
