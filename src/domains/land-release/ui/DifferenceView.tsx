import { lazy, Suspense } from "react";
import { type Text, useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { AreaStateOutput, DifferenceOutput } from "../contract.ts";
import { Change } from "./Change.tsx";
import { signedText, squareMetresText } from "./client.ts";
import styles from "./reports.module.css";

const DifferenceMap = lazy(() => import("./DifferenceMap.tsx").then((m) => ({ default: m.DifferenceMap })));

type AreaPair = DifferenceOutput["areas"][number];

const either = (pair: AreaPair) => pair.after ?? pair.before;

function areaColumns(text: Text, country: string): Column<AreaPair>[] {
  const { t } = text;
  const change = (id: string, label: string, words: (state: AreaStateOutput) => string): Column<AreaPair> => ({
    id,
    label,
    cell: ({ before, after }) => <Change before={before ? words(before) : null} after={after ? words(after) : null} />,
  });
  return [
    {
      id: "code",
      label: t("field.area"),
      cell: (pair) => {
        const state = either(pair);
        if (!state) return "";
        const name = state.code || state.name || t("land-reports.new-area");
        return pair.before ? <AppLink to={`/land/areas/${country}/${state.id}`}>{name}</AppLink> : <span>{name}</span>;
      },
    },
    change("class", t("land-reports.field.areaClass"), ({ areaClass }) => text.code("area-class", areaClass)),
    change("status", t("land-reports.area-status"), ({ status }) => text.code("area-status", status)),
    {
      ...change("open", t("land-reports.open"), ({ openSquareMetres }) => squareMetresText(text, openSquareMetres)),
      numeric: true,
    },
  ];
}

/** What approving a report changes: the map before and after, area by area, the entries with their sum, and products. */
export function DifferenceView({ difference, country }: { difference: DifferenceOutput; country: string }) {
  const text = useText();
  const { t } = text;
  const { areas, postings, products } = difference;
  const shaped = areas.some(({ before, after }) => (after ?? before)?.perimeter);
  if (areas.length === 0 && postings.length === 0) return <p>{t("land-reports.difference.none")}</p>;
  const sum = postings.reduce((total, { squareMetres }) => total + squareMetres, 0);
  return (
    <div className={surfaces.stack}>
      {shaped && (
        <Suspense fallback={<Skeleton lines={5} />}>
          <DifferenceMap difference={difference} />
        </Suspense>
      )}
      <h3>{t("land-reports.difference.areas")}</h3>
      <Table
        caption={t("land-reports.difference.areas")}
        columns={areaColumns(text, country)}
        rows={areas}
        rowId={(pair) => either(pair)?.id ?? ""}
      />
      <h3>{t("land-reports.difference.entries")}</h3>
      {postings.length === 0 ? (
        <p className={surfaces.muted}>{t("land-reports.difference.no-entries")}</p>
      ) : (
        <table className={styles.ledger} aria-label={t("land-reports.difference.entries")}>
          <thead>
            <tr>
              <th scope="col">{t("land-reports.account")}</th>
              <th scope="col">{t("field.area")}</th>
              <th scope="col">{t("land-reports.square-metres")}</th>
            </tr>
          </thead>
          <tbody>
            {postings.map((posting) => (
              <tr
                key={`${posting.area} ${posting.account} ${posting.about} ${posting.effectiveOn} ${posting.squareMetres}`}
              >
                <td>{t(`ledger.account.${posting.account}`)}</td>
                <td>{posting.areaCode || t("land-reports.new-area")}</td>
                <td>{signedText(text, posting.squareMetres)}</td>
              </tr>
            ))}
            <tr className={styles.sum}>
              <th scope="row" colSpan={2}>
                {t("land-reports.sum")}
              </th>
              <td>{signedText(text, sum)}</td>
            </tr>
          </tbody>
        </table>
      )}
      {products.length > 0 && (
        <>
          <h3>{t("land-reports.difference.products")}</h3>
          <ul className={styles.findings}>
            {products.map((product) => (
              <li key={`${product.area} ${product.kind} ${product.squareMetres} ${product.depthCentimetres}`}>
                {t(`ledger.account.${product.kind}`)}: {squareMetresText(text, product.squareMetres)}
                {product.depthCentimetres !== null &&
                  `, ${t("unit.cm", { value: text.format.number(product.depthCentimetres) })}`}
                {product.areaCode && ` (${product.areaCode})`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
