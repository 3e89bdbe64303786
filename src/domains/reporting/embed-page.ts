import { nodeName, readSetting } from "../../platform/administration/index.ts";
import type { Language } from "../../platform/contract/fields.ts";
import type { Context } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { mapOutlines, type Translators } from "./files.ts";
import type { Result } from "./model.ts";
import { embedHtml, embedStyleSource } from "./outputs/embed.ts";
import { writingOf } from "./outputs/writing.ts";
import { embedOrigins, publicPageOf } from "./settings.ts";
import { countryNames, type Edition } from "./store.ts";

/** What is asked for of a public edition. */
export interface EmbedAsked {
  edition: Edition;
  result: Result;
  language: Language;
  /** The table that alone is shown. */
  only?: string | undefined;
}

/**
 * Answers with a public edition as a page without scripts, which the sites that the country chose may show within theirs.
 * @throws Problem `common.not-found` for a table that the edition does not have
 */
export async function embedPage(context: Context, asked: EmbedAsked, translators: Translators): Promise<Response> {
  const { edition, result, language, only = null } = asked;
  const { tx } = context;
  if (only !== null && !result.blocks.some(({ kind, block }) => kind === "table" && "id" in block && block.id === only))
    throw new Problem(commonProblems["not-found"]);
  const writing = writingOf(result, translators(language), await countryNames(tx));
  const { t, format } = writing;
  const title = t("reporting.title-of", { title: writing.say(edition.words), country: writing.countries });
  const names = await readSetting(tx, nodeName);
  // The same for everybody, so that it may be kept on the way: not more for who is signed in.
  const mapped =
    result.blocks.some(({ kind }) => kind === "map") && (await publicPageOf(tx, edition.country)).map !== "none";
  const html = embedHtml(result, writing, {
    ...{ title, only, hash: edition.hash, issuer: names[language] ?? names.en ?? writing.countries },
    published: t("reporting.embed.published", {
      ...{ number: String(edition.number), on: format.date(edition.publishedAt) },
    }),
    address: `/reports/editions/${edition.country}/${edition.id}?country=${edition.country}`,
    outlines: mapped ? await mapOutlines(context, edition.country) : new Map(),
  });
  const origins = await embedOrigins(tx, edition.country);
  const policy = [
    "default-src 'none'",
    `style-src ${embedStyleSource}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(" ")}`,
  ];
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "cross-origin-resource-policy": "cross-origin",
      // What it says cannot change, but who may show it can, at any time.
      "cache-control": "public, no-cache",
    },
  });
}
