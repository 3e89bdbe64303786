import { describe, expect } from "vitest";
import { setStage } from "./support/stage.ts";

/** What the first page may cost on the wire, in bytes, with its fonts and answers and without the map. */
const budget = 150_000;

describe("The first load", () => {
  const journey = setStage();

  journey("costs a slow line less than 150 kB, and asks nobody else", 180_000, async ({ visit }) => {
    const visitor = await visit({ language: "en" });
    const wire = await visitor.context.newCDPSession(visitor.page);
    await wire.send("Network.enable");
    const urls = new Map<string, string>();
    const sent = new Map<string, number>();
    wire.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response.url));
    // A second use of a file that is in the browser's memory already arrives with no bytes.
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const url = urls.get(requestId);
      if (url) sent.set(url, (sent.get(url) ?? 0) + encodedDataLength);
    });
    await visitor.open("/");
    await visitor.page.waitForLoadState("networkidle");
    const parts = [...sent].map(([url, bytes]) => ({ url, bytes })).sort((a, b) => b.bytes - a.bytes);
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    const listing = parts.map(({ url, bytes }) => `${bytes} ${new URL(url).pathname}`).join("\n");
    expect(parts.length, listing).toBeGreaterThan(4);
    expect(
      parts.filter(({ url }) => /\/map-|maplibre|\.pmtiles/.test(url)),
      "the map is loaded when it is shown",
    ).toEqual([]);
    expect(
      parts.every(({ bytes }) => bytes > 0),
      listing,
    ).toBe(true);
    expect(total, listing).toBeLessThan(budget);
    console.info(`First load: ${total} bytes in ${parts.length} requests`);
  });
});
