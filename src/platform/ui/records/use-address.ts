import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Search } from "../AppLink.tsx";

/** The query of the address as texts, and a way to change it. */
export function useAddress(): [Search, (next: Search, options?: { replace?: boolean; state?: object }) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = useCallback(
    (next: Search, options?: { replace?: boolean; state?: object }) =>
      void navigate({
        to: ".",
        search: next as never,
        replace: options?.replace ?? false,
        resetScroll: false,
        ...(options?.state ? { state: options.state as never } : {}),
      }),
    [navigate],
  );
  return [search, set];
}
