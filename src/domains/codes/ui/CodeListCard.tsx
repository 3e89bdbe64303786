import { useState } from "react";
import { type Text, useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import type { listOutput, VariantOutput } from "../contract.ts";
import { AddVariantDialog } from "./AddVariantDialog.tsx";
import { RetireDialog } from "./RetireDialog.tsx";

/** From when to when a national code is in use. */
function validity({ t, format }: Text, { validFrom, validTo }: VariantOutput): string {
  const from = validFrom === null ? "" : format.date(validFrom);
  const to = validTo === null ? "" : format.date(validTo);
  if (from !== "" && to !== "") return t("codes.valid.between", { from, to });
  if (from !== "") return t("codes.valid.from", { from });
  return to === "" ? t("codes.valid.always") : t("codes.valid.until", { to });
}

/** One list: its standard codes with their labels, and the national codes of the country that stand for them. */
export function CodeListCard(props: {
  country: string;
  item: (typeof listOutput)["_output"];
  mayChange: boolean;
  adding: boolean;
  onAdding: (adding: boolean) => void;
}) {
  const text = useText();
  const { t } = text;
  const { item, mayChange } = props;
  const [retiring, setRetiring] = useState<VariantOutput | null>(null);
  const standing = new Map<string, string[]>();
  for (const { standard, code, validTo } of item.variants)
    if (validTo === null) standing.set(standard, [...(standing.get(standard) ?? []), code]);
  const add = mayChange && (
    <Button icon="add" onClick={() => props.onAdding(true)}>
      {t("codes.add")}
    </Button>
  );
  return (
    <>
      <div className={`${surfaces.card} ${surfaces.stack}`}>
        <div className={`${surfaces.pad} ${surfaces.row} ${surfaces.spread}`}>
          <h2>{t("codes.national")}</h2>
          {item.variants.length > 0 && add}
        </div>
        {item.variants.length === 0 ? (
          <EmptyState icon="columns" title={t("codes.none")} actions={add}>
            {t("codes.page.none.hint")}
          </EmptyState>
        ) : (
          <Table
            caption={t("codes.national")}
            rows={item.variants}
            rowId={({ id }) => id}
            columns={[
              { id: "code", label: t("codes.code"), cell: ({ code }) => code },
              {
                id: "label",
                label: t("codes.label"),
                empty: ({ labels }) => Object.keys(labels).length === 0,
                cell: ({ labels }) => text.name(labels),
              },
              { id: "standard", label: t("codes.standard"), cell: ({ standard }) => text.code(item.list, standard) },
              { id: "valid", label: t("codes.valid"), cell: (variant) => validity(text, variant) },
              ...(mayChange
                ? [
                    {
                      id: "retire",
                      label: t("codes.retire"),
                      empty: ({ validTo }: VariantOutput) => validTo !== null,
                      cell: (variant: VariantOutput) =>
                        variant.validTo === null && (
                          <Button small tone="quiet" onClick={() => setRetiring(variant)}>
                            {t("codes.page.retire-one", { code: variant.code })}
                          </Button>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
      <div className={`${surfaces.card} ${surfaces.stack}`}>
        <div className={surfaces.pad}>
          <h2>{t("codes.page.standard-codes")}</h2>
        </div>
        <Table
          caption={t("codes.page.standard-codes")}
          rows={item.values.map((value) => ({ value }))}
          rowId={({ value }) => value}
          columns={[
            { id: "label", label: t("codes.label"), cell: ({ value }) => text.code(item.list, value) },
            { id: "code", label: t("codes.standard"), cell: ({ value }) => <code>{value}</code> },
            {
              id: "national",
              label: t("codes.national"),
              empty: ({ value }) => !standing.has(value),
              cell: ({ value }) => text.format.list(standing.get(value) ?? []),
            },
          ]}
        />
      </div>
      {props.adding && <AddVariantDialog country={props.country} item={item} onClose={() => props.onAdding(false)} />}
      {retiring && <RetireDialog variant={retiring} onClose={() => setRetiring(null)} />}
    </>
  );
}
