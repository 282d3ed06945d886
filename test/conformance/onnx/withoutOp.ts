/** The operators of ONNX's cases that anygrad has no op for, by the reason. One that is not here fails the command. */
export const withoutOp: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    "texts: anygrad's tensors hold numbers":
      "StringNormalizer StringSplit StringConcat RegexFullMatch TfIdfVectorizer ai.onnx.ml.LabelEncoder",
    "lists of tensors, and values that may be none":
      "SequenceMap SequenceLength SequenceEmpty SequenceInsert SplitToSequence OptionalHasElement OptionalGetElement",
    "a graph within, chosen or repeated while it runs": "If Loop Scan",
    "the bits of whole numbers": "BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor",
    "files of pictures: `anygrad/node` reads them, no op does": "ImageDecoder",
    "a shape that depends on the numbers": "NonMaxSuppression NonZero Unique",
    "no op of it: samples, or sums, at places that are not on a grid":
      "GridSample RoiAlign DeformConv Col2Im",
    "no op of it: determinants": "Det",
    "no op of it: trees": "ai.onnx.ml.TreeEnsemble",
  }).flatMap(([reason, operators]) => operators.split(" ").map((name) => [name, reason])),
);
