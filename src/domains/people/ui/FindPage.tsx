import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { sexes } from "../model.ts";
import { people } from "./client.ts";
import { HitList } from "./HitList.tsx";
import { RegisterForm } from "./RegisterForm.tsx";

/** Finds people by a spelling of their name; whoever is not found can be entered from here. */
export function FindPage() {
  const text = useText();
  const { t } = text;
  const { home } = useRecords();
  const [address] = useAddress();
  const [country, setCountry] = useState(address.country ?? home ?? "");
  const [name, setName] = useState("");
  const [sex, setSex] = useState("");
  const [birthYear, setBirthYear] = useState<number | null>(null);
  const [tried, setTried] = useState(false);
  const [entering, setEntering] = useState(false);
  const search = useMutation({
    mutationFn: () =>
      people.search({
        body: { country, name, ...(sex ? { sex } : {}), ...(birthYear === null ? {} : { birthYear }) },
      }),
    onSuccess: () => setEntering(false),
  });
  const short = name.trim().length < 2;
  const answer = search.data;
  return (
    <>
      <PageHeader title={t("people.find.title")} lead={t("people.find.lead")} />
      <div className={surfaces.stack}>
        <section className={`${surfaces.card} ${surfaces.pad}`} aria-label={t("people.find.title")}>
          <Form
            problem={search.error}
            onSubmit={() => {
              setTried(true);
              if (!short && country) search.mutate();
            }}
          >
            <div className={surfaces.gridTwo}>
              <TextField
                label={t("people.find.name")}
                hint={t("people.find.name.hint")}
                required
                value={name}
                autoComplete="off"
                maxLength={200}
                problem={tried && short ? t("people.find.name.short") : null}
                onChange={setName}
              />
              {home === null && (
                <CountrySelect required value={country} empty={t("people.find.country")} onChange={setCountry} />
              )}
              <Select
                label={text.field("people.person", "sex")}
                value={sex}
                empty={t("people.find.any")}
                options={sexes.map((each) => ({ value: each, label: text.code("sex", each) }))}
                onChange={setSex}
              />
              <NumberField
                label={text.field("people.person", "birthYear")}
                integer
                min={1850}
                max={2200}
                value={birthYear}
                onChange={setBirthYear}
              />
            </div>
            <div className={surfaces.row}>
              <Button type="submit" tone="primary" icon="search" busy={search.isPending}>
                {t("people.find.send")}
              </Button>
              <span className={surfaces.muted}>{t("people.find.logged")}</span>
            </div>
          </Form>
        </section>
        {answer && !entering && (
          <section className={surfaces.card} aria-labelledby="found" aria-live="polite">
            <div className={surfaces.panelHead}>
              <h2 id="found">{t("people.find.found", { count: answer.hits.length })}</h2>
              <Button icon="add" onClick={() => setEntering(true)}>
                {t("people.find.enter")}
              </Button>
            </div>
            {answer.hits.length === 0 ? (
              <EmptyState icon="person" title={t("people.find.none")}>
                {t("people.find.none.hint")}
              </EmptyState>
            ) : (
              <HitList hits={answer.hits} country={country} references={answer.references} />
            )}
            {answer.more && <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("people.find.more")}</p>}
          </section>
        )}
        {entering && (
          <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="enter">
            <h2 id="enter">{t("people.register.title")}</h2>
            <RegisterForm
              country={country}
              initial={{ name: name.trim(), sex, birthYear }}
              onCancel={() => setEntering(false)}
            />
          </section>
        )}
      </div>
    </>
  );
}
