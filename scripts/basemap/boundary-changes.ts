/** A unit that exists in law but that Natural Earth 1:10m does not draw. */
export interface UnitWithoutBorder {
  code: string;
  country: string;
  name: string;
  kind: string;
  /** Longitude and latitude of the seat or of the middle of the unit, about a kilometre exact. */
  point: [number, number];
  /** First day of the unit, ISO date. */
  validFrom: string;
  note: string;
}

/** Units created after the state of the source. Their borders are not invented: load official ones where they matter. */
export const UNITS_WITHOUT_BORDER: readonly UnitWithoutBorder[] = [
  {
    code: "KH-25",
    country: "KHM",
    name: "Tboung Khmum",
    kind: "province",
    point: [105.9, 11.95],
    validFrom: "2013-12-31",
    note: "Separated from Kampong Cham (KH-3) on 31 December 2013; lies inside that polygon.",
  },
  {
    code: "LA-XS",
    country: "LAO",
    name: "Xaisomboun",
    kind: "province",
    point: [103.092, 18.906],
    validFrom: "2013-12-13",
    note: "Formed from parts of Vientiane (LA-VI) and Xiengkhouang (LA-XI) in December 2013; lies inside those polygons.",
  },
  {
    code: "MM-18",
    country: "MMR",
    name: "Nay Pyi Taw",
    kind: "union territory",
    point: [96.115, 19.745],
    validFrom: "2011-01-31",
    note: "Union territory under the constitution of 2008; lies inside the polygon of Mandalay (MM-04).",
  },
  {
    code: "ID-KU",
    country: "IDN",
    name: "Kalimantan Utara",
    kind: "province",
    point: [116.6, 3.0],
    validFrom: "2012-10-25",
    note: "Separated from Kalimantan Timur (ID-KI) in October 2012; lies inside that polygon.",
  },
  {
    code: "ID-PS",
    country: "IDN",
    name: "Papua Selatan",
    kind: "province",
    point: [139.6, -7.2],
    validFrom: "2022-07-25",
    note: "Separated from Papua (ID-PA) in July 2022; lies inside that polygon.",
  },
  {
    code: "ID-PT",
    country: "IDN",
    name: "Papua Tengah",
    kind: "province",
    point: [136.4, -3.7],
    validFrom: "2022-07-25",
    note: "Separated from Papua (ID-PA) in July 2022; lies inside that polygon.",
  },
  {
    code: "ID-PE",
    country: "IDN",
    name: "Papua Pegunungan",
    kind: "province",
    point: [139.0, -4.1],
    validFrom: "2022-07-25",
    note: "Separated from Papua (ID-PA) in July 2022; lies inside that polygon.",
  },
  {
    code: "ID-PD",
    country: "IDN",
    name: "Papua Barat Daya",
    kind: "province",
    point: [131.9, -1.0],
    validFrom: "2022-12-08",
    note: "Separated from Papua Barat (ID-PB) in December 2022; lies inside that polygon.",
  },
  {
    code: "PH-DVO",
    country: "PHL",
    name: "Davao Occidental",
    kind: "province",
    point: [125.6, 6.1],
    validFrom: "2013-10-28",
    note: "Separated from Davao del Sur (PH-DAS) in October 2013; lies inside that polygon.",
  },
  {
    code: "PH-DIN",
    country: "PHL",
    name: "Dinagat Islands",
    kind: "province",
    point: [125.6, 10.13],
    validFrom: "2006-12-02",
    note: "Separated from Surigao del Norte (PH-SUN) in December 2006; lies inside that polygon.",
  },
];

/** Units whose polygon in the source still includes a unit that has been separated since, by code. */
export const CHANGED_UNITS: Readonly<Record<string, string>> = {
  "KH-3": "Before 31 December 2013: the polygon includes Tboung Khmum (KH-25).",
  "LA-VI": "Before December 2013: the polygon includes a part of Xaisomboun (LA-XS).",
  "LA-XI": "Before December 2013: the polygon includes a part of Xaisomboun (LA-XS).",
  "MM-04": "The polygon includes the union territory of Nay Pyi Taw (MM-18).",
  "ID-KI": "Before October 2012: the polygon includes Kalimantan Utara (ID-KU).",
  "ID-PA": "Before July 2022: the polygon includes Papua Selatan, Papua Tengah and Papua Pegunungan.",
  "ID-PB": "Before December 2022: the polygon includes Papua Barat Daya (ID-PD).",
  "PH-DAS": "Before October 2013: the polygon includes Davao Occidental (PH-DVO).",
  "PH-SUN": "Before December 2006: the polygon includes Dinagat Islands (PH-DIN).",
  "PH-MAG":
    "Before September 2022: divided since into Maguindanao del Norte (PH-MGN) and Maguindanao del Sur (PH-MGS).",
  "TL-DI": "The polygon includes Ataúro, a municipality of its own since 2022.",
};

/** Units whose polygon differs from the official area by a quarter or more, by code. */
export const MISDRAWN_UNITS: Readonly<Record<string, string>> = {
  "VN-01": "The polygon has about 5,890 km²; officially 9,069 km². The source gives a part of it to Điện Biên (VN-71).",
  "VN-71": "The polygon has about 11,770 km²; officially 9,540 km². The source adds a part of Lai Châu (VN-01).",
};
