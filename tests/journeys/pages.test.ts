import { describe, expect } from "vitest";
import { navigationPaths, tour, tourists } from "./support/page-tour.ts";
import { setStage } from "./support/stage.ts";

describe("Every page that an information manager is offered", () => {
  const journey = setStage();

  journey(
    "can be used by everybody, in light and dark, on a desk and a phone, in English and Khmer",
    480_000,
    async (stage) => {
      const [english, khmer] = await tourists(stage, "information-manager");
      const paths = await navigationPaths(english);
      expect(paths).toEqual(
        expect.arrayContaining(["/", "/map", "/land/areas", "/accidents", "/places/units", "/organisations"]),
      );
      expect(
        await tour(english, khmer, [...paths, "/account", "/imports/new?country=KHM", "/codes?country=KHM"], "manager"),
      ).toEqual([]);
    },
  );
});
