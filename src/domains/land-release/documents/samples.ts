import type { Polygon } from "geojson";
import type { CompletionReportData, HandoverCertificateData, ReleaseFacts, SurveyPoint } from "./data.ts";

const ring = (points: [number, number][]): Polygon => ({
  type: "Polygon",
  coordinates: [[...points, points[0] as [number, number]]],
});

/** Corners of the sample area near Bavel; invented, like everything here. */
const west: [number, number][] = [
  [102.878, 13.1585],
  [102.8791, 13.1589],
  [102.8797, 13.1583],
  [102.8795, 13.1574],
  [102.8786, 13.1571],
  [102.8779, 13.1577],
];
const cleared: [number, number][] = [
  [102.878, 13.1585],
  [102.8791, 13.1589],
  [102.8793, 13.158],
  [102.8785, 13.1577],
];
const reduced: [number, number][] = [
  [102.8791, 13.1589],
  [102.8797, 13.1583],
  [102.8795, 13.1574],
  [102.879, 13.1576],
  [102.8793, 13.158],
];
const rest: [number, number][] = [
  [102.8779, 13.1577],
  [102.8785, 13.1577],
  [102.8786, 13.1571],
];

const point = (
  name: string,
  kind: SurveyPoint["kind"],
  [longitude, latitude]: [number, number],
  accuracyMetres: number | null = 0.5,
): SurveyPoint => ({
  name,
  kind,
  longitude,
  latitude,
  fixedBy: { list: "fixed-by", value: "differential-gps" },
  accuracyMetres,
});

const facts: ReleaseFacts = {
  head: {
    number: "CR-KHM-000417",
    state: "approved",
    issuer: {
      en: "Sample Mine Action Authority",
      km: "អាជ្ញាធរសកម្មភាពមីនគំរូ",
      th: "หน่วยงานทุ่นระเบิดตัวอย่าง",
      my: "နမူနာမိုင်းအာဏာပိုင်",
      vi: "Cơ quan hành động bom mìn mẫu",
      lo: "ອົງການເກັບກູ້ລະເບີດຕົວຢ່າງ",
    },
    issuedOn: "2026-03-03",
    asOf: "2026-03-02",
  },
  task: { code: "TSK-KHM-00231", title: "Bavel 12" },
  area: {
    code: "HA-KHM-003391",
    name: "Bavel path",
    areaClass: "cha",
    status: "closed",
    contamination: [
      { list: "contamination-type", value: "ap-mine" },
      { list: "contamination-type", value: "erw-other" },
    ],
    place: [
      { en: "Battambang", km: "បាត់ដំបង" },
      { en: "Bavel", km: "បវេល" },
      { en: "Kdol Ta Haen", km: "ក្តុលតាហែន" },
    ],
    geometry: ring(west),
    squareMetres: 26_113,
  },
  reports: ["NTS-KHM-000951", "CLR-KHM-002210", "CLR-KHM-002244"],
  organisation: { en: "Sample Demining Unit 3", km: "អង្គភាពបោសសម្អាតមីនគំរូលេខ ៣" },
  team: "MT 12, MT 14",
  startedOn: "2026-01-12",
  endedOn: "2026-02-20",
  adjustedSquareMetres: 420,
  products: [
    {
      code: "CL-01",
      outcome: "cleared",
      geometry: ring(cleared),
      squareMetres: 11_208,
      depthCentimetres: 13,
      methods: [{ list: "release-method", value: "manual" }],
      assets: ["Detector VMH3CS", "MDD team 4"],
      startedOn: "2026-01-12",
      endedOn: "2026-02-14",
      corners: [
        point("SP", "start", cleared[0] as [number, number]),
        point("TP1", "turning", cleared[1] as [number, number]),
        point("IP1", "intermediate", [102.87925, 13.15835]),
        point("TP2", "turning", cleared[2] as [number, number]),
        {
          ...point("TP3", "turning", cleared[3] as [number, number]),
          bearing: { degrees: 327.4, north: "magnetic" },
          distanceMetres: 104.2,
        },
      ],
    },
    {
      code: "RD-01",
      outcome: "reduced-with-asset",
      geometry: ring(reduced),
      squareMetres: 9_870,
      depthCentimetres: null,
      methods: [{ list: "release-method", value: "mechanical" }],
      assets: ["MV-4"],
      startedOn: "2026-02-02",
      endedOn: "2026-02-20",
      corners: null,
    },
  ],
  remainingSquareMetres: 5_455,
  marks: [point("RP", "reference", [102.8776, 13.1589], 0.05), point("BM", "benchmark", [102.8779, 13.1587], 0.05)],
  surveys: [
    {
      polygon: "CL-01",
      coordinates: null,
      traverse: {
        ...{ north: "magnetic", declinationDegrees: -0.8, declinationDate: "2026-01-05", unit: "metre" },
        ...{ start: "48N 269986.9 1455633.7", perimeterMetres: 350.4, misclosureMetres: 0.31, precision: 1130 },
        adjusted: true,
        legs: [
          { from: "SP", to: "TP1", bearing: "70.4", distance: "127.1", adjusted: { north: 44.3, east: 119.2 } },
          { from: "TP1", to: "TP2", bearing: "168.3", distance: "101.9", adjusted: { north: -99.6, east: 21.7 } },
          { from: "TP2", to: "SP", bearing: "327.4", distance: "104.2", adjusted: { north: 55.3, east: -140.9 } },
        ],
      },
    },
    {
      polygon: "RD-01",
      traverse: null,
      coordinates: { datum: "indian-1960", points: [{ name: "TP1", asTyped: "48P 270100 1455300" }] },
    },
  ],
  residual: {
    notWorked: [
      {
        name: "NW-01",
        squareMetres: 5_455,
        reason: { en: "Flooded until April", km: "លិចទឹករហូតដល់ខែមេសា" },
        marked: true,
        geometry: ring(rest),
      },
    ],
    restrictions: ["No building foundations deeper than 13 cm without a new survey"],
    statement: { en: "Hazards below the stated depth may remain.", km: "គ្រោះថ្នាក់ក្រោមជម្រៅដែលបានបញ្ជាក់អាចនៅសល់។" },
    contact: "Provincial office, 012 000 000",
  },
  control: {
    on: "2026-02-26",
    kind: { list: "inspection-kind", value: "quality-control" },
    organisation: { en: "Quality Management Team 2", km: "ក្រុមគ្រប់គ្រងគុណភាព ២" },
    result: { list: "inspection-result", value: "accepted" },
    sampledSquareMetres: 1_150,
    itemsFound: 0,
  },
  landUse: { intended: { list: "land-use", value: "agriculture" }, actual: null, actualOn: null },
  beneficiaries: {
    direct: { women: 14, men: 12, girls: 9, boys: 11 },
    indirect: { women: 120, men: 111, girls: 84, boys: 90 },
  },
  missedItems: [],
  signatories: [
    {
      role: "operator",
      name: "Chan Sophea",
      position: "Site supervisor",
      organisation: { en: "Sample Demining Unit 3", km: "អង្គភាពបោសសម្អាតមីនគំរូលេខ ៣" },
      on: "2026-03-03",
    },
    {
      role: "quality",
      name: null,
      position: null,
      organisation: { en: "Quality Management Team 2", km: "ក្រុមគ្រប់គ្រងគុណភាព ២" },
      on: null,
    },
    { role: "authority", name: null, position: null, organisation: null, on: null },
    { role: "local-authority", name: null, position: null, organisation: null, on: null },
    { role: "owner", name: null, position: null, organisation: null, on: null },
    { role: "community", name: null, position: null, organisation: null, on: null },
  ],
  notes: null,
};

