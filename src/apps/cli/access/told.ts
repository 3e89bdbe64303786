import { type FrictionFinding, FrictionInputProblem, TravelTimeProblem } from "@santi/travel-time";
import { defineProblems, Problem } from "../../../platform/kernel/problem.ts";
import { CommandFailed, type Output } from "../output.ts";

/** What the library refuses, as problems of this program. */
const travelProblems = defineProblems("travel", {
  "grid-invalid": 422,
  "grids-differ": 422,
  "friction-negative": 422,
  "source-outside": 422,
  "value-invalid": 422,
  "too-large": 413,
  "file-unsupported": 422,
  "crs-unsupported": 422,
  "friction-input": 422,
});

/** Bytes as megabytes to a tenth, upwards. */
export const megabytes = (bytes: number): number => Math.ceil(bytes / 1e5) / 10;

/** A thing to know about the input, told in words or as JSON. */
export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly details: Readonly<Record<string, number | string>>;
}

/** The sentence of a finding. */
export function findingWords({ t }: Output, { code, severity, details }: Finding): string {
  const count = details.cells ?? details.features ?? 0;
  return `${t(`cli.access.severity.${severity}`)}: ${t(`cli.access.finding.${code}`, { count, ...details })}`;
}

/** Says findings to people; with JSON they are part of the result. */
export function tellFindings(output: Output, findings: readonly Finding[], json: boolean): void {
  if (!json) for (const finding of findings) output.line(findingWords(output, finding));
}

/** Runs the work of a command, and turns what the library refuses into problems that the catalogue knows. */
export async function asProblems<T>(output: Output, json: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FrictionInputProblem) {
      const findings: readonly FrictionFinding[] = cause.findings;
      if (json) output.json({ findings });
      else tellFindings(output, findings, false);
      throw new CommandFailed();
    }
    if (cause instanceof TravelTimeProblem) {
      const { code, details, message } = cause;
      throw new Problem(travelProblems[code], {
        ...{ first: "", second: "", least: 0, epsg: "?", message },
        ...details,
        ...{ needed: megabytes(Number(details.needed ?? 0)), given: megabytes(Number(details.given ?? 0)) },
      });
    }
    throw cause;
  }
}
