/** The folder that the runtimes and their tools are in. */
export declare const cache: string;
