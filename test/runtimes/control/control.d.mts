export declare function controlKernels(options?: { reorder?: boolean }): Promise<Buffer<ArrayBuffer>>;
