// node producer.mjs <folder>
import { defineModel } from "mesoflux";
import { computeOnQueue } from "mesoflux/bullmq";
import { RunFolder } from "mesoflux/store";

const model = defineModel({
  cells: 10,
  particles: 1e4,
  temperatures: [1, 2],
  rate: "sqrt-harmonic",
  initial: "linear",
});
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());

try {
  const folder = await RunFolder.create(process.argv[2], { model, options: { replicas: 4096, times: [1], seed: 42n } });
  const { result } = await computeOnQueue(folder, {
    connection: { url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" },
    signal: interrupted.signal,
    onProgress: ({ finished, replicas }) => console.error(`${finished} of ${replicas} replicas`),
    onError: (error) => console.error(String(error)),
  });
  console.log(`${result.events} events, result ${result.certificate.result}`);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
