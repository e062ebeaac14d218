/** The page: settings go to the form and the tabs; what people change comes back here as settings. */
import type { Certificate } from "mesoflux";
import { CertificateTab } from "./certificate.ts";
import { Controls } from "./controls.ts";
import { element } from "./dom.ts";
import { Player } from "./live/player.ts";
import { DEFAULTS, FIELDS, read, write, type Settings } from "./settings.ts";
import { Tabs } from "./tabs.ts";
import { mountTheorems } from "./theorems/panel.ts";
import "./style.css";

// The browser lays the page out in the task that evaluates its modules; the rest is left to the next.
await new Promise((resolve) => setTimeout(resolve));

let settings = DEFAULTS;

const speed = element<HTMLInputElement>("speed");
const player = new Player((t) => keep({ ...settings, t }), tell);
const certificate = new CertificateTab(() => ({
  settings: { ...settings, t: player.time },
  energies: player.energies,
}));
const tabs = new Tabs((tab) => change({ tab }));
const controls = new Controls(
  (part) => change({ ...part, t: 0 }),
  () => ({ ...settings, t: player.time }),
  () => change({ ...DEFAULTS, tab: settings.tab }),
);

speed.addEventListener("input", () => change({ speed: FIELDS.speed.read(speed.value)! }));
element("restart").addEventListener("click", () => restart());
addEventListener("popstate", () => void open());
// What can wait has a task of its own, since the page's first is the longest.
let theorems: ReturnType<typeof mountTheorems> | undefined;
setTimeout(() => {
  // On a phone the chain comes first.
  element<HTMLDetailsElement>("model").open = !matchMedia("(max-width: 48rem)").matches;
  theorems = mountTheorems(element("theorems"), () => settings, showCertificate);
});
// Workers are there before they are wanted: offline, a page could not load them.
void open().then(() => {
  certificate.prepare();
  theorems?.prepare();
});

/** What the address says. */
async function open(): Promise<void> {
  const { settings, problems } = read(location.search);
  element("problems").textContent =
    problems.length === 0
      ? ""
      : `This link cannot be used as it is; defaults took the place of:\n${problems.join("\n")}`;
  show(settings);
  await player.open(settings);
}

/** Something was changed: a chain of another kind begins. */
function change(part: Partial<Settings>): void {
  const isOther = Object.keys(part).some((key) => !["tab", "speed"].includes(key));
  element("problems").textContent = "";
  show({ ...settings, ...part });
  keep(settings);
  if (isOther) void player.open(settings);
}

function restart(): void {
  keep({ ...settings, t: 0 });
  void player.open(settings);
}

function show(next: Settings): void {
  settings = next;
  controls.show(settings);
  speed.value = String(settings.speed);
  tabs.show(settings.tab);
  theorems?.changed();
  player.setSpeed(settings.speed);
  player.setShown(settings.tab === "live");
}

/** Into the address. */
function keep(next: Settings): void {
  settings = next;
  history.replaceState(null, "", write(settings) || location.pathname);
}

function showCertificate(one: Certificate): void {
  certificate.show(one);
  change({ tab: "certificate" });
}

function tell(error: Error): void {
  element("problems").textContent = error.message;
}
