import { APIError } from "@better-auth/core/error";
import { passkey } from "@better-auth/passkey";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins/two-factor";
import type { Database } from "../database/types.ts";
import { newId } from "../kernel/ids.ts";
import { accountDatabase } from "./elevated.ts";
import { hashPassword, passwordLength, verifyPassword } from "./passwords.ts";

/** How long sessions live, in seconds: unused, at the most, and before their token is replaced. */
export const sessionLife = { idle: 12 * 3600, absolute: 14 * 24 * 3600, rotation: 3600 } as const;

/** How long the token before the current one still works, in seconds, for requests already on their way. */
export const rotationGrace = 60;

/** What the configuration of accounts depends on. */
export interface AuthSettings {
  database: Database;
  secret: string;
  /** The address at which people reach the node, e.g. `https://mine-action.example.org`. */
  publicAddress: string;
}

/** Options common to every use of the account library: tables, sessions, passwords. */
export function authOptions({ database, secret, publicAddress }: AuthSettings) {
  const origin = new URL(publicAddress).origin;
  const accounts = accountDatabase(database.owner);
  return {
    appName: "Santi",
    baseURL: origin,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [origin],
    database: { db: accounts, type: "postgres" as const, transaction: false },
    telemetry: { enabled: false },
    // What the library logs can hold addresses of people; failures reach the caller as problems.
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: 500,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      modelName: "auth_user",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
      additionalFields: {
        language: { type: "string" as const, required: false, input: false },
        disabled: { type: "boolean" as const, required: true, defaultValue: false, input: false },
        sample: { type: "boolean" as const, required: true, defaultValue: false, input: false },
      },
    },
    session: {
      modelName: "auth_session",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      additionalFields: {
        lastSeenAt: { type: "date" as const, required: false, input: false, fieldName: "last_seen_at" },
        rotatedAt: { type: "date" as const, required: false, input: false, fieldName: "rotated_at" },
        previousToken: {
          type: "string" as const,
          required: false,
          input: false,
          returned: false,
          fieldName: "previous_token",
        },
      },
      expiresIn: sessionLife.absolute,
      // The end of a session is fixed at its start; idleness is measured by `last_seen_at`.
      disableSessionRefresh: true,
      freshAge: 0,
    },
    account: {
      modelName: "auth_account",
      fields: {
        accountId: "account_id",
        providerId: "provider_id",
        userId: "user_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      encryptOAuthTokens: true,
    },
    verification: {
      modelName: "auth_verification",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    advanced: {
      cookiePrefix: "santi",
      useSecureCookies: origin.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" as const, path: "/" },
      // The library would look at the schema on a connection of its own while a transaction waits for it; a test does.
      database: { generateId: () => newId(), validateSchema: false },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: {
        create: {
          // Every way to sign in ends here, so a disabled account gets in by none.
          async before(session: { userId: string }) {
            const user = await accounts
              .selectFrom("auth_user")
              .select("disabled")
              .where("id", "=", session.userId)
              .executeTakeFirst();
            return user && !user.disabled ? undefined : false;
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
}

/** Plugins of the account library with their tables. */
export function authPlugins(publicAddress: string) {
  return [
    twoFactor({
      issuer: `Santi ${new URL(publicAddress).host}`,
      schema: {
        twoFactor: {
          modelName: "auth_two_factor",
          fields: {
            backupCodes: "backup_codes",
            userId: "user_id",
            failedVerificationCount: "failed_verification_count",
            lockedUntil: "locked_until",
          },
        },
        user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
      },
    }),
    passkey({
      rpName: "Santi",
      rpID: new URL(publicAddress).hostname,
      origin: new URL(publicAddress).origin,
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      // A passkey stands for password and second factor at once, so the device must have checked who holds it.
      registration: {
        async afterVerification({ verification }) {
          if (!verification.registrationInfo?.userVerified) throw new APIError("UNAUTHORIZED");
        },
      },
      authentication: {
        async afterVerification({ verification }) {
          if (!verification.authenticationInfo.userVerified) throw new APIError("UNAUTHORIZED");
        },
      },
      schema: {
        passkey: {
          modelName: "auth_passkey",
          fields: {
            publicKey: "public_key",
            userId: "user_id",
            credentialID: "credential_id",
            deviceType: "device_type",
            backedUp: "backed_up",
            createdAt: "created_at",
          },
        },
      },
    }),
  ];
}

/** The account library over our tables; its endpoints are called by this folder and not served. */
export function createAuth(settings: AuthSettings) {
  return betterAuth({ ...authOptions(settings), plugins: authPlugins(settings.publicAddress) });
}

export type Auth = ReturnType<typeof createAuth>;
