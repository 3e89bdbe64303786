import { civil, type Day, dayOf, isoDate } from "./calendar.ts";
import { type Context, names, revisions, type State, stream } from "./context.ts";
import type { SampleItem } from "./item.ts";
import type { SampleOrganisation } from "./programmes/programme.ts";
import { padded } from "./programmes/programme.ts";
import type { Random } from "./random.ts";

/** Registered in every country, because it works with every programme. */
const everywhere: readonly SampleOrganisation[] = [
  {
    code: "SRC-R",
    local: "",
    english: "Sample Regional Centre for Mine Action",
    khmer: "មជ្ឈមណ្ឌលតំបន់គំរូសម្រាប់សកម្មភាពមីន",
    type: "regional",
    activities: ["coordination", "victim-assistance"],
  },
  {
    code: "SFD",
    local: "",
    english: "Sample Fund for Safe Land",
    khmer: "មូលនិធិគំរូដើម្បីដីសុវត្ថិភាព",
    type: "donor",
    activities: ["funding"],
  },
];

/** The invented organisations of a country, with accreditations that are renewed every four years. */
export function* generateOrganisations(context: Context): Generator<SampleItem> {
  for (const organisation of [...context.programme.organisations, ...everywhere]) {
    const random = stream(context, "organisation", organisation.code);
    const { id, items } = revisions(
      context,
      "organisations.organisation",
      history(context, organisation, random),
      random,
    );
    context.organisations.set(organisation.code, id);
    yield* items;
  }
}

function history(context: Context, organisation: SampleOrganisation, random: Random): State[] {
  const { country, language } = context.programme;
  const { code, local, english, khmer, type, activities, since, suspended } = organisation;
  const values: Record<string, unknown> = {
    code,
    names: { ...names(language, local, english), ...(khmer && { km: khmer }) },
    type,
    activities,
    contact: `office@${code.toLowerCase()}.${country.toLowerCase()}.example`,
  };
  const states: State[] = [{ day: context.start - 1, values, reason: "", delay: 0 }];
  if (since === undefined) return states;
  const month = random.integer(1, 12);
  let number = random.integer(3, 40);
  for (let year = since; ; year += 4) {
    const from = dayOf(year, month, 1);
    const to = dayOf(year + 4, month, 1) - 1;
    const accreditation = {
      accreditation: `${country}-${year}-${padded(number, 3)}`,
      accreditedFrom: isoDate(from),
      accreditedTo: isoDate(to),
    };
    if (from > context.until) break;
    number += random.integer(1, 30);
    if (from < context.start) Object.assign(values, accreditation);
    else states.push({ day: from, values: accreditation, reason: "Accreditation granted or renewed" });
  }
  if (suspended) {
    const day = context.until - random.integer(100, 500);
    states.push({ day, values: { suspended: true }, reason: "Suspended after a quality visit" });
  } else values.suspended = false;
  return states.filter(({ day }) => day <= context.until).sort((a, b) => a.day - b.day);
}

/**
 * An organisation that does one of the activities and was accredited by then, when it needs to be.
 * @returns its id
 */
export function operatorFor(context: Context, activities: readonly string[], day: Day, random: Random): string {
  const { organisations } = context.programme;
  const { year } = civil(day);
  const able = organisations.filter(
    ({ type, since, activities: done }) =>
      type !== "authority" && (since ?? 0) < year && activities.some((activity) => done.includes(activity)),
  );
  const { code } = random.pick(able.length > 0 ? able : organisations);
  return context.organisations.get(code) as string;
}
