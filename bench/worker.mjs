/** A thread that simulates what it is sent, and says when it is done. */
import { parentPort } from "node:worker_threads";
import { defineModel, simulate } from "../dist/src/index.js";

parentPort.on("message", async ({ model, options }) => {
  const { events } = await simulate(defineModel(model), options);
  parentPort.postMessage(events);
});
