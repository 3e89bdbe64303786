import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createText } from "../../i18n/I18nProvider.tsx";
import { readCatalogue, sourceRoot } from "../../i18n/node.ts";
import { eventTitle } from "./event-title.ts";

const text = createText("en", readCatalogue("en"), () => {});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

/** The types of events that code writes down in full; those put together from parts are not found. */
const recorded = sources(sourceRoot).flatMap((file) => {
  const calls = readFileSync(file, "utf8").matchAll(/recordEvent\([^{;]*\{[^{};]*?\btype: "([a-z-]+(?:\.[a-z-]+)+)"/g);
  return [...calls].map(([, type]) => type ?? "");
});

describe("what events are called", () => {
  test("every event that is recorded has words", () => {
    expect(recorded.length).toBeGreaterThan(8);
    expect([...new Set(recorded)].filter((type) => eventTitle(text, type) === type)).toEqual([]);
  });

  test("what happens to a record is put together from its type and the deed", () => {
    expect(eventTitle(text, "accidents.accident.corrected")).toBe(
      text.t("audit.record-event", {
        record: text.t("record.accidents.accident"),
        action: text.t("ui.history.action.corrected"),
      }),
    );
    expect(eventTitle(text, "nobody.knows-this")).toBe("nobody.knows-this");
  });
});
