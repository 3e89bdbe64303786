import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { codeLists as ordnanceCodes } from "../../ordnance/model.ts";
import { codeLists } from "../model.ts";
import { Anchor, CodeSelect, DayField, PeopleFields } from "./fields.tsx";
import {
  type DeviceForm,
  emptyDevice,
  emptyHandover,
  emptyInspection,
  emptyMonitoring,
  type HandoverForm,
  type InspectionForm,
  type MonitoringForm,
} from "./report-form.ts";
import styles from "./reports.module.css";

const replaced = <T,>(rows: readonly T[], at: number, values: Partial<T>): T[] =>
  rows.map((row, i) => (i === at ? { ...row, ...values } : row));

/** Devices found, one row a kind. */
export function DevicesFields(props: { rows: readonly DeviceForm[]; onChange: (rows: DeviceForm[]) => void }) {
  const { t } = useText();
  const { rows, onChange } = props;
  const change = (at: number, values: Partial<DeviceForm>) => onChange(replaced(rows, at, values));
  return (
    <>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and are only added at the end.
        <div key={at} className={styles.part}>
          <Anchor name={`devices.${at}.category`}>
            <CodeSelect
              label={t("land-reports.device.category")}
              list="ordnance-category"
              codes={ordnanceCodes["ordnance-category"]}
              required
              value={row.category}
              onChange={(category) => change(at, { category })}
            />
          </Anchor>
          <TextField
            label={t("land-reports.device.model")}
            maxLength={200}
            value={row.model ?? ""}
            onChange={(model) => change(at, { model: model === "" ? null : model })}
          />
          <Anchor name={`devices.${at}.quantity`}>
            <NumberField
              integer
              min={1}
              max={1_000_000}
              label={t("land-reports.device.quantity")}
              required
              value={row.quantity}
              onChange={(quantity) => change(at, { quantity })}
            />
          </Anchor>
          <NumberField
            min={0}
            max={5000}
            label={t("land-reports.device.depth")}
            value={row.depthCentimetres}
            onChange={(depthCentimetres) => change(at, { depthCentimetres })}
          />
          <CodeSelect
            label={t("land-reports.device.condition")}
            list="ordnance-condition"
            codes={ordnanceCodes["ordnance-condition"]}
            value={row.condition}
            onChange={(condition) => change(at, { condition })}
          />
          <CodeSelect
            label={t("land-reports.device.disposal")}
            list="disposal-method"
            codes={ordnanceCodes["disposal-method"]}
            value={row.disposal}
            onChange={(disposal) => change(at, { disposal })}
          />
          <div>
            <Button small tone="quiet" onClick={() => onChange(rows.filter((_, i) => i !== at))}>
              {t("land-reports.remove")}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button icon="add" onClick={() => onChange([...rows, emptyDevice])}>
          {t("land-reports.device.add")}
        </Button>
      </div>
    </>
  );
}

