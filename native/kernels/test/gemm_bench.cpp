// Speed of products, a line each: gemm_bench [ROWS]. On one thread (MLX_KERNEL_THREADS=1) it is the processor's time that
// counts, so that other processes disturb little.
#include <algorithm>
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "gemm.h"
#include "parallel.h"

using namespace kernels;

namespace {

std::vector<float> numbers_of(long count) {
  std::mt19937 bits(1);
  std::normal_distribution<float> normal;
  std::vector<float> made(count);
  for (float& each : made) each = normal(bits);
  return made;
}

double now() {
  timespec time;
  clock_gettime(threads() == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

double seconds(const Side& left, const Side& right, Result result, long rows, long columns, long depth) {
  double best = 1e9, total = 0;
  for (int i = 0; i < 3 || (total < 0.3 && i < 1000); i++) {
    double begin = now();
    gemm(left, right, {}, result, rows, columns, depth);
    double took = now() - begin;
    best = std::min(best, took);
    total += took;
  }
  return best;
}

void measure(const char* what, const Side& left, const Side& right, long rows, long columns, long depth, double right_bytes) {
  std::vector<float> result(rows * columns);
  double took = seconds(left, right, {result.data(), Number::FLOAT32, columns}, rows, columns, depth);
  std::printf(
      "%-22s rows %5ld columns %6ld depth %6ld: %8.3f ms %8.1f GFLOP/s %6.1f GB/s of weights\n", what, rows, columns, depth,
      took * 1e3, 2e-9 * rows * columns * depth / took, 1e-9 * right_bytes / took);
}

void layer(long rows, long out, long in) {
  auto x = numbers_of(rows * in), w = numbers_of(out * in), g = numbers_of(rows * out);
  auto f = Number::FLOAT32;
  measure("float32 x W^T", PlainSide{x.data(), f, in, 1}, PlainSide{w.data(), f, in, 1}, rows, out, in, 4.0 * out * in);
  measure("float32 g W", PlainSide{g.data(), f, out, 1}, PlainSide{w.data(), f, 1, in}, rows, in, out, 4.0 * out * in);
  PackedMatrix packed{reinterpret_cast<uint32_t*>(w.data()), x.data(), x.data(), f, 64, 4, in};
  auto scales = numbers_of(out * in / 64);
  packed.scales = packed.biases = scales.data();
  measure("4-bit x W^T", PlainSide{x.data(), f, in, 1}, PackedSide{packed, true}, rows, out, in, 0.625 * out * in);
  measure("4-bit g W", PlainSide{g.data(), f, out, 1}, PackedSide{packed, false}, rows, in, out, 0.625 * out * in);
}

void lora(long rows, long in, long out, long rank) {
  auto x = numbers_of(rows * in), a = numbers_of(in * rank), g = numbers_of(rows * out), z = numbers_of(rows * rank);
  auto b = numbers_of(rank * out);
  auto f = Number::FLOAT32;
  measure("x A", PlainSide{x.data(), f, in, 1}, PlainSide{a.data(), f, 1, rank}, rows, rank, in, 4.0 * rows * in);
  measure("z B", PlainSide{z.data(), f, rank, 1}, PlainSide{b.data(), f, 1, out}, rows, out, rank, 4.0 * rows * out);
  measure("g B^T", PlainSide{g.data(), f, out, 1}, PlainSide{b.data(), f, out, 1}, rows, rank, out, 4.0 * rows * out);
  measure("dz A^T", PlainSide{z.data(), f, rank, 1}, PlainSide{a.data(), f, rank, 1}, rows, in, rank, 4.0 * rows * in);
  measure("x^T dz", PlainSide{x.data(), f, 1, in}, PlainSide{z.data(), f, 1, rank}, in, rank, rows, 4.0 * rows * in);
  measure("z^T g", PlainSide{z.data(), f, 1, rank}, PlainSide{g.data(), f, 1, out}, rank, out, rows, 4.0 * rows * out);
}

}  // namespace

int main(int count, char** arguments) {
  long rows = count > 1 ? std::atol(arguments[1]) : 750;
  std::printf("%d threads\n", threads());
  layer(rows, 1408, 512);
  layer(rows, 512, 1408);
  layer(rows, 512, 512);
  layer(rows, 8192, 512);
  if (rows > 16) lora(rows, 512, 1408, 8);
}
