// node worker.mjs, on as many machines as you like
import { work } from "mesoflux/bullmq";

const working = await work({
  connection: { url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" },
  onError: (error) => console.error(String(error)),
});
// Finishes what it has begun; whoever is killed instead leaves it to the others.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void working.close());
