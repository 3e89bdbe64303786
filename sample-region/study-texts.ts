import type { SectorCount } from "../src/domains/studies/index.ts";
import type { RecordValues } from "../src/platform/contract/record-type.ts";

/** An invented study: what it says, and when what happened before the day on which the sample region is loaded. */
export interface SampleStudy {
  country: string;
  published: boolean;
  names: Readonly<Record<string, string>>;
  programme: string;
  question: string;
  method: string;
  limits: string;
  /** Owns actions where the region has no organisation for it. */
  office: string;
  heldDaysAgo: number;
  evidence: readonly RecordValues[];
  /** `rests` are positions in `evidence`. */
  findings: readonly (RecordValues & { rests: readonly number[] })[];
  workshop: { title: string; place: string; participants: readonly SectorCount[] };
  recommendations: readonly SampleRecommendation[];
}

interface SampleRecommendation extends RecordValues {
  /** Positions in `findings`. */
  follows: readonly number[];
  wording: string;
  comments?: readonly { sector: string; stance: string; comment: string }[];
  decision?: { state: "agreed" | "amended" | "dropped"; wording?: string; reason?: string };
  actions?: readonly (RecordValues & { dueDaysAgo: number; doneDaysAgo?: number })[];
}

const came = (sector: string, women: number, men: number, withDisability: number): SectorCount => ({
  sector,
  women,
  men,
  sexUnknown: 0,
  withDisability,
});

const programme = "Sample feasibility study on physical rehabilitation and mental health";

const cambodia: SampleStudy = {
  country: "KHM",
  published: true,
  names: {
    en: "Rehabilitation and mental health support: who is not reached",
    km: "ការស្ដារនីតិសម្បទា និងការគាំទ្រសុខភាពផ្លូវចិត្ត៖ នរណាដែលសេវាទៅមិនដល់",
  },
  programme,
  question:
    "Which survivors and other persons with disabilities cannot reach rehabilitation or mental health care, and what would close the gaps?",
  method:
    "Home visits and focus groups in three provinces, figures from screening, a map of services, and travel times to the nearest centre in the dry and the rainy season.",
  limits: "Three provinces do not stand for the country. People who left their village were not asked.",
  office: "Provincial department of social affairs",
  heldDaysAgo: 260,
  evidence: [
    {
      kind: "interviews",
      title: "Home visits to survivors and their families",
      sessions: 64,
      sites: 12,
      places: "Twelve villages in three sample districts",
      participants: 64,
      women: 24,
      men: 40,
      sexUnknown: 0,
      children: 6,
      adults: 43,
      older: 15,
      ageUnknown: 0,
      withDisability: 58,
      withoutDisability: 6,
      disabilityUnknown: 0,
      themes: ["distance", "transport", "cost", "mental-health"],
      summary: "Most had been to a centre once. Two in three had not gone back although the device no longer fitted.",
    },
    {
      kind: "focus-groups",
      title: "Focus groups with women, men and village volunteers",
      sessions: 9,
      sites: 9,
      participants: 83,
      women: 47,
      men: 36,
      sexUnknown: 0,
      withDisability: 39,
      themes: ["stigma", "information", "referral", "mental-health"],
      summary: "Few knew that counselling exists. Women named shame and the lack of somebody to talk to.",
    },
    {
      kind: "assessments",
      title: "Screening for depression at three centres",
      participants: 148,
      instrument: "PHQ-9, validated cut-off",
      screenedPositive: 41,
      themes: ["mental-health"],
    },
    {
      kind: "service-mapping",
      title: "Centres, outreach posts and counsellors",
      sites: 17,
      themes: ["availability", "workforce"],
      summary: "Three districts have neither a centre nor outreach; one counsellor serves four provinces.",
    },
    {
      kind: "literature",
      title: "Rules on fares and allowances for people referred to a centre",
      citation: "Sample ministry, circular on allowances, third edition",
      themes: ["financing"],
    },
  ],
  findings: [
    {
      statement:
        "People beyond two hours of travel come once and do not come back; fares cost more than a week of income.",
      theme: "transport",
      population: "survivors-and-others",
      rests: [0, 4],
    },
    {
      statement:
        "More than a quarter of those screened at centres show signs of depression; nobody refers them further.",
      theme: "mental-health",
      population: "survivors-and-others",
      rests: [1, 2],
    },
    {
      statement: "Three districts have no rehabilitation service within four hours in the rainy season.",
      theme: "distance",
      rests: [0, 3],
    },
    {
      statement: "Village volunteers want to help and do not know which services exist.",
      theme: "information",
      population: "providers",
      rests: [1],
    },
  ],
  workshop: {
    title: "National consultative workshop",
    place: "Capital, sample conference hall",
    participants: [
      came("survivors-organisations", 11, 13, 19),
      came("health", 14, 9, 1),
      came("social-affairs", 9, 8, 2),
      came("mine-action", 4, 10, 2),
      came("local-government", 3, 6, 0),
      came("development-partners", 5, 4, 0),
    ],
  },
  recommendations: [
    {
      wording: "Pay fares and meals for everybody referred to a rehabilitation centre from more than an hour away.",
      sector: "social-affairs",
      term: "short",
      priority: "high",
      cost: 48_000,
      currency: "USD",
      follows: [0],
      comments: [
        { sector: "survivors-organisations", stance: "supports", comment: "Also for the person who comes along." },
        { sector: "finance", stance: "asks", comment: "From which budget line?" },
      ],
      decision: {
        state: "amended",
        wording:
          "Pay fares and meals for everybody referred to a rehabilitation centre from more than an hour away, and for one person who comes along.",
      },
      actions: [
        {
          description: "New circular on allowances for referred people",
          dueDaysAgo: 60,
          doneDaysAgo: 75,
          linkedKind: "policy",
          linkedTitle: "Sample circular on allowances, fourth edition",
          proof: "Published and in force since the beginning of the quarter.",
        },
        {
          description: "First payments at three centres",
          dueDaysAgo: 20,
          doneDaysAgo: 25,
          proof: "112 people were paid.",
        },
      ],
    },
    {
      wording: "Train two staff members of each centre to screen for depression and to refer.",
      sector: "health",
      term: "short",
      priority: "high",
      cost: 26_500,
      currency: "USD",
      follows: [1],
      decision: { state: "agreed" },
      actions: [
        {
          description: "Training of trainers",
          dueDaysAgo: 150,
          doneDaysAgo: 160,
          proof: "14 trainers from seven centres.",
        },
        { description: "Training at every centre", dueDaysAgo: 35, status: "under-way" },
      ],
    },
    {
      wording: "Open outreach posts in the three districts that have none.",
      sector: "service-providers",
      term: "medium",
      priority: "high",
      cost: 310_000,
      currency: "USD",
      follows: [2],
      comments: [{ sector: "local-government", stance: "supports", comment: "Rooms at health centres can be given." }],
      decision: { state: "agreed" },
      actions: [{ description: "Agreements with three health centres", dueDaysAgo: -120, status: "under-way" }],
    },
    {
      wording: "Give every village volunteer a short directory of services in large print.",
      sector: "mine-action",
      term: "short",
      priority: "medium",
      follows: [3],
      decision: { state: "agreed" },
      actions: [{ description: "Print and hand out", dueDaysAgo: 90, doneDaysAgo: 100, proof: "1,200 copies." }],
    },
    {
      wording: "Make one ministry answer for counselling in every province.",
      sector: "health",
      term: "long",
      priority: "medium",
      follows: [1, 3],
      decision: { state: "agreed" },
    },
    {
      wording: "Build a fourth rehabilitation centre.",
      sector: "finance",
      term: "long",
      priority: "low",
      cost: 2_400_000,
      currency: "USD",
      follows: [2],
      comments: [{ sector: "social-affairs", stance: "objects", comment: "Outreach reaches more people for less." }],
      decision: { state: "dropped", reason: "Outreach posts reach more people for less." },
    },
    {
      wording: "Count mental health visits in the monthly report of every centre.",
      sector: "health",
      term: "medium",
      priority: "medium",
      follows: [1],
    },
  ],
};

