// Makes the compiler inline what has the tag @inline in its doc comment: a function, a method or a constant. TypeScript knows
// no decorators of functions and constants, so with @inline as a decorator every editor and formatter stumbles over them.
// build-kernels.mjs gives it to asc as --transform; in asconfig.json the path would lose the ./ without which it is a package.
import { Node, NodeKind } from "assemblyscript";
import { Transform } from "assemblyscript/transform";

export default class InlineTransform extends Transform {
  afterParse(parser) {
    for (const source of parser.sources)
      if (!source.isLibrary) for (const statement of source.statements) decorate(statement, source.text);
  }
}

function decorate(node, text) {
  if (node.kind === NodeKind.ClassDeclaration) for (const member of node.members) decorate(member, text);
  else if (inlinable.has(node.kind) && hasTag(text, node.range.start))
    for (const declaration of node.declarations ?? [node]) {
      const { range } = declaration.name;
      const decorator = Node.createDecorator(Node.createIdentifierExpression("inline", range), null, range);
      declaration.decorators = [...(declaration.decorators ?? []), decorator];
    }
}

const inlinable = new Set([NodeKind.FunctionDeclaration, NodeKind.MethodDeclaration, NodeKind.Variable]);

/** Whether the doc comment that ends right before this place has a line of its own that says @inline. */
function hasTag(text, place) {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, place))?.[1] ?? "";
  return comment.split("\n").some((line) => line.replace(/^\s*\*?/, "").trim() === "@inline");
}
