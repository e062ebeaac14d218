/** The lab in headless Chromium: when it can be used, how many frames it draws, and how long it holds up its thread. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { rangeOf } from "./statistics.mjs";

const CHAIN = "?cells=50&particles=10000";
const TABLE = "?tab=billiards&table.cells=10&table.particles=100&table.speed=5";

/**
 * @returns milliseconds until the chain plays, frames a second, and the longest task, over the rounds, and the same of the
 *   billiards as `table`; or why there is nothing.
 */
export async function measureLab({ rounds, seconds }) {
  // Node 20 does not read TypeScript; Vite does.
  const support = fileURLToPath(new URL("../test/support/lab.ts", import.meta.url));
  const { Lab } = (await runnerImport(support)).module;
  const lab = new Lab();
  try {
    await lab.open();
  } catch (error) {
    return { why: error.message };
  }
  const [chains, tables] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "lab, round ${round} of ${rounds}"...`);
    for (const [link, play, measured] of [
      [CHAIN, "#play", chains],
      [TABLE, "#table-play", tables],
    ]) {
      const { page } = await lab.page(link);
      measured.push(await page.evaluate(watch, [play, 1000 * seconds]));
      await lab.closePages();
    }
  }
  await lab.close();
  return { chain: CHAIN, ...rangesOf(chains), table: { link: TABLE, ...rangesOf(tables) } };
}

function rangesOf(rounds) {
  const of = (name) => rangeOf(rounds.map((round) => round[name]));
  return { interactive: of("interactive"), frames: of("frames"), longestTask: of("longestTask") };
}

/** In the page. Tasks of less than 50 ms are not told of, and count as 0. */
async function watch([play, milliseconds]) {
  const tasks = [0];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask", buffered: true });
  const nextFrame = () => new Promise(requestAnimationFrame);
  while (document.querySelector(play)?.textContent !== "Pause") await nextFrame();
  const interactive = performance.now();
  const begin = await nextFrame();
  let [frames, now] = [0, begin];
  for (; now < begin + milliseconds; frames++) now = await nextFrame();
  observer.disconnect();
  return { interactive, frames: (1000 * frames) / (now - begin), longestTask: Math.max(...tasks) };
}
