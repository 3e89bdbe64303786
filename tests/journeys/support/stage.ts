import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Program, startProgram } from "./program.ts";
import { keepPictures, launchBrowser, type Visitor, type VisitorOptions, visit } from "./visitor.ts";

/** What a journey gets. */
export interface Stage {
  program: Program;
  browser: Browser;
  /** Opens a window for somebody; it is closed when the journey ends. */
  visit(options?: VisitorOptions): Promise<Visitor>;
}

/**
 * Sets the stage for the journeys of one file: the built program with the sample region, and a browser. Every journey
 * fails on errors of scripts, refused resources and requests to other sites, and leaves a picture when it fails.
 * @param options `postgres` as in `startProgram`
 * @returns declares one journey
 */
export function setStage(options: { postgres?: string | undefined } = {}) {
  let program: Program | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [program, browser] = await Promise.all([startProgram(options), launchBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  return function journey(name: string, timeoutMs: number, walk: (stage: Stage) => Promise<void>): void {
    test(name, { timeout: timeoutMs }, async () => {
      if (!program || !browser) throw new Error("The stage is set before the first journey");
      const [running, open] = [program, browser];
      const visitors: Visitor[] = [];
      try {
        await walk({
          program: running,
          browser: open,
          async visit(visitorOptions) {
            const visitor = await visit(open, running, visitorOptions);
            visitors.push(visitor);
            return visitor;
          },
        });
        for (const visitor of visitors) {
          expect(visitor.troubles(), "nothing goes wrong in the browser").toEqual([]);
          expect(visitor.strangers(), "no request leaves the origin").toEqual([]);
        }
      } catch (cause) {
        for (const visitor of visitors) {
          await keepPictures(visitor, name);
          const troubles = visitor.troubles();
          if (troubles.length > 0) console.error(`Troubles in the browser:\n${troubles.join("\n")}`);
        }
        throw cause;
      } finally {
        for (const visitor of visitors) await visitor.context.close();
      }
    });
  };
}
