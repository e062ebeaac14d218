/** The lab in headless Chromium: when it can be used, how many frames it draws, and how long it holds up its thread. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { rangeOf } from "./statistics.mjs";

const CHAIN = "?cells=50&particles=10000";

/** @returns milliseconds until the chain plays, frames a second, and the longest task, round by round; or why there is nothing. */
export async function measureLab({ rounds, seconds }) {
  // Node 20 does not read TypeScript; Vite does.
  const support = fileURLToPath(new URL("../test/support/lab.ts", import.meta.url));
  const { Lab } = (await runnerImport(support)).module;
  let lab;
  try {
    lab = await Lab.open();
  } catch (error) {
    return { why: error.message };
  }
  const measured = [];
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "lab, round ${round} of ${rounds}"...`);
    const { page } = await lab.page(CHAIN);
    measured.push(await page.evaluate(watch, 1000 * seconds));
    await lab.closePages();
  }
  await lab.close();
  const of = (name) => rangeOf(measured.map((round) => round[name]));
  return { chain: CHAIN, interactive: of("interactive"), frames: of("frames"), longestTask: of("longestTask") };
}

/** In the page. Tasks of less than 50 ms are not told of, and count as 0. */
async function watch(milliseconds) {
  const tasks = [0];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask", buffered: true });
  const nextFrame = () => new Promise(requestAnimationFrame);
  while (document.querySelector("#play").textContent !== "Pause") await nextFrame();
  const interactive = performance.now();
  const begin = await nextFrame();
  let [frames, now] = [0, begin];
  for (; now < begin + milliseconds; frames++) now = await nextFrame();
  observer.disconnect();
  return { interactive, frames: (1000 * frames) / (now - begin), longestTask: Math.max(...tasks) };
}
