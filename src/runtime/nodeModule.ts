/**
 * A module of Node by a name that bundlers do not see: for browsers and edge workers they would look for it in vain.
 * A parameter, since a constant beside the import is folded into it.
 */
export async function nodeModule<T>(name: `node:${string}`): Promise<T> {
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as T;
}
