import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { Grant } from "../access/model.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { grant, testServer } from "../http/testing.ts";
import { newId } from "../kernel/ids.ts";
import { listTables } from "../operations/tables.ts";
import { type AttachmentListOutput, detailsHeader, type UploadDetails, type UploadedOutput } from "./contract.ts";
import { implementation, registerAttachmentOwner } from "./index.ts";
import { aGpx, aJpeg, anExif, aPdf, secret } from "./samples.ts";
import { fileMegabytes, ownerMegabytes } from "./settings.ts";

/** Records of the test: which level, whose, final or not. */
const records = new Map<string, { sensitivity: number; organisation: string | null; final: boolean }>();
const organisation = newId();
const rights = { "test.read": "everyone", "test.change": "reporters", "test.withdraw": "managers" } as const;

registerAttachmentOwner("test.report", {
  find: async (_context, { id }) => {
    const record = records.get(id);
    return record ? { ...record, sample: false } : null;
  },
  canRead: ({ caller }, { country }) => caller.can("test.read", country),
  canAdd: ({ caller }, { country }, { final }) => !final && caller.can("test.change", country),
  canWithdraw: ({ caller }, { country }) => caller.can("test.withdraw", country),
});

function aRecord(state: Partial<{ sensitivity: number; organisation: string | null; final: boolean }> = {}): string {
  const id = newId();
  records.set(id, { sensitivity: 1, organisation: null, final: false, ...state });
  return id;
}

const manager = [grant("information-manager", "KHM")];
const operator = [grant("operator", "KHM", organisation)];
const donor = [grant("donor", "KHM")];

