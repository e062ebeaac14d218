/**
 * WebAssembly code for a rate (core specification 2.0, chapter 5): f(a, b) of one pair of energies or of two, and the
 * inequality y < f(a, b). Every node of the graph has a local of its own, as in static single assignment.
 */
import type { Binary, Graph, Node, Unary } from "./graph.ts";

/** What code is made of. */
export interface Coded {
  /** Without powers (`lowered`). */
  readonly graph: Graph;
  /** The nodes that are above zero at all positive energies. */
  readonly positive: readonly boolean[];
  /** The numbers that differ from bond to bond, for each bond. */
  readonly sites: number;
  /** A cap K: in units of s, f is g/(1 + g s/K). */
  readonly cap: { readonly scale: number; readonly inverse: number } | undefined;
}

/** The engine's functions of two numbers that code may call, by their numbers. */
export interface Names {
  readonly functions: Readonly<Record<string, number>>;
  /**
   * Globals (assembly/state.ts): addresses of the numbers of bond 0 and of cell 0, and the distance from one to the other; the
   * last two where the bond may be told by its cell's address.
   */
  readonly sitesAt: number;
  readonly cellsAt?: number;
  readonly toSites?: number;
}

/**
 * The locals of a place where code is put: those of its arguments, of the bond, and the first that it may use. The bond is 16 k,
 * or in the hot loop the address of cell k.
 */
export interface Place {
  readonly values: readonly number[];
  readonly bond: number;
  readonly free: number;
}

/** Code, and the locals that it has taken. */
export interface Code {
  readonly bytes: readonly number[];
  readonly locals: number;
}

/** The type of values: numbers, or vectors of two. */
export const F64 = 0x7c;
export const V128 = 0x7b;
export const I32 = 0x7f;

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;

/** An unsigned number in groups of seven bits, the lowest first. */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** Instructions of one number and, after the prefix of vectors, of two. */
const INSTRUCTIONS: Readonly<Record<string, readonly [scalar: number, vector: number]>> = {
  negate: [0x9a, 0xed],
  abs: [0x99, 0xec],
  sqrt: [0x9f, 0xef],
  add: [0xa0, 0xf0],
  subtract: [0xa1, 0xf1],
  multiply: [0xa2, 0xf2],
  divide: [0xa3, 0xf3],
  min: [0xa4, 0xf6],
  max: [0xa5, 0xf7],
};

const bits = new DataView(new ArrayBuffer(8));

/** Writes code: each value is in a local, and stands for its number. */
class Writer {
  readonly bytes: number[] = [];
  locals = 0;

  constructor(
    private readonly type: number,
    /** The number of its first local. */
    private readonly first: number,
    private readonly names: Names,
  ) {}

  /** A new local for the value on top of the stack. */
  keep(): number {
    const local = this.first + this.locals++;
    this.bytes.push(LOCAL_SET, ...unsigned(local));
    return local;
  }

  get(...locals: readonly number[]): void {
    for (const local of locals) this.bytes.push(LOCAL_GET, ...unsigned(local));
  }

  number(value: number): number {
    bits.setFloat64(0, value, true);
    this.bytes.push(0x44);
    for (let i = 0; i < 8; i++) this.bytes.push(bits.getUint8(i));
    if (this.type === V128) this.bytes.push(0xfd, 0x14); // f64x2.splat
    return this.keep();
  }

  apply(operation: Unary | Binary, ...operands: readonly number[]): number {
    this.get(...operands);
    const isVector = this.type === V128;
    const instruction = INSTRUCTIONS[operation];
    if (instruction) this.bytes.push(...(isVector ? [0xfd, ...unsigned(instruction[1])] : [instruction[0]]));
    else {
      const call = [0x10, ...unsigned(this.names.functions[operation])];
      // f64x2.splat, and f64x2.extract_lane 0.
      this.bytes.push(...(isVector ? call : [0xfd, 0x14, ...call, 0xfd, 0x21, 0]));
    }
    return this.keep();
  }

