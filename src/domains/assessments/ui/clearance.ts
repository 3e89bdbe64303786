import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { sensitivityRank } from "../../../platform/contract/sensitivity.ts";

/**
 * Whether the reader's clearance opens strictly confidential facts of a country; undefined until it is known. The server
 * decides anyway: this keeps a page from asking for what it would be refused.
 */
export function useCleared(country: string): boolean | undefined {
  const session = useOwnSession().data;
  if (!session) return undefined;
  const levels = [session.clearance, session.clearances[country] ?? "public"] as const;
  return levels.some((level) => sensitivityRank(level) >= sensitivityRank("strictly-confidential"));
}
