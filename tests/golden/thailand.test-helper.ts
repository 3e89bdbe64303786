/**
 * "Mine contamination by province" of the country profile of Thailand, Mine Action, 2016, by the Landmine and Cluster
 * Munition Monitor: areas and square kilometres at the ends of 2014 and 2015.
 */
export const thailand = [
  ["Chiang Mai", 4, 28.97, 5, 35.49],
  ["Chiang Rai", 1, 0.92, 1, 0.92],
  ["Mae Hong Son", 1, 5.43, 0, 0],
  ["Nan", 1, 2.65, 0, 0],
  ["Pitsanuloke", 1, 32.99, 1, 32.99],
  ["Tak", 2, 10.06, 1, 0.37],
  ["Uttaradit", 1, 3.35, 1, 3.35],
  ["Buriram", 15, 19.48, 15, 19.48],
  ["Surin", 32, 39.56, 32, 37.6],
  ["Sisaket", 56, 93.47, 54, 88.87],
  ["Ubon Ratchathani", 75, 122.85, 71, 119.95],
  ["Sakeo", 32, 9.78, 29, 10.11],
  ["Chanthaburi", 24, 5.13, 24, 5.13],
  ["Trad", 75, 91.55, 72, 88.41],
  ["Chumporn", 2, 6.92, 2, 6.92],
  ["Yala", 6, 1.15, 6, 1.15],
] as const;
