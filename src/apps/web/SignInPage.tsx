import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SessionInfo } from "../../platform/access/contract.ts";
import { RequestProblem } from "../../platform/contract/client.ts";
import { latinDigits } from "../../platform/i18n/digits.ts";
import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { useAddress, useGo } from "../../platform/ui/address.ts";
import { Button, buttonClass } from "../../platform/ui/Button.tsx";
import { Form } from "../../platform/ui/Form.tsx";
import { PageHeader } from "../../platform/ui/PageHeader.tsx";
import { problemOf } from "../../platform/ui/problem-text.ts";
import { useCountryName } from "../../platform/ui/records/records-context.ts";
import surfaces from "../../platform/ui/surfaces.module.css";
import { TextField } from "../../platform/ui/TextField.tsx";
import { passkeysWork, signInWithPasskey } from "./passkey.ts";
import { safeReturn } from "./safe-return.ts";
import { access, adoptSession, useSystem } from "./session.ts";
import styles from "./sign-in.module.css";

const serviceRefused = new RequestProblem({
  type: "about:blank",
  status: 401,
  code: "access.oidc-refused",
  params: {},
});

/** Signing in: password, then a one-time code when the account asks for one; or a passkey, or another service. */
export function SignInPage() {
  const { t } = useText();
  const system = useSystem();
  const queries = useQueryClient();
  const go = useGo();
  const countryName = useCountryName();
  const [{ from, error: refusal }] = useAddress();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [codeStep, setCodeStep] = useState(false);

  const enter = (session: SessionInfo) => {
    adoptSession(queries, session);
    go(safeReturn(from), { replace: true });
  };
  const send = useMutation({
    mutationFn: () =>
      access.signIn({
        body: { email: email.trim(), password, ...(codeStep ? { code: latinDigits(code).replace(/\s/g, "") } : {}) },
      }),
    onSuccess: async (session) => enter(session.account ? session : await access.session({})),
    onError: (error) => {
      if (problemOf(error).code === "access.code-needed") setCodeStep(true);
    },
  });
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter });

  const own = send.error && problemOf(send.error).code !== "access.code-needed" ? send.error : passkey.error;
  // The other service sends people back with its reason, which is not for them to read.
  const problem = own ?? (refusal && send.isIdle && passkey.isIdle ? serviceRefused : null);
  const accounts = system.data?.sampleAccounts ?? [];
  return (
    <div className={styles.page}>
      <section className={`${surfaces.card} ${styles.form}`}>
        <PageHeader title={t("access.sign-in")} lead={t("access.sign-in.lead")} />
        <Form onSubmit={() => send.mutate()} problem={problem}>
          {codeStep ? (
            <TextField
              label={t("access.code")}
              hint={t("access.code.hint")}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              value={code}
              onChange={setCode}
            />
          ) : (
            <>
              <TextField
                label={t("access.email")}
                type="email"
                autoComplete="username webauthn"
                value={email}
                onChange={setEmail}
              />
              <TextField
                label={t("access.password")}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={setPassword}
              />
            </>
          )}
          <div className={surfaces.row}>
            <Button type="submit" tone="primary" busy={send.isPending}>
              {t(codeStep ? "access.code.send" : "access.sign-in")}
            </Button>
            {codeStep && (
              <Button
                onClick={() => {
                  setCodeStep(false);
                  setCode("");
                  send.reset();
                }}
              >
                {t("ui.back")}
              </Button>
            )}
          </div>
        </Form>
        {!codeStep && system.data?.signIn.passkey && passkeysWork() && (
          <Button icon="key" busy={passkey.isPending} onClick={() => passkey.mutate()}>
            {t("access.passkey")}
          </Button>
        )}
        {!codeStep &&
          system.data?.signIn.oidc.map((service) => (
            <a
              key={service.id}
              className={buttonClass()}
              href={`/api/session/oidc/${encodeURIComponent(service.id)}?from=${encodeURIComponent(safeReturn(from))}`}
            >
              {t("access.oidc", { name: service.name })}
            </a>
          ))}
      </section>
      {accounts.length > 0 && (
        <section className={surfaces.stack} aria-labelledby="sample-accounts">
          <h2 id="sample-accounts">{t("access.sample-accounts")}</h2>
          <p className={surfaces.muted}>{t("access.sample-accounts.hint")}</p>
          <ul className={styles.accounts}>
            {accounts.map((account) => (
              <li key={account.email}>
                <button
                  type="button"
                  className={styles.accountButton}
                  onClick={() => {
                    setEmail(account.email);
                    setPassword(account.password);
                    setCodeStep(false);
                    send.reset();
                  }}
                >
                  <strong>
                    {t("access.grant", {
                      role: t(`role.${account.role}`),
                      country: account.country ? countryName(account.country) : t("app.country.all"),
                    })}
                  </strong>
                  <span className={`${surfaces.small} ${surfaces.muted}`}>{account.email}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