describeEachDatabase("attachments", (context) => {
  const server = () => testServer(context.db, [implementation], { rights });
  const of = (owner: string) => `/api/attachments/of/test.report/KHM/${owner}`;

  async function send(owner: string, bytes: Buffer, details: Partial<UploadDetails>, as: readonly Grant[] = manager) {
    const headers = {
      "x-test-grants": JSON.stringify(as),
      [detailsHeader]: encodeURIComponent(JSON.stringify(details)),
    };
    const response = await server().app.fetch(
      new Request(`http://localhost${of(owner)}`, { method: "POST", headers, body: new Uint8Array(bytes) }),
    );
    return { status: response.status, body: (await response.json()) as UploadedOutput & { code?: string } };
  }
  const listed = async (owner: string, as: readonly Grant[] = manager) =>
    (await server().get(of(owner), as)).body as AttachmentListOutput;
  const fetched = (id: string, as: readonly Grant[] = manager, variant = "given", headers = {}) =>
    server().send("GET", `/api/attachments/KHM/${id}/file?variant=${variant}`, { as, headers });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
  const count = async (table: string) => {
    const { rows } = await context.db.executeSql(`select count(*)::int as n from ${table}`);
    return rows[0]?.n as number;
  };

  it("give out a copy without place and owner, and tell the place to whoever may know it", async () => {
    const owner = aRecord();
    const photo = aJpeg({ exif: anExif(), salt: 1 });
    const { status, body } = await send(owner, photo, { name: "ចំណុច ១.jpg", caption: "Mine beside the path" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      repeated: false,
      attachment: { mediaType: "image/jpeg", sensitivity: "restricted", original: false, takenOn: "2026-02-17" },
    });
    const place = body.findings.find(({ kind }) => kind === "location");
    expect(place).toMatchObject({ removed: true, position: { latitude: expect.closeTo(secret.latitude, 6) } });

    const response = await fetched(body.attachment.id);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-cache",
      etag: `"${body.attachment.sha256}"`,
    });
    expect(headers["content-disposition"]).toBe(
      `attachment; filename="_____ _.jpg"; filename*=UTF-8''${encodeURIComponent("ចំណុច ១.jpg")}`,
    );
    const copy = await bytesOf(response);
    expect(copy.length).toBe(body.attachment.size);
    expect(copy.includes(secret.owner)).toBe(false);
    const again = await fetched(body.attachment.id, manager, "given", { "if-none-match": headers.etag });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);

    const asOperator = await send(aRecord(), aJpeg({ exif: anExif(), salt: 2 }), { name: "a.jpg" }, operator);
    expect(asOperator.body.findings.map(({ position }) => position)).toEqual([null, null, null, null]);
  });

  it("leave the place in no table, the original only where it was asked for, one level higher", async () => {
    const owner = aRecord();
    const plain = aJpeg({ exif: anExif(), salt: 3 });
    await send(owner, plain, { name: "a.jpg" });
    const holds = async (words: string) => {
      const { rows } = await context.db.executeSql(
        "select count(*)::int as n from attachment_part where position($1::bytea in bytes) > 0",
        [Buffer.from(words)],
      );
      return rows[0]?.n;
    };
    expect(await holds("maker knows")).toBe(0);
    const { rows } = await context.db.executeSql(
      "select a::text || (select string_agg(payload::text, '') from event) as all from attachment a where owner_id = $1",
      [owner],
    );
    expect(String(rows[0]?.all)).toContain("location");
    expect(String(rows[0]?.all)).not.toMatch(/13\.1|102\.8/);

    const kept = aJpeg({ exif: anExif(), salt: 4 });
    const { body } = await send(owner, kept, { name: "b.jpg", keepOriginal: true });
    expect(body.attachment.original).toBe(true);
    expect(await bytesOf(await fetched(body.attachment.id, manager, "original"))).toEqual(kept);
    const other = [grant("quality-officer", "KHM")];
    const seen = (await listed(owner, other)).items.find(({ id }) => id === body.attachment.id);
    expect(seen).toMatchObject({ original: false, size: body.attachment.size });
    expect((await fetched(body.attachment.id, other, "original")).status).toBe(404);
    expect((await fetched(body.attachment.id, other)).status).toBe(200);
  });

  it("are one level more confidential when the place cannot be taken out", async () => {
    const owner = aRecord({ sensitivity: 1, organisation });
    const map = await send(owner, aPdf({ map: true }), { name: "map.pdf" }, operator);
    expect(map.body.attachment).toMatchObject({ sensitivity: "confidential", remaining: ["location"], removed: [] });
    expect((await send(owner, Buffer.from(aGpx), { name: "t.gpx" })).body.attachment.sensitivity).toBe("confidential");
    expect((await send(owner, aPdf(), { name: "plain.pdf" })).body.attachment.sensitivity).toBe("restricted");
    // Their own organisation sees them all, another reader of restricted records only the plain one.
    expect((await listed(owner, operator)).items.length).toBe(3);
    expect((await listed(owner, [grant("quality-officer", "KHM")])).items.map(({ name }) => name)).toEqual([
      "plain.pdf",
    ]);
    expect((await listed(owner, donor)).items).toEqual([]);
  });

  it("are never below the level of their record", async () => {
    const owner = aRecord({ sensitivity: 2 });
    const { body } = await send(owner, aJpeg({ salt: 5 }), { name: "a.jpg", sensitivity: "public" });
    expect(body.attachment.sensitivity).toBe("confidential");
    const higher = await send(owner, aJpeg({ salt: 6 }), { name: "b.jpg", sensitivity: "strictly-confidential" });
    expect(higher.body.attachment.sensitivity).toBe("strictly-confidential");
    expect((await listed(owner)).items.map(({ name }) => name)).toEqual(["a.jpg"]);
    expect((await fetched(higher.body.attachment.id)).status).toBe(404);
  });

  it("say that a record has a file already, and store bytes once for all records", async () => {
    const owner = aRecord();
    const bytes = aJpeg({ salt: 7 });
    const first = await send(owner, bytes, { name: "a.jpg" });
    const parts = await count("attachment_part");
    const second = await send(owner, bytes, { name: "other name.jpg" });
    expect(second.body).toMatchObject({ repeated: true, attachment: { id: first.body.attachment.id } });
    const elsewhere = await send(aRecord(), bytes, { name: "a.jpg" });
    expect(elsewhere.body.repeated).toBe(false);
    expect(await count("attachment_part")).toBe(parts);
    expect(await bytesOf(await fetched(elsewhere.body.attachment.id))).toEqual(bytes);
  });

  it("are in every backup, those that others point to first", async () => {
    const names = (await listTables(context.db.owner)).map(({ name }) => name);
    const own = names.filter((name) => name.startsWith("attachment"));
    expect(own.sort()).toEqual(["attachment", "attachment_copy", "attachment_part"]);
    expect(names.indexOf("attachment")).toBeLessThan(names.indexOf("attachment_copy"));
  });

  it("come back whole when they are of many parts", async () => {
    const owner = aRecord();
    const long = Buffer.from(`a;b\n${"ភូមិ;12\n".repeat(90_000)}`);
    const { body } = await send(owner, long, { name: "long.csv" });
    expect(body.attachment).toMatchObject({ mediaType: "text/csv", size: long.length });
    expect((await bytesOf(await fetched(body.attachment.id))).equals(long)).toBe(true);
  });

  it("are withdrawn with a reason; the bytes of a draft go unless another record has them, of a final record stay", async () => {
    const [draft, twin, final] = [aRecord(), aRecord(), aRecord()];
    const shared = aJpeg({ salt: 8 });
    const own = aJpeg({ salt: 9 });
    const one = (await send(draft, shared, { name: "shared.jpg" })).body.attachment;
    const two = (await send(draft, own, { name: "own.jpg" })).body.attachment;
    const other = (await send(twin, shared, { name: "shared.jpg" })).body.attachment;
    const kept = (await send(final, aJpeg({ salt: 10 }), { name: "final.jpg" })).body.attachment;
    records.set(final, { sensitivity: 1, organisation: null, final: true });
    const withdraw = (id: string, as = manager, reason = "wrong picture") =>
      server().post(`/api/attachments/KHM/${id}/withdraw`, { reason }, as);

    expect((await withdraw(one.id, operator)).status).toBe(403);
    expect((await withdraw(one.id, manager, " ")).status).toBe(422);
    const parts = await count("attachment_part");
    expect((await withdraw(one.id)).body).toMatchObject({ withdrawn: { reason: "wrong picture" }, available: false });
    expect(await count("attachment_part")).toBe(parts);
    expect((await fetched(one.id)).status).toBe(410);
    expect((await fetched(other.id)).status).toBe(200);
    expect((await withdraw(two.id)).status).toBe(200);
    expect(await count("attachment_part")).toBe(parts - 1);
    expect((await withdraw(two.id)).body).toMatchObject({ code: "attachments.withdrawn" });
    expect((await withdraw(kept.id)).body).toMatchObject({ available: true, withdrawn: { reason: "wrong picture" } });
    expect((await fetched(kept.id)).status).toBe(200);
    const { items } = await listed(draft);
    expect(items.map(({ name, withdrawn }) => [name, withdrawn?.reason])).toEqual([
      ["shared.jpg", "wrong picture"],
      ["own.jpg", "wrong picture"],
    ]);
    expect((await send(draft, own, { name: "own.jpg" })).body.repeated).toBe(false);
  });

  it("are refused when they are too large, empty, broken, of another kind than they say, or of no kind that is taken", async () => {
    const owner = aRecord();
    const code = async (bytes: Buffer, name: string) => {
      const { status, body } = await send(owner, bytes, { name });
      return [status, body.code];
    };
    expect(await code(aJpeg(), "a.png")).toEqual([415, "attachments.type-differs"]);
    expect(await code(aJpeg(), "a.exe")).toEqual([415, "attachments.type-not-taken"]);
    expect(await code(Buffer.from("<html>1,2</html>"), "a.csv")).toEqual([415, "attachments.type-not-taken"]);
    expect(await code(aJpeg().subarray(0, 300), "a.jpg")).toEqual([422, "attachments.broken"]);
    expect(await code(Buffer.alloc(0), "a.jpg")).toEqual([422, "attachments.empty"]);
    await context.db.transaction(programClaims, async (tx) => {
      await sql`insert into setting (country, name, value) values ('KHM', ${fileMegabytes.name}, '2'),
        ('KHM', ${ownerMegabytes.name}, '3')`.execute(tx);
    });
    const csv = (megabytes: number, salt: string) =>
      Buffer.concat([Buffer.from(`${salt},b\n`), Buffer.alloc(megabytes * 1e6, "x")]);
    expect(await code(csv(2, "a"), "a.csv")).toEqual([413, "attachments.too-large"]);
    expect((await send(owner, csv(1.9, "b"), { name: "b.csv" })).status).toBe(200);
    expect(await code(csv(1.9, "c"), "c.csv")).toEqual([413, "attachments.owner-full"]);
    expect((await listed(owner)).limits).toMatchObject({ fileBytes: 2e6, ownerBytes: 3e6, usedBytes: 1_900_004 });
    await context.db.executeSql("delete from setting");
  });

  it("stop a body that does not end as soon as it is too long", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const details = encodeURIComponent(JSON.stringify({ name: "a.jpg" }));
    const response = await server().app.fetch(
      new Request(`http://localhost${of(aRecord())}`, {
        method: "POST",
        headers: { "x-test-grants": JSON.stringify(manager), [detailsHeader]: details },
        body: endless,
        duplex: "half",
      } as RequestInit),
    );
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(11_000_000);
  });

  describe("and who may", () => {
    let owner: string;
    let id: string;
    beforeAll(async () => {
      owner = aRecord();
      id = (await send(owner, aJpeg({ salt: 11 }), { name: "a.jpg" })).body.attachment.id;
    });

    it("is for the owner's domain to say", async () => {
      expect((await send(owner, aJpeg({ salt: 12 }), { name: "a.jpg" }, donor)).status).toBe(403);
      expect((await send(newId(), aJpeg(), { name: "a.jpg" })).body.code).toBe("attachments.unknown-owner");
      const elsewhere = [grant("information-manager", "LAO")];
      expect((await server().get(of(owner), elsewhere)).status).toBe(404);
      expect((await fetched(id, elsewhere)).status).toBe(404);
      expect((await server().send("GET", of(owner))).status).toBe(401);
      expect((await listed(owner, donor)).allowed).toEqual([]);
      expect((await listed(owner)).allowed).toEqual(["add"]);
      expect((await server().get(`/api/attachments/of/no.such/KHM/${owner}`, manager)).body).toMatchObject({
        code: "attachments.unknown-owner",
      });
    });

    it("needs details that are well formed", async () => {
      const { status, body } = await send(owner, aJpeg(), { name: "" });
      expect([status, body.code]).toEqual([422, "common.invalid-input"]);
      const without = await server().send("POST", of(owner), { as: manager, body: "x" });
      expect(((await without.json()) as { code: string }).code).toBe("attachments.details-missing");
    });

    it("leaves a trace in the log", async () => {
      const { rows } = await context.db.executeSql(
        "select type, subject_type from event where subject_id = $1 order by seq",
        [owner],
      );
      expect(rows).toEqual([{ type: "attachments.added", subject_type: "test.report" }]);
    });
  });
});
