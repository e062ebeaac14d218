// The exact process by thinning, in C with the vectors of the CPU: what a programmer who cares writes in a day.
// While no energy is above `cap`, no bond rings faster than F = f(cap, cap), so candidates of rate M (N+1) F, each at a
// uniform bond, are events with probability f/F. What they and the exchanges need is drawn in blocks, LANES at a time.
// Beta(1, M-1) is by inversion, -expm1(log(u)/(M-1)).
//
// gcc -O3 -ffp-contract=fast -fno-math-errno -fno-trapping-math -march=native thinning.c -lm -o thinning
// ./thinning CELLS PARTICLES T_LEFT T_RIGHT EVENTS SEED        (at least 10^4 particles: `share` is a short series)
// prints: nanoseconds of a core per event, mean energy per cell at the end, time at the end.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined __AVX512F__
#define VECTOR 64
#elif defined __AVX2__
#define VECTOR 32
#else
#define VECTOR 16
#endif
#define LANES (VECTOR / 8)
#define BLOCK 512
/** Candidates between two looks at the highest energy. */
#define STRIDE 8192

typedef double real __attribute__((vector_size(VECTOR)));
typedef uint64_t word __attribute__((vector_size(VECTOR)));

/** xoshiro256+ (Blackman and Vigna 2021), LANES of them. */
typedef struct {
  word s0, s1, s2, s3;
} generator;

static inline real uniform(generator *g) {
  const word sum = g->s0 + g->s3;
  const word t = g->s1 << 17;
  g->s2 ^= g->s0;
  g->s3 ^= g->s1;
  g->s1 ^= g->s2;
  g->s0 ^= g->s3;
  g->s2 ^= t;
  g->s3 = (g->s3 << 45) | (g->s3 >> 19);
  return (real)((sum >> 12) | 0x3ff0000000000000) - 0x1.fffffffffffffp-1;
}

/** log x: x = 2^k m, m in [1/√2, √2), log m = 2 artanh(s), s = (m-1)/(m+1); coefficients of FreeBSD's e_log.c. */
static inline real logarithm(real x) {
  const word offset = (word)x - 0x3fe6a09e667f3bcd;
  const real m = (real)((word)x - (offset & 0xfff0000000000000));
  const real k = (real)(((offset + 0x4000000000000000) >> 52) | 0x4330000000000000) - (0x1p52 + 1024);
  const real s = (m - 1.0) / (m + 1.0);
  const real z = s * s;
  const real w = z * z;
  const real odd = 6.666666666666735130e-01 +
                   w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01));
  const real even = 3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01);
  return k * 0x1.62e42fefa39efp-1 + (s + s + s * (z * odd + w * even));
}

/** -expm1(x), a share of Beta(1, M-1), for -0.0037 < x < 0: the first term left out is below 2^-57 of it. */
static inline real share(real x) {
  return -x * (1.0 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720))))));
}

static double rate(double a, double b) { return sqrt(a * b / (a + b)); }

static int cells;
static double particles;
/** E_0 = T_L, the cells' energies, E_{N+1} = T_R. */
static double *energy;

static generator candidateRandom, givenRandom, takenRandom, splitRandom, packetRandom;
/** A candidate: its bond, in the low half of a word, and the square of a uniform number below F. */
static word bonds[BLOCK / LANES];
static real thresholds[BLOCK / LANES];
/** The fractions of an exchange: (1-p) B_1 and p B_2. */
static real given[BLOCK / LANES], taken[BLOCK / LANES];
/** Exponential numbers for the baths. */
static real packets[BLOCK / LANES];
static int nextFraction = BLOCK, nextPacket = BLOCK;

static void drawCandidates(double bound) {
  generator g = candidateRandom;
  for (int i = 0; i < BLOCK / LANES; i++) {
    const real place = uniform(&g) * (cells + 1.0);
    // Adding 1.5 2^52 rounds to a whole number and leaves it in the low bits.
    const real shifted = (place - 0.5) + 0x1.8p52;
    const real mark = (place - (shifted - 0x1.8p52)) * bound;
    bonds[i] = (word)shifted;
    thresholds[i] = mark * mark;
  }
  candidateRandom = g;
}

static void drawFractions(void) {
  generator g = givenRandom, h = takenRandom, j = splitRandom;
  const double exponent = 1 / (particles - 1);
  for (int i = 0; i < BLOCK / LANES; i++) {
    const real p = uniform(&j);
    given[i] = (1.0 - p) * share(logarithm(uniform(&g)) * exponent);
    taken[i] = p * share(logarithm(uniform(&h)) * exponent);
  }
  givenRandom = g, takenRandom = h, splitRandom = j;
}

