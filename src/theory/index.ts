/** The paper's predictions, computed: the public namespace `theory`. No simulation, no randomness, no WASM. */
export { covariance } from "./covariance.ts";
export { diffusion } from "./diffusion.ts";
export { drift, jacobian } from "./drift.ts";
export { type Equilibrium, equilibrium } from "./equilibrium.ts";
export { limit } from "./limit.ts";
