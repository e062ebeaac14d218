/** Plays a chain, or a table of billiards: asks its engine for frames at the chosen speed, or as fast as it can. */
import { element, show } from "./dom.ts";

/** What is seen at one observation. */
interface Moment {
  readonly observation: number;
  readonly time: number;
}

/** An engine in its worker. */
interface Engine<Opened, Scene, Frame> {
  /** Opens another path in place of the former. */
  open(opened: Opened): Promise<{ scene: Scene; frame: Frame }>;
  advance(observations: number, milliseconds: number): Promise<Frame>;
  step(): Promise<Frame>;
}

interface View<Opened, Scene, Frame> {
  open(opened: Opened, scene: Scene, frame: Frame): void;
  /** @param all true to draw the slow parts, too. */
  draw(frame: Frame, all: boolean): void;
}

interface Place {
  /** The panel, marked as busy while a path opens. */
  readonly panel: string;
  /** Before the ids of the buttons and of the words about the pace. */
  readonly prefix: string;
}

/** Milliseconds of work for a frame. */
const WORK = 12;
/** Milliseconds by which playing may lag behind before the rest is dropped. */
const MOST_DEBT = 50;
/** Milliseconds of work for a frame on the way to the time of a link. */
const CATCH_UP = 40;

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

export class Player<
  Opened extends { readonly t: number },
  Scene extends { readonly spacing: number },
  Frame extends Moment,
> {
  private readonly panel: HTMLElement;
  private readonly button: HTMLElement;
  private readonly pace: HTMLElement;
  /** Number of the path in the engine: frames of former ones are discarded. */
  private path = 0;
  /** The last one; none until it is open. */
  frame: Frame | undefined;
  private spacing = 1;
  private speed = 0;
  private isPlaying = false;
  private isShown = true;
  /** True on the way to the time of a link. */
  private isGoing = false;
  /** Number of the loop that asks for frames: former loops end. */
  private loop = 0;
  /** Observations a second, measured over the last half second. */
  private measured: number | undefined;

  constructor(
    { panel, prefix }: Place,
    private readonly engine: Engine<Opened, Scene, Frame>,
    private readonly view: View<Opened, Scene, Frame>,
    /** Called with the time at which it stops. */
    private readonly stopped: (time: number) => void,
    /** Called with an error of the engine. */
    private readonly failed: (error: Error) => void,
    /** Called after a step. */
    private readonly stepped: (frame: Frame) => void = () => undefined,
  ) {
    this.panel = element(panel);
    this.button = element(`${prefix}play`);
    this.pace = element(`${prefix}pace`);
    this.button.addEventListener("click", () => this.play(!this.isPlaying));
    element(`${prefix}step`).addEventListener("click", () => void this.step());
  }

  /** Time of the last frame. */
  get time(): number {
    return this.frame?.time ?? 0;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.tellPace(this.measured);
  }

  /** Pauses while another tab is shown. */
  setShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown && this.isPlaying) this.run();
  }

  /** Opens another path: at its start and playing, or at the time t of the settings and standing still. */
  async open(opened: Opened): Promise<void> {
    const path = ++this.path;
    this.frame = undefined;
    this.setBusy(true);
    try {
      const { scene, frame } = await this.engine.open(opened);
      if (path !== this.path) return;
      this.spacing = scene.spacing;
      this.frame = frame;
      this.view.open(opened, scene, frame);
      await this.goTo(Math.round(opened.t / scene.spacing), path);
      if (path === this.path && this.isGoing) this.play(opened.t === 0 && !reducedMotion.matches);
    } catch (error) {
      if (path === this.path) this.failed(error as Error);
    } finally {
      if (path === this.path) this.setBusy(false);
    }
  }

  play(isPlaying: boolean): void {
    this.isGoing = false;
    this.isPlaying = isPlaying;
    this.button.textContent = isPlaying ? "Pause" : "Play";
    if (isPlaying) this.run();
    else this.stop();
  }

  private async goTo(observation: number, path: number): Promise<void> {
    this.isGoing = true;
    while (this.isGoing && path === this.path && this.frame!.observation < observation) {
      this.pace.textContent = `on the way to t = ${show(observation * this.spacing)}: ${show(this.time, 3)}`;
      this.show(await this.engine.advance(observation - this.frame!.observation, CATCH_UP), path, true);
    }
  }

  private async step(): Promise<void> {
    if (this.isPlaying) this.play(false);
    const { path } = this;
    const frame = await this.engine.step();
    this.show(frame, path, true);
    if (path !== this.path) return;
    this.stop();
    this.stepped(frame);
  }

  /** Marks the panel as busy while a path opens. */
  private setBusy(isBusy: boolean): void {
    this.panel.setAttribute("aria-busy", String(isBusy));
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
      const { path } = this;
      const before = this.frame.observation;
      void this.engine.advance(observations, WORK).then(
        (frame) => {
          isBusy = false;
          wanted = Math.max(0, wanted - (frame.observation - before));
          if (loop !== this.loop || !this.isPlaying) return;
          this.show(frame, path);
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

  private show(frame: Frame, path: number, all = false): void {
    if (path !== this.path) return;
    this.frame = frame;
    this.view.draw(frame, all);
  }

  /** @param observations made in a second, undefined if the path stands still. */
  private tellPace(observations: number | undefined): void {
    this.measured = observations;
    const asked = 60 * 2 ** this.speed;
    const inTime = (rate: number) => show(rate * this.spacing, 2);
    const slow = observations !== undefined && observations < 0.7 * asked;
    this.pace.textContent =
      `${inTime(asked)} units of time a second` + (slow ? `; this machine makes ${inTime(observations)}` : "");
  }
}
