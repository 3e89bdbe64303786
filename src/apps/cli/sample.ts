import { loadAccess } from "../../../sample-region/access.ts";
import type { Invention } from "../../../sample-region/ahead.ts";
import {
  accountOrganisation,
  type CareGround,
  findOfficer,
  loadCare,
  loadDirectories,
} from "../../../sample-region/care/load.ts";
import { hasSample, loadSample, surveySample, wantsSample } from "../../../sample-region/load.ts";
import { loadResults } from "../../../sample-region/results.ts";
import { loadStudies } from "../../../sample-region/studies.ts";
import { definitions } from "../server/compose.ts";
import { type Node, sampleCountry } from "../server/node.ts";
import type { Output } from "./output.ts";

export { firstSample, inventAhead } from "../../../sample-region/ahead.ts";
export { hasSample, wantsSample };

/** Stores the sample's records, where the node did not begin with them. */
async function addRecords(
  { database, clock }: Node,
  output: Output,
  invention: Invention,
): Promise<{ count: number; grounds: CareGround[] }> {
  const onProgress = (items: number) => output.progress(output.t("cli.sample.progress", { items }), items);
  if (await hasSample(database.owner)) return surveySample(invention, onProgress);
  const grounds: CareGround[] = [];
  const onGround = (ground: CareGround) => void grounds.push(ground);
  const count = await loadSample(database, definitions, invention, { now: clock(), onGround }, onProgress);
  return { count, grounds };
}

/** Loads the sample region into a node that holds nothing yet, or its records alone, with its accounts and people. */
export async function addSample(node: Node, output: Output, invention: Invention): Promise<number> {
  const { database, access, vault } = node;
  const now = node.clock();
  const { count, grounds } = await addRecords(node, output, invention);
  const directories = await loadDirectories(database, grounds, now);
  const provider = accountOrganisation(directories.get(sampleCountry));
  const accounts = await access.createSampleAccounts({
    country: sampleCountry,
    ...(provider ? { organisations: { "service-provider": provider } } : {}),
    nameOf: (role) => output.t(`role.${role}`),
  });
  const { email = "" } = accounts.find(({ role }) => role === "victim-assistance-officer") ?? {};
  const staff = { officer: await findOfficer(database, email) };
  const people = await loadCare(database, vault, grounds, directories, staff, now);
  const analyses = await loadAccess(database, now);
  const studies = await loadStudies(database, now);
  const results = await loadResults(database, now);
  output.endProgress();
  const listed = [...directories.values()].map(
    (each) => each.organisations.length + each.points.length + each.offers.length,
  );
  return count + people + analyses + studies + results + listed.reduce((sum, n) => sum + n, 0);
}
