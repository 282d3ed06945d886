/** One of a few, side by side. */

export function Toggles<Value extends string>({
  label,
  of,
  value,
  nameOf,
  onChoose,
}: {
  label: string;
  of: readonly Value[];
  value: Value;
  nameOf: (value: NoInfer<Value>) => string;
  onChoose(value: NoInfer<Value>): void;
}) {
  return (
    <fieldset class="toggles">
      <legend class="unseen">{label}</legend>
      {of.map((name) => (
        <button type="button" key={name} aria-pressed={value === name} onClick={() => onChoose(name)}>
          {nameOf(name)}
        </button>
      ))}
    </fieldset>
  );
}
