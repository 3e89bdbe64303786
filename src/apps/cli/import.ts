import { readFileSync } from "node:fs";
import { Argument, type Command } from "commander";
import { findingSentence, suggestionText } from "../../domains/imports/findings-file.ts";
import { titleKeys } from "../../domains/imports/model.ts";
import type { ImportResult } from "../../domains/imports/options.ts";
import { type Profile, profileSchema } from "../../domains/imports/profile.ts";
import { importFiles } from "../../domains/imports/run.ts";
import { shippedProfile, shippedProfiles } from "../../domains/imports/shipped.ts";
import { validationProblem } from "../../platform/http/problems.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import { definitions } from "../server/compose.ts";
import { codeLabels, codeLists } from "../server/labels.ts";
import { CommandFailed, type Output } from "./output.ts";
import { interruptSignal, withNode } from "./with-node.ts";

const profileProblems = defineProblems("cli", {
  "unknown-profile": 404,
  "profile-not-json": 422,
  "country-missing": 422,
});

/** A profile by the id of a shipped one, or by the path of a JSON file. */
function readProfile(text: string): Profile {
  const shipped = shippedProfile(text);
  if (shipped) return shipped;
  if (!text.endsWith(".json")) {
    throw new Problem(profileProblems["unknown-profile"], {
      profile: text,
      known: shippedProfiles().map(({ id }) => id),
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(text, "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code) throw cause;
    throw new Problem(profileProblems["profile-not-json"], { profile: text });
  }
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) throw validationProblem(parsed.error);
  return parsed.data;
}

interface ImportCommandOptions {
  profile: string;
  country?: string;
  dryRun: boolean;
  identical?: "same" | "new";
  json: boolean;
}

/** Errors that are listed; the import page has all of them. */
const listedErrors = 50;

/** Says to people what became of the rows: counts, checks with how often each spoke, then the errors one by one. */
function tell({ t, translator, line }: Output, result: ImportResult): void {
  line(t(result.dryRun ? "cli.import.would" : "cli.import.done", { ...result }));
  if (result.read > 0 && result.unchanged === result.read) line(t("cli.import.nothing-changed"));
  for (const [type, count] of Object.entries(result.byType))
    line(`  ${t("cli.import.records", { records: t(`records.${type}`), count })}`);
  const checks = Object.entries(result.byCheck).sort(([, a], [, b]) => b - a);
  if (checks.length > 0) line(t("cli.import.checks", { ...result.findings }));
  for (const [check, count] of checks)
    line(`  ${t("cli.import.count", { count }).padStart(10)}  ${translator.first(titleKeys(check))}`);
  const errors = result.firstFindings.filter(({ finding }) => finding.severity === "error").slice(0, listedErrors);
  if (errors.length > 0) line(t("cli.import.errors"));
  for (const { file, row, finding } of errors) {
    line(`  ${file}${row === null ? "" : `:${row}`}  ${findingSentence(translator, finding)}`);
    const suggestion = suggestionText(translator, finding);
    if (suggestion) line(`      ${t("cli.import.suggestion", { suggestion })}`);
  }
  if (result.findings.error > errors.length)
    line(`  ${t("cli.import.more-errors", { count: result.findings.error - errors.length })}`);
  if (!result.dryRun) line(t("cli.import.batch", { id: result.importId }));
}

/** `santi import FILES… --profile P --country C`: reads files into the node, with a dry run, findings and undo. */
export function importCommand(program: Command, output: Output): void {
  const { t } = output;
  program
    .command("import")
    .description(t("cli.import.description"))
    .addArgument(new Argument("<files...>", t("cli.import.files")))
    .requiredOption(
      "--profile <profile>",
      t("cli.import.profile", {
        known: shippedProfiles()
          .map(({ id }) => id)
          .join(", "),
      }),
    )
    .option("--country <code>", t("cli.import.country"))
    .option("--dry-run", t("cli.import.dry-run"), false)
    .option("--json", t("cli.option.json"), false)
    .action(async (paths: string[], options: ImportCommandOptions, command: Command) => {
      const profile = readProfile(options.profile);
      const country = options.country ?? profile.country;
      if (!country) throw new Problem(profileProblems["country-missing"]);
      const result = await withNode(command, (node) =>
        importFiles(node.database, {
          definitions,
          codeLists,
          labels: codeLabels,
          paths,
          profile,
          country,
          dryRun: options.dryRun,
          accountId: null,
          now: node.clock(),
          signal: interruptSignal(),
          onProgress: ({ rows, bytes, bytesTotal, rowsPerSecond }) =>
            output.progress(
              t("cli.import.progress", { rows, share: bytesTotal > 0 ? bytes / bytesTotal : 0, rate: rowsPerSecond }),
            ),
        }),
      );
      output.endProgress();
      if (options.json) output.json(result);
      else tell(output, result);
      if (result.status === "cancelled" || result.refused > 0) throw new CommandFailed();
    });
}
