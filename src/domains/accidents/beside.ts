import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { Finding, JudgeBeside, ProposedChange } from "../../platform/records/definition.ts";
import {
  bornAfter,
  type CasualtyFact,
  diedBefore,
  moreThanStated,
  samePerson,
  statedAndRecorded,
  twoSexes,
} from "./checks.ts";
import { type AccidentState, steps } from "./model.ts";
import {
  type AccidentFact,
  findAccidentFacts,
  findCasualtiesOfPersons,
  findCasualtyFacts,
  findPersons,
} from "./store.ts";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** A report that waits for a judgement does not change under it. */
function waiting(state: string): Finding[] {
  return steps[state as AccidentState]?.includes("edit")
    ? []
    : [{ check: "report-waits", severity: "error", field: "accident", params: {} }];
}

const factOf = ({ id, values }: ProposedChange, accident: AccidentFact): CasualtyFact => ({
  ...{ id, accident: accident.id, occurredOn: accident.occurredOn },
  outcome: String(values.outcome),
  diedOn: text(values.diedOn),
  sex: text(values.sex),
  person: text(values.person),
});

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** What is recorded of casualties with what a run brings put in the place of it. */
function laidOver(recorded: readonly CasualtyFact[] = [], brought: readonly CasualtyFact[] = []): CasualtyFact[] {
  return [...new Map([...recorded, ...brought].map((fact) => [fact.id, fact])).values()];
}

const countsOf = ({ killed, injured, amputated, outcomeUnknown }: AccidentFact): RecordValues => ({
  ...{ killed, injured, amputated, outcomeUnknown },
});

/**
 * Begins judging casualties that come in files beside their accidents, each other and, where the rows themselves say who
 * somebody is and the importer may know, the person: what entering them one by one would refuse or doubt.
 */
export function casualtiesBeside({ level, dryRun }: { level: string; dryRun: boolean }): JudgeBeside {
  /** Earlier rows that are not stored, by the accident and by the person. */
  const broughtTo = new Map<string, CasualtyFact[]>();
  const broughtOf = new Map<string, CasualtyFact[]>();
  const bring = (into: Map<string, CasualtyFact[]>, key: string, fact: CasualtyFact) => {
    const known = into.get(key);
    if (known) known.push(fact);
    else into.set(key, [fact]);
  };

  return async (tx: Tx, country, changes) => {
    // What a true run brought before is recorded by now.
    if (!dryRun) for (const brought of [broughtTo, broughtOf]) brought.clear();
    const personOf = (change: ProposedChange) =>
      level === "strictly-confidential" && change.spoken.includes("person") ? text(change.values.person) : null;
    const accidentIds = [...new Set(changes.flatMap(({ values }) => text(values.accident) ?? []))];
    const personIds = [...new Set(changes.flatMap((change) => personOf(change) ?? []))];
    const accidents = new Map((await findAccidentFacts(tx, country, accidentIds)).map((each) => [each.id, each]));
    const recorded = groupsOf(await findCasualtyFacts(tx, country, accidentIds), ({ accident }) => accident);
    const persons = new Map((await findPersons(tx, country, personIds)).map((each) => [each.id, each]));
    const standings = [...new Set([...persons.values()].map(({ standing }) => standing))];
    const theirs = groupsOf(await findCasualtiesOfPersons(tx, country, standings), ({ standing }) => standing);

    return changes.map((change) => {
      const { values } = change;
      const accident = accidents.get(text(values.accident) ?? "");
      if (!accident) return [];
      const fact = factOf(change, accident);
      const person = persons.get(personOf(change) ?? "") ?? null;
      const others = person && laidOver(theirs.get(person.standing), broughtOf.get(person.standing));
      const apart = (others ?? []).filter(({ id }) => id !== fact.id);
      const findings = [
        ...waiting(accident.state),
        ...diedBefore(values, accident.occurredOn),
        ...bornAfter(values, accident.occurredOn, person),
        ...twoSexes(values, person, apart),
        ...samePerson({ accident: accident.id, occurredOn: accident.occurredOn }, apart),
      ];
      // A row that is refused stands beside no other.
      if (findings.some(({ severity }) => severity === "error")) return findings;
      bring(broughtTo, accident.id, fact);
      if (person) bring(broughtOf, person.standing, fact);
      const here = laidOver(recorded.get(accident.id), broughtTo.get(accident.id));
      return [...findings, ...moreThanStated(countsOf(accident), here, fact.outcome)];
    });
  };
}

/** Begins judging accidents that come in files beside the report and the casualties that are recorded of them. */
export function accidentsBeside(): JudgeBeside {
  return async (tx: Tx, country, changes) => {
    const ids = changes.map(({ id }) => id);
    const before = new Map((await findAccidentFacts(tx, country, ids)).map((each) => [each.id, each]));
    const casualties = groupsOf(await findCasualtyFacts(tx, country, ids), ({ accident }) => accident);
    return changes.map(({ id, values }) => {
      const stored = before.get(id);
      const here = casualties.get(id) ?? [];
      const occurredOn = text(values.occurredOn);
      const died = here.some((each) => diedBefore({ diedOn: each.diedOn }, occurredOn).length > 0);
      return [
        ...(stored ? waiting(stored.state).map((finding) => ({ ...finding, field: "state" })) : []),
        ...(died
          ? [{ check: "died-before-accident", severity: "error" as const, field: "occurredOn", params: {} }]
          : []),
        // Before any casualty is entered there is nothing to compare with.
        ...(here.length > 0 ? statedAndRecorded(values, here) : []),
      ];
    });
  };
}
