export { type BufferOptions, buffer } from "./buffer.ts";
export { computeSurvey } from "./compute.ts";
export { cornerNames } from "./outline.ts";
export { readDistance } from "./reading.ts";
export { type SnappedPolygon, snapToNeighbours } from "./snap.ts";
export { applySuggestion, undoSuggestion } from "./suggestion.ts";
export { type CleanedTrack, cleanTrack, type TrackLimits } from "./track.ts";
export {
  type ComputedSurvey,
  type CoordinateReading,
  type DistanceUnit,
  distanceUnits,
  type SurveyCorner,
  type SurveyCorrection,
  type SurveyedPolygon,
  type SurveyFile,
  type SurveyFinding,
  type SurveyFindingCode,
  type SurveyMethod,
  type SurveyNeighbour,
  type SurveyOperation,
  type SurveyOptions,
  type SurveyOrigin,
  type SurveyPatch,
  type SurveyPlace,
  type SurveyPoint,
  type SurveySuggestionReason,
  type SurveyTrack,
  type SurveyTrackReport,
  type SurveyTraverse,
  type SurveyTraverseRow,
  surveyMethods,
  type TrackPoint,
  type TypedCoordinate,
  type TypedLeg,
} from "./types.ts";
