import { expect, it } from "vitest";
import { z } from "zod";
import { route } from "../contract/route.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { publicClaims } from "../database/types.ts";
import { implement } from "../http/handler.ts";
import { testServer } from "../http/testing.ts";
import { Problem } from "../kernel/problem.ts";
import { documentProblems, pdfResponse } from "./index.ts";

const routes = {
  get: route({
    method: "GET",
    path: "/api/document",
    summary: "-",
    right: "open",
    query: z.object({ fail: z.string().optional() }),
    produces: "application/pdf",
  }),
};

describeEachDatabase("a document as an answer", (context) => {
  const server = () =>
    testServer(
      context.db,
      [
        implement(routes, {
          get: async (request, { query }) =>
            pdfResponse(request, "CR KHM/17", async () => {
              if (query.fail) throw new Problem(documentProblems["too-slow"], { seconds: 30 });
              // The database is free while the document is made: on the embedded one this would wait for ever otherwise.
              await context.db.transaction(publicClaims, async () => {});
              return { pdf: Buffer.from("%PDF-1.7"), pages: 1 };
            }),
        }),
      ],
      { rights: {} },
    );

  it("leaves whole, once the transaction has ended", async () => {
    const response = await server().send("GET", "/api/document");
    expect(await response.text()).toBe("%PDF-1.7");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": 'inline; filename="CR-KHM-17.pdf"',
      "cache-control": "private, no-store",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
  });

  it("is a problem when it cannot be made", async () => {
    const { status, body } = await server().get("/api/document?fail=1");
    expect([status, body]).toMatchObject([503, { code: "documents.too-slow", params: { seconds: 30 } }]);
  });
});
