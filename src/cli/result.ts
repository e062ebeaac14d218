/** Prints a result: tables with the theory beside them, or JSON. */
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import type { Model } from "../model.ts";
import { renderTable } from "../report/plainText.ts";
import { limit } from "../theory/limit.ts";
import { isFluxKnown } from "../theory/rates.ts";
import { steadyStateTables } from "./steadyState.ts";
import { say, screen, toJson } from "./terminal.ts";
import { counted, STANDARD_ERROR } from "./words.ts";

export type Result = Ensemble | SteadyState;

/** @param complete true if the result contains all replicas that were asked for. */
export function printResult(model: Model, result: Result, json: boolean, complete: boolean): void {
  if (json) {
    process.stdout.write(`${toJson({ complete, ...result })}\n`);
    return;
  }
  const { replicas, events, certificate } = result;
  const tables = "plan" in result ? steadyStateTables(model, result, MOST_ROWS) : ensembleTables(model, result);
  const unit = certificate.method === "mesoscopic" ? "step" : "event";
  const said = [
    `${counted(replicas, "replica")}, ${counted(events, unit)}${complete ? "" : ", INCOMPLETE"}`,
    `certificate: seed ${certificate.seed}, result ${certificate.result}`,
  ];
  say(`${tables}\n\n${said.join("\n")}`);
}

/** A table for each time. */
function ensembleTables(model: Model, { times, mean, standardError, transferred, replicas }: Ensemble): string {
  const N = model.cells;
  const predicted = isFluxKnown(model) ? limit(model, times) : undefined;
  const view = screen();
  // A single replica has no error, and where only means are kept there is none.
  const errors = replicas > 1 ? standardError : undefined;
  const tables = Array.from(times, (time, t) => {
    const rows = Array.from({ length: Math.min(N, MOST_ROWS) }, (_, i) => {
      const at = t * N + i;
      const error = errors ? [errors[at]] : [];
      const theory = predicted ? [predicted[at]] : [];
      return [i + 1, mean[at], ...error, ...theory, transferred[t * (N + 1) + i + 1]];
    });
    const title = `t = ${time}${N > MOST_ROWS ? `, the first ${MOST_ROWS} of ${N} cells` : ""}`;
    const error = errors ? ["std. error"] : [];
    const theory = predicted ? ["limit equation"] : [];
    return renderTable({ title, columns: ["cell k", "mean energy", ...error, ...theory, "transferred"], rows }, view);
  });
  const said = [...(errors ? [STANDARD_ERROR] : []), TRANSFERRED].join("\n");
  return [...tables, said].join("\n\n");
}

const TRANSFERRED = "transferred: energy gone from cell k to k+1 since time 0; negative where it went to the left.";

/** Rows of a table at most; --json has all of them. */
const MOST_ROWS = 100;
