import type { Language } from "../contract/fields.ts";
import { recordEvent } from "../events/index.ts";
import type { Context, Handlers } from "../http/handler.ts";
import { messageHash } from "../i18n/review.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { personNames } from "../records/references.ts";
import {
  type MessageState,
  type ReviewEntryOutput,
  translationProblems,
  type translationRoutes,
} from "./contract-translations.ts";
import { type MessageFault, messageFault, parsedMessage } from "./message-fault.ts";
import { changeOf, demandNode } from "./policy.ts";
import type { ShippedMessage, ShippedMessages } from "./shipped-messages.ts";
import { deleteWording, findWordings, lockWording, putWording, type StoredWording } from "./translation-store.ts";

/** A message of a language with the wording of this node, when it has one. */
interface Entry {
  shipped: ShippedMessage;
  wording: StoredWording | null;
  /** Whether the wording is shown: it was made for the English sentence of today. */
  inForce: boolean;
  message: string | null;
  state: MessageState;
  fault: MessageFault | null;
}

/** Joins what is shipped with the wording of this node; pure. */
export function joinWording(shipped: ShippedMessage, wording: StoredWording | null): Entry {
  const inForce = wording !== null && wording.english === shipped.english;
  const message = inForce ? wording.message : shipped.message;
  let state: MessageState = "missing";
  if (inForce) state = wording.state;
  else if (message !== null) state = shipped.reviewed ? "reviewed" : "draft";
  return { shipped, wording, inForce, message, state, fault: inForce ? null : shipped.fault };
}

function present(
  { shipped, wording, inForce, message, state, fault }: Entry,
  names: ReadonlyMap<string, string>,
): ReviewEntryOutput {
  return {
    key: shipped.key,
    area: shipped.area,
    english: shipped.english,
    shipped: shipped.message,
    message,
    state,
    own: inForce,
    outdated: wording && !inForce ? wording.message : null,
    fault: fault?.code ?? null,
    changedAt: wording?.changedAt ?? null,
    changedBy: wording?.changedBy ? (names.get(wording.changedBy) ?? null) : null,
  };
}

/** Spelling does not matter when looking for a message; the key is searched as it stands. */
function contains(entry: Entry, words: string): boolean {
  const wanted = words.normalize("NFC").toLowerCase();
  return [entry.shipped.key, entry.shipped.english, entry.message ?? ""].some((text) =>
    text.normalize("NFC").toLowerCase().includes(wanted),
  );
}

function matches(
  entry: Entry,
  query: { area?: string | undefined; state?: string | undefined; q?: string | undefined },
): boolean {
  if (query.area !== undefined && entry.shipped.area !== query.area) return false;
  if (
    query.state === "own"
      ? !entry.inForce
      : query.state === "faulty"
        ? entry.fault === null
        : query.state !== undefined && entry.state !== query.state
  )
    return false;
  return !query.q || contains(entry, query.q);
}

