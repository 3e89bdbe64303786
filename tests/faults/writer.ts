import { areaDefinition } from "../../src/domains/land/index.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import { openDatabase } from "../../src/platform/database/open.ts";
import { programClaims } from "../../src/platform/database/types.ts";
import { startSealer } from "../../src/platform/events/index.ts";
import { createRecords, reviseRecords } from "../../src/platform/records/actions.ts";
import type { StoredRecord } from "../../src/platform/records/store.ts";

/**
 * Writes until it is killed: batches of new areas and corrections of earlier ones. Each line on standard output,
 * `id revision`, is an acknowledgement: the transaction of that state has been committed.
 */
const [kind, where, run] = process.argv.slice(2) as [string, string, string];
const db = await openDatabase(kind === "postgres" ? { url: where } : { directory: where });
await migrate(db);
startSealer(db, () => {});

let known: StoredRecord[] = [];
for (let n = 0; ; n++) {
  const change = { accountId: null, now: new Date(), reason: n % 3 === 2 ? "corrected" : null };
  const records = await db.transaction(programClaims, (tx) =>
    n % 3 === 2
      ? reviseRecords(
          tx,
          areaDefinition,
          known.map((record) => ({ record, values: { ...record.values, name: `corrected ${n}` } })),
          change,
        )
      : createRecords(
          tx,
          areaDefinition,
          Array.from({ length: 1 + (n % 40) }, (_, i) => ({
            country: "KHM",
            values: {
              code: `R${run}-${n}-${i}`,
              areaClass: "sha",
              status: "open",
              geometry: { type: "Point", coordinates: [103 + i / 100, 12] },
            },
          })),
          change,
        ),
  );
  known = records;
  process.stdout.write(records.map(({ id, revision }) => `${id} ${revision}\n`).join(""));
}
