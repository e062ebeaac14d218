/**
 * Folds the blocks of chunks into one: the upper part of the aligned binary tree whose lower part is a chunk's own.
 *
 * A node of the tree is the replicas [a 2^j, (a+1) 2^j). A node is merged from its halves, always left with right; a
 * half outside the ensemble is left out. So the result does not depend on how the ensemble was cut, nor on the order in
 * which chunks arrive, and no more than two blocks a level are held when they arrive in order.
 */
import type { TreeNode } from "../kernel.ts";
import { spansOf, type Chunk, type Span } from "./plan.ts";

type Block = TreeNode["block"];

/** The block of both: `left` are the lower numbers. May spoil either. */
export type Merge = (left: Block, right: Block) => Block;

export class Reduction {
  /** Complete nodes that wait for their sibling, by name. */
  private readonly waiting = new Map<string, TreeNode>();

  constructor(private readonly merge: Merge) {}

  add(node: TreeNode): void {
    const { first, level, block } = node;
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
      block: isLeft ? this.merge(block, other.block) : this.merge(other.block, block),
    });
  }

  /** The complete nodes that everything below replica `end` has been merged to, in order. */
  nodes(end = Infinity): TreeNode[] {
    return [...this.waiting.values()].filter(({ first }) => first < end).sort((a, b) => a.first - b.first);
  }

  /** The block of everything below replica `end` that was added, and which replicas those are; or undefined if none. */
  result(end?: number): { block: Block; spans: Span[] } | undefined {
    const nodes = this.nodes(end);
    return nodes.length === 0 ? undefined : { block: this.fold(nodes), spans: spansOf(nodes) };
  }

  /** Merges complete nodes, in order, as the smallest node that holds them all would. */
  private fold(nodes: readonly TreeNode[]): Block {
    const [first, last] = [nodes[0], nodes.at(-1)!];
    if (nodes.length === 1) return first.block;
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
