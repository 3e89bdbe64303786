import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { IdentityPart } from "../../data-protection/model.ts";
import { type Identity, type IdentityChanges, person } from "../contract.ts";
import { birthPrecisions, contactKinds, documentKinds, nameKinds } from "../model.ts";
import { people } from "./client.ts";
import { PhotographField } from "./PhotographField.tsx";

type Names = NonNullable<Identity["names"]>;
type Contacts = NonNullable<Identity["contacts"]>;
type Documents = NonNullable<Identity["documents"]>;
type Birth = NonNullable<Identity["birth"]>;

/** Texts that say nothing are no texts. */
const trimmed = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, typeof each === "string" ? each.trim() : each])
      .filter(([, each]) => each !== "" && each !== undefined),
  ) as T;

/** The parts that differ from what was opened; a part without anything in it is taken away. */
export function changesOf(before: Identity, after: Identity, parts: readonly IdentityPart[]): IdentityChanges {
  const said = (value: unknown) =>
    value === undefined || (Array.isArray(value) ? value.length === 0 : Object.keys(value as object).length === 0)
      ? null
      : value;
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [was, is] = [said(before[part]), said(after[part])];
      return JSON.stringify(was) === JSON.stringify(is) ? [] : [[part, is]];
    }),
  ) as IdentityChanges;
}

function Rows<T>(props: {
  legend: string;
  add: string;
  remove: (n: number) => string;
  rows: readonly T[];
  empty: T;
  problem: string | null;
  onChange: (rows: T[]) => void;
  children: (row: T, set: (change: Partial<T>) => void) => ReactNode;
}) {
  const { t } = useText();
  const { rows, onChange } = props;
  return (
    <FieldSet legend={props.legend} problem={props.problem}>
      <div className={surfaces.stack}>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; rows have no names of their own
          <div key={at} className={surfaces.stack}>
            <div className={surfaces.gridTwo}>
              {props.children(row, (change) =>
                onChange(rows.map((each, n) => (n === at ? { ...each, ...change } : each))),
              )}
            </div>
            <div>
              <Button
                small
                icon="close"
                aria-label={props.remove(at + 1)}
                onClick={() => onChange(rows.filter((_, n) => n !== at))}
              >
                {t("people.change.take-away")}
              </Button>
            </div>
          </div>
        ))}
        {rows.length < 10 && (
          <div>
            <Button small icon="add" onClick={() => onChange([...rows, props.empty])}>
              {props.add}
            </Button>
          </div>
        )}
      </div>
    </FieldSet>
  );
}

/**
 * Changes parts of an identity that was opened, or writes down one that was never held. What was there before is gone;
 * which parts changed, and why, is on record. Nothing is left in the browser.
 */
