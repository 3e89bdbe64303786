import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { latinDigits } from "../../i18n/digits.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { StatusTag } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { access, useRefresh } from "./client.ts";
import { QrCode } from "./QrCode.tsx";
import { Section } from "./Section.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

/** Codes to write down, for the day when the authenticator is lost. */
function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useText();
  return (
    <ShownOnce
      title={t("access.backup-codes")}
      hint={t("access.backup-codes.hint")}
      value={codes.join("\n")}
      lines={codes}
    />
  );
}

/** The key inside an authenticator's address, for those who type it, in groups of four. */
function keyOf(uri: string): string {
  return (new URL(uri).searchParams.get("secret") ?? "").replace(/(.{4})(?=.)/g, "$1 ");
}

/** One-time codes as a second factor: turning them on with a first code, new backup codes, turning them off. */
export function TwoFactorSection() {
  const { t } = useText();
  const refresh = useRefresh("two-factor", "own-sessions");
  const state = useQuery({ queryKey: ["two-factor"], queryFn: ({ signal }) => access.twoFactor({}, { signal }) });
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const start = useMutation({ mutationFn: () => access.startTwoFactor({ body: { password } }) });
  const confirm = useMutation({
    mutationFn: () => access.confirmTwoFactor({ body: { code: latinDigits(code).replace(/\s/g, "") } }),
    onSuccess: refresh,
  });
  const disable = useMutation({
    mutationFn: () => access.disableTwoFactor({ body: { password } }),
    onSuccess: async () => {
      start.reset();
      confirm.reset();
      renew.reset();
      setPassword("");
      setCode("");
      await refresh();
    },
  });
  const renew = useMutation({
    mutationFn: () => access.newBackupCodes({ body: { password } }),
    onSuccess: () => setPassword(""),
  });
  const passwordField = (
    <TextField
      label={t("access.password.current")}
      hint={t("access.password.why")}
      type="password"
      autoComplete="current-password"
      required
      value={password}
      onChange={setPassword}
    />
  );
  const enrolling = start.data && !confirm.isSuccess;
  return (
    <Section title={t("access.two-factor")} lead={t("access.two-factor.lead")}>
      {state.isPending && <Skeleton lines={2} />}
      {state.error && <ProblemNotice problem={state.error} onRetry={() => void state.refetch()} />}
      {state.data && (
        <div>
          <StatusTag tone={state.data.on ? "good" : "neutral"} pattern={state.data.on ? "solid" : "hollow"}>
            {t(state.data.on ? "access.two-factor.on" : "access.two-factor.off")}
          </StatusTag>
        </div>
      )}
      {state.data && !state.data.hasPassword && <p className={surfaces.muted}>{t("access.two-factor.no-password")}</p>}
      {state.data?.hasPassword && !state.data.on && !enrolling && (
        <Form onSubmit={() => start.mutate()} problem={start.error}>
          {passwordField}
          <div>
            <Button type="submit" tone="primary" busy={start.isPending}>
              {t("access.two-factor.start")}
            </Button>
          </div>
        </Form>
      )}
      {enrolling && (
        <>
          <p>{t("access.two-factor.scan")}</p>
          <QrCode value={start.data.uri} label={t("access.two-factor.qr")} />
          <p>
            {t("access.two-factor.key")} <code className={surfaces.mono}>{keyOf(start.data.uri)}</code>
          </p>
          <BackupCodes codes={start.data.backupCodes} />
          <Form onSubmit={() => confirm.mutate()} problem={confirm.error}>
            <TextField
              label={t("access.code")}
              hint={t("access.two-factor.code-hint")}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              value={code}
              onChange={setCode}
            />
            <div>
              <Button type="submit" tone="primary" busy={confirm.isPending}>
                {t("access.two-factor.confirm")}
              </Button>
            </div>
          </Form>
        </>
      )}
      {state.data?.on && (
        <Form onSubmit={() => renew.mutate()} problem={renew.error ?? disable.error}>
          {renew.data && <BackupCodes codes={renew.data.backupCodes} />}
          {passwordField}
          <div className={surfaces.row}>
            <Button type="submit" busy={renew.isPending}>
              {t("access.backup-codes.new")}
            </Button>
            <Button tone="danger" busy={disable.isPending} onClick={() => disable.mutate()}>
              {t("access.two-factor.disable")}
            </Button>
          </div>
        </Form>
      )}
    </Section>
  );
}
