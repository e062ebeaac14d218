/**
 * Integrals from 0 to infinity of what falls off like e^{-t} or faster, by the trapezoidal rule in u (Takahasi and Mori):
 *
 *   t = e^{u - e^{-u}},   ∫_0^∞ F(t) dt = h Σ F(t_j) t_j (1 + e^{-u_j})
 *
 * The error falls off as e^{-c/h} where F is analytic about the half line: at h = 1/16 it is rounding for every use here.
 */
import { exp } from "../../rate/elementary.ts";

/** t_j and the weight of F(t_j). */
export type HalfLineNode = readonly [place: number, weight: number];

const STEP = 1 / 16;
/** Below it t is 1e-17, and above it 148. */
const [LOWEST, HIGHEST] = [-3.625, 5];

/** 139 nodes, places increasing. */
export const halfLine: readonly HalfLineNode[] = /* @__PURE__ */ Array.from(
  { length: (HIGHEST - LOWEST) / STEP + 1 },
  (_, j) => {
    const u = LOWEST + j * STEP;
    const e = exp(-u);
    const place = exp(u - e);
    return [place, STEP * place * (1 + e)] as const;
  },
);
