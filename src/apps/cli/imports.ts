import { createWriteStream, existsSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { datums } from "@santi/land-geometry";
import { type Command, Option } from "commander";
import {
  type FileChoices,
  fileProblem,
  findImportById,
  fittingProfiles,
  listImports,
  type Profile,
  type StoredImport,
  saveProfile,
  shippedProfile,
  shippedProfiles,
  statusNow,
  suggestedProfile,
  undoImport,
  writeFindings,
} from "../../domains/imports/index.ts";
import { programClaims } from "../../platform/database/types.ts";
import { type Detected, detect, FileProblem, type ReadOptions } from "../../platform/files/index.ts";
import { commonProblems, defineProblems, Problem } from "../../platform/kernel/problem.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { definitions } from "../server/compose.ts";
import { fieldLabels } from "../server/labels.ts";
import type { Node } from "../server/node.ts";
import { expecting } from "./arguments.ts";
import type { Output } from "./output.ts";
import { savedProfiles } from "./profiles.ts";
import { interruptSignal, withNode } from "./with-node.ts";

const importsProblems = defineProblems("cli", {
  "profile-incomplete": 422,
  "findings-file": 422,
  "file-there": 409,
});

const recordTypes = definitions.map(({ type }) => type.name);

/** Refuses a file of findings that is neither CSV nor a workbook, before any work. @throws Problem `cli.findings-file` */
export function checkFindingsFile(file: string): "csv" | "xlsx" {
  const ending = /\.(csv|xlsx)$/i.exec(file)?.[1]?.toLowerCase();
  if (!ending) throw new Problem(importsProblems["findings-file"], { file });
  return ending as "csv" | "xlsx";
}

/** Writes all findings of a batch into a file, in the language of the command line, and says how many. */
export async function keepFindings(node: Node, output: Output, id: string, file: string): Promise<number> {
  const format = checkFindingsFile(file);
  const entry = await findBatch(node, id);
  const stream = createWriteStream(file, { mode: 0o600 });
  const ended = new Promise<void>((resolve, reject) => stream.once("close", resolve).once("error", reject));
  const reading = { database: node.database, claims: programClaims, present: <T>(finding: T) => finding };
  const count = await writeFindings(reading, entry, {}, output.translator, { format, stream });
  stream.end();
  await ended;
  return count;
}

async function findBatch(node: Node, id: string): Promise<StoredImport> {
  const known = /^[0-9a-f-]{36}$/i.test(id)
    ? await node.database.transaction(programClaims, (tx) => findImportById(tx, id), { readOnly: true })
    : null;
  if (!known) throw new Problem(commonProblems["not-found"], { id });
  return known;
}

const rowIn = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : null);

const profileIdIn = (text: string) => (/^[a-z0-9][a-z0-9-]{0,59}$/.test(text) ? text : null);

interface Looking {
  layer?: string;
  headerRow?: number;
  encoding?: string;
  delimiter?: string;
}

function readingOf({ layer, headerRow, encoding, delimiter }: Looking): NonNullable<FileChoices["reading"]> {
  return {
    ...(layer === undefined ? {} : { layer }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === "\\t" ? "\t" : delimiter }),
  };
}

async function lookAt(file: string, reading: ReadOptions): Promise<Detected> {
  try {
    return await detect(file, reading);
  } catch (cause) {
    throw cause instanceof FileProblem ? fileProblem(basename(file), cause) : cause;
  }
}

/** Says to people what a file was found to be. */
function tellFile(
  { t, translator, line }: Output,
  file: string,
  detected: Detected,
  fits: readonly { profile: string; fit: number }[],
): void {
  const { format, layers, layer, encoding, delimiter, headerRow, titleRows, crs, fields, warnings } = detected;
  line(
    t("cli.imports.is", {
      file: basename(file),
      format,
      rows: layers.find(({ name }) => name === layer)?.rowsEstimate ?? -1,
    }),
  );
  if (layers.length > 1)
    line(t("cli.imports.layers", { layers: layers.map(({ name }) => name).join(", "), layer: layer ?? "" }));
  if (encoding)
    line(t("cli.imports.encoding", { encoding, delimiter: delimiter === "\t" ? "\\t" : (delimiter ?? "none") }));
  if (headerRow) line(t("cli.imports.header", { row: headerRow, titles: titleRows?.length ?? 0 }));
  if (crs) line(t("cli.imports.crs", { crs: crs.code ?? crs.name }));
  else if (crs === null) line(t("cli.imports.crs-none"));
  for (const { code, params } of warnings)
    line(`! ${translator.first([`check.${code}`, `problem.${code}`, code], { ...params })}`);
  line(t("cli.imports.columns", { count: fields.length }));
  for (const { name, kind, filled, samples } of fields)
    line(`  ${t("cli.imports.column", { name, kind, filled, samples: samples.slice(0, 3).join(" · ") })}`);
  for (const { profile, fit } of fits) line(t("cli.imports.fits", { profile, fit }));
}

