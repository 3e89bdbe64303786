import { describe, expect, it } from "vitest";
import { unknownCodes } from "../../platform/records/codes.ts";
import { definitions } from "./compose.ts";
import { codeLists } from "./labels.ts";

describe("code fields of the program", () => {
  const coded = definitions.flatMap(({ type }) =>
    Object.entries(type.fields)
      .filter(([, { kind }]) => kind === "code" || kind === "codes")
      .map(([name, { list, kind }]) => ({ type, name, list: list ?? "", kind })),
  );

  it("have a list each that the engine knows", () => {
    expect(coded.filter(({ list }) => !codeLists[list]).map(({ type, name }) => `${type.name}.${name}`)).toEqual([]);
  });

  it("take the codes of their list and no other", () => {
    const wrong = coded.filter(({ type, name, kind, list }) => {
      const judge = (value: string) => unknownCodes(type, { [name]: kind === "codes" ? [value] : value }).length;
      return judge(codeLists[list]?.[0] ?? "") !== 0 || judge("never-a-code") !== 1;
    });
    expect(wrong.map(({ type, name }) => `${type.name}.${name}`)).toEqual([]);
  });
});
