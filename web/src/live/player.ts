/** Plays the live chain: asks the laboratory for frames as fast as they are wanted and can be had. */
import { element, show } from "../dom.ts";
import { startLaboratory } from "../laboratory.ts";
import type { Settings } from "../settings.ts";
import type { Frame } from "./live.ts";
import { LiveView } from "./view.ts";

/** Milliseconds of work that a frame may ask for. */
const WORK = 12;
/** Milliseconds of playing that may be owed. */
const MOST_DEBT = 50;
/** Work on the way to a time that a link names. */
const CATCH_UP = 40;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  private readonly laboratory = startLaboratory();
  private readonly view = new LiveView();
  private readonly button = element<HTMLButtonElement>("play");
  /** Which chain is in the laboratory: frames of former ones are thrown away. */
  private chain = 0;
  private frame: Frame | undefined;
  private spacing = 1;
  private speed = 0;
  private isPlaying = false;
  private isShown = true;
  /** On the way to the time of a link. */
  private isGoing = false;
  /** Which loop asks for frames: former ones end. */
  private loop = 0;
  /** Looks a second that were made of late. */
  private pace: number | undefined;

  /** @param stopped hears when the chain stands still, and where. */
  constructor(
    private readonly stopped: (time: number) => void,
    /** Hears an error of the engine's. */
    private readonly failed: (error: Error) => void,
  ) {
    this.button.addEventListener("click", () => this.play(!this.isPlaying));
    element("step").addEventListener("click", () => void this.step());
  }

  /** When the chain was last seen. */
  get time(): number {
    return this.frame?.time ?? 0;
  }

  /** N: its energies then. */
  get energies(): Float64Array | undefined {
    return this.frame?.energies;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.tellPace(this.pace);
  }

  /** Stops where it is while something else is looked at. */
  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown && this.isPlaying) this.run();
  }

  /** Another chain, at its start and playing, or at the time t of the settings and standing still. */
  async open(settings: Settings): Promise<void> {
    const chain = ++this.chain;
    this.frame = undefined;
    this.setBusy(true);
    try {
      const { scene, frame } = await this.laboratory.open(settings);
      if (chain !== this.chain) return;
      this.spacing = scene.spacing;
      this.frame = frame;
      this.view.open(settings, scene, frame);
      await this.goTo(Math.round(settings.t / scene.spacing), chain);
      if (chain === this.chain && this.isGoing) this.play(settings.t === 0 && !calm.matches);
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

  private async goTo(look: number, chain: number): Promise<void> {
    this.isGoing = true;
    while (this.isGoing && chain === this.chain && this.frame!.look < look) {
      element("pace").textContent = `on the way to t = ${show(look * this.spacing)}: ${show(this.time, 3)}`;
      this.show(await this.laboratory.advance(look - this.frame!.look, CATCH_UP), chain, true);
    }
  }

  private async step(): Promise<void> {
    if (this.isPlaying) this.play(false);
    const { chain } = this;
    this.show(await this.laboratory.step(), chain, true);
    if (chain === this.chain) this.stop();
  }

  /** On the way to where it shall stand or play. */
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
    let [paceFrom, lookFrom] = [last, this.frame?.look ?? 0];
    const tick = (now: number) => {
      if (loop !== this.loop || !this.isPlaying || !this.isShown) return;
      requestAnimationFrame(tick);
      const aMillisecond = 0.06 * 2 ** this.speed;
      // What cannot be had in time is not made up for.
      wanted = Math.min(wanted + aMillisecond * (now - last), Math.max(1, aMillisecond * MOST_DEBT));
      last = now;
      const looks = Math.floor(wanted);
      if (isBusy || looks === 0 || !this.frame) return;
      isBusy = true;
      const { chain } = this;
      const before = this.frame.look;
      void this.laboratory.advance(looks, WORK).then(
        (frame) => {
          isBusy = false;
          wanted = Math.max(0, wanted - (frame.look - before));
          if (loop !== this.loop || !this.isPlaying) return;
          this.show(frame, chain);
          if (now < paceFrom + 500) return;
          const pace = (1000 * (frame.look - lookFrom)) / (now - paceFrom);
          [paceFrom, lookFrom] = [now, frame.look];
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

  /** @param looks a second that were made, undefined if the chain stands still. */
  private tellPace(looks: number | undefined): void {
    this.pace = looks;
    const asked = 60 * 2 ** this.speed;
    const inTime = (rate: number) => show(rate * this.spacing, 2);
    const slow = looks !== undefined && looks < 0.7 * asked;
    element("pace").textContent =
      `${inTime(asked)} units of time a second` + (slow ? `; this machine makes ${inTime(looks)}` : "");
  }
}
