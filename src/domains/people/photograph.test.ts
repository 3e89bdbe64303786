import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aJpeg, anExif, anXmp, aPdf, aPng, aWebp, secret } from "../../platform/attachments/samples.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { listTables, readLines } from "../../platform/operations/tables.ts";
import { rotateKeys } from "../../platform/vault/index.ts";
import { largestPhotograph } from "./model.ts";
import { officer, overseer, type PeopleServer, peopleServer, testNow } from "./testing.ts";

interface Answer {
  status: number;
  body: {
    code: string;
    parts: string[];
    identity: { photograph?: { mediaType: string; data: string } };
    record: { revision: number };
    items: { parts: string[]; purpose: string }[];
    id: string;
  };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const fromPhone = () => aJpeg({ exif: anExif(), xmp: anXmp, comment: "Sok Dara at home", trailing: "end" });

describeEachDatabase("photographs of people", (context) => {
  let server: PeopleServer;
  beforeAll(() => {
    server = peopleServer(context.db);
  });
  afterAll(() => server.stop());
  const post = async (path: string, body: object, as = officer) => (await server.post(path, body, as)) as Answer;
  const on = (id: string, what: string, body: object, as = officer) =>
    post(`/api/people/persons/KHM/${id}/${what}`, body, as);
  const withFace = (photograph: object) =>
    server.aPerson({ identity: { names: [{ full: "Keo Photographed" }], photograph } });
  const stored = async (person: string) => {
    const { rows } = await sql<{ sealed: Buffer; key: string }>`select sealed, key_id as key from people_identity
      where person = ${person} and part = 'photograph'`.execute(context.db.owner);
    return rows.map(({ sealed, key }) => ({ sealed: Buffer.from(sealed), key }));
  };

  it("say nothing but the face, and lie sealed: no byte of them is found in the database", async () => {
    for (const [mediaType, file] of [
      ["image/jpeg", fromPhone()],
      ["image/png", aPng({ exif: anExif(), xmp: anXmp, text: secret.owner })],
      ["image/webp", aWebp({ exif: anExif(), xmp: anXmp })],
    ] as const) {
      const { id } = await withFace({ mediaType, data: base64(file) });
      const opened = await on(id, "open", { purpose: "case-work" });
      const { photograph } = opened.body.identity;
      expect(photograph?.mediaType).toBe(mediaType);
      const kept = Buffer.from(photograph?.data ?? "", "base64");
      expect(kept.length).toBeGreaterThan(40);
      for (const trace of [secret.owner, secret.serial, "maker knows", "GPSLatitude", "at home", "2026:02:17"])
        expect(kept.toString("latin1"), `${mediaType} ${trace}`).not.toContain(trace);
      const rows = await stored(id);
      expect(rows).toHaveLength(1);
      const lines: string[] = [];
      await context.db.owner.transaction().execute(async (tx) => {
        for (const table of await listTables(tx)) for await (const some of readLines(tx, table)) lines.push(...some);
      });
      const whole = lines.join("\n");
      const middle = kept.subarray(kept.length - 40, kept.length - 10);
      expect(whole).toContain(rows[0]?.sealed.subarray(0, 40).toString("hex"));
      expect(whole).not.toContain(middle.toString("hex"));
      expect(whole).not.toContain(base64(kept).slice(-60, -20));
    }
  });

  it("are opened only by who may know, for a purpose that needs them, and the opening is on record", async () => {
    const { id } = await withFace({ mediaType: "image/jpeg", data: base64(fromPhone()) });
    expect((await on(id, "open", { purpose: "case-work" }, overseer)).status).toBe(403);
    for (const purpose of ["contact", "referral"]) {
      const { body } = await on(id, "open", { purpose });
      expect(body.parts, purpose).not.toContain("photograph");
      expect(body.identity.photograph, purpose).toBeUndefined();
    }
    expect((await on(id, "open", { purpose: "contact", parts: ["photograph"] })).status).toBe(422);
    const alone = await on(id, "open", { purpose: "compare-duplicates", parts: ["photograph"] });
    expect(Object.keys(alone.body.identity)).toEqual(["photograph"]);
    const log = (await server.get(`/api/data-protection/openings?country=KHM&person=${id}`, overseer)) as Answer;
    expect(log.status).toBe(200);
    expect(log.body.items[0]).toMatchObject({ purpose: "compare-duplicates", parts: ["photograph"] });
    // The database itself keeps it shut to an opening that does not name it.
    const read = await server.get(`/api/people/persons/KHM/${id}`, officer);
    expect(JSON.stringify(read.body)).not.toContain("mediaType");
  });

  it("are refused when they are another kind than they say, broken, too large or no picture, and nothing is entered", async () => {
    const enter = (photograph: object) =>
      post("/api/people/register", {
        country: "KHM",
        values: { sex: "female" },
        identity: { names: [{ full: "Refused Face" }], photograph },
        distinct: true,
      });
    const count = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from people_person`.execute(context.db.owner)).rows[0]?.n;
    const before = await count();
    for (const [mediaType, bytes] of [
      ["image/jpeg", aPng()],
      ["image/png", aJpeg()],
      ["image/jpeg", aPdf()],
      ["image/jpeg", aJpeg().subarray(0, 60)],
      ["image/jpeg", Buffer.from("<svg onload=alert(1)>")],
    ] as const) {
      const { status, body } = await enter({ mediaType, data: base64(bytes) });
      expect([status, body.code]).toEqual([422, "people.photograph-unusable"]);
    }
    expect((await enter({ mediaType: "image/svg+xml", data: base64(aJpeg()) })).status).toBe(422);
    const jpeg = aJpeg();
    // Bytes of the picture itself: nothing that cleaning takes out.
    const long = Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(largestPhotograph, 0x55), jpeg.subarray(-2)]);
    const large = await enter({ mediaType: "image/jpeg", data: base64(long) });
    expect([large.status, large.body.code]).toEqual([422, "people.photograph-too-large"]);
    expect(await count()).toBe(before);
  });

  it("are exchanged and taken away with the identity, and sealed anew when the key changes", async () => {
    const { id } = await withFace({ mediaType: "image/jpeg", data: base64(fromPhone()) });
    const change = (revision: number, photograph: object | null) =>
      on(id, "identity", { revision, changes: { photograph }, reason: "A newer picture" });
    expect((await change(1, { mediaType: "image/png", data: base64(aPng({ text: secret.owner })) })).status).toBe(200);
    const first = (await stored(id))[0]?.key;
    const rotated = await rotateKeys(context.db, server.vault, { clock: () => testNow });
    expect(rotated.finished).toBe(true);
    expect((await stored(id))[0]?.key).toBe(rotated.key);
    expect(rotated.key).not.toBe(first);
    const opened = await on(id, "open", { purpose: "case-work", parts: ["photograph"] });
    expect(opened.body.identity.photograph?.mediaType).toBe("image/png");
    expect((await change(2, null)).status).toBe(200);
    expect(await stored(id)).toEqual([]);
  });

  it("go with the identity when it is erased", async () => {
    const { id } = await withFace({ mediaType: "image/jpeg", data: base64(fromPhone()) });
    expect(await stored(id)).toHaveLength(1);
    const asked = await post("/api/data-protection/requests", {
      country: "KHM",
      person: id,
      kind: "erasure",
      askedBy: "person",
      receivedOn: "2026-11-20",
    });
    const decide = `/api/data-protection/requests/KHM/${asked.body.id}/decide`;
    const granted = await post(decide, { version: 1, granted: true, note: "It is their right" }, overseer);
    expect(granted.status).toBe(200);
    const erased = await on(id, "erase", { revision: 1, request: asked.body.id, reason: "It was granted" });
    expect(erased.status).toBe(200);
    expect(await stored(id)).toEqual([]);
  });
});
