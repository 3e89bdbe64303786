import { type Command, Option } from "commander";
import { type Role, roles } from "../../platform/access/model.ts";
import type { Output } from "./output.ts";
import { withNode } from "./with-node.ts";

/** Nobody is given the role that everybody without an account has. */
type GrantableRole = Exclude<Role, "public">;

/** The commands that care for accounts, for whoever has the node's machine in hand. */
export function accountCommands(program: Command, output: Output): void {
  const { t } = output;
  const account = program.command("account").description(t("cli.account.description"));
  const asJson = (command: Command) => command.option("--json", t("cli.option.json"), false);
  const role = () =>
    new Option("--role <role>", t("cli.account.role")).choices(roles.filter((name) => name !== "public"));

  asJson(account.command("list"))
    .description(t("cli.account.list"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const accounts = await withNode(command, (node) => node.access.listAccounts());
      if (json) output.json(accounts);
      else if (accounts.length === 0) output.line(t("cli.account.none"));
      for (const { email, disabled, grants } of json ? [] : accounts) {
        const held = grants.map((grant) => `${grant.role}${grant.country ? `:${grant.country}` : ""}`).join(", ");
        output.line(`${email.padEnd(40)} ${disabled ? t("cli.account.disabled") : held}`);
      }
    });

  asJson(account.command("add").argument("<email>", t("cli.account.email")))
    .description(t("cli.account.add"))
    .requiredOption("--name <name>", t("cli.account.name"))
    .addOption(role().makeOptionMandatory())
    .option("--country <code>", t("cli.account.country"))
    .action(
      async (
        email: string,
        options: { name: string; role: GrantableRole; country?: string; json: boolean },
        command: Command,
      ) => {
        const { invitation } = await withNode(command, (node) =>
          node.access.createAccount({
            email,
            name: options.name,
            grants: [{ role: options.role, country: options.country ?? null, organisation: null }],
          }),
        );
        if (options.json) output.json({ email, invitation });
        else
          output.line(t("cli.account.invited", { link: invitation?.link ?? "", until: invitation?.expiresAt ?? "" }));
      },
    );

  account
    .command("grant")
    .argument("<email>", t("cli.account.email"))
    .description(t("cli.account.grant"))
    .addOption(role().makeOptionMandatory())
    .option("--country <code>", t("cli.account.country"))
    .action(async (email: string, options: { role: GrantableRole; country?: string }, command: Command) => {
      await withNode(command, (node) =>
        node.access.grant(email, { role: options.role, country: options.country ?? null, organisation: null }),
      );
      output.line(t("cli.account.granted", { email }));
    });

  asJson(account.command("reset-link").argument("<email>", t("cli.account.email")))
    .description(t("cli.account.reset"))
    .option("--remove-two-factor", t("cli.account.remove-two-factor"), false)
    .action(async (email: string, options: { removeTwoFactor: boolean; json: boolean }, command: Command) => {
      const made = await withNode(command, (node) => node.access.resetLink(email, options));
      if (options.json) output.json(made);
      else output.line(t("cli.account.reset-made", { link: made.link, until: made.expiresAt }));
    });

  for (const disabled of [true, false]) {
    const name = disabled ? "disable" : "enable";
    account
      .command(name)
      .argument("<email>", t("cli.account.email"))
      .description(t(`cli.account.${name}`))
      .action(async (email: string, _options: unknown, command: Command) => {
        await withNode(command, (node) => node.access.setDisabled(email, disabled));
        output.line(t(`cli.account.${name}-done`, { email }));
      });
  }
}
