import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { routes } from "../../../domains/places/contract.ts";
import { createClient } from "../../../platform/contract/client.ts";
import type { MapBounds } from "../../../platform/map/layers.ts";

const places = createClient({ countries: routes.countries });

/** The box around all of some boxes (west, south, east, north); undefined around none. */
export function boundsAround(boxes: readonly (readonly number[] | null)[]): MapBounds | undefined {
  const known = boxes.flatMap((box) => (box?.length === 4 ? [box as MapBounds] : []));
  if (known.length === 0) return undefined;
  return [
    Math.min(...known.map(([west]) => west)),
    Math.min(...known.map(([, south]) => south)),
    Math.max(...known.map(([, , east]) => east)),
    Math.max(...known.map(([, , , north]) => north)),
  ];
}

/**
 * The box around countries, for the map to go to.
 * @param codes the countries; all countries of the node when there are none
 * @returns `pending` until it is known; the box stays undefined when nobody knows it
 */
export function useCountryBounds(codes: readonly string[]): { pending: boolean; bounds: MapBounds | undefined } {
  const answer = useQuery({
    queryKey: ["countries"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => places.countries({}, { signal }),
  });
  const wanted = codes.join();
  const bounds = useMemo(() => {
    const items = answer.data?.items ?? [];
    const chosen = items.filter(({ code, active }) => (wanted === "" ? active : wanted.split(",").includes(code)));
    return boundsAround(chosen.map((item) => item.bounds));
  }, [answer.data, wanted]);
  return { pending: answer.isPending, bounds };
}