export function IdentityForm(props: {
  record: RecordItem;
  identity: Identity;
  /** The parts that were opened: the others are not shown and stay. */
  parts: readonly IdentityPart[];
  onDone: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { record, identity, parts } = props;
  const { country, id, revision } = record;
  const queries = useQueryClient();
  const toast = useToast();
  const [names, setNames] = useState<Names>(identity.names ?? [{ full: "", kind: "official" }]);
  const [birth, setBirth] = useState<Partial<Birth>>(identity.birth ?? {});
  const [contacts, setContacts] = useState<Contacts>(identity.contacts ?? []);
  const [documents, setDocuments] = useState<Documents>(identity.documents ?? []);
  const [household, setHousehold] = useState(identity.household ?? {});
  const [residence, setResidence] = useState(identity.residence ?? {});
  const [photograph, setPhotograph] = useState(identity.photograph);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const after = (): Identity => ({
    names: names.map(trimmed).filter(({ full }) => full),
    ...(birth.date || birth.year
      ? { birth: trimmed({ ...birth, precision: birth.precision ?? (birth.date ? "day" : "year") }) as Birth }
      : {}),
    contacts: contacts.map(trimmed).filter(({ value }) => value),
    documents: documents.map(trimmed).filter(({ number }) => number),
    household: trimmed(household),
    residence: trimmed(residence),
    ...(photograph ? { photograph } : {}),
  });
  const changes = changesOf(identity, after(), parts);
  const unchanged = Object.keys(changes).length === 0;
  const send = useMutation({
    mutationFn: () =>
      people.changeIdentity({ params: { country, id }, body: { revision, changes, reason: reason.trim() } }),
    gcTime: 0,
    onSuccess: async () => {
      toast({ text: t("people.change.done") });
      props.onDone();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["record", person.name, country, id] }),
        queries.invalidateQueries({ queryKey: ["history"] }),
      ]);
    },
  });
  const short = reason.trim().length < 3;
  const has = (part: IdentityPart) => parts.includes(part);
  const problemOf = (part: IdentityPart) =>
    fieldProblem(text, send.error, part) ?? fieldProblem(text, send.error, `changes.${part}`);
  const kinds = (list: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: text.code(list, value) }));
  const part = (name: IdentityPart) => text.code("identity-part", name);
  const removeOf = (name: IdentityPart) => (n: number) => t("people.change.remove", { part: part(name), n });
  return (
    <Form
      problem={send.error}
      onSubmit={() => {
        setTried(true);
        if (!short && !unchanged) send.mutate();
      }}
    >
      <p className={surfaces.muted}>{t("people.change.lead")}</p>
      {has("names") && (
        <Rows
          legend={part("names")}
          add={t("people.change.add-name")}
          remove={removeOf("names")}
          rows={names}
          empty={{ full: "", kind: "called" as const }}
          problem={problemOf("names")}
          onChange={setNames}
        >
          {(row, set) => (
            <>
              <TextField
                label={t("people.change.full")}
                required
                autoComplete="off"
                maxLength={200}
                value={row.full}
                onChange={(full) => set({ full })}
              />
              <TextField
                label={t("people.register.latin")}
                autoComplete="off"
                maxLength={200}
                value={row.latin ?? ""}
                onChange={(latin) => set({ latin })}
              />
              <TextField
                label={t("people.change.given")}
                autoComplete="off"
                maxLength={100}
                value={row.given ?? ""}
                onChange={(given) => set({ given })}
              />
              <TextField
                label={t("people.change.family")}
                autoComplete="off"
                maxLength={100}
                value={row.family ?? ""}
                onChange={(family) => set({ family })}
              />
              <Select
                label={t("people.change.kind")}
                value={row.kind}
                options={kinds("name-kind", nameKinds)}
                onChange={(kind) => set({ kind: kind as (typeof nameKinds)[number] })}
              />
            </>
          )}
        </Rows>
      )}
      {has("birth") && (
        <FieldSet legend={part("birth")} problem={problemOf("birth")}>
          <div className={surfaces.gridTwo}>
            <DateField
              label={t("people.change.birth-date")}
              value={birth.date ? { date: birth.date, precision: "day" } : null}
              onChange={(value) => {
                const { date: _, ...rest } = birth;
                setBirth(
                  value
                    ? { ...rest, date: value.date, year: Number(value.date.slice(0, 4)), precision: "day" }
                    : { ...rest, precision: "year" },
                );
              }}
            />
            <NumberField
              label={text.field(person.name, "birthYear")}
              integer
              min={1850}
              max={2200}
              value={birth.year ?? null}
              onChange={(year) => {
                const { year: _, ...rest } = birth;
                setBirth(year === null ? rest : { ...rest, year });
              }}
            />
            <Select
              label={t("people.change.precision")}
              value={birth.precision ?? "year"}
              options={kinds("birth-precision", birthPrecisions)}
              onChange={(precision) => setBirth({ ...birth, precision: precision as Birth["precision"] })}
            />
            <TextField
              label={t("people.change.birth-place")}
              autoComplete="off"
              maxLength={300}
              value={birth.place ?? ""}
              onChange={(place) => setBirth({ ...birth, place })}
            />
          </div>
        </FieldSet>
      )}
      {has("contacts") && (
        <Rows
          legend={part("contacts")}
          add={t("people.change.add-contact")}
          remove={removeOf("contacts")}
          rows={contacts}
          empty={{ kind: "phone" as const, value: "", safe: false }}
          problem={problemOf("contacts")}
          onChange={setContacts}
        >
          {(row, set) => (
            <>
              <Select
                label={t("people.change.kind")}
                value={row.kind}
                options={kinds("contact-kind", contactKinds)}
                onChange={(kind) => set({ kind: kind as (typeof contactKinds)[number] })}
              />
              <TextField
                label={t("people.change.value")}
                required
                autoComplete="off"
                maxLength={200}
                value={row.value}
                onChange={(value) => set({ value })}
              />
              <Checkbox
                label={t("people.contact.safe")}
                hint={t("people.register.safe.hint")}
                checked={row.safe}
                onChange={(safe) => set({ safe })}
              />
            </>
          )}
        </Rows>
      )}
      {has("documents") && (
        <Rows
          legend={part("documents")}
          add={t("people.change.add-document")}
          remove={removeOf("documents")}
          rows={documents}
          empty={{ kind: "national-identity-card" as const, number: "" }}
          problem={problemOf("documents")}
          onChange={setDocuments}
        >
          {(row, set) => (
            <>
              <Select
                label={t("people.change.kind")}
                value={row.kind}
                options={kinds("document-kind", documentKinds)}
                onChange={(kind) => set({ kind: kind as (typeof documentKinds)[number] })}
              />
              <TextField
                label={t("people.change.number")}
                required
                autoComplete="off"
                maxLength={100}
                value={row.number}
                onChange={(number) => set({ number })}
              />
            </>
          )}
        </Rows>
      )}
      {(has("household") || has("residence")) && (
        <FieldSet
          legend={[has("household") && part("household"), has("residence") && part("residence")]
            .filter(Boolean)
            .join(" · ")}
          problem={problemOf("household") ?? problemOf("residence")}
        >
          <div className={surfaces.gridTwo}>
            {has("household") && (
              <>
                <TextField
                  label={t("people.change.head")}
                  autoComplete="off"
                  maxLength={200}
                  value={household.head ?? ""}
                  onChange={(head) => setHousehold({ ...household, head })}
                />
                <NumberField
                  label={t("people.change.members")}
                  integer
                  min={1}
                  max={99}
                  value={household.members ?? null}
                  onChange={(members) => {
                    const { members: _, ...rest } = household;
                    setHousehold(members === null ? rest : { ...rest, members });
                  }}
                />
              </>
            )}
            {has("residence") && (
              <>
                <TextField
                  label={t("people.change.address")}
                  autoComplete="off"
                  maxLength={500}
                  value={residence.address ?? ""}
                  onChange={(address) => setResidence({ ...residence, address })}
                />
                <TextField
                  label={t("people.change.directions")}
                  autoComplete="off"
                  maxLength={1000}
                  value={residence.directions ?? ""}
                  onChange={(directions) => setResidence({ ...residence, directions })}
                />
              </>
            )}
          </div>
        </FieldSet>
      )}
      {has("photograph") && (
        <PhotographField value={photograph} problem={problemOf("photograph")} onChange={setPhotograph} />
      )}
      <TextField
        label={t("people.change.reason")}
        hint={t("people.no-names")}
        required
        maxLength={2000}
        value={reason}
        problem={tried && short ? t("people.register.missing") : null}
        onChange={setReason}
      />
      {tried && unchanged && <p role="alert">{t("people.change.nothing")}</p>}
      <div className={surfaces.row}>
        <Button type="submit" tone="primary" busy={send.isPending}>
          {t("people.change.send")}
        </Button>
        <Button onClick={props.onDone}>{t("ui.cancel")}</Button>
      </div>
    </Form>
  );
}
