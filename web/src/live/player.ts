/** Plays the live chain: asks the engine for frames at the chosen speed, or as fast as it can. */
import { element, show } from "../dom.ts";
import { startEngine } from "../startEngine.ts";
import type { Settings } from "../settings.ts";
import type { Frame } from "./live.ts";
import { LiveView } from "./view.ts";

/** Milliseconds of work for a frame. */
const WORK = 12;
/** Milliseconds by which playing may lag behind before the rest is dropped. */
const MOST_DEBT = 50;
/** Milliseconds of work for a frame on the way to the time of a link. */
const CATCH_UP = 40;

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  private readonly engine = startEngine();
  private readonly view = new LiveView();
  private readonly button = element<HTMLButtonElement>("play");
  /** Number of the chain in the engine: frames of former chains are discarded. */
  private chain = 0;
  private frame: Frame | undefined;
  private spacing = 1;
  private speed = 0;
  private isPlaying = false;
  private isShown = true;
  /** True on the way to the time of a link. */
  private isGoing = false;
  /** Number of the loop that asks for frames: former loops end. */
  private loop = 0;
  /** Observations a second, measured over the last half second. */
  private pace: number | undefined;

  /** @param stopped is called with the time at which the chain stops. */
  constructor(
    private readonly stopped: (time: number) => void,
    /** Called with an error of the engine. */
    private readonly failed: (error: Error) => void,
  ) {
    this.button.addEventListener("click", () => this.play(!this.isPlaying));
    element("step").addEventListener("click", () => void this.step());
  }

  /** Time of the last frame. */
  get time(): number {
    return this.frame?.time ?? 0;
  }

  /** N: energies of the last frame. */
  get energies(): Float64Array | undefined {
    return this.frame?.energies;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.tellPace(this.pace);
  }

  /** Pauses the chain while another tab is shown. */
  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown && this.isPlaying) this.run();
  }

  /** Opens another chain: at its start and playing, or at the time t of the settings and standing still. */
  async open(settings: Settings): Promise<void> {
    const chain = ++this.chain;
    this.frame = undefined;
    this.setBusy(true);
    try {
      const { scene, frame } = await this.engine.open(settings);
      if (chain !== this.chain) return;
      this.spacing = scene.spacing;
      this.frame = frame;
      this.view.open(settings, scene, frame);
      await this.goTo(Math.round(settings.t / scene.spacing), chain);
      if (chain === this.chain && this.isGoing) this.play(settings.t === 0 && !reducedMotion.matches);
    } catch (error) {
      if (chain === this.chain) this.failed(error as Error);
    } finally {
      if (chain === this.chain) this.setBusy(false);
    }
  }

  play(isPlaying: boolean): void {
    this.isGoing = false;
    this.isPlaying = isPlaying;
    this.button.textContent = isPlaying ? "Pause" : "Play";
    if (isPlaying) this.run();
    else this.stop();
  }

  private async goTo(observation: number, chain: number): Promise<void> {
    this.isGoing = true;
    while (this.isGoing && chain === this.chain && this.frame!.observation < observation) {
      element("pace").textContent = `on the way to t = ${show(observation * this.spacing)}: ${show(this.time, 3)}`;
      this.show(await this.engine.advance(observation - this.frame!.observation, CATCH_UP), chain, true);
    }
  }

  private async step(): Promise<void> {
    if (this.isPlaying) this.play(false);
    const { chain } = this;
    this.show(await this.engine.step(), chain, true);
    if (chain === this.chain) this.stop();
  }

  /** Marks the chain as busy while it opens. */
  private setBusy(isBusy: boolean): void {
    element("live").setAttribute("aria-busy", String(isBusy));
  }

  private stop(): void {
    if (!this.frame) return;
    this.view.draw(this.frame, true);
    this.tellPace(undefined);
    this.stopped(this.time);
  }

  private run(): void {
    const loop = ++this.loop;
    let wanted = 0;
    let isBusy = false;
    let last = performance.now();
    let [paceFrom, observationFrom] = [last, this.frame?.observation ?? 0];
    const tick = (now: number) => {
      if (loop !== this.loop || !this.isPlaying || !this.isShown) return;
      requestAnimationFrame(tick);
      const aMillisecond = 0.06 * 2 ** this.speed;
      // Observations that could not be made in time are dropped.
      wanted = Math.min(wanted + aMillisecond * (now - last), Math.max(1, aMillisecond * MOST_DEBT));
      last = now;
      const observations = Math.floor(wanted);
      if (isBusy || observations === 0 || !this.frame) return;
      isBusy = true;
      const { chain } = this;
      const before = this.frame.observation;
      void this.engine.advance(observations, WORK).then(
        (frame) => {
          isBusy = false;
          wanted = Math.max(0, wanted - (frame.observation - before));
          if (loop !== this.loop || !this.isPlaying) return;
          this.show(frame, chain);
          if (now < paceFrom + 500) return;
          const pace = (1000 * (frame.observation - observationFrom)) / (now - paceFrom);
          [paceFrom, observationFrom] = [now, frame.observation];
          if (pace >= 0) this.tellPace(pace);
        },
        (error: Error) => this.failed(error),
      );
    };
    requestAnimationFrame(tick);
  }

  private show(frame: Frame, chain: number, all = false): void {
    if (chain !== this.chain) return;
    this.frame = frame;
    this.view.draw(frame, all);
  }

  /** @param observations made in a second, undefined if the chain stands still. */
  private tellPace(observations: number | undefined): void {
    this.pace = observations;
    const asked = 60 * 2 ** this.speed;
    const inTime = (rate: number) => show(rate * this.spacing, 2);
    const slow = observations !== undefined && observations < 0.7 * asked;
    element("pace").textContent =
      `${inTime(asked)} units of time a second` + (slow ? `; this machine makes ${inTime(observations)}` : "");
  }
}
