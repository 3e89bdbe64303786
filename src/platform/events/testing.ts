import type { Database } from "../database/types.ts";
import { sealEvents } from "./seal.ts";
import { type ChainReport, verifyChain } from "./verify.ts";

/**
 * Seals until no event is left unsealed. One round is not always enough: the sealer waits for every transaction under
 * way on the PostgreSQL server, those of other databases too.
 * @param milliseconds how long to try
 * @returns what the check of the sealed chain found
 * @throws Error when events are still unsealed after that time
 */
export async function sealAll(db: Database, milliseconds = 60_000): Promise<ChainReport> {
  const until = performance.now() + milliseconds;
  for (;;) {
    await sealEvents(db);
    const report = await verifyChain(db);
    if (report.unsealed === 0) return report;
    if (performance.now() > until) throw new Error(`${report.unsealed} events stay unsealed`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
