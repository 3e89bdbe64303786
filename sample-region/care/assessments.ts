import type { PastAssessment } from "../../src/domains/assessments/index.ts";
import { type Day, isoDate } from "../calendar.ts";
import { sampleId } from "../item.ts";
import type { Random } from "../random.ts";
import type { CareSource } from "./cases.ts";
import { momentBefore } from "./directory.ts";
import type { SamplePerson } from "./people.ts";

/**
 * Assessments of a person, some with a need for safety, a second measurement or an unfinished follow-up.
 * @param opened the day on which the case was opened
 * @param n the person's number in the country, which decides on the instruments
 */
export function assessmentsOf(
  source: CareSource,
  person: SamplePerson,
  opened: Day,
  n: number,
  random: Random,
): PastAssessment[] {
  const { today, context, staff } = source;
  const made: PastAssessment[] = [];
  const age = Number(isoDate(today).slice(0, 4)) - person.birthYear;
  const add = (instrument: PastAssessment["instrument"], day: Day, answers: PastAssessment["answers"]) => {
    const recordedAt = momentBefore(today, today - day, random);
    made.push({
      id: sampleId(Date.parse(recordedAt), random),
      person: person.id,
      instrument,
      version: 1,
      language: context.programme.language,
      mode: "interview",
      answers,
      assessedOn: isoDate(day),
      assessor: staff.officer,
      recordedAt,
      responsible: staff.officer,
      done:
        n % 24 === 0
          ? null
          : { at: `${isoDate(Math.min(today - 1, day + 1))}T03:00:00.000Z`, by: staff.officer, action: "referred" },
    });
  };
  const scale = (codes: readonly string[], values: readonly number[]) =>
    Object.fromEntries(codes.map((code) => [code, random.pick(values)]));
  const numbered = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1));
  const first = Math.min(today - 3, opened + 2);
  if (n % 2 === 0)
    add("wg-ss", first, {
      ...scale(["seeing", "hearing", "remembering", "communicating"], [1, 1, 1, 2]),
      ...scale(["walking", "self-care"], [1, 2, 3, 4]),
    });
  if (n % 3 === 0 && age >= 14) {
    const low = scale(numbered(8), [0, 0, 1, 1, 2, 3]);
    add("phq-9", first, { ...low, "9": n % 12 === 0 ? 1 : 0, hardship: 1 });
    const again = Math.min(today - 2, first + 60);
    if (again > first && n % 6 === 0) add("phq-9", again, { ...scale(numbered(8), [0, 0, 1, 1]), "9": 0, hardship: 0 });
  }
  if (n % 4 === 1)
    add("rehabilitation-need", first, {
      products: ["prosthesis-lower"],
      "product-state": random.pick(["works", "needs-repair", "does-not-fit"]),
      barriers: [random.pick(["distance", "transport-cost", "no-information"])],
      ...scale(["new-product", "repair", "walking-training", "pain", "home-adaptation", "transport"], [0, 1, 2]),
    });
  if (n % 5 === 2 && age >= 14)
    add(
      "daily-life",
      first,
      scale(["life", "health", "strength", "daily-doing", "self", "others", "money", "place"], [1, 2, 3, 4, 5]),
    );
  return made;
}
