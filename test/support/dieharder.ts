/** Brown's dieharder (dieharder 3.31, Debian) as a judge of streams of 32-bit words. */
import { spawn } from "node:child_process";

/** Starts an endless supply of 32-bit words, many a call. The same seed gives the same words, another seed others. */
export type Words = (seed: bigint) => () => Uint32Array;

export interface Verdict {
  /** dieharder's name of the test, with its tuple where it has one. */
  readonly test: string;
  /** The p-value as dieharder prints it, to eight decimals. */
  readonly p: number;
  readonly rejected: boolean;
}

/**
 * A p-value below this rejects, and so does one that lies so near to 1 if it comes from a single round: of several rounds
 * it would only say that their p-values are spread too evenly, and dieharder's Kolmogorov-Smirnov test of few rounds says
 * so too easily. A right stream is rejected with probability (68 + 7) x 1e-10. dieharder compares unrounded numbers.
 */
const TOO_SMALL = 1e-10;

/** Number of p-values of the battery. */
export const P_VALUES = 68;

/**
 * The tests that `dieharder -l` calls good, but OPERM5, which has been doubted, sized to read 2.3e8 words in all. With -p, a
 * p-value judges those of -p rounds by Kolmogorov-Smirnov; without, it is that of one round. -p is 15 or more: of fewer
 * rounds not even zeros all through come below TOO_SMALL. The laws of a round are approximations, and good enough: AES at
 * 8 times the rounds gives p-values from 0.016 to 0.997, and from 0.009 to 0.997 with 24 seeds of each test of one round.
 */
const BATTERY = [
  "-d 100 -p 100", // monobit
  "-d 8 -p 100", // count the ones, stream
  "-d 15 -p 100", // runs up and down
  "-d 206", // discrete cosine transform
  "-d 0 -p 100", // birthday spacings
  "-d 2 -t 10000 -p 25", // ranks of 32x32 binary matrices
  "-d 3 -t 50000 -p 25", // ranks of 6x8 binary matrices
  "-d 4 -p 25", // bitstream: missing 20-bit words
  "-d 9 -t 128000 -p 25", // count the ones, bytes
  "-d 10 -p 50", // parking lot
  "-d 11 -p 100", // minimum distance in a square
  "-d 12 -p 25", // and in a cube
  "-d 13 -t 25000 -p 20", // squeeze
  "-d 16 -t 100000 -p 15", // craps
  "-d 17 -t 100000 -p 50", // greatest common divisor
  "-d 101 -t 50000 -p 25", // runs of bits
  "-d 102 -t 50000 -p 25", // tuples of 1 to 16 overlapping bits
  "-d 200 -n 1 -t 50000 -p 25", // tuples of bits
  "-d 200 -n 2 -t 50000 -p 25",
  "-d 200 -n 4 -t 50000 -p 25",
  "-d 200 -n 8 -t 20000 -p 15",
  "-d 201 -n 2 -p 50", // minimum distance in 2, 3 and 5 dimensions
  "-d 201 -n 3 -p 50",
  "-d 201 -n 5 -t 5000 -p 50",
  "-d 202 -n 3 -t 50000 -p 25", // orders of 3 and of 5 words
  "-d 202 -n 5 -t 50000 -p 25",
  "-d 203 -n 0 -t 100000 -p 50", // sums of words 1, 4 and 32 apart
  "-d 203 -n 3 -t 100000 -p 25",
  "-d 203 -n 31 -t 10000 -p 25",
  "-d 204 -p 200", // Kolmogorov-Smirnov
  "-d 205 -t 5000000", // bytes
  "-d 207 -t 2000000", // filling trees
  "-d 208 -t 2000000",
  "-d 209 -t 16000000", // monobit by blocks of every size
];

/** The battery over a stream, each test on words of its own seed. Gives a test's verdicts as soon as they are there. */
export async function* judge(words: Words): AsyncGenerator<Verdict> {
  for (const [i, test] of BATTERY.entries()) yield* await dieharder(test.split(" "), words(BigInt(i)));
}

const COLUMNS = "-D test_name -D ntuple -D psamples -D pvalues -D assessment -D no_whitespace -c ,".split(" ");

/** One run of dieharder, fed until it has read enough. */
async function dieharder(test: string[], next: () => Uint32Array): Promise<Verdict[]> {
  const child = spawn("dieharder", ["-g", "200", ...test, "-X", `${TOO_SMALL}`, ...COLUMNS], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const feed = () => {
    while (child.stdin.writable) {
      const { buffer, byteOffset, byteLength } = next();
      if (!child.stdin.write(Buffer.from(buffer, byteOffset, byteLength))) return;
    }
  };
  child.stdin.on("drain", feed);
  // It closes its input, full as it is, when it has seen enough.
  child.stdin.on("error", () => child.stdin.destroy());
  await new Promise<void>((done, failed) => {
    child.on("close", () => done());
    child.on("error", (error: NodeJS.ErrnoException) => {
      const missing = error.code === "ENOENT";
      const message = '"dieharder" expected on the PATH, got none; apt-get install dieharder';
      failed(missing ? new Error(message) : error);
    });
    child.on("spawn", feed);
  });
  const rows = output.trim().split("\n");
  return rows.map((row) => {
    const [name, tuple, rounds, p, assessment] = row.split(",");
    if (!/^(PASSED|WEAK|FAILED)$/.test(assessment)) throw new Error(`"dieharder" expected verdicts, got "${output}"`);
    const rejected = assessment === "FAILED" && (Number(p) < 0.5 || rounds === "1");
    return { test: tuple === "0" ? name : `${name} ${tuple}`, p: Number(p), rejected };
  });
}
