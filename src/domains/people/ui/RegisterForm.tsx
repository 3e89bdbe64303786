import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { addressOf, useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { recordPath } from "../../../platform/ui/records/section.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { PartialDate } from "../../../platform/ui/typed-values.ts";
import { person } from "../contract.ts";
import { sexes } from "../model.ts";
import { people } from "./client.ts";
import { HitList } from "./HitList.tsx";
import { persons } from "./index.ts";

const pickerOf = (name: "unit" | "organisation") => {
  const field = person.fields[name];
  if (!field) throw new Error(`people.person has no field ${name}`);
  return field;
};
const unitField = pickerOf("unit");
const organisationField = pickerOf("organisation");

/**
 * Enters a person with its identity. What was typed is kept in this page only: names are not left in the browser. Whoever
 * may be entered already is shown before anything is stored.
 */
export function RegisterForm(props: {
  country: string;
  initial: { name: string; sex: string; birthYear: number | null };
  onCancel: () => void;
}) {
  const text = useText();
  const { t } = text;
  const go = useGo();
  const toast = useToast();
  const queries = useQueryClient();
  const [name, setName] = useState(props.initial.name);
  const [latin, setLatin] = useState("");
  const [sex, setSex] = useState(props.initial.sex);
  const [birth, setBirth] = useState<PartialDate | null>(null);
  const [birthYear, setBirthYear] = useState(props.initial.birthYear);
  const [estimated, setEstimated] = useState(false);
  const [unit, setUnit] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [phone, setPhone] = useState("");
  const [safe, setSafe] = useState(false);
  const [document, setDocument] = useState("");
  const [address, setAddress] = useState("");
  const [tried, setTried] = useState(false);
  const identity = () => {
    const precision = birth ? birth.precision : estimated ? ("estimated" as const) : ("year" as const);
    const year = birth ? Number(birth.date.slice(0, 4)) : birthYear;
    return {
      ...(name.trim() ? { names: [{ full: name.trim(), ...(latin.trim() ? { latin: latin.trim() } : {}) }] } : {}),
      ...(year === null
        ? {}
        : { birth: { precision, year, ...(birth?.precision === "day" ? { date: birth.date } : {}) } }),
      ...(phone.trim() ? { contacts: [{ kind: "phone" as const, value: phone.trim(), safe }] } : {}),
      ...(document.trim() ? { documents: [{ kind: "national-identity-card" as const, number: document.trim() }] } : {}),
      ...(address.trim() ? { residence: { address: address.trim() } } : {}),
    };
  };
  const send = useMutation({
    mutationFn: (distinct: boolean) =>
      people.register({
        body: {
          country: props.country,
          values: { sex, ...(unit ? { unit } : {}), ...(organisation ? { organisation } : {}) },
          identity: identity(),
          distinct,
        },
      }),
    onSuccess: async ({ record }) => {
      if (!record) return;
      toast({ text: t("people.register.done", { code: String(record.code) }) });
      await queries.invalidateQueries({ queryKey: ["records", person.name] });
      go(addressOf(recordPath(persons, { country: props.country, id: String(record.id) })));
    },
  });
  const possible = send.data && !send.data.record ? send.data : null;
  const problemOf = (field: string) => fieldProblem(text, send.error, field);
  const missing = (value: string) => (tried && value.trim() === "" ? t("people.register.missing") : null);
  return (
    <Form
      problem={send.error}
      onSubmit={() => {
        setTried(true);
        if (name.trim() && sex) send.mutate(false);
      }}
    >
      <p className={surfaces.muted}>{t("people.register.lead")}</p>
      <FieldSet legend={t("people.register.facts")}>
        <div className={surfaces.gridTwo}>
          <Select
            label={text.field(person.name, "sex")}
            required
            value={sex}
            empty={t("people.register.choose")}
            problem={missing(sex) ?? problemOf("sex")}
            options={sexes.map((each) => ({ value: each, label: text.code("sex", each) }))}
            onChange={setSex}
          />
          <RecordPicker
            label={text.field(person.name, "unit")}
            field={unitField}
            country={props.country}
            value={unit}
            problem={problemOf("unit")}
            onChange={setUnit}
          />
          <RecordPicker
            label={text.field(person.name, "organisation")}
            field={organisationField}
            country={props.country}
            value={organisation}
            problem={problemOf("organisation")}
            onChange={setOrganisation}
          />
        </div>
      </FieldSet>
      <FieldSet legend={t("people.register.identity")} hint={t("people.register.identity.hint")}>
        <div className={surfaces.gridTwo}>
          <TextField
            label={text.code("identity-part", "names")}
            hint={t("people.register.name.hint")}
            required
            autoComplete="off"
            maxLength={200}
            value={name}
            problem={missing(name) ?? problemOf("names")}
            onChange={setName}
          />
          <TextField
            label={t("people.register.latin")}
            hint={t("people.register.latin.hint")}
            autoComplete="off"
            maxLength={200}
            value={latin}
            onChange={setLatin}
          />
          <DateField
            label={text.code("identity-part", "birth")}
            partial
            value={birth}
            problem={problemOf("birth")}
            onChange={setBirth}
          />
          {birth === null && (
            <div className={surfaces.stack}>
              <NumberField
                label={text.field(person.name, "birthYear")}
                integer
                min={1850}
                max={2200}
                value={birthYear}
                problem={problemOf("birthYear")}
                onChange={setBirthYear}
              />
              <Checkbox label={t("people.register.estimated")} checked={estimated} onChange={setEstimated} />
            </div>
          )}
          <div className={surfaces.stack}>
            <TextField
              label={text.code("contact-kind", "phone")}
              inputMode="tel"
              autoComplete="off"
              maxLength={200}
              value={phone}
              onChange={setPhone}
            />
            {phone.trim() !== "" && (
              <Checkbox
                label={t("people.register.safe")}
                hint={t("people.register.safe.hint")}
                checked={safe}
                onChange={setSafe}
              />
            )}
          </div>
          <TextField
            label={text.code("document-kind", "national-identity-card")}
            autoComplete="off"
            maxLength={100}
            value={document}
            onChange={setDocument}
          />
          <TextField
            label={text.code("identity-part", "residence")}
            autoComplete="off"
            maxLength={500}
            value={address}
            onChange={setAddress}
          />
        </div>
      </FieldSet>
      {possible && (
        <section aria-labelledby="possible" className={surfaces.stack}>
          <h3 id="possible">{t("people.register.possible", { count: possible.possible.length })}</h3>
          <p>{t("people.register.possible.hint")}</p>
          <HitList hits={possible.possible} country={props.country} references={possible.references} />
        </section>
      )}
      <div className={surfaces.row}>
        {possible ? (
          <Button tone="primary" busy={send.isPending} onClick={() => send.mutate(true)}>
            {t("people.register.distinct")}
          </Button>
        ) : (
          <Button type="submit" tone="primary" busy={send.isPending}>
            {t("people.register.send")}
          </Button>
        )}
        <Button onClick={props.onCancel}>{t("ui.cancel")}</Button>
      </div>
    </Form>
  );
}
