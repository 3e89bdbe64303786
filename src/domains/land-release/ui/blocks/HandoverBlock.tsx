import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import { codeLists } from "../../model.ts";
import { Anchor, CodeSelect, PeopleFields } from "../fields.tsx";
import { emptyHandover, type HandoverForm } from "../report-form.ts";
import type { BlockProps } from "./block.ts";

/** To whom land was handed over, and before whom. */
export function HandoverBlock({ form, change: put, problem }: BlockProps) {
  const { t } = useText();
  const value = form.handover ?? emptyHandover;
  const change = (values: Partial<HandoverForm>) => put({ handover: { ...value, ...values } });
  return (
    <Anchor name="handover">
      <div className={surfaces.stack}>
        <Anchor name="handover.receivedBy">
          <TextField
            label={t("land-reports.handover.receivedBy")}
            required
            problem={problem("handover.receivedBy") ?? problem("handover")}
            maxLength={300}
            value={value.receivedBy ?? ""}
            onChange={(receivedBy) => change({ receivedBy: receivedBy === "" ? null : receivedBy })}
          />
        </Anchor>
        <CodeSelect
          label={t("land-reports.handover.use")}
          list="land-use"
          codes={codeLists["land-use"]}
          value={value.intendedUse}
          onChange={(intendedUse) => change({ intendedUse })}
        />
        <TextField
          label={t("land-reports.handover.liability")}
          maxLength={300}
          value={value.liabilityText ?? ""}
          onChange={(liability) => change({ liabilityText: liability === "" ? null : liability })}
        />
        <PeopleFields
          legend={t("land-reports.handover.attended")}
          value={value.attended}
          onChange={(attended) => change({ attended })}
        />
      </div>
    </Anchor>
  );
}
