import { QueryClient } from "@tanstack/react-query";
import { problemOf } from "../../platform/ui/problem-text.ts";

/**
 * The cache of what the server answered. A refused request is not sent again by itself; a line that is down or a
 * server that is busy is tried twice more.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => {
        const { status } = problemOf(error);
        return failures < 2 && (status === 0 || status === 503);
      },
    },
  },
});
