import { useEffect, useRef } from "react";
import { useMap } from "../../../platform/map/map-context.ts";

/** A place on the map in degrees. */
export interface MapPlace {
  longitude: number;
  latitude: number;
}

/** Tells where somebody clicks on the surrounding map, or presses Enter with the cross on a place. */
export function DropTool({ onDrop }: { onDrop: (place: MapPlace) => void }) {
  const map = useMap();
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    if (!map) return;
    const canvas = map.getCanvas();
    const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
    const drop = ({ lng, lat }: { lng: number; lat: number }) =>
      latest.current({ longitude: round(lng), latitude: round(lat) });
    const click = ({ lngLat }: { lngLat: { lng: number; lat: number } }) => drop(lngLat);
    const press = (event: KeyboardEvent) => {
      if (event.key === "Enter") drop(map.getCenter());
    };
    map.on("click", click);
    canvas.addEventListener("keydown", press);
    return () => {
      map.off("click", click);
      canvas.removeEventListener("keydown", press);
    };
  }, [map]);
  return null;
}
