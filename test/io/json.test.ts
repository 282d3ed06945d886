/** JSON of strangers: values as JSON.parse gives them, and refusals before memory is taken. */
import { describe, expect, it } from "vitest";
import { AnygradError } from "../../src/errors.ts";
import { parseJson } from "../../src/io/json.ts";

const refusal = (given: string | Uint8Array): string => {
  try {
    parseJson("load", "model.json", given);
  } catch (error) {
    expect(error).toBeInstanceOf(AnygradError);
    expect((error as AnygradError).code).toBe("DATA_FORMAT");
    return (error as AnygradError).message;
  }
  return "not refused";
};

describe("parseJson", () => {
  it.each([
    ["null"],
    ["-1.5e-3"],
    ['"\\"[[[[\\\\"'],
    ['{"a":[1,{"b":"}]"}],"":{}}'],
    [`${"[".repeat(200)}${"]".repeat(200)}`],
    [JSON.stringify({ text: "[".repeat(1000), "{{{{": [] })],
  ])("reads %s as JSON.parse does, from text and from bytes", (text) => {
    expect(parseJson("load", "model.json", text)).toEqual(JSON.parse(text));
    expect(parseJson("load", "model.json", new TextEncoder().encode(text))).toEqual(JSON.parse(text));
  });

  it("refuses depth before it is parsed, also where brackets and braces take turns", () => {
    const deeper = "load: model.json nests deeper than 200 levels; save it again";
    expect(refusal("[".repeat(201))).toBe(deeper);
    expect(refusal('[{"a":'.repeat(101))).toBe(deeper);
    expect(refusal(`["]", ${"[".repeat(200)}`)).toBe(deeper);
  });

  it("refuses more lists, names and items than fit into its budget", () => {
    const most = /^load: model\.json holds too many values, in \d+ characters; save it again$/;
    expect(refusal(`[${"[],".repeat(2 ** 22)}[]]`)).toMatch(most);
    expect(refusal(`{${'"a":1,'.repeat(2 ** 20)}"b":2}`)).toMatch(most);
  });

  it.each([["{"], ["[1,]"], [""], ["{'a': 1}"], ["NaN"]])("refuses %s as no JSON", (text) => {
    expect(refusal(text)).toBe("load: model.json is no JSON; save it again");
  });

  it("refuses bytes that are no UTF-8", () => {
    expect(refusal(Uint8Array.of(0x22, 0xff, 0x22))).toBe("load: model.json is no JSON; save it again");
  });
});
