/** Where the records that reports mention have their pages. */
export const recordPaths: Readonly<Record<string, string>> = {
  "land.report": "/land/reports",
  "land.area": "/land/areas",
  "ordnance.find": "/ordnance/finds",
  "accidents.accident": "/accidents",
  "quality.visit": "/quality/visits",
  "results.activity": "/results/activities",
  "results.contribution": "/results/contributions",
  "results.session": "/results/sessions",
  "results.use": "/results/uses",
};
