// The textbook: Euler and Maruyama's scheme for the mesoscopic limit equation dZ = F(Z) dt + M^{-1/2} H(Z) dW of the energy
// exchange chain, as a physicist would write it in an afternoon. Energy goes through the bonds, so that cells lose what
// their neighbours gain; random numbers are std::mt19937_64's through std::normal_distribution.
//
// g++ -O3 -march=native euler.cpp -o euler && ./euler CELLS PARTICLES T_LEFT T_RIGHT START END STEPS REPLICAS SEED [moments]
//   START   the energy of all cells at time 0, or "linear"
// prints: nanoseconds of a core per step of a cell, mean energy per cell at the end; with "moments" also a line of the
// mean of each cell over the replicas, and the N lines of their covariance.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>
#include <vector>

static double rate(double a, double b) { return std::sqrt(a * b / (a + b)); }

int main(int argc, char** argv) {
  if (argc != 10 && !(argc == 11 && std::strcmp(argv[10], "moments") == 0)) {
    std::fprintf(stderr, "usage: euler CELLS PARTICLES T_LEFT T_RIGHT START END STEPS REPLICAS SEED [moments]\n");
    return 2;
  }
  const int cells = std::atoi(argv[1]);
  const double particles = std::atof(argv[2]);
  const double left = std::atof(argv[3]);
  const double right = std::atof(argv[4]);
  const bool linear = std::strcmp(argv[5], "linear") == 0;
  const double start = std::atof(argv[5]);
  const double end = std::atof(argv[6]);
  const long steps = std::atol(argv[7]);
  const long replicas = std::atol(argv[8]);
  std::mt19937_64 engine(std::strtoull(argv[9], nullptr, 10));
  std::normal_distribution<double> normal(0.0, 1.0);

  const double step = end / steps;
  const double noise = std::sqrt(step / particles);
  std::vector<double> energy(cells + 2);
  std::vector<double> flow(cells + 1);
  std::vector<std::vector<double>> ends(replicas);

  const std::clock_t begin = std::clock();
  for (long replica = 0; replica < replicas; replica++) {
    for (int k = 1; k <= cells; k++) energy[k] = linear ? left + (right - left) * k / (cells + 1) : start;
    energy[0] = left;
    energy[cells + 1] = right;
    for (long i = 0; i < steps; i++) {
      for (int k = 0; k <= cells; k++) {
        const double a = energy[k];
        const double b = energy[k + 1];
        const double f = rate(a, b);
        // A bath's packet has twice the second moment of a cell's.
        const double ofLeft = k == 0 ? 4.0 / 3 : 2.0 / 3;
        const double ofRight = k == cells ? 4.0 / 3 : 2.0 / 3;
        const double variance = f * (ofLeft * a * a - a * b / 3 + ofRight * b * b);
        flow[k] = f * (a - b) / 2 * step + std::sqrt(variance) * noise * normal(engine);
      }
      for (int k = 1; k <= cells; k++) energy[k] += flow[k - 1] - flow[k];
    }
    ends[replica].assign(energy.begin() + 1, energy.end() - 1);
  }
  const double spent = 1e9 * (std::clock() - begin) / CLOCKS_PER_SEC;

  std::vector<double> mean(cells);
  double overall = 0;
  for (int i = 0; i < cells; i++) {
    for (const auto& one : ends) mean[i] += one[i] / replicas;
    overall += mean[i] / cells;
  }
  std::printf("%.4f %.9f\n", spent / (1.0 * replicas * steps * cells), overall);
  if (argc == 10) return 0;

  for (int i = 0; i < cells; i++) std::printf("%.15g ", mean[i]);
  std::printf("\n");
  for (int i = 0; i < cells; i++) {
    for (int j = 0; j < cells; j++) {
      double sum = 0;
      for (const auto& one : ends) sum += (one[i] - mean[i]) * (one[j] - mean[j]);
      std::printf("%.15g ", sum / (replicas - 1));
    }
    std::printf("\n");
  }
}
