/** Tabs by the ARIA authoring practices: arrow keys move between them, and the Tab key reaches the selected one. */
import { element } from "./dom.ts";
import { TABS, type Settings } from "./settings.ts";

type Tab = Settings["tab"];

export class Tabs {
  private readonly buttons = TABS.map((tab) => element<HTMLButtonElement>(`tab-${tab}`));

  constructor(private readonly chosen: (tab: Tab) => void) {
    this.buttons.forEach((button, i) => {
      button.addEventListener("click", () => this.chosen(TABS[i]));
      button.addEventListener("keydown", ({ key }) => this.move(i, key));
    });
  }

  show(tab: Tab): void {
    TABS.forEach((one, i) => {
      this.buttons[i].setAttribute("aria-selected", String(one === tab));
      this.buttons[i].tabIndex = one === tab ? 0 : -1;
      element(one).hidden = one !== tab;
    });
  }

  private move(from: number, key: string): void {
    const last = TABS.length - 1;
    const to = {
      ArrowRight: from === last ? 0 : from + 1,
      ArrowLeft: from === 0 ? last : from - 1,
      Home: 0,
      End: last,
    };
    if (!(key in to)) return;
    const i = to[key as keyof typeof to];
    this.chosen(TABS[i]);
    this.buttons[i].focus();
  }
}
