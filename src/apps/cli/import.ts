import { Argument, type Command } from "commander";
import { fieldLabel, findingSentence, suggestionText } from "../../domains/imports/findings-file.ts";
import { titleKeys } from "../../domains/imports/model.ts";
import type { ImportResult } from "../../domains/imports/options.ts";
import { importFiles } from "../../domains/imports/run.ts";
import { shippedProfiles } from "../../domains/imports/shipped.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import { definitions } from "../server/compose.ts";
import { codeLabels, codeLists } from "../server/labels.ts";
import { checkFindingsFile, keepFindings } from "./imports.ts";
import { CommandFailed, type Output } from "./output.ts";
import { readProfile, savedProfile } from "./profiles.ts";
import { interruptSignal, withNode } from "./with-node.ts";

const importProblems = defineProblems("cli", { "country-missing": 422 });

interface ImportCommandOptions {
  profile: string;
  country?: string;
  dryRun: boolean;
  findings?: string;
  json: boolean;
}

/** Errors that are listed; the import page has all of them. */
const listedErrors = 50;

/** Says to people what became of the rows: counts, checks with how often each spoke, then the errors one by one. */
function tell({ t, translator, line }: Output, result: ImportResult, recordType: string): void {
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
    const field = fieldLabel(translator, recordType, finding.field);
    line(`  ${file}${row === null ? "" : `:${row}`}  ${field && `${field}: `}${findingSentence(translator, finding)}`);
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
    .option("--findings <file>", t("cli.import.findings"))
    .option("--json", t("cli.option.json"), false)
    .action(async (paths: string[], options: ImportCommandOptions, command: Command) => {
      const known = readProfile(options.profile);
      const country = options.country ?? known?.country;
      if (!country) throw new Problem(importProblems["country-missing"]);
      if (options.findings) checkFindingsFile(options.findings);
      const { result, recordType } = await withNode(command, async (node) => {
        const profile = known ?? (await savedProfile(node.database, country, options.profile));
        const run = await importFiles(node.database, {
          definitions,
          codeLists,
          labels: codeLabels,
          paths,
          profile,
          country,
          dryRun: options.dryRun,
          keep: options.findings !== undefined,
          accountId: null,
          now: node.clock(),
          signal: interruptSignal(),
          onProgress: ({ rows, bytes, bytesTotal, rowsPerSecond }) =>
            output.progress(
              t("cli.import.progress", { rows, share: bytesTotal > 0 ? bytes / bytesTotal : 0, rate: rowsPerSecond }),
            ),
        });
        output.endProgress();
        if (options.findings) await keepFindings(node, output, run.importId, options.findings);
        return { result: run, recordType: profile.recordType };
      });
      if (options.json) output.json(result);
      else tell(output, result, recordType);
      if (result.status === "cancelled" || result.refused > 0) throw new CommandFailed();
    });
}
