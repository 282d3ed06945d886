/** What a node of a federation tells of itself. */

/** What happens to a node. */
export type FederationEvent =
  | {
      /** It belongs to the federation. */
      readonly kind: "joined";
      /** The number that the SuperLink gave the node. */
      readonly nodeId: bigint;
    }
  | {
      /** A message came. */
      readonly kind: "received";
      /** What is asked: "train", "evaluate" or "query". */
      readonly type: string;
      /** The run's number. */
      readonly runId: bigint;
      /** The round, as the server counts them. */
      readonly round: string;
    }
  | {
      /** It was answered by what was asked. */
      readonly kind: "answered";
      /** What is asked: "train", "evaluate" or "query". */
      readonly type: string;
      /** The run's number. */
      readonly runId: bigint;
      /** The round, as the server counts them. */
      readonly round: string;
      /** Seconds that it took, or will be waited. */
      readonly seconds: number;
      /** What was computed, by its names. */
      readonly scores: Readonly<Record<string, number>>;
    }
  | {
      /** It was answered by an error. */
      readonly kind: "failed";
      /** What is asked: "train", "evaluate" or "query". */
      readonly type: string;
      /** Why, in words. */
      readonly reason: string;
    }
  | {
      /** It was not answered: its run is over, or the server does not take it. */
      readonly kind: "dropped";
      /** What is asked: "train", "evaluate" or "query". */
      readonly type: string;
      /** Why, in words. */
      readonly reason: string;
    }
  | {
      /** It waits and tries again. */
      readonly kind: "waiting";
      /** Why, in words. */
      readonly reason: string;
      /** Seconds that it took, or will be waited. */
      readonly seconds: number;
    }
  | {
      /** It has left the federation. */
      readonly kind: "left";
    };