const lao: SampleStudy = {
  country: "LAO",
  published: false,
  names: {
    en: "Rehabilitation and mental health support in the south",
    km: "ការស្ដារនីតិសម្បទា និងការគាំទ្រសុខភាពផ្លូវចិត្តនៅភាគខាងត្បូង",
  },
  programme,
  question: "What keeps survivors in the southern provinces from prosthetic and psychosocial services?",
  method: "Interviews and focus groups in two provinces, and a map of services.",
  limits: "The rainy season kept the teams from the two most remote districts.",
  office: "Provincial health department",
  heldDaysAgo: 150,
  evidence: [
    {
      kind: "interviews",
      title: "Interviews with survivors",
      sessions: 38,
      sites: 7,
      participants: 38,
      women: 9,
      men: 29,
      sexUnknown: 0,
      withDisability: 35,
      themes: ["distance", "assistive-products"],
    },
    {
      kind: "focus-groups",
      title: "Focus groups with families",
      sessions: 4,
      sites: 4,
      participants: 41,
      women: 25,
      men: 16,
      sexUnknown: 0,
      themes: ["livelihood", "stigma"],
    },
  ],
  findings: [
    {
      statement: "Worn prostheses are repaired at home, because the workshop is two days away.",
      theme: "assistive-products",
      rests: [0],
    },
    { statement: "Families carry the care and have nobody to ask.", theme: "mental-health", rests: [1] },
    { statement: "Young men leave for work before they are fitted.", theme: "livelihood", rests: [] },
  ],
  workshop: {
    title: "Consultative workshop of the southern provinces",
    place: "Provincial hall",
    participants: [
      came("survivors-organisations", 4, 7, 9),
      came("health", 8, 7, 0),
      came("local-government", 2, 8, 1),
    ],
  },
  recommendations: [
    {
      wording: "Send a mobile repair workshop through the southern districts twice a year.",
      sector: "service-providers",
      term: "medium",
      priority: "high",
      cost: 890_000_000,
      currency: "LAK",
      follows: [0],
      decision: { state: "agreed" },
      actions: [{ description: "Route and dates for the first round", dueDaysAgo: -45, status: "planned" }],
    },
    {
      wording: "Start peer support groups for families in each district.",
      sector: "civil-society",
      term: "short",
      priority: "medium",
      follows: [1],
    },
  ],
};

/** The studies of the sample region. */
export const sampleStudies: readonly SampleStudy[] = [cambodia, lao];
