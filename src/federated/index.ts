/**
 * Learning together without sharing data: a client of Flower's federations, for any runtime.
 * @module anygrad/federated
 */
export { answerOf, type ClientOptions, type ScoreNames } from "./client.ts";
export type { FederationEvent } from "./events.ts";
export { type HttpTransportOptions, httpTransport, type Post } from "./http.ts";
export { type Identity, newIdentity, type Proof, readIdentity } from "./identity.ts";
export { type FederateOptions, type FederationReport, federate } from "./node.ts";
export type { FleetTransport, Outcome } from "./transport.ts";
export { readWeights, type WeightLayout, writeWeights } from "./weights.ts";
export type { FleetMethod } from "./wire/messages.ts";
export type { ArrayRecord, ConfigValue, MetricValue, Records } from "./wire/records.ts";
