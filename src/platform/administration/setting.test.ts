import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinSettings, type Setting, setting, settingSchema } from "./setting.ts";
import { effectiveValue, listRows, nodeName } from "./settings.ts";

const rows = (country: string, value: unknown) => ({ name: listRows.name, country, value });

describe("settings", () => {
  it("takes the country's own value, else the one for all, else the default", () => {
    const stored = [rows("", 20), rows("KHM", 30)];
    expect(effectiveValue(listRows, "KHM", stored)).toEqual({ value: 30, source: "country" });
    expect(effectiveValue(listRows, "LAO", stored)).toEqual({ value: 20, source: "node" });
    expect(effectiveValue(listRows, null, stored)).toEqual({ value: 20, source: "node" });
    expect(effectiveValue(listRows, "LAO", [])).toEqual({ value: 50, source: "default" });
  });

  it("ignores a country's row of a setting that belongs to the node", () => {
    const stored = [{ name: nodeName.name, country: "KHM", value: { en: "Elsewhere" } }];
    expect(effectiveValue(nodeName, "KHM", stored)).toEqual({ value: {}, source: "default" });
  });

  it("the value in force is always one of the setting's values, whatever is stored", () => {
    const schema = settingSchema(listRows.kind);
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (own, all) => {
        const { value } = effectiveValue(listRows, "KHM", [rows("KHM", own), rows("", all)]);
        return schema.safeParse(value).success;
      }),
    );
  });

  it("refuses two settings of one name and a default that is no value", () => {
    const wide: Setting = setting("x.width", { kind: "integer", min: 1, max: 9 }, 5);
    expect(() => joinSettings([[wide], [wide]])).toThrow(/Two settings/);
    expect(() => joinSettings([[{ ...wide, default: 10 }]])).toThrow(/default/);
    expect(joinSettings([[wide], [listRows]]).size).toBe(2);
  });
});
