/** Prints a result: tables with the theory beside them, or JSON. */
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import type { Model } from "../model.ts";
import { renderTable } from "../report/plainText.ts";
import { limit } from "../theory/limit.ts";
import { steadyStateTables } from "./steadyState.ts";
import { toJson } from "./terminal.ts";

export type Result = Ensemble | SteadyState;

/** @param complete true if the result contains all replicas that were asked for. */
export function printResult(model: Model, result: Result, json: boolean, complete: boolean): void {
  if (json) {
    process.stdout.write(`${toJson({ complete, ...result })}\n`);
    return;
  }
  const { replicas, events, certificate } = result;
  const tables = "plan" in result ? steadyStateTables(model, result, MOST_ROWS) : ensembleTables(model, result);
  process.stdout.write(`${tables}\n\n`);
  const counted = certificate.method === "mesoscopic" ? "steps" : "events";
  process.stdout.write(`${replicas} replicas, ${events} ${counted}${complete ? "" : ", INCOMPLETE"}\n`);
  process.stdout.write(`certificate: seed ${certificate.seed}, result ${certificate.result}\n`);
}

/** A table for each time. */
function ensembleTables(model: Model, { times, mean, standardError, current }: Ensemble): string {
  const N = model.cells;
  const predicted = limit(model, times);
  return Array.from(times, (time, t) => {
    const rows = Array.from({ length: Math.min(N, MOST_ROWS) }, (_, i) => {
      const at = t * N + i;
      return [i + 1, mean[at], standardError ? standardError[at] : "", predicted[at], current[t * (N + 1) + i + 1]];
    });
    const title = `t = ${time}${N > MOST_ROWS ? `, the first ${MOST_ROWS} of ${N} cells` : ""}`;
    const columns = ["cell k", "mean energy", "std. error", "limit equation", "transferred k to k+1"];
    return renderTable({ title, columns, rows });
  }).join("\n\n");
}

/** Rows of a table at most; --json has all of them. */
const MOST_ROWS = 100;
