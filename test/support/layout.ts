/** What is wrong with the layout of a page, measured from the boxes of its elements and texts, canvases' included. */
import type { Page } from "playwright-core";

/** Has every canvas of the page remember the texts that it shows. Before the page is opened. */
export const rememberTexts = (page: Page) => page.addInitScript(remember);

/** The faults of the page as it is now, once it has been drawn. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Charts hear of another size after the frame that has it, and are drawn by the next.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return page.evaluate(find);
}

/** Touch targets that are lower or narrower than 44 CSS pixels. */
export const smallTargets = (page: Page) =>
  page.locator("button, a, input, select, summary, textarea").evaluateAll((all) =>
    all
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ one, box }) => one.checkVisibility() && Math.min(box.width, box.height) < 43.9)
      .map(({ one, box }) => `${one.outerHTML.slice(0, 80)}: ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`),
  );

/** The texts of a canvas below all others: the ticks of a chart's x axis. */
export const lowestTexts = (page: Page, canvas: string) =>
  page.locator(canvas).evaluate((one) => {
    const drawn = (one as Remembering).drawnTexts!;
    const lowest = Math.max(...drawn.map(({ box }) => box[3]));
    return drawn.filter(({ box }) => box[3] > lowest - 3).map(({ text }) => text);
  });

/** The contrast of the letters of an element to its own ground, as WCAG has it. */
export const contrastOf = (page: Page, element: string) =>
  page.locator(element).evaluate((one) => {
    const { color, backgroundColor } = getComputedStyle(one);
    const [light, dark] = [color, backgroundColor]
      .map((text) => {
        const [r, g, b] = text.match(/[\d.]+/g)!.map((level) => {
          const x = Number(level) / 255;
          return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      })
      .sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });

interface Drawn {
  readonly text: string;
  /** Left, top, right, bottom, in pixels of the canvas. */
  readonly box: readonly [number, number, number, number];
}
type Remembering = HTMLCanvasElement & { drawnTexts?: Drawn[] };

function remember(): void {
  const canvas = CanvasRenderingContext2D.prototype;
  const { fillText, clearRect } = canvas;
  canvas.clearRect = function (x, y, width, height) {
    (this.canvas as Remembering).drawnTexts = [];
    clearRect.call(this, x, y, width, height);
  };
  canvas.fillText = function (text, x, y, most) {
    const size = this.measureText(text);
    const transform = this.getTransform();
    const corners = [
      [x - size.actualBoundingBoxLeft, y - size.actualBoundingBoxAscent],
      [x + size.actualBoundingBoxRight, y + size.actualBoundingBoxDescent],
    ].map(([px, py]) => transform.transformPoint({ x: px, y: py }));
    const xs = corners.map((corner) => corner.x);
    const ys = corners.map((corner) => corner.y);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
    ((this.canvas as Remembering).drawnTexts ??= []).push({ text, box });
    if (most === undefined) fillText.call(this, text, x, y);
    else fillText.call(this, text, x, y, most);
  };
}

function find(): string[] {
  interface Text {
    readonly text: string;
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  const faults: string[] = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`the page is ${wide} pixels wider than the window`);
  const shown = [...document.body.querySelectorAll<HTMLElement>("*")].filter((one) => one.checkVisibility());
  for (const one of shown) {
    const { left, right, width } = one.getBoundingClientRect();
    if (one.parentElement!.closest(".scroll") === null && width > 0 && (left < -0.5 || right > innerWidth + 0.5))
      faults.push(`outside the window: ${one.outerHTML.slice(0, 80)}`);
    if (one.matches("button, summary, figcaption, dt, dd, label, p") && one.scrollWidth > one.clientWidth + 1)
      faults.push(`cut: ${one.textContent}`);
  }
  const ruler = document.createElement("canvas").getContext("2d")!;
  for (const one of shown) {
    if (!(one instanceof HTMLSelectElement)) continue;
    const { font, paddingLeft, paddingRight } = getComputedStyle(one);
    ruler.font = font;
    const arrow = 18;
    for (const { label } of one.options) {
      const room = one.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow;
      if (ruler.measureText(label).width > room) faults.push(`cut: option ${label}`);
    }
  }

  const texts: Text[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    const text = node.textContent!.trim();
    if (text === "" || !parent.checkVisibility() || parent.closest("select, textarea, script, .scroll")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, top, right, bottom, height } of range.getClientRects()) {
      // The box of a line of text is higher than its letters.
      texts.push({ text, left, top: top + height / 5, right, bottom: bottom - height / 5 });
    }
  }
  for (const canvas of shown) {
    if (!(canvas instanceof HTMLCanvasElement)) continue;
    const place = canvas.getBoundingClientRect();
    const scale = place.width / canvas.width;
    const drawn = (canvas as Remembering).drawnTexts ?? [];
    for (const { text, box } of drawn) {
      const [left, top, right, bottom] = box;
      if (left < -1 || top < -1 || right > canvas.width + 1 || bottom > canvas.height + 1) {
        faults.push(`cut in ${canvas.closest("[role=img]")?.ariaLabel}: ${text}`);
      }
      for (const other of drawn) {
        const isOneAxis = Math.abs(other.box[2] - right) < 0.5 || Math.abs(other.box[3] - bottom) < 0.5;
        if (other.box !== box && other.text === text && isOneAxis) faults.push(`two ticks say ${text}`);
      }
      texts.push({
        text,
        left: place.left + scale * left,
        top: place.top + scale * top,
        right: place.left + scale * right,
        bottom: place.top + scale * bottom,
      });
    }
  }
  for (const [i, a] of texts.entries()) {
    for (const b of texts.slice(i + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) faults.push(`“${a.text}” and “${b.text}” overlap`);
    }
  }
  return faults;
}
