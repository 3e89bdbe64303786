import type { Tx } from "../../platform/database/types.ts";
import type { Context } from "../../platform/http/handler.ts";
import { readAreas } from "../land/index.ts";
import { findEntries } from "../ledger/index.ts";
import type { Computed } from "./compute.ts";
import type { AreaStateOutput, DifferenceOutput } from "./contract.ts";
import { isEmpty } from "./ground.ts";
import type { AreaState } from "./state.ts";
import { findProducts } from "./state-store.ts";
import type { StoredReport } from "./store.ts";
import { findVersions, type VersionRow } from "./version-store.ts";

const stateOutput = (state: AreaState | undefined): AreaStateOutput | null =>
  state
    ? {
        id: state.id,
        code: state.code,
        name: state.name,
        areaClass: state.areaClass,
        status: state.status,
        openSquareMetres: state.openSquareMetres,
        closedOn: state.closedOn,
        closureReason: state.closureReason,
        contamination: [...state.contamination],
        perimeter: state.perimeter,
        ground: isEmpty(state.ground) ? null : state.ground,
      }
    : null;

/** What approving a report would do, as it travels. */
export function differenceOutput(computed: Computed): DifferenceOutput {
  const codeOf = (id: string) => computed.after.get(id)?.code ?? computed.before.get(id)?.code ?? "";
  return {
    findings: [...computed.findings],
    areas: [...computed.touched].map((id) => ({
      before: stateOutput(computed.before.get(id)),
      after: stateOutput(computed.after.get(id)),
    })),
    postings: computed.postings.map(({ area, account, squareMetres, effectiveOn, about }) => ({
      ...{ area, areaCode: codeOf(area), account, squareMetres, effectiveOn, about },
    })),
    products: computed.products.map(({ area, kind, squareMetres, depthCentimetres, geometry }) => ({
      ...{ area, areaCode: codeOf(area), kind, squareMetres, depthCentimetres, geometry },
    })),
  };
}

/** What an approved report did: its areas before and after, its entries and products as they stand. */
export async function postedOutput(context: Pick<Context, "tx">, report: StoredReport): Promise<DifferenceOutput> {
  const { country, id } = report;
  const { items } = await findEntries(context.tx, { country, to: "9999-12-31", report: id, limit: 500, offset: 0 });
  const products = await findProducts(context.tx, country, report.result?.areas ?? []);
  const codes = new Map(items.map(({ area, areaCode }) => [area, areaCode ?? ""]));
  return {
    findings: [],
    areas: await changedAreas(context.tx, report),
    postings: items
      .toReversed()
      .flatMap(({ area, areaCode, account, squareMetres, effectiveOn, about }) =>
        area === null ? [] : [{ area, areaCode: areaCode ?? "", account, squareMetres, effectiveOn, about }],
      ),
    products: products
      .filter((product) => product.report === id)
      .map(({ area, kind, squareMetres, depthCentimetres, geometry }) => ({
        ...{ area, areaCode: codes.get(area) ?? "", kind, squareMetres, depthCentimetres, geometry },
      })),
  };
}

/** The areas that an approved report changed, from the versions before it and of it; what changed nothing is left out. */
async function changedAreas(tx: Tx, { country, id, result }: StoredReport): Promise<DifferenceOutput["areas"]> {
  const versions = await findVersions(tx, country, result?.areas ?? []);
  const made = versions.filter(({ report }) => report === id);
  const records = new Map(
    (
      await readAreas(
        tx,
        country,
        made.map(({ area }) => area),
      )
    ).map((record) => [record.id, record.values]),
  );
  const stateOf = (version: VersionRow | undefined): AreaStateOutput | null => {
    const values = records.get(version?.area ?? "");
    if (!version || !values) return null;
    const { area, areaClass, status, openSquareMetres, perimeter, ground } = version;
    return {
      ...{ id: area, areaClass, status, openSquareMetres, perimeter, ground: isEmpty(ground) ? null : ground },
      code: String(values.code ?? ""),
      name: (values.name as string | undefined) ?? null,
      // Versions keep class, status and ground; these are the record's of today, and the same before and after.
      ...{ closedOn: null, closureReason: null, contamination: (values.contamination as string[] | undefined) ?? [] },
    };
  };
  return made.flatMap((version) => {
    const before = versions[versions.indexOf(version) - 1];
    const after = stateOf(version);
    return after ? [{ before: before?.area === version.area ? stateOf(before) : null, after }] : [];
  });
}
