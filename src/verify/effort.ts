/** How much is simulated: sizes of samples for a thorough verification and for a quick one. */
export interface Effort {
  /** The ladder of M, and replicas on its rungs. M = 1000 has the most: there the misprints are told apart. */
  readonly particles: readonly number[];
  readonly replicas: readonly number[];
  /** Replicas of the first moments after the start. */
  readonly kicks: number;
  /** Replicas and M of the steady states; M is small because it multiplies the cost of reaching them. */
  readonly steady: { readonly replicas: number; readonly particles: number };
  /** Events in each simulation of a current. */
  readonly currentEvents: number;
  /** Replicas of the small chain on which time reversal is tried. */
  readonly reversals: number;
  /** Replicas of the mesoscopic equation at the largest M; and of the process beside it, with twice as many of it. */
  readonly equations: number;
  readonly twins: number;
  /** Shares drawn at each M. */
  readonly shares: number;
}

export const EFFORTS: Readonly<Record<"full" | "quick", Effort>> = {
  full: {
    particles: [100, 1000, 10_000, 100_000],
    replicas: [4096, 16_384, 4096, 512],
    kicks: 131_072,
    steady: { replicas: 768, particles: 300 },
    currentEvents: 1e8,
    reversals: 32_768,
    equations: 16_384,
    twins: 65_536,
    shares: 1_048_576,
  },
  quick: {
    particles: [100, 1000, 10_000],
    replicas: [2048, 6144, 512],
    kicks: 32_768,
    steady: { replicas: 512, particles: 100 },
    currentEvents: 1.5e7,
    reversals: 8192,
    equations: 4096,
    twins: 16_384,
    shares: 262_144,
  },
};
