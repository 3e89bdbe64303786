import { type ProblemDocument, RequestProblem } from "../../../platform/contract/client.ts";
import type { TerrainOutput } from "../contract.ts";

/** Sends a file as it is. @throws RequestProblem as the clients of contracts do */
export async function sendLayer(url: string, file: File): Promise<TerrainOutput> {
  let response: Response;
  try {
    response = await fetch(url, { method: "PUT", body: file, credentials: "same-origin" });
  } catch {
    throw new RequestProblem({ type: "about:blank", status: 0, code: "common.offline", params: {} });
  }
  if (response.ok) return (await response.json()) as TerrainOutput;
  const problem = (await response.json().catch(() => null)) as ProblemDocument | null;
  throw new RequestProblem(
    problem?.code ? problem : { type: "about:blank", status: response.status, code: "common.internal", params: {} },
  );
}