/** The handlers of wordings: reading, review, saving and handing over to developers. */
export function translationHandlers(messages: ShippedMessages): Handlers<typeof translationRoutes> {
  const entriesOf = async (context: Context, language: Language): Promise<Entry[]> => {
    const wordings = new Map((await findWordings(context.tx, language)).map((each) => [each.key, each]));
    return [...messages.of(language).values()].map((shipped) =>
      joinWording(shipped, wordings.get(shipped.key) ?? null),
    );
  };
  const shippedOf = (language: Language, key: string): ShippedMessage => {
    const shipped = messages.of(language).get(key);
    if (!shipped) throw new Problem(translationProblems["unknown-key"], { key });
    return shipped;
  };
  const presentAll = async (context: Context, entries: readonly Entry[]) => {
    const names = await personNames(
      context.tx,
      entries.map(({ wording }) => wording?.changedBy ?? null),
    );
    return entries.map((entry) => present(entry, names));
  };
  const presentOne = async (context: Context, entry: Entry) =>
    (await presentAll(context, [entry]))[0] as ReviewEntryOutput;

  return {
    async translations(context, { params }) {
      const entries = await entriesOf(context, params.language);
      const own = entries.filter(({ inForce, message, shipped }) => inForce && message !== shipped.message);
      return {
        language: params.language,
        messages: Object.fromEntries(
          own.map(({ shipped, message }) => [shipped.key, parsedMessage(message as string)]),
        ),
      };
    },

    async reviewTranslations(context, { params, query }) {
      const all = await entriesOf(context, params.language);
      const found = all.filter((entry) => matches(entry, query));
      const { cursor } = query;
      const start = cursor === undefined ? 0 : found.findIndex(({ shipped }) => shipped.key > cursor);
      const skipped = start < 0 ? found.length : start;
      const page = found.slice(skipped, skipped + query.limit);
      const counts: Record<string, number> = { missing: 0, draft: 0, reviewed: 0 };
      const areas = new Map<string, { area: string; total: number; open: number }>();
      for (const { state, shipped } of all) {
        counts[state] = (counts[state] ?? 0) + 1;
        const area = areas.get(shipped.area) ?? { area: shipped.area, total: 0, open: 0 };
        areas.set(shipped.area, { ...area, total: area.total + 1, open: area.open + (state === "reviewed" ? 0 : 1) });
      }
      return {
        items: await presentAll(context, page),
        total: found.length,
        skipped,
        next: skipped + page.length < found.length ? (page.at(-1)?.shipped.key ?? null) : null,
        counts,
        areas: [...areas.values()].sort((a, b) => (a.area < b.area ? -1 : 1)),
      };
    },

    async saveTranslation(context, { params, body }) {
      demandNode(context);
      const shipped = shippedOf(params.language, params.key);
      const message = body.message.normalize("NFC");
      const fault = messageFault(shipped.english, message);
      if (fault) {
        throw new Problem(commonProblems["invalid-input"], {}, [
          { path: "message", code: `translations.${fault.code}`, params: { arguments: fault.arguments } },
        ]);
      }
      const before = await lockWording(context.tx, params.language, params.key);
      if ((before?.changedAt ?? null) !== body.expected) throw new Problem(commonProblems["stale-revision"]);
      const wording: StoredWording = {
        ...params,
        message,
        english: shipped.english,
        state: body.state,
        changedAt: context.now.toISOString(),
        changedBy: context.caller.account?.id ?? null,
      };
      await putWording(context.tx, wording);
      await recordEvent(context.tx, {
        ...changeOf(context),
        type: "translations.saved",
        payload: { language: params.language, key: params.key, state: body.state },
      });
      return presentOne(context, joinWording(shipped, wording));
    },

    async dropTranslation(context, { params }) {
      demandNode(context);
      const shipped = shippedOf(params.language, params.key);
      if (await deleteWording(context.tx, params.language, params.key)) {
        await recordEvent(context.tx, {
          ...changeOf(context),
          type: "translations.dropped",
          payload: { language: params.language, key: params.key },
        });
      }
      return presentOne(context, joinWording(shipped, null));
    },

    async exportTranslations(context, { params }) {
      const { language } = params;
      const own = (await entriesOf(context, language)).filter(({ inForce }) => inForce);
      const files: Record<string, Record<string, string>> = {};
      for (const { shipped, message } of own) {
        const file = messages.file(shipped.key, language);
        files[file] = { ...files[file], [shipped.key]: message as string };
      }
      const reviewed = own
        .filter(({ state }) => state === "reviewed")
        .map(({ shipped, message }) => [shipped.key, messageHash(message as string)]);
      const body = { language, files, reviewed: Object.fromEntries(reviewed) };
      return new Response(`${JSON.stringify(body, null, 2)}\n`, {
        headers: {
          "content-type": "application/json",
          "cache-control": "private, no-store",
          "content-disposition": `attachment; filename="santi-${language}-wordings.json"`,
        },
      });
    },
  };
}
