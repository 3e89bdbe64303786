import {
  type AttachmentOutput,
  detailsHeader,
  routes,
  type UploadDetails,
  type UploadedOutput,
} from "../../attachments/contract.ts";
import { createClient, type ProblemDocument, RequestProblem, routeUrl } from "../../contract/client.ts";

/** The client of attachments. */
export const attachments = createClient(routes);

/** The record to which files belong. */
export interface Owner {
  /** Record type, e.g. `land.report`. */
  type: string;
  country: string;
  owner: string;
}

/** Where a copy of an attachment is to be had. */
export function fileUrl({ country, id }: AttachmentOutput, variant?: "original"): string {
  return routeUrl(routes.file, { country, id }, variant ? { variant } : {});
}

/**
 * Sends a file and tells how far it is, from 0 to 1; `fetch` cannot tell that.
 * @throws RequestProblem as the client does; an AbortError when `signal` says so
 */
export function sendFile(
  owner: Owner,
  file: File,
  details: UploadDetails,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadedOutput> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(routes.upload.method, routeUrl(routes.upload, { ...owner }));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader(detailsHeader, encodeURIComponent(JSON.stringify(details)));
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    const fail = (problem: ProblemDocument) => reject(new RequestProblem(problem));
    const plain = (status: number, code: string) => ({ type: "about:blank", status, code, params: {} });
    request.onload = () => {
      if (request.status < 300) resolve(request.response as UploadedOutput);
      else fail((request.response as ProblemDocument | null) ?? plain(request.status, "common.internal"));
    };
    request.onerror = () => fail(plain(0, "common.offline"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    if (signal.aborted) return reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
