// Finds where the compiled engine calls the functions that know its rate (assembly/laws.ts), so that the host can put code
// for another rate there (src/rate/specialise.ts) without reading the engine's code itself.

/** The functions to be replaced that are called; those whose calls become code in their place are told for each engine. */
const CALLED = ["ownRate"];
/** The functions that such code may call, and their names in the engine. */
const FUNCTIONS = {
  exp: "expLanes",
  expm1: "expm1Lanes",
  log: "lnLanes",
  log1p: "log1pLanes",
  tanh: "tanhLanes",
  cbrt: "cbrtLanes",
};

/** Functions whose calls become code, with those that there must be: asc inlines small functions, whose calls are not found. */
const CALLS = { exceeds: 3, ownRates: 9 };

/**
 * The places in an engine's code, by byte; `expected` calls are those of the core's, unless others are told:
 *   code:      [size of the code section, its start, its end]
 *   functions: for each function to be rewritten [size, start, end of its locals, end, groups of locals, locals, calls],
 *              a call being [start, end] of a call of `inlined`; or `is`, the name of the function that it is
 *   names:     the numbers of the functions and of the global that code may use
 */
export function splicesOf(wasm, expected = CALLS) {
  const inlinedNames = Object.keys(expected);
  const reader = new Reader(wasm, 8);
  const types = [];
  const typeOf = [];
  const exported = {};
  let code;
  while (reader.at < wasm.length) {
    const section = reader.byte();
    const sizeAt = reader.at;
    const end = reader.unsigned() + reader.at;
    const start = reader.at;
    if (section === 1) {
      reader.vector(() => {
        reader.byte();
        types.push(reader.vector(() => reader.byte()).length);
        reader.vector(() => reader.byte());
      });
    } else if (section === 2) throw new Error("the engine has imports, which shift the numbers of its functions");
    else if (section === 3) typeOf.push(...reader.vector(() => reader.unsigned()));
    else if (section === 7) {
      reader.vector(() => {
        const name = String.fromCharCode(...reader.vector(() => reader.byte()));
        reader.byte();
        exported[name] = reader.unsigned();
      });
    } else if (section === 10) code = [sizeAt, start, end];
    reader.at = end;
  }

  const names = new Map([...inlinedNames, ...CALLED].map((name) => [exported[name], name]));
  if (names.has(undefined)) throw new Error("the engine does not export all functions of its rate");
  const counted = Object.fromEntries(inlinedNames.map((name) => [name, 0]));
  reader.at = code[1];
  let number = 0;
  const functions = reader.vector(() => {
    const sizeAt = reader.at;
    const end = reader.unsigned() + reader.at;
    const start = reader.at;
    let locals = types[typeOf[number]];
    const groups = reader.vector(() => {
      locals += reader.unsigned();
      reader.byte();
    }).length;
    const localsEnd = reader.at;
    const calls = [];
    while (reader.at < end) {
      const at = reader.at;
      const called = names.get(reader.instruction());
      if (!inlinedNames.includes(called)) continue;
      calls.push({ name: called, at: [at, reader.at] });
      counted[called]++;
    }
    if (reader.at !== end) throw new Error(`function ${number} of the engine was not read to its end`);
    const is = names.get(number++);
    const inlined = calls[0]?.name;
    if (calls.some(({ name }) => name !== inlined)) throw new Error("a function calls two of the rate's functions");
    if (!is && !inlined) return undefined;
    return {
      sizeAt,
      start,
      localsEnd,
      end,
      groups,
      locals,
      ...(is ? { is } : { inlined }),
      calls: calls.map(({ at }) => at),
    };
  });
  for (const [name, count] of Object.entries(expected)) {
    if (counted[name] !== count) throw new Error(`the engine calls ${name} ${counted[name]} times, not ${count}`);
  }
  const called = Object.fromEntries(Object.entries(FUNCTIONS).map(([name, its]) => [name, exported[its]]));
  return {
    code,
    functions: functions.filter(Boolean),
    // An engine in whose loops nothing is put has places that are 16 k alone, and no need of the last two.
    names: { functions: called, sitesAt: exported.sitesAt, cellsAt: exported.cellsAt, toSites: exported.toSites },
  };
}

/** Reads WebAssembly's binary format (core specification 2.0, chapter 5). */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  unsigned() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  vector(item) {
    return Array.from({ length: this.unsigned() }, item);
  }

  skip(count, one) {
    for (let i = 0; i < count; i++) one.call(this);
  }

  /** Reads one instruction; returns the function's number if it is a call. */
  instruction() {
    const code = this.byte();
    if (code === 0x10) return this.unsigned();
    if (code >= 0x28 && code <= 0x3e) this.skip(2, this.unsigned);
    else if (ONE_NUMBER.has(code)) this.unsigned();
    else if (code === 0x11) this.skip(2, this.unsigned);
    else if (code === 0x0e) {
      this.vector(() => this.unsigned());
      this.unsigned();
    } else if (code === 0x1c) this.vector(() => this.byte());
    else if (code === 0x43) this.at += 4;
    else if (code === 0x44) this.at += 8;
    else if (code === 0xfc) {
      const more = this.unsigned();
      if (more >= 8) this.skip(more === 8 || more === 10 || more === 12 || more === 14 ? 2 : 1, this.unsigned);
    } else if (code === 0xfd) {
      const more = this.unsigned();
      if (more <= 11 || (more >= 84 && more <= 93)) this.skip(2, this.unsigned);
      if (more === 12 || more === 13) this.at += 16;
      if ((more >= 21 && more <= 34) || (more >= 84 && more <= 91)) this.at += 1;
    } else if (code > 0xc4) throw new Error(`the engine has an instruction that is not known here: ${code}`);
    return undefined;
  }
}

/** Instructions with one number: blocks, branches, locals and globals, the memory's size, constants. */
const ONE_NUMBER = new Set([
  ...[0x02, 0x03, 0x04, 0x0c, 0x0d, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2],
]);
