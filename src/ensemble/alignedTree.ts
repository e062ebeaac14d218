/**
 * The aligned binary tree over replica numbers, along which every ensemble is cut and reduced.
 *
 * A node is the replicas [a 2^j, (a+1) 2^j), j its level. Its blocks are merged from those of its halves, always left with
 * right; a half outside the ensemble is left out. So a result depends neither on how the ensemble was cut into chunks, nor
 * on the order in which these arrive; and no more than two nodes a level are held when they arrive in order.
 */
import type { Kernel } from "../kernel.ts";

/** Replicas [first, first + 2^level), `first` a multiple of 2^level. */
export interface Chunk {
  /** Number of its first replica. */
  readonly first: number;
  /** log2 of the number of its replicas. */
  readonly level: number;
}

/** Replicas [first, first + replicas). */
export interface Span {
  /** Number of its first replica. */
  readonly first: number;
  /** Number of replicas. */
  readonly replicas: number;
}

export type Block = Float64Array<ArrayBuffer>;

/** A node of the tree with what its replicas left: a block for each observable. */
export interface TreeNode extends Chunk {
  readonly blocks: readonly Block[];
}

/** The blocks of both nodes together: `left` has the lower replica numbers. May overwrite either. */
export type Merge = (left: readonly Block[], right: readonly Block[]) => readonly Block[];

/** A node of the aligned tree as the engine has just finished it. */
export interface FinishedNode {
  /** A copy of its moments (assembly/moments.ts). */
  readonly moments: () => Block;
  /** A view of its rows: replicas x T x (E_1..E_N, inflow), and one more before those of each that has drawn its start. */
  readonly observed: () => Float64Array<ArrayBuffer>;
  /** A view of its W_f, where that is kept: replicas x T. */
  readonly ratios: () => Float64Array<ArrayBuffer>;
  readonly replicas: number;
  /** Exchanges in its replicas; steps for "mesoscopic". */
  readonly events: number;
}

/** An observable's blocks. Its public result is made apart (reducers/index.ts), since workers need not carry that. */
export interface Reducer {
  /** Numbers in the block of this many replicas. */
  readonly length: (replicas: number) => number;
  /** The block of a node that the engine has just finished. */
  readonly leaf: (node: FinishedNode) => Block;
  /** The block of two neighbouring nodes. May overwrite either. */
  readonly merge: (left: Block, right: Block, kernel: Kernel) => Block;
}

/** The chunks of a span, in order, each as large as alignment and `level` allow. */
export function* chunks({ first, replicas }: Span, level: number): Generator<Chunk, void> {
  const end = first + replicas;
  for (let at = first; at < end;) {
    let size = 0;
    while (size < level && at % 2 ** (size + 1) === 0 && at + 2 ** (size + 1) <= end) size++;
    yield { first: at, level: size };
    at += 2 ** size;
  }
}

/** The chunks of several spans. */
export function* chunksOf(spans: readonly Span[], level: number): Generator<Chunk, void> {
  for (const span of spans) yield* chunks(span, level);
}

/** The first replica of these spans, how many there are, and the spans where these do not say it all. */
export function coverage(spans: readonly Span[]) {
  const replicas = spans.reduce((sum, { replicas }) => sum + replicas, 0);
  return { firstReplica: spans[0].first, replicas, ...(spans.length > 1 && { spans }) };
}

/** One block after the other. */
export function joined(left: Block, right: Block): Block {
  const both = new Float64Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

/** The number of replicas in these chunks. */
export function replicasIn(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { level }) => sum + 2 ** level, 0);
}

/** The replicas of these chunks, which are in order, with neighbours joined. */
export function spansOf(chunks: Iterable<Chunk>): Span[] {
  const spans: { first: number; replicas: number }[] = [];
  for (const { first, level } of chunks) {
    const last = spans.at(-1);
    if (last !== undefined && last.first + last.replicas === first) last.replicas += 2 ** level;
    else spans.push({ first, replicas: 2 ** level });
  }
  return spans;
}

/** Reduces nodes to one, in any order of arrival. */
export class Reduction {
  /** Complete nodes that wait for their sibling, by name. */
  private readonly waiting = new Map<string, TreeNode>();

  constructor(private readonly merge: Merge) {}

  add(node: TreeNode): void {
    const { first, level, blocks } = node;
    const size = 2 ** level;
    const isLeft = (first / size) % 2 === 0;
    const sibling = name({ first: isLeft ? first + size : first - size, level });
    const other = this.waiting.get(sibling);
    if (other === undefined) {
      this.waiting.set(name(node), node);
      return;
    }
    this.waiting.delete(sibling);
    this.add({
      first: isLeft ? first : other.first,
      level: level + 1,
      blocks: isLeft ? this.merge(blocks, other.blocks) : this.merge(other.blocks, blocks),
    });
  }

  /** The nodes that could not be merged further, in order. */
  nodes(end = Infinity): TreeNode[] {
    return [...this.waiting.values()].filter(({ first }) => first < end).sort((a, b) => a.first - b.first);
  }

  /** The blocks of all replicas below `end` that were added, and which replicas those are; undefined if there are none. */
  result(end = Infinity): { blocks: readonly Block[]; spans: Span[] } | undefined {
    const nodes = this.nodes(end);
    return nodes.length === 0 ? undefined : { blocks: this.fold(nodes), spans: spansOf(nodes) };
  }

  /** Merges complete nodes, in order, as the smallest node that holds them all would. */
  private fold(nodes: readonly TreeNode[]): readonly Block[] {
    const [first, last] = [nodes[0], nodes.at(-1)!];
    if (nodes.length === 1) return first.blocks;
    let half = 2 ** first.level;
    while (Math.floor(first.first / (2 * half)) !== Math.floor(last.first / (2 * half))) half *= 2;
    const middle = (Math.floor(first.first / (2 * half)) * 2 + 1) * half;
    const split = nodes.findIndex((node) => node.first >= middle);
    return this.merge(this.fold(nodes.slice(0, split)), this.fold(nodes.slice(split)));
  }
}

function name({ first, level }: Chunk): string {
  return `${first}/${level}`;
}