  /** Makes the local of the bond the address of its numbers, of which there are so many in 16 ceil(count/2) bytes. */
  findSites(bond: number, count: number, isAddress: boolean): void {
    const { sitesAt, cellsAt, toSites } = this.names;
    const pairs = Math.ceil(count / 2);
    this.get(bond);
    if (isAddress && pairs === 1) this.global(toSites!);
    else {
      if (isAddress) this.global(cellsAt!, 0x6b); // i32.sub
      this.bytes.push(0x41, ...signed(pairs), 0x6c); // i32.const, i32.mul
      this.global(sitesAt);
    }
    this.bytes.push(LOCAL_SET, ...unsigned(bond));
  }

  /** The value on top of the stack and that of a global, added or by another instruction. */
  private global(index: number, instruction = 0x6a): void {
    this.bytes.push(0x23, ...unsigned(index), instruction); // global.get, i32.add
  }

  /** Number i of those at an address, in both lanes of a vector. */
  site(address: number, i: number): number {
    this.get(address);
    this.bytes.push(...(this.type === V128 ? [0xfd, 0x0a] : [0x2b]), 3, ...unsigned(8 * i)); // load64_splat, f64.load
    return this.keep();
  }
}

/** The same as `unsigned` for a number that may be negative: its last group has the sign in its highest bit. */
const signed = (value: number): number[] => (value < 64 ? [value] : [(value & 127) | 128, ...signed(value >> 7)]);

/** f(a, b) without its cap, left on the stack; the values are a and b. */
export function valueCode(coded: Coded, type: number, names: Names, place: Place): Code {
  const writer = new Writer(type, place.free, names);
  writer.get(nodesOf(writer, coded, place)(coded.graph.length - 1));
  return writer;
}

/**
 * y < f(a, b), left on the stack; the values are y, a and b. Roots and quotients are pulled over to the other side, and the
 * engine's hot loop is spared them: y < √u is y² < u, and y < u/v is y v < u where v > 0. In units of s, f with its cap is
 * g/(1 + g s/K), and y < g/(1 + g s/K) is y < g (1 - y s/K).
 */
export function exceedsCode(coded: Coded, names: Names, place: Place): Code {
  const { graph, positive, cap } = coded;
  const writer = new Writer(F64, place.free, names);
  const [y] = place.values;
  const value = nodesOf(writer, coded, place, true);
  const multiply = (u: number, v: number) => writer.apply("multiply", u, v);
  let left = y;
  let right: number | undefined;
  if (cap) {
    const part = multiply(multiply(y, writer.number(cap.scale)), writer.number(cap.inverse));
    right = writer.apply("max", writer.apply("subtract", writer.number(1), part), writer.number(0));
  }
  let at = graph.length - 1;
  for (let node = graph[at]; ; node = graph[at]) {
    if (node.kind === "sqrt") {
      left = multiply(left, left);
      if (right !== undefined) right = multiply(right, right);
      at = node.of;
    } else if (node.kind === "divide" && positive[node.right]) {
      left = multiply(left, value(node.right));
      at = node.left;
    } else break;
  }
  writer.get(left, right === undefined ? value(at) : multiply(value(at), right));
  writer.bytes.push(0x63); // f64.lt
  return writer;
}

/** The locals of nodes, whose code is written when they are first asked for. */
function nodesOf(
  writer: Writer,
  { graph, sites }: Coded,
  { values, bond }: Place,
  isAddress = false,
): (at: number) => number {
  const [a, b] = values.slice(-2);
  if (sites > 0) writer.findSites(bond, sites, isAddress);
  const locals = new Map<number, number>();
  function make(node: Node): number {
    if (node.kind === "number") return writer.number(node.value);
    if (node.kind === "site") return writer.site(bond, node.table);
    if ("of" in node) return writer.apply(node.kind as Unary, local(node.of));
    if ("left" in node) return writer.apply(node.kind as Binary, local(node.left), local(node.right));
    return node.kind === "a" ? a : b;
  }
  function local(at: number): number {
    const known = locals.get(at) ?? make(graph[at]);
    locals.set(at, known);
    return known;
  }
  return local;
}
