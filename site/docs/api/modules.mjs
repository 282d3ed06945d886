/**
 * TypeDoc plugin: modules as programs know them. They have the names by which they are imported, which package.json's exports tell; the
 * declarations' own comments are lost where their first import is. A namespace of no exported name, such as that of `metrics`, is called by its folder.
 * Accessors that TypeDoc lists at a module once more, beside their class, are left out.
 */
import { readFileSync } from "node:fs";
import { Converter, ReflectionKind } from "typedoc";

const { name, exports } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
const imported = Object.entries(exports).flatMap(([path, { types }]) =>
  types?.endsWith("/index.d.ts")
    ? [[types.replace("./dist/types/", "").replace("/index.d.ts", ""), name + path.slice(1)]]
    : [],
);

export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const accessor of project.getReflectionsByKind(ReflectionKind.Accessor))
      if (accessor.parent.kindOf(ReflectionKind.SomeModule)) project.removeReflection(accessor);
  });
  converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const module of project.getReflectionsByKind(ReflectionKind.SomeModule)) {
        const found = imported.find(([folder]) => module.name === folder);
        if (found) module.name = found[1];
        const kinds = /^dist\/types\/src\/(\w+)\/kinds$/.exec(module.name);
        if (kinds) module.name = kinds[1];
      }
    },
    -1000,
  );
}
