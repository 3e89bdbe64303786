import { createClient, type ProblemDocument, RequestProblem } from "../../../platform/contract/client.ts";
import { routes, type UploadOutput } from "../contract.ts";

/** The client of imports. */
export const imports = createClient(routes);

/**
 * Sends a file and tells how far it is, from 0 to 1; `fetch` cannot tell that.
 * @throws RequestProblem as the client does
 */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadOutput> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(routes.upload.method, `${routes.upload.path}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    const fail = (problem: ProblemDocument) => reject(new RequestProblem(problem));
    const plain = (status: number, code: string) => ({ type: "about:blank", status, code, params: {} });
    request.onload = () => {
      if (request.status < 300) resolve(request.response as UploadOutput);
      else fail((request.response as ProblemDocument | null) ?? plain(request.status, "common.internal"));
    };
    request.onerror = () => fail(plain(0, "common.offline"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
