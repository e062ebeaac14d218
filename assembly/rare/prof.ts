import "./index";
export { abiVersion, setChain, setRate, allocate, region, setGuide, start, advance, ownRate, ownRates, sitesAt, cbrtLanes, expLanes, expm1Lanes, lnLanes, log1pLanes, tanhLanes } from "./index";
import { rateAround, exchange } from "./kernel";
import { Draws } from "./draws";
import { Chain, cells } from "./state";
import { rate } from "./run";
export function pRate(n: i32): void { for (let i = 0; i < n; i++) rateAround(i & 3); }
export function pRate1(n: i32): void { for (let i = 0; i < n; i++) rateAround(1); }
export function pDraw(n: i32): f64 { let s = 0.0; for (let i = 0; i < n; i++) { Draws.advance(); s += Draws.wait; } return s; }
export function pExchange(n: i32): void { for (let i = 0; i < n; i++) { exchange(i & 3); for (let k = 1; k <= cells; k++) Chain.setEnergy(k, 1.5); Draws.advance(); } }
export function pBoth(n: i32): void { for (let i = 0; i < n; i++) { exchange(i & 3); for (let k = 1; k <= cells; k++) Chain.setEnergy(k, 1.5); rateAround(i & 3); Draws.advance(); } }
export function pSum(n: i32): void { for (let i = 0; i < n; i++) rate(); }
