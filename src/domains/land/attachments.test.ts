import { beforeAll, expect, it } from "vitest";
import type { Grant } from "../../platform/access/model.ts";
import { detailsHeader } from "../../platform/attachments/contract.ts";
import { implementation as attachments } from "../../platform/attachments/index.ts";
import { aJpeg, anExif } from "../../platform/attachments/samples.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { areaDefinition, createAreas, rights } from "./index.ts";

const country = "KHM";
const now = new Date("2026-05-06T07:08:09.010Z");
const change = { accountId: null, now, reason: null };
const operator = [grant("operator", country)];
const manager = [grant("information-manager", country)];
const officer = [grant("quality-officer", country)];
const donor = [grant("donor", country)];

describeEachDatabase("files of a hazardous area", (context) => {
  const server = () => testServer(context.db, [attachments], { rights });
  let area: string;
  beforeAll(async () => {
    const values = { code: "HA-1", areaClass: "sha", status: "open" };
    const [record] = await context.db.transaction(programClaims, (tx) =>
      createAreas(tx, [{ country, values }], change),
    );
    area = record?.id ?? "";
  });
  const path = () => `/api/attachments/of/${areaDefinition.type.name}/${country}/${area}`;
  const send = async (as: readonly Grant[], salt = 1) => {
    const headers = {
      "x-test-grants": JSON.stringify(as),
      [detailsHeader]: encodeURIComponent(JSON.stringify({ name: "sketch.jpg" })),
    };
    const body = new Uint8Array(aJpeg({ exif: anExif(), salt }));
    const response = await server().app.fetch(
      new Request(`http://localhost${path()}`, { method: "POST", headers, body }),
    );
    return { status: response.status, body: (await response.json()) as { attachment: { id: string } } };
  };
  const listed = async (as: readonly Grant[]) =>
    (await server().get(path(), as)) as { status: number; body: { items: { name: string }[]; allowed: string[] } };

  it("are added by whoever reports on land and seen by whoever sees the place of areas, nobody else", async () => {
    expect((await send(officer)).status).toBe(403);
    expect((await send(operator)).status).toBe(200);
    expect((await listed(operator)).body).toMatchObject({ items: [{ name: "sketch.jpg" }], allowed: ["add"] });
    expect((await listed(officer)).body).toMatchObject({ items: [{ name: "sketch.jpg" }], allowed: [] });
    expect([403, 404]).toContain((await listed(donor)).status);
  });

  it("are taken back by whoever corrects areas, with a reason", async () => {
    const { body } = await send(operator, 2);
    const withdraw = (as: readonly Grant[]) =>
      server().post(`/api/attachments/${country}/${body.attachment.id}/withdraw`, { reason: "wrong area" }, as);
    expect((await withdraw(operator)).status).toBe(403);
    expect((await withdraw(manager)).status).toBe(200);
  });

  it("belong to an area that is there", async () => {
    const nowhere = path().replace(area, "01999999-0000-7000-8000-000000000000");
    expect((await server().get(nowhere, manager)).status).toBe(404);
  });
});
