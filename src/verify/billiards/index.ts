/**
 * Section 2.1 of the paper, its billiards and its three claims, held against disks in motion.
 * @module mesoflux/billiards/verify
 */
import type { Report } from "../../report/data.ts";
import { EFFORTS } from "./effort.ts";
import { type BilliardsVerifyOptions, readBilliardsVerifyOptions } from "./options.ts";
import { billiardsReport } from "./report.ts";
import { study } from "./study.ts";

export type { BilliardsVerifyOptions } from "./options.ts";
export type { VerifyProgress } from "../options.ts";
export type { Axis, Check, Figure, Mark, Report, Series, Table } from "../../report/data.ts";

/**
 * Section 2.1: the rate of collisions through a hole, the energy of the disk that collides and what becomes of it, waits, and
 * the conduction of chains, each against the paper's claim and against kinetic theory.
 * @throws InvalidInputError listing every fault in the options; AbortedError.
 */
export async function verifyBilliards(options: BilliardsVerifyOptions = {}): Promise<Report> {
  const settled = readBilliardsVerifyOptions(options);
  return billiardsReport(await study(settled, settled.quick ? EFFORTS.quick : EFFORTS.full));
}
