import type { Context } from "../http/handler.ts";
import type { Rendered } from "./render.ts";

/**
 * Answers with a document that is made after the request's transaction has ended: setting it takes a while, and the
 * embedded database has one session. What goes wrong while it is made is still answered as a problem.
 * @param number the document's number; it becomes the file's name
 * @param make sets the document from data that was read before
 */
export function pdfResponse(
  context: Pick<Context, "afterCommit">,
  number: string,
  make: () => Promise<Rendered>,
): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
    highWaterMark: 1,
  });
  context.afterCommit(async () => {
    const { pdf } = await make();
    const writer = writable.getWriter();
    // The reader comes when the answer leaves, after this has ended.
    writer.write(pdf).catch(() => {});
    writer.close().catch(() => {});
  });
  return new Response(readable, {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${number.replace(/[^\w.-]+/g, "-")}.pdf"`,
      "cache-control": "private, no-store",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}
