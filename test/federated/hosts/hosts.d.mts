import type { FederationReport } from "../../../src/federated/index.ts";

interface Host {
  takePart(address: string): Promise<FederationReport>;
  close(): Promise<void>;
}

export declare function missingReason(error: unknown): string | undefined;
export declare function openChromium(
  folder: string,
): Promise<Host & { origin: string; leave(): Promise<void> }>;
export declare function openWorkerd(folder: string): Promise<Host>;
