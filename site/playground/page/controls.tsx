/** Controls as all rooms have them: a label, the control, and a sentence for those who meet it for the first time. */

import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { Scrollable } from "./Scrollable.tsx";

interface About {
  readonly label: string;
  readonly hint?: string | undefined;
}

export function Panel({
  title,
  hint,
  children,
  class: name = "",
}: {
  title: string;
  hint?: string;
  children: ComponentChildren;
  class?: string;
}) {
  const id = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}

/** A label, its control and the sentence that explains it, tied together for screen readers. */
function Field({
  label,
  hint,
  class: name = "",
  children,
}: About & {
  class?: string;
  children(tie: { id: string; "aria-describedby"?: string }): ComponentChildren;
}) {
  const id = useId();
  return (
    <div class={`control ${name}`}>
      <label for={id}>{label}</label>
      {children({ id, ...(hint && { "aria-describedby": `${id}h` }) })}
      {hint && (
        <p class="hint" id={`${id}h`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function Choice<Value extends string>({
  value,
  of,
  nameOf,
  onChoose,
  ...about
}: About & {
  value: Value;
  of: readonly Value[];
  nameOf?: (value: Value) => string;
  onChoose(value: Value): void;
}) {
  return (
    <Field {...about}>
      {(tie) => (
        <select {...tie} value={value} onChange={(event) => onChoose(event.currentTarget.value as Value)}>
          {of.map((name) => (
            // without words of the page it is the name that programs use
            <option key={name} value={name} translate={nameOf !== undefined}>
              {nameOf ? nameOf(name) : name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/**
 * A number that is typed; it takes effect when it is one, and what is out of bounds is brought to the nearest bound. What is half typed stays
 * where the page is drawn anew meanwhile.
 */
export function NumberField({
  value,
  least,
  most,
  step = 1,
  onSet,
  ...about
}: About & { value: number; least: number; most: number; step?: number; onSet(value: number): void }) {
  const [typing, setTyping] = useState<string | undefined>();
  return (
    <Field {...about}>
      {(tie) => (
        <input
          {...tie}
          type="number"
          inputMode={step < 1 ? "decimal" : "numeric"}
          value={typing ?? value}
          min={least}
          max={most}
          step={step}
          onInput={(event) => setTyping(event.currentTarget.value)}
          onBlur={() => setTyping(undefined)}
          onChange={(event) => {
            setTyping(undefined);
            const typed = event.currentTarget.valueAsNumber;
            const whole = step >= 1 ? Math.round(typed) : typed;
            const set = Number.isFinite(whole) ? Math.min(most, Math.max(least, whole)) : value;
            event.currentTarget.value = String(set);
            if (set !== value) onSet(set);
          }}
        />
      )}
    </Field>
  );
}

/** A number along a scale of given values, such as rates by factors. */
export function Scale({
  value,
  of,
  text,
  onSet,
  ...about
}: About & {
  value: number;
  of: readonly number[];
  text: (value: number) => string;
  onSet(value: number): void;
}) {
  const nearest = of.reduce(
    (best, each, i) => (Math.abs(Math.log(each / value)) < Math.abs(Math.log(of[best]! / value)) ? i : best),
    0,
  );
  return (
    <Field {...about} class="scale">
      {(tie) => (
        <>
          <output for={tie.id}>{text(value)}</output>
          <input
            {...tie}
            type="range"
            min={0}
            max={of.length - 1}
            step={1}
            value={nearest}
            aria-valuetext={text(value)}
            onInput={(event) => onSet(of[event.currentTarget.valueAsNumber]!)}
          />
        </>
      )}
    </Field>
  );
}

/** A field that files are dropped on, or chosen by. */
export function FileField({
  label,
  hint,
  accept,
  isFolder = false,
  onFiles,
}: About & { accept?: string; isFolder?: boolean; onFiles(files: File[]): void }) {
  const field = useRef<HTMLInputElement>(null);
  const [isOver, over] = useState(false);
  const id = useId();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped by a mouse; the keyboard has the button in it
    <div
      class={`drop ${isOver ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        over(true);
      }}
      onDragLeave={() => over(false)}
      onDrop={(event) => {
        event.preventDefault();
        over(false);
        const { items, files } = event.dataTransfer!;
        void droppedFiles(items, files).then(onFiles);
      }}
    >
      <label class="button" for={id}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        class="unseen"
        type="file"
        multiple
        accept={accept}
        {...(isFolder && { webkitdirectory: true })}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      {hint && <p class="hint always">{hint}</p>}
    </div>
  );
}

/** The files of what was dropped; those of a folder know it by `webkitRelativePath`, as if the folder had been chosen. */
async function droppedFiles(items: DataTransferItemList, files: FileList): Promise<File[]> {
  const plain = [...files];
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null);
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: File[] = [];
  const walk = async (entry: FileSystemEntry, path: string): Promise<void> => {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      Object.defineProperty(file, "webkitRelativePath", { value: path + file.name });
      found.push(file);
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return;
      for (const each of some) await walk(each, `${path}${entry.name}/`);
    }
  };
  for (const entry of entries) if (entry) await walk(entry, "");
  return found;
}

/** Words to copy, with the button that does it. */
export function Copied({
  label,
  text,
  copy,
  done,
}: {
  label: string;
  text: string;
  copy: string;
  done: string;
}) {
  const [isCopied, copied] = useState(false);
  return (
    <div class="copied">
      <div class="copied-head">
        <span>{label}</span>
        <button
          type="button"
          class="quiet-button"
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => {
              copied(true);
              setTimeout(() => copied(false), 2000);
            });
          }}
        >
          {isCopied ? done : copy}
        </button>
      </div>
      <Scrollable label={label}>
        <pre>{text}</pre>
      </Scrollable>
    </div>
  );
}

/** Offers bytes or text as a file. */
export function download(name: string, content: BlobPart, type = "application/octet-stream"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
