// The textbook: Gillespie's direct method for the energy exchange chain, as a physicist would write it in an afternoon.
// Rates are stored and the three around an exchange are renewed, the total is kept up to date, the clock is found by
// linear search, Beta(1, M-1) is 1 - u^(1/(M-1)) by std::pow, and random numbers are std::mt19937_64's.
//
// g++ -O3 -march=native direct.cpp -o direct && ./direct CELLS PARTICLES T_LEFT T_RIGHT EVENTS SEED
// prints: nanoseconds of a core per event, mean energy per cell at the end, time at the end.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <vector>

static double rate(double a, double b) { return std::sqrt(a * b / (a + b)); }

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr, "usage: direct CELLS PARTICLES T_LEFT T_RIGHT EVENTS SEED\n");
    return 2;
  }
  const int cells = std::atoi(argv[1]);
  const double particles = std::atof(argv[2]);
  const double left = std::atof(argv[3]);
  const double right = std::atof(argv[4]);
  const long events = std::atol(argv[5]);
  std::mt19937_64 engine(std::strtoull(argv[6], nullptr, 10));
  std::uniform_real_distribution<double> uniform(0.0, 1.0);

  std::vector<double> energy(cells + 2);
  for (int k = 0; k <= cells + 1; k++) energy[k] = left + (right - left) * k / (cells + 1);
  std::vector<double> rates(cells + 1);
  double total = 0;
  for (int k = 0; k <= cells; k++) total += rates[k] = rate(energy[k], energy[k + 1]);

  double time = 0;
  const std::clock_t begin = std::clock();
  for (long event = 0; event < events; event++) {
    time -= std::log(1 - uniform(engine)) / (particles * total);
    double target = uniform(engine) * total;
    int k = 0;
    while (k < cells && (target -= rates[k]) >= 0) k++;
    const double p = uniform(engine);
    const double share1 = 1 - std::pow(uniform(engine), 1 / (particles - 1));
    const double share2 = 1 - std::pow(uniform(engine), 1 / (particles - 1));
    const double a = k > 0 ? energy[k] : -left * std::log(1 - uniform(engine));
    const double b = k < cells ? energy[k + 1] : -right * std::log(1 - uniform(engine));
    const double flux = (1 - p) * share1 * a - p * share2 * b;
    if (k > 0) energy[k] -= flux;
    if (k < cells) energy[k + 1] += flux;
    for (int j = k > 0 ? k - 1 : 0; j <= k + 1 && j <= cells; j++) {
      const double renewed = rate(energy[j], energy[j + 1]);
      total += renewed - rates[j];
      rates[j] = renewed;
    }
  }
  const double spent = 1e9 * (std::clock() - begin) / CLOCKS_PER_SEC;
  double mean = 0;
  for (int k = 1; k <= cells; k++) mean += energy[k] / cells;
  std::printf("%.3f %.6f %.6g\n", spent / events, mean, time);
}
