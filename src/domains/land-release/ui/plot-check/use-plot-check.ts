import { useMutation } from "@tanstack/react-query";
import type { MultiPolygon, Polygon } from "geojson";
import { clientOf, type RecordItem } from "../../../../platform/ui/records/section.ts";
import { accidents } from "../../../accidents/ui/index.ts";
import { reports } from "../client.ts";
import { aroundMetres, boxAround, boxPolygon } from "./around.ts";

/** What is known about a plot, as the server said. */
export type PlotAnswer = Awaited<ReturnType<typeof reports.plot>>;

/** Accidents that are listed at most. */
const mostAccidents = 50;

/** What is known about a plot and around it. */
export interface PlotCheck {
  country: string;
  plot: Polygon | MultiPolygon;
  answer: PlotAnswer;
  /** Areas of the neighbourhood that do not touch the plot. */
  near: PlotAnswer["areas"];
  /** Accidents in the neighbourhood; null when the reader may not see where accidents happened. */
  accidents: RecordItem[] | null;
}

const keyOf = ({ code, areaClass, status, effectiveOn }: PlotAnswer["areas"][number]) =>
  [code, areaClass, status, effectiveOn].join(" ");

/**
 * Asks what is known about a plot, and about the box of 500 m around it. Accidents are asked for only when the reader may
 * learn where they happened: otherwise counting them around a place would tell it.
 */
export function usePlotCheck(seesAccidents: boolean) {
  return useMutation({
    mutationFn: async ({ country, plot }: { country: string; plot: Polygon | MultiPolygon }): Promise<PlotCheck> => {
      const box = boxAround(plot, aroundMetres);
      const [answer, wider, found] = await Promise.all([
        reports.plot({ body: { country, geometry: plot as never } }),
        box ? reports.plot({ body: { country, geometry: boxPolygon(box) as never } }) : null,
        box && seesAccidents
          ? clientOf(accidents).list({
              query: { country, bbox: box.map((each) => each.toFixed(6)).join(","), limit: mostAccidents } as never,
            })
          : null,
      ]);
      const touched = new Set(answer.areas.map((area) => area.id ?? keyOf(area)));
      return {
        ...{ country, plot, answer },
        near: (wider?.areas ?? []).filter((area) => !touched.has(area.id ?? keyOf(area))),
        accidents: found ? (found.items as RecordItem[]) : null,
      };
    },
  });
}