/** The commands around `santi import`: what a file is, a profile for it, batches, their findings, taking them back. */
export function importsCommands(program: Command, output: Output): void {
  const { t } = output;
  const imports = program.command("imports").description(t("cli.imports.description"));
  const asJson = (command: Command) => command.option("--json", t("cli.option.json"), false);
  const reading = (command: Command) =>
    command
      .option("--layer <name>", t("cli.imports.layer"))
      .addOption(
        new Option("--header-row <number>", t("cli.imports.header-row")).argParser(expecting(output, "row", rowIn)),
      )
      .option("--encoding <name>", t("cli.imports.encoding-option"))
      .option("--delimiter <sign>", t("cli.imports.delimiter"));

  asJson(reading(imports.command("inspect").argument("<file>", t("cli.imports.file"))))
    .description(t("cli.imports.inspect"))
    .action(async (file: string, options: Looking & { json: boolean }) => {
      const detected = await lookAt(file, readingOf(options));
      const fits = fittingProfiles(detected, shippedProfiles());
      if (options.json) output.json({ ...detected, fits });
      else tellFile(output, file, detected, fits);
    });

  reading(imports.command("profile").argument("<file>", t("cli.imports.file")))
    .description(t("cli.imports.profile"))
    .addOption(new Option("--records <type>", t("cli.imports.records")).choices(recordTypes).makeOptionMandatory())
    .option("--country <code>", t("cli.import.country"))
    .addOption(new Option("--datum <datum>", t("cli.imports.datum")).choices(datums.map(({ id }) => id)))
    .addOption(new Option("--dates <order>", t("cli.imports.dates")).choices(["dmy", "mdy", "ymd"]))
    .addOption(new Option("--id <id>", t("cli.imports.id")).argParser(expecting(output, "profile-id", profileIdIn)))
    .option("--out <file>", t("cli.imports.out"))
    .option("--save", t("cli.imports.save"), false)
    .action(async (file: string, options: ProfileOptions, command: Command) => {
      const profile = await profileFor(output, file, options);
      if (options.out) {
        if (existsSync(options.out)) throw new Problem(importsProblems["file-there"], { file: options.out });
        writeFileSync(options.out, `${JSON.stringify(profile, null, 2)}\n`);
      }
      if (options.save) {
        const country = options.country ?? "";
        await withNode(command, ({ database, clock }) =>
          database.transaction(programClaims, (tx) => saveProfile(tx, country, profile, null, clock())),
        );
      }
      if (options.out || options.save)
        output.line(t("cli.imports.profile-kept", { id: profile.id, use: options.out ?? profile.id }));
      else output.json(profile);
    });

  asJson(imports.command("profiles"))
    .description(t("cli.imports.profiles"))
    .option("--country <code>", t("cli.imports.profiles-country"))
    .action(async ({ country, json }: { country?: string; json: boolean }, command: Command) => {
      const saved = country ? await withNode(command, ({ database }) => savedProfiles(database, country)) : [];
      const shipped = shippedProfiles().filter(
        (profile) => !country || !profile.country || profile.country === country,
      );
      const listed = [
        ...saved.map((profile) => ({ profile, saved: true })),
        ...shipped.map((profile) => ({ profile, saved: false })),
      ].map(({ profile: { id, names, recordType }, saved: own }) => ({
        id,
        name: names[output.translator.language] ?? names.en ?? id,
        recordType,
        saved: own,
      }));
      if (json) return output.json(listed);
      for (const { id, name, recordType } of listed) output.line(`${id}  ${name} (${t(`records.${recordType}`)})`);
    });

  asJson(imports.command("list"))
    .description(t("cli.imports.list"))
    .requiredOption("--country <code>", t("cli.imports.list-country"))
    .option("--dry-runs", t("cli.imports.dry-runs"), false)
    .action(
      async ({ country, dryRuns, json }: { country: string; dryRuns: boolean; json: boolean }, command: Command) => {
        const batches = await withNode(command, async ({ database, clock }) => {
          const found = await database.transaction(
            programClaims,
            (tx) => listImports(tx, country, { limit: 200, dryRuns }),
            {
              readOnly: true,
            },
          );
          return found.map((entry) => ({ entry, status: statusNow(entry, clock()) }));
        });
        if (json) {
          return output.json(
            batches.map(({ entry: { id, startedAt, files, counts, dryRun }, status }) => ({
              id,
              startedAt,
              status,
              dryRun,
              files: files.map(({ name }) => name),
              counts,
            })),
          );
        }
        if (batches.length === 0) output.line(t("cli.imports.none"));
        for (const { entry, status } of batches) {
          const files = entry.files.map(({ name }) => name).join(", ");
          output.line(
            t("cli.imports.line", {
              id: entry.id,
              at: new Date(entry.startedAt),
              status: t(`imports.status.${status}`),
              files,
              ...entry.counts,
            }),
          );
        }
      },
    );

  imports
    .command("findings")
    .argument("<batch>", t("cli.imports.batch"))
    .argument("<file>", t("cli.imports.findings-file"))
    .description(t("cli.imports.findings"))
    .action(async (batch: string, file: string, _options: object, command: Command) => {
      checkFindingsFile(file);
      const count = await withNode(command, (node) => keepFindings(node, output, batch, file));
      output.line(t("cli.imports.findings-kept", { count, file }));
    });

  asJson(imports.command("undo").argument("<batch>", t("cli.imports.batch")))
    .description(t("cli.imports.undo"))
    .requiredOption("--reason <text>", t("cli.imports.reason"))
    .action(async (batch: string, { reason, json }: { reason: string; json: boolean }, command: Command) => {
      const undone = await withNode(command, async (node) => {
        const entry = await findBatch(node, batch);
        const change = { accountId: null, now: node.clock(), reason, signal: interruptSignal() };
        return node.database.transaction(programClaims, (tx) => undoImport(tx, definitions, entry, change));
      });
      if (json) return output.json(undone);
      output.line(t("cli.imports.undone", { ...undone, left: undone.leftCount }));
      for (const { recordType, code, id } of undone.left) output.line(`  ${t(`records.${recordType}`)}: ${code ?? id}`);
    });
}

