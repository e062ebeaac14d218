/**
 * Folds the blocks of chunks into one: the upper part of the aligned binary tree whose lower part is a chunk's own.
 *
 * A node of the tree is the replicas [a 2^j, (a+1) 2^j). A node is merged from its halves, always left with right; a
 * half outside the ensemble is left out. So the result does not depend on how the ensemble was cut, nor on the order in
 * which chunks arrive, and no more than two blocks a level are held when they arrive in order.
 */
import type { Chunk } from "./plan.ts";

type Block = Float64Array<ArrayBuffer>;

export class Reduction {
  /** Complete nodes that wait for their sibling, by name. */
  private readonly waiting = new Map<string, { chunk: Chunk; block: Block }>();

  constructor(private readonly merge: (left: Block, right: Block) => Block) {}

  add(chunk: Chunk, block: Block): void {
    const size = 2 ** chunk.level;
    const isLeft = (chunk.first / size) % 2 === 0;
    const sibling = name({ first: isLeft ? chunk.first + size : chunk.first - size, level: chunk.level });
    const other = this.waiting.get(sibling);
    if (other === undefined) {
      this.waiting.set(name(chunk), { chunk, block });
      return;
    }
    this.waiting.delete(sibling);
    const parent = { first: isLeft ? chunk.first : other.chunk.first, level: chunk.level + 1 };
    this.add(parent, isLeft ? this.merge(block, other.block) : this.merge(other.block, block));
  }

  /** The block of everything that was added, or undefined if nothing was. */
  result(): Block | undefined {
    const nodes = [...this.waiting.values()].sort((a, b) => a.chunk.first - b.chunk.first);
    return nodes.length === 0 ? undefined : this.fold(nodes);
  }

  /** Merges complete nodes, in order, as the smallest node that holds them all would. */
  private fold(nodes: { chunk: Chunk; block: Block }[]): Block {
    const [first, last] = [nodes[0].chunk, nodes.at(-1)!.chunk];
    if (nodes.length === 1) return nodes[0].block;
    let half = 2 ** first.level;
    while (Math.floor(first.first / (2 * half)) !== Math.floor(last.first / (2 * half))) half *= 2;
    const middle = (Math.floor(first.first / (2 * half)) * 2 + 1) * half;
    const split = nodes.findIndex(({ chunk }) => chunk.first >= middle);
    return this.merge(this.fold(nodes.slice(0, split)), this.fold(nodes.slice(split)));
  }
}

function name({ first, level }: Chunk): string {
  return `${first}/${level}`;
}