/** What an inspection found. */
export function InspectionFields(props: { value: InspectionForm | null; onChange: (value: InspectionForm) => void }) {
  const { t } = useText();
  const value = props.value ?? emptyInspection;
  const change = (values: Partial<InspectionForm>) => props.onChange({ ...value, ...values });
  const rows = value.nonConformities;
  return (
    <>
      <Anchor name="inspection.kind">
        <CodeSelect
          label={t("land-reports.inspection.kind")}
          list="inspection-kind"
          codes={codeLists["inspection-kind"]}
          required
          value={value.kind}
          onChange={(kind) => change({ kind })}
        />
      </Anchor>
      <Anchor name="inspection.result">
        <CodeSelect
          label={t("land-reports.inspection.result")}
          list="inspection-result"
          codes={codeLists["inspection-result"]}
          required
          value={value.result}
          onChange={(result) => change({ result })}
        />
      </Anchor>
      <NumberField
        integer
        min={0}
        label={t("land-reports.inspection.sampled")}
        value={value.sampledSquareMetres}
        onChange={(sampledSquareMetres) => change({ sampledSquareMetres })}
      />
      <NumberField
        integer
        min={0}
        label={t("land-reports.inspection.items")}
        value={value.itemsFound}
        onChange={(itemsFound) => change({ itemsFound: itemsFound ?? 0 })}
      />
      {rows.map((row, at) => {
        const put = (values: Partial<(typeof rows)[number]>) => change({ nonConformities: replaced(rows, at, values) });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and are only added at the end.
          <div key={at} className={styles.part}>
            <Anchor name={`inspection.nonConformities.${at}.severity`}>
              <CodeSelect
                label={t("land-reports.nonconformity.severity")}
                list="non-conformity-severity"
                codes={codeLists["non-conformity-severity"]}
                required
                value={row.severity}
                onChange={(severity) => put({ severity })}
              />
            </Anchor>
            <Anchor name={`inspection.nonConformities.${at}.description`}>
              <TextArea
                label={t("land-reports.nonconformity.description")}
                required
                rows={2}
                maxLength={2000}
                value={row.description ?? ""}
                onChange={(description) => put({ description: description === "" ? null : description })}
              />
            </Anchor>
            <TextArea
              label={t("land-reports.nonconformity.action")}
              rows={2}
              maxLength={2000}
              value={row.correctiveAction ?? ""}
              onChange={(action) => put({ correctiveAction: action === "" ? null : action })}
            />
            <DayField
              label={t("land-reports.nonconformity.deadline")}
              value={row.deadline}
              onChange={(deadline) => put({ deadline })}
            />
            <div>
              <Button small tone="quiet" onClick={() => change({ nonConformities: rows.filter((_, i) => i !== at) })}>
                {t("land-reports.remove")}
              </Button>
            </div>
          </div>
        );
      })}
      <div>
        <Button
          icon="add"
          onClick={() =>
            change({
              nonConformities: [...rows, { severity: null, description: null, correctiveAction: null, deadline: null }],
            })
          }
        >
          {t("land-reports.nonconformity.add")}
        </Button>
      </div>
    </>
  );
}

/** To whom land was handed over, and before whom. */
export function HandoverFields(props: { value: HandoverForm | null; onChange: (value: HandoverForm) => void }) {
  const { t } = useText();
  const value = props.value ?? emptyHandover;
  const change = (values: Partial<HandoverForm>) => props.onChange({ ...value, ...values });
  return (
    <>
      <Anchor name="handover.receivedBy">
        <TextField
          label={t("land-reports.handover.receivedBy")}
          required
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
    </>
  );
}

/** How released land is used. */
export function MonitoringFields(props: { value: MonitoringForm | null; onChange: (value: MonitoringForm) => void }) {
  const { t } = useText();
  const value = props.value ?? emptyMonitoring;
  const change = (values: Partial<MonitoringForm>) => props.onChange({ ...value, ...values });
  return (
    <>
      <Anchor name="monitoring.use">
        <CodeSelect
          label={t("land-reports.monitoring.use")}
          list="land-use"
          codes={codeLists["land-use"]}
          required
          value={value.use}
          onChange={(use) => change({ use })}
        />
      </Anchor>
      <Anchor name="monitoring.asPlanned">
        <RadioGroup
          legend={t("land-reports.monitoring.asPlanned")}
          value={value.asPlanned === null ? "" : String(value.asPlanned)}
          onChange={(answer) => change({ asPlanned: answer === "true" })}
          options={[
            { value: "true", label: t("ui.yes") },
            { value: "false", label: t("ui.no") },
          ]}
        />
      </Anchor>
      <Checkbox
        label={t("land-reports.monitoring.disputes")}
        checked={value.disputes}
        onChange={(disputes) => change({ disputes })}
      />
      <NumberField
        integer
        min={0}
        label={t("land-reports.monitoring.items")}
        value={value.itemsFoundSince}
        onChange={(items) => change({ itemsFoundSince: items ?? 0 })}
      />
      <PeopleFields
        legend={t("land-reports.monitoring.users")}
        value={value.users}
        onChange={(users) => change({ users })}
      />
    </>
  );
}