interface ProfileOptions extends Looking {
  records: string;
  country?: string;
  datum?: string;
  dates?: "dmy" | "mdy" | "ymd";
  id?: string;
  out?: string;
  save: boolean;
}

/** The profile that a file suggests. @throws Problem `cli.profile-incomplete`, `cli.country-needed`, `imports.profile-shipped` */
async function profileFor(output: Output, file: string, options: ProfileOptions): Promise<Profile> {
  const { translator } = output;
  if (options.save && !options.country) throw new Problem(needed["country-needed"]);
  const plain = basename(file)
    .toLowerCase()
    .replace(/\.[^.]*$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const id = options.id ?? (plain === "" ? "own" : plain.slice(0, 60));
  if (shippedProfile(id)) throw new Problem(needed["profile-shipped"], { profile: id });
  const looking = readingOf(options);
  const detected = await lookAt(file, looking);
  // The option takes nothing but names of these.
  const { type } = definitions.find((definition) => definition.type.name === options.records) as RecordDefinition;
  const { profile, lacks, unread } = suggestedProfile(detected, type, fieldLabels, {
    ...{ id, name: basename(file), language: translator.language, reading: looking },
    ...(options.country ? { country: options.country } : {}),
    ...(options.datum ? { datum: options.datum } : {}),
    ...(options.dates ? { dates: options.dates } : {}),
  });
  if (!profile) {
    const reasons = lacks.map((lack) => translator.t(`cli.imports.lack.${lack}`, { columns: unread.join(", ") }));
    throw new Problem(importsProblems["profile-incomplete"], { reasons: reasons.join(" ") });
  }
  if (unread.length > 0 && (options.out || options.save))
    output.line(translator.t("cli.imports.unread", { columns: unread.join(", ") }));
  return profile;
}

const needed = {
  ...defineProblems("cli", { "country-needed": 422 }),
  ...defineProblems("imports", { "profile-shipped": 409 }),
};
