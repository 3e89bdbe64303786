import type { Context } from "./context.ts";
import { generate, type SampleOptions } from "./generate.ts";
import type { SampleItem } from "./item.ts";

/** What a new node of the demonstration begins with. */
export const firstSample = { scale: 1, seed: 1 } as const;

/** So many batches are invented before anybody takes one; the demonstration is about sixty. */
const mostAhead = 64;

/** The sample region while it is invented. */
export interface Invention {
  options: Omit<SampleOptions, "onCountry">;
  /** Each batch once, in order. @throws what inventing it threw */
  batches(): AsyncGenerator<SampleItem[]>;
  /** The countries that are complete so far. */
  contexts: readonly Context[];
}

const breathe = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Begins to invent the sample region at once and goes on a bounded way ahead, in turns with whatever else the program
 * does: the database of a new node can open meanwhile.
 */
export function inventAhead(options: Omit<SampleOptions, "onCountry">): Invention {
  const contexts: Context[] = [];
  const made: SampleItem[][] = [];
  let ended = false;
  let changed = () => {};
  let change = Promise.resolve();
  const renew = () => {
    const told = changed;
    change = new Promise((resolve) => {
      changed = resolve;
    });
    told();
  };
  renew();
  const until = async (there: () => boolean) => {
    while (!there()) await change;
  };
  const inventing = (async () => {
    try {
      for (const batch of generate({ ...options, onCountry: (context) => void contexts.push(context) })) {
        made.push(batch);
        renew();
        await breathe();
        await until(() => made.length < mostAhead);
      }
    } finally {
      ended = true;
      renew();
    }
  })();
  // Thrown where the batches are taken.
  inventing.catch(() => {});
  return {
    options,
    contexts,
    async *batches() {
      for (;;) {
        await until(() => made.length > 0 || ended);
        const batch = made.shift();
        if (!batch) break;
        renew();
        yield batch;
      }
      await inventing;
    },
  };
}
