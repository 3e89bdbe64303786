import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { routes } from "../../../domains/places/contract.ts";
import { createClient } from "../../../platform/contract/client.ts";
import type { MapBounds } from "../../../platform/map/layers.ts";

const places = createClient({ countries: routes.countries });

/** The box around a country, for the map to go to; undefined without a country or while it is not known. */
export function useCountryBounds(country: string | undefined): MapBounds | undefined {
  const answer = useQuery({
    queryKey: ["countries"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => places.countries({}, { signal }),
  });
  return useMemo(() => {
    const bounds = answer.data?.items.find(({ code }) => code === country)?.bounds;
    const [west, south, east, north] = bounds ?? [];
    if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
    return [west, south, east, north];
  }, [answer.data, country]);
}