/** The next exponential number. */
static double exponential(void) {
  if (nextPacket == BLOCK) {
    for (int i = 0; i < BLOCK / LANES; i++) packets[i] = -logarithm(uniform(&packetRandom));
    nextPacket = 0;
  }
  return ((const double *)packets)[nextPacket++];
}

/** Passes `count` candidates, or as many as it takes to lift an energy above `cap`; returns how many, counts events. */
static int exchange(int count, double cap, long *events) {
  double *const e = energy;
  const uint32_t bulk = (uint32_t)(cells - 1);
  int fraction = nextFraction;
  long made = 0;
  int i = 0;
  while (i < count) {
    const int k = (int)((const uint64_t *)bonds)[i];
    const double a = e[k];
    const double b = e[k + 1];
    const int refused = ((const double *)thresholds)[i] * (a + b) >= a * b;
    i++;
    if (refused) continue;
    if (fraction == BLOCK) {
      drawFractions();
      fraction = 0;
    }
    const double x = ((const double *)given)[fraction] * a;
    const double y = ((const double *)taken)[fraction] * b;
    fraction++;
    made++;
    if ((uint32_t)(k - 1) < bulk) {
      const double left = a - x + y;
      const double right = b - y + x;
      e[k] = left;
      e[k + 1] = right;
      if (left > cap || right > cap) break;
    } else {
      const double packet = exponential();
      const double changed = k == 0 ? b - y + packet * x : a - x + packet * y;
      e[k == 0 ? 1 : k] = changed;
      if (changed > cap) break;
    }
  }
  nextFraction = fraction;
  *events += made;
  return i;
}

static double highest(void) {
  double highest = 0;
  for (int k = 0; k <= cells + 1; k++) highest = fmax(highest, energy[k]);
  return highest;
}

/** SplitMix64, for seeds and for what is drawn once a stride. */
static uint64_t state;

static uint64_t next(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

static double scalarUniform(void) { return ((next() >> 12) + 0.5) * 0x1p-52; }

static void seed(void) {
  generator *const all[] = {&candidateRandom, &givenRandom, &takenRandom, &splitRandom, &packetRandom};
  for (int i = 0; i < 5; i++) {
    for (int j = 0; j < 4 * LANES; j++) ((uint64_t *)all[i])[j] = next();
  }
}

/** The time of `shape` exponential waits: Gamma(shape), after Marsaglia and Tsang (2000). */
static double waits(double shape) {
  const double d = shape - 1.0 / 3;
  for (;;) {
    const double normal = sqrt(-2 * log(scalarUniform())) * cos(6.283185307179586 * scalarUniform());
    const double root = 1 + normal / sqrt(9 * d);
    const double v = root * root * root;
    if (v > 0 && log(scalarUniform()) < normal * normal / 2 + d * (1 - v + log(v))) return d * v;
  }
}

int main(int argc, char **argv) {
  if (argc != 7 || atof(argv[2]) < 1e4) {
    fprintf(stderr, "usage: thinning CELLS PARTICLES T_LEFT T_RIGHT EVENTS SEED, with at least 10000 particles\n");
    return 2;
  }
  cells = atoi(argv[1]);
  particles = atof(argv[2]);
  const double left = atof(argv[3]);
  const double right = atof(argv[4]);
  const long wanted = atol(argv[5]);
  state = strtoull(argv[6], NULL, 10);
  seed();
  energy = malloc((cells + 2) * sizeof(double));
  for (int k = 0; k <= cells + 1; k++) energy[k] = left + (right - left) * k / (cells + 1);

  double time = 0;
  long events = 0;
  struct timespec begin, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  while (events < wanted) {
    // A raised cap, or a lower one, begins with its own candidates; those left over are dropped.
    const double cap = highest() * (1 + 0.5 / sqrt(particles));
    const double bound = rate(cap, cap);
    int total = 0;
    for (int passed = BLOCK; passed == BLOCK && total < STRIDE; total += passed) {
      drawCandidates(bound);
      passed = exchange(wanted - events < BLOCK ? (int)(wanted - events) : BLOCK, cap, &events);
    }
    time += waits(total) / (particles * (cells + 1) * bound);
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  double mean = 0;
  for (int k = 1; k <= cells; k++) mean += energy[k] / cells;
  const double spent = 1e9 * (end.tv_sec - begin.tv_sec) + (end.tv_nsec - begin.tv_nsec);
  printf("%.3f %.6f %.6g\n", spent / events, mean, time);
}
