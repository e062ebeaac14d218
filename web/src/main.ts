/** The page: shows the settings in the form and the tabs, and takes their changes. */
import type { Certificate } from "mesoflux";
import { mountCertificate } from "./certificateTab.ts";
import { Controls } from "./controls.ts";
import { element } from "./dom.ts";
import { LiveView } from "./live/view.ts";
import { Player } from "./player.ts";
import { complain, showProblem } from "./problems.ts";
import { DEFAULTS, FIELDS, read, write, type Settings } from "./settings.ts";
import { startEngine } from "./startEngine.ts";
import { Tabs } from "./tabs.ts";
import { mountTheorems } from "./theorems/panel.ts";
import { fillSigns } from "./typeset.ts";
import "./style.css";

// The browser lays the page out in the task that evaluates its modules: the rest waits for the next task.
await new Promise((resolve) => setTimeout(resolve));

let settings = DEFAULTS;
/** On a phone the form is closed, so that the chain is seen first. */
const narrow = matchMedia("(max-width: 48rem)");

fillSigns(document);

const speed = element<HTMLInputElement>("speed");
const player = new Player(
  { panel: "live", prefix: "" },
  startEngine(),
  new LiveView(),
  (t) => keep({ ...settings, t }),
  showError,
);
const certificate = mountCertificate(() => ({
  settings: { ...settings, t: player.time },
  energies: player.frame?.energies,
}));
const tabs = new Tabs((tab) => change({ tab }));
const controls = new Controls(
  (part) => change({ ...part, t: 0 }),
  () => ({ ...settings, t: player.time }),
  () => change({ ...DEFAULTS, tab: settings.tab, table: settings.table }),
);

speed.addEventListener("input", () => change({ speed: FIELDS.speed.read(speed.value)! }));
element("restart").addEventListener("click", () => restart());
addEventListener("popstate", () => void open());
// The theorems wait for a task of their own, since the page's first is the longest.
let theorems: ReturnType<typeof mountTheorems> | undefined;
setTimeout(() => {
  const fit = () => (element<HTMLDetailsElement>("model").open = !narrow.matches);
  narrow.addEventListener("change", fit);
  fit();
  theorems = mountTheorems(element("theorems"), () => settings, showCertificate);
});
let billiards: Promise<ReturnType<typeof import("./billiards/tab.ts").mountBilliards>> | undefined;
// Workers start before they are needed: offline, a page could not load them.
void open().then(() => {
  certificate.engine();
  theorems?.prepare();
});

/** Opens the settings of the address. */
async function open(): Promise<void> {
  const { settings, problems } = read(location.search);
  showProblem("");
  complain(problems);
  show(settings);
  await player.open(settings);
}

/** Takes changed settings; a changed model begins another chain. */
function change(part: Partial<Settings>): void {
  const isOther = Object.keys(part).some((key) => !["tab", "speed"].includes(key));
  showProblem("");
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
  showBilliards(settings);
}

/** The tab of billiards is loaded when it is first opened. */
function showBilliards({ tab, table }: Settings): void {
  const isShown = tab === "billiards";
  element("model").hidden = isShown;
  if (isShown) {
    billiards ??= import("./billiards/tab.ts").then(({ mountBilliards }) =>
      mountBilliards(element("billiards"), {
        keep: (table) => keep({ ...settings, table }),
        address: (table) => write({ ...settings, table }),
        equilibrium: (model) => certificate.engine().equilibrium(model),
      }),
    );
  }
  billiards?.then(
    (one) => one.show(table, isShown),
    (error: Error) => {
      billiards = undefined;
      showProblem(`The billiards cannot be loaded: ${error.message}`);
    },
  );
}

/** Writes settings into the address. */
function keep(next: Settings): void {
  settings = next;
  history.replaceState(null, "", write(settings) || location.pathname);
}

function showCertificate(one: Certificate): void {
  certificate.show(one);
  change({ tab: "certificate" });
}

function showError({ message }: Error): void {
  showProblem(message);
}
