import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../contract/fields.ts";
import { messageFault } from "./message-fault.ts";
import { readShippedMessages } from "./shipped-messages.ts";

describe("messageFault", () => {
  const english = "{count, plural, one {# record of {country}} other {# records of {country}}}";

  it("takes other words around the same arguments", () => {
    expect(messageFault(english, "{country}៖ {count, plural, other {កំណត់ត្រា #}}")).toBeNull();
    expect(messageFault(english, "{country}: {count}")).toBeNull();
    expect(messageFault("Plain words", "Autres mots, l'été")).toBeNull();
  });

  it("says what is lost, added, used otherwise or not a message at all", () => {
    expect(messageFault(english, "{count, number}")).toEqual({ code: "argument-missing", arguments: ["country"] });
    expect(messageFault(english, "{count} {country} {year}")).toEqual({
      code: "argument-unknown",
      arguments: ["year"],
    });
    expect(messageFault("From {day}", "{day, number}")).toEqual({ code: "argument-kind", arguments: ["day"] });
    expect(messageFault(english, "{count, plural, one {#}}")?.code).toBe("not-icu");
    expect(messageFault(english, "{count")?.code).toBe("not-icu");
  });

  it("finds arguments inside the branches of a choice", () => {
    const nested = "{kind, select, a {{name}} other {{count, number}}}";
    expect(messageFault(nested, "{kind, select, a {x} other {{count}}}")).toEqual({
      code: "argument-missing",
      arguments: ["name"],
    });
  });

  it("a message can always take its own place", () => {
    const word = fc.stringMatching(/^[a-zA-Z ក-ឳ]{0,12}$/);
    const argument = fc.constantFrom("{a}", "{b, number}", "{c, plural, one {x} other {# y}}", "{d, date, short}");
    const message = fc.array(fc.oneof(word, argument), { maxLength: 8 }).map((parts) => parts.join(" "));
    fc.assert(fc.property(message, (text) => messageFault(text, text) === null));
  });
});

describe("readShippedMessages", () => {
  const shipped = readShippedMessages();

  it("gives every language all keys of English, with the folder and file that own them", () => {
    const english = shipped.of("en");
    expect(english.size).toBeGreaterThan(300);
    for (const language of languages) expect([...shipped.of(language).keys()]).toEqual([...english.keys()]);
    expect(english.get("audit.title")?.area).toBe("administration");
    expect(shipped.file("audit.title", "km")).toBe("src/platform/administration/i18n/km.json");
    expect(english.get("audit.title")?.reviewed).toBe(true);
  });

  it("has no faulty message in the texts of this area", () => {
    for (const language of languages) {
      const own = [...shipped.of(language).values()].filter(({ area }) => area === "administration");
      expect(own.filter(({ fault }) => fault !== null).map(({ key, fault }) => [language, key, fault])).toEqual([]);
    }
  });

  it("is complete in English and Khmer in the texts of this area", () => {
    for (const language of ["en", "km"] as const) {
      const own = [...shipped.of(language).values()].filter(({ area }) => area === "administration");
      expect(own.length).toBeGreaterThan(50);
      expect(own.filter(({ message }) => message === null).map(({ key }) => key)).toEqual([]);
    }
  });
});
