import { loadSample } from "../../../sample-region/load.ts";
import { definitions } from "../server/compose.ts";
import { type Node, sampleCountry } from "../server/node.ts";
import type { Output } from "./output.ts";

export { hasSample } from "../../../sample-region/load.ts";

/** Loads the sample region into a node that holds nothing yet, with its accounts. */
export async function addSample(node: Node, output: Output, options: { scale: number; seed: number }): Promise<number> {
  const count = await loadSample(node.database, definitions, { ...options, now: node.clock() }, (items) =>
    output.progress(output.t("cli.sample.progress", { items }), items),
  );
  output.endProgress();
  await node.access.createSampleAccounts({
    country: sampleCountry,
    nameOf: (role) => output.t(`role.${role}`),
  });
  return count;
}
