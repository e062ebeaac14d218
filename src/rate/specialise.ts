/**
 * The engine for one rate: a copy of its code in which the functions that know the rate (assembly/laws.ts) are code for that
 * rate, in the place of their calls too. An exchange costs what it did with the law compiled into the loop, on every engine:
 * measured 0.99 to 1.02 of it (N = 10 and 1000), where a call costs 1.1 to 1.5.
 */
import type { Splices } from "../wasm.ts";
import {
  type Code,
  type Coded,
  exceedsCode,
  F64,
  I32,
  type Names,
  type Place,
  unsigned,
  V128,
  valueCode,
} from "./code.ts";

const LOCAL_SET = 0x21;
const END = 0x0b;

/** A function of the rate in the engine: the number of its values, their type, and code. The bond is its last argument. */
interface RateFunction {
  readonly arity: number;
  readonly type: number;
  readonly at: (place: Place) => Code;
}

const functionsOf = (coded: Coded, names: Names): Readonly<Record<string, RateFunction>> => ({
  ownRate: { arity: 2, type: F64, at: (place) => valueCode(coded, F64, names, place) },
  ownRates: { arity: 2, type: V128, at: (place) => valueCode(coded, V128, names, place) },
  exceeds: { arity: 3, type: F64, at: (place) => exceedsCode(coded, names, place) },
});

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** The engine's bytes with this rate in them, and a section of that name with a text. */
export function specialise(
  engine: Uint8Array<ArrayBuffer>,
  { code: [sizeAt, start, end], functions, names }: Splices,
  coded: Coded,
  stamp: readonly [section: string, text: string],
): Uint8Array<ArrayBuffer> {
  const replacements = functionsOf(coded, names);
  const section: (Uint8Array | readonly number[])[] = [];
  let at = start;
  for (const { sizeAt, start: bodyAt, localsEnd, end: bodyEnd, groups, locals, is, inlined, calls } of functions) {
    section.push(engine.subarray(at, sizeAt));
    at = bodyEnd;
    const { arity, type, at: codeAt } = replacements[(is ?? inlined)!];
    const body: (Uint8Array | readonly number[])[] = [];
    if (is) {
      // A function that is replaced has no locals but those of its code.
      const { bytes, locals } = codeAt({ values: range(0, arity), bond: arity, free: arity + 1 });
      body.push([1, ...unsigned(locals), type], bytes, [END]);
    } else {
      const place = { values: range(locals + 1, arity), bond: locals, free: locals + 1 + arity };
      const { bytes, locals: used } = codeAt(place);
      const taken = [place.bond, ...[...place.values].reverse()].flatMap((local) => [LOCAL_SET, ...unsigned(local)]);
      const declared = engine.subarray(bodyAt + unsigned(groups).length, localsEnd);
      body.push(unsigned(groups + 2), declared, [1, I32, ...unsigned(arity + used), type]);
      let from = localsEnd;
      for (const [callAt, callEnd] of calls) {
        body.push(engine.subarray(from, callAt), taken, bytes);
        from = callEnd;
      }
      body.push(engine.subarray(from, bodyEnd));
    }
    const whole = joined(body);
    section.push(unsigned(whole.length), whole);
  }
  section.push(engine.subarray(at, end));
  const content = joined(section);
  const custom = [stamp[0].length, ...Array.from(stamp.join(""), (character) => character.charCodeAt(0))];
  return joined([
    ...[engine.subarray(0, sizeAt), unsigned(content.length), content, engine.subarray(end)],
    ...[[0], unsigned(custom.length), custom],
  ]);
}

function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
