import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { useCountryName, useRecordTitle, useTarget } from "../../ui/records/records-context.ts";
import surfaces from "../../ui/surfaces.module.css";
import type { AccountInfo, GrantInfo } from "../contract-administration.ts";
import { access, useRefresh } from "./client.ts";
import { emptyGrant, GrantFields, grantOf } from "./GrantFields.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

/** One grant in words: role, country, organisation. */
function GrantText({ grant }: { grant: GrantInfo }) {
  const { t } = useText();
  const countryName = useCountryName();
  const section = useTarget({ kind: "organisation" });
  const { title } = useRecordTitle(section, grant.country ?? "", grant.organisation);
  const country = grant.country ? countryName(grant.country) : t("app.country.all");
  const words = t("access.grant", { role: t(`role.${grant.role}`), country });
  return <span>{title ? t("access.grant.for", { grant: words, organisation: title }) : words}</span>;
}

/** One account: its grants, a link for a new password, closing and opening. */
export function AccountDialog(props: {
  account: AccountInfo;
  countries: readonly string[] | null;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { account } = props;
  const { id } = account;
  const refresh = useRefresh("accounts", "session");
  const [draft, setDraft] = useState({ ...emptyGrant, country: props.countries?.[0] ?? "" });
  const [removeTwoFactor, setRemoveTwoFactor] = useState(false);
  const [asking, setAsking] = useState(false);
  const grant = useMutation({
    mutationFn: () => access.grant({ params: { id }, body: grantOf(draft) }),
    onSuccess: refresh,
  });
  const revoke = useMutation({
    mutationFn: (grantId: string) => access.revoke({ params: { id, grant: grantId } }),
    onSuccess: refresh,
  });
  const link = useMutation({
    mutationFn: () => access.makeLink({ params: { id }, body: { removeTwoFactor } }),
    onSuccess: refresh,
  });
  const disable = useMutation({
    mutationFn: () => (account.disabled ? access.enable({ params: { id } }) : access.disable({ params: { id } })),
    onSuccess: async () => {
      setAsking(false);
      await refresh();
    },
  });
  const may = (what: AccountInfo["allowed"][number]) => account.allowed.includes(what);
  return (
    <Dialog open title={account.name} onClose={props.onClose}>
      <div className={surfaces.stack}>
        <p className={surfaces.muted}>{account.email}</p>
        <section className={surfaces.stack} aria-labelledby="account-grants">
          <h3 id="account-grants">{t("access.grants")}</h3>
          {account.grants.length === 0 && <p className={surfaces.muted}>{t("access.grants.none")}</p>}
          <ul className={surfaces.stack}>
            {account.grants.map((held) => (
              <li key={held.id} className={`${surfaces.row} ${surfaces.spread}`}>
                <GrantText grant={held} />
                {may("revoke") && (
                  <Button small tone="quiet" busy={revoke.isPending} onClick={() => revoke.mutate(held.id)}>
                    {t("access.revoke")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {revoke.error && <ProblemNotice problem={revoke.error} />}
          {may("grant") && (
            <Form onSubmit={() => grant.mutate()} problem={grant.error}>
              <GrantFields value={draft} onChange={setDraft} countries={props.countries} />
              <div>
                <Button type="submit" icon="add" busy={grant.isPending}>
                  {t("access.grant.add")}
                </Button>
              </div>
            </Form>
          )}
        </section>
        {may("reset-link") && (
          <section className={surfaces.stack} aria-labelledby="account-link">
            <h3 id="account-link">{t("access.link")}</h3>
            <p className={surfaces.muted}>{t("access.link.lead")}</p>
            {account.twoFactor && (
              <Checkbox
                label={t("access.link.remove-two-factor")}
                hint={t("access.link.remove-two-factor.hint")}
                checked={removeTwoFactor}
                onChange={setRemoveTwoFactor}
              />
            )}
            {link.data ? (
              <ShownOnce
                title={t("access.link.ready", { name: account.name })}
                hint={t("access.link.hint", { until: text.format.dateTime(link.data.expiresAt) })}
                value={link.data.link}
              />
            ) : (
              <div>
                <Button icon="key" busy={link.isPending} onClick={() => link.mutate()}>
                  {t("access.link.make")}
                </Button>
              </div>
            )}
            {link.error && <ProblemNotice problem={link.error} />}
          </section>
        )}
        {(may("disable") || may("enable")) && (
          <section className={surfaces.stack} aria-labelledby="account-close">
            <h3 id="account-close">{t(account.disabled ? "access.enable" : "access.disable")}</h3>
            <p className={surfaces.muted}>{t(account.disabled ? "access.enable.lead" : "access.disable.lead")}</p>
            {disable.error && <ProblemNotice problem={disable.error} />}
            <div className={surfaces.row}>
              {account.disabled || asking ? (
                <>
                  <Button
                    tone={account.disabled ? "plain" : "danger"}
                    busy={disable.isPending}
                    onClick={() => disable.mutate()}
                  >
                    {t(account.disabled ? "access.enable" : "access.disable.confirm")}
                  </Button>
                  {asking && <Button onClick={() => setAsking(false)}>{t("ui.cancel")}</Button>}
                </>
              ) : (
                <Button tone="danger" icon="lock" onClick={() => setAsking(true)}>
                  {t("access.disable")}
                </Button>
              )}
            </div>
          </section>
        )}
      </div>
    </Dialog>
  );
}
