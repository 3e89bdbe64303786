import { z } from "zod";
import { languages } from "../contract/fields.ts";
import { route } from "../contract/route.ts";
import { commonProblems, defineProblems } from "../kernel/problem.ts";

export const translationProblems = defineProblems("translations", { "unknown-key": 404 });

/** How far a message is: nobody wrote it, somebody must read it, somebody who speaks the language has. */
export const messageStates = ["missing", "draft", "reviewed"] as const;
export type MessageState = (typeof messageStates)[number];

const language = z.object({ language: z.enum(languages) });
const message = language.extend({ key: z.string().min(1).max(300) });

/** One message as its reviewer sees it. */
export const reviewEntry = z.object({
  key: z.string(),
  /** The folder that owns the message. */
  area: z.string(),
  english: z.string(),
  /** What comes with the program. */
  shipped: z.string().nullable(),
  /** What people see. */
  message: z.string().nullable(),
  state: z.enum(messageStates),
  /** Whether this node has a wording of its own. */
  own: z.boolean(),
  /** A wording of this node that is not shown any more, because the English sentence changed after it. */
  outdated: z.string().nullable(),
  /** Why the message cannot be filled as English can; a code below `problem.translations.`. */
  fault: z.string().nullable(),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable().meta({ sensitivity: "restricted" }),
});
export type ReviewEntryOutput = z.output<typeof reviewEntry>;

export const translationRoutes = {
  translations: route({
    method: "GET",
    path: "/api/translations/{language}",
    summary: "administration.routes.translations",
    right: "open",
    params: language,
    /**
     * Only what differs from what the program ships; a client lays it over its catalogue. Messages with arguments come
     * parsed, because a page carries no parser.
     */
    output: z.object({
      language: z.enum(languages),
      messages: z.record(z.string(), z.union([z.string(), z.array(z.unknown())])),
    }),
  }),
  reviewTranslations: route({
    method: "GET",
    path: "/api/translations/{language}/review",
    summary: "administration.routes.review-translations",
    right: "translations.review",
    params: language,
    query: z.object({
      area: z.string().max(80).optional(),
      state: z.enum([...messageStates, "own", "faulty"]).optional(),
      /** Words of the key, the English sentence or the message. */
      q: z.string().trim().max(200).optional(),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(25),
    }),
    output: z.object({
      items: z.array(reviewEntry),
      total: z.int(),
      /** Rows before the first of this answer. */
      skipped: z.int(),
      next: z.string().nullable(),
      /** Messages of the language by state, whatever is filtered. */
      counts: z.record(z.string(), z.int()),
      areas: z.array(z.object({ area: z.string(), total: z.int(), open: z.int() })),
    }),
  }),
  saveTranslation: route({
    method: "PUT",
    path: "/api/translations/{language}/messages/{key}",
    summary: "administration.routes.save-translation",
    right: "translations.review",
    params: message,
    body: z.strictObject({
      message: z.string().trim().min(1).max(5000),
      state: z.enum(["draft", "reviewed"]),
      /** `changedAt` of the wording that the new one replaces; null when there was none. */
      expected: z.string().nullable(),
    }),
    output: reviewEntry,
    problems: [
      translationProblems["unknown-key"],
      commonProblems["invalid-input"],
      commonProblems["stale-revision"],
      commonProblems.forbidden,
    ],
  }),
  dropTranslation: route({
    method: "DELETE",
    path: "/api/translations/{language}/messages/{key}",
    summary: "administration.routes.drop-translation",
    right: "translations.review",
    params: message,
    output: reviewEntry,
    problems: [translationProblems["unknown-key"], commonProblems.forbidden],
  }),
  exportTranslations: route({
    method: "GET",
    path: "/api/translations/{language}/export",
    summary: "administration.routes.export-translations",
    right: "translations.review",
    params: language,
    produces: "application/json",
  }),
};