/** A completion report with every section filled. */
export function aCompletionReport(change: Partial<CompletionReportData> = {}): CompletionReportData {
  return {
    ...facts,
    methods: [
      { list: "release-method", value: "manual" },
      { list: "release-method", value: "mechanical" },
    ],
    assets: ["Detector VMH3CS", "MV-4", "MDD team 4"],
    processed: [
      { method: { list: "release-method", value: "manual" }, squareMetres: 12_040 },
      { method: { list: "release-method", value: "mechanical" }, squareMetres: 15_900 },
    ],
    devices: [
      {
        category: { list: "ordnance-category", value: "ap-mine" },
        model: "Type 72A",
        quantity: 3,
        position: { longitude: 102.8786, latitude: 13.1584 },
        depthCentimetres: 6,
        condition: { list: "ordnance-condition", value: "armed" },
        disposal: { list: "disposal-method", value: "detonated-in-place" },
      },
      {
        category: { list: "ordnance-category", value: "uxo-other" },
        model: "60 mm mortar",
        quantity: 1,
        position: { longitude: 102.8789, latitude: 13.1582 },
        depthCentimetres: 11,
        condition: { list: "ordnance-condition", value: "fuzed" },
        disposal: { list: "disposal-method", value: "removed-and-destroyed" },
      },
    ],
    visits: [
      {
        on: "2026-01-20",
        kind: { list: "inspection-kind", value: "external-assurance" },
        organisation: { en: "Quality Management Team 2", km: "ក្រុមគ្រប់គ្រងគុណភាព ២" },
        result: { list: "inspection-result", value: "accepted-with-conditions" },
        sampledSquareMetres: 320,
        itemsFound: 0,
      },
      {
        on: "2026-02-09",
        kind: { list: "inspection-kind", value: "external-assurance" },
        organisation: { en: "Quality Management Team 2", km: "ក្រុមគ្រប់គ្រងគុណភាព ២" },
        result: { list: "inspection-result", value: "accepted" },
        sampledSquareMetres: 410,
        itemsFound: 0,
      },
    ],
    nonConformities: [
      {
        severity: { list: "non-conformity-severity", value: "minor" },
        description: "Lane marking incomplete on the eastern side",
        correctiveAction: "Marking renewed, staff briefed",
        deadline: "2026-01-25",
        closedOn: "2026-01-23",
      },
    ],
    internalLog: "QL-2026-03, kept at the unit's office",
    accidents: [],
    ...change,
  };
}

/** A handover certificate with every section filled. */
export function aHandoverCertificate(change: Partial<HandoverCertificateData> = {}): HandoverCertificateData {
  return {
    ...facts,
    head: { ...facts.head, number: "HC-KHM-000198" },
    completionReport: "CR-KHM-000417",
    handedOverOn: "2026-03-10",
    place: { en: "Commune hall of Kdol Ta Haen", km: "សាលាឃុំក្តុលតាហែន" },
    receivedBy: "Commune council of Kdol Ta Haen",
    attended: { women: 21, men: 18, girls: 6, boys: 5 },
    liability: { version: "KHM 2025-1", text: null },
    ...change,
  };
}
