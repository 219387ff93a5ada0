// Compares products with sums in float64, for random shapes, layouts and formats of numbers, with every path that the
// processor at hand can take. Without arguments; exits with 1 and a line per failure.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <vector>

#include "gemm.h"

using namespace kernels;

namespace {

std::mt19937 random_bits(7);
int failures = 0;

long between(long low, long high) {
  return low + random_bits() % (high - low + 1);
}

// A random matrix [lanes, depth] in some layout and format, and the same in float64.
struct Made {
  std::vector<double> numbers;
  std::vector<char> memory, scales, biases;
  Side side;
};

Made plain(long lanes, long depth, bool along, Number type) {
  Made made{std::vector<double>(lanes * depth), std::vector<char>(lanes * depth * bytes(type)), {}, {}, {}};
  std::normal_distribution<float> normal;
  std::vector<float> floats(lanes * depth);
  for (float& each : floats) each = normal(random_bits);
  numbers().from_float(floats.data(), type, lanes * depth, made.memory.data());
  numbers().to_float(made.memory.data(), type, lanes * depth, floats.data());
  long lane_step = along ? depth : 1, depth_step = along ? 1 : lanes;
  for (long i = 0; i < lanes; i++) {
    for (long k = 0; k < depth; k++) made.numbers[i * depth + k] = floats[i * lane_step + k * depth_step];
  }
  made.side = PlainSide{made.memory.data(), type, lane_step, depth_step};
  return made;
}

Made packed(long lanes, long depth, bool along, int bits, int group, Number type) {
  long rows = along ? lanes : depth, columns = along ? depth : lanes, groups = rows * columns / group;
  Made made{std::vector<double>(lanes * depth), std::vector<char>(rows * columns / 8 * bits), {}, {}, {}};
  made.scales.resize(groups * bytes(type));
  made.biases.resize(groups * bytes(type));
  for (char& each : made.memory) each = random_bits();
  std::vector<float> scale(groups), bias(groups);
  std::normal_distribution<float> normal;
  for (float& each : scale) each = normal(random_bits) / (1 << bits);
  for (float& each : bias) each = normal(random_bits);
  numbers().from_float(scale.data(), type, groups, made.scales.data());
  numbers().from_float(bias.data(), type, groups, made.biases.data());
  numbers().to_float(made.scales.data(), type, groups, scale.data());
  numbers().to_float(made.biases.data(), type, groups, bias.data());
  auto bit = [&](long i) { return made.memory[i / 8] >> i % 8 & 1; };
  for (long row = 0; row < rows; row++) {
    for (long column = 0; column < columns; column++) {
      int value = 0;
      for (int b = 0; b < bits; b++) value |= bit((row * columns + column) * bits + b) << b;
      long at = (row * columns + column) / group;
      made.numbers[along ? row * depth + column : column * depth + row] = float(value * scale[at] + bias[at]);
    }
  }
  made.side = PackedSide{
      {reinterpret_cast<const uint32_t*>(made.memory.data()), made.scales.data(), made.biases.data(), type, group, bits,
       columns},
      along};
  return made;
}

// Distance from float64, relative to the norm of the result and of what it is a sum of.
double compare(const Made& left, const Made& right, long rows, long columns, long depth, int addend, Number type) {
  std::normal_distribution<float> normal;
  long added_rows = addend == 1 ? 1 : addend == 2 ? rows : 0;
  std::vector<float> added(added_rows * columns);
  for (float& each : added) each = normal(random_bits);
  std::vector<char> result(rows * columns * bytes(type), 1);
  Addend begin;
  if (addend) begin = {added.data(), Number::FLOAT32, addend == 1 ? 0 : columns};
  gemm(left.side, right.side, begin, {result.data(), type, columns}, rows, columns, depth);
  std::vector<float> got(rows * columns);
  numbers().to_float(result.data(), type, rows * columns, got.data());
  double error = 0, norm = 1e-30;
  for (long i = 0; i < rows; i++) {
    for (long j = 0; j < columns; j++) {
      double sum = addend ? added[addend == 1 ? j : i * columns + j] : 0;
      for (long k = 0; k < depth; k++) sum += left.numbers[i * depth + k] * right.numbers[j * depth + k];
      double difference = got[i * columns + j] - sum;
      error += difference * difference;
      norm += sum * sum;
    }
  }
  return std::sqrt(error / norm);
}

void check(const char* what, double error, double allowed, long rows, long columns, long depth) {
  if (error <= allowed) return;
  std::printf("%s [%ld, %ld] with depth %ld: distance %.2g, allowed %.2g\n", what, rows, columns, depth, error, allowed);
  failures++;
}

double allowed(Number type) {
  return type == Number::FLOAT32 ? 1e-6 : type == Number::FLOAT16 ? 1e-3 : 6e-3;
}

void random_products() {
  const Number types[] = {Number::FLOAT32, Number::BFLOAT16, Number::FLOAT16};
  for (int i = 0; i < 600; i++) {
    long most = i % 10 == 0 ? 700 : 90;
    long rows = between(1, i % 3 == 0 ? 8 : most), columns = between(1, most), depth = between(i % 50 == 0 ? 0 : 1, most);
    Number type = types[between(0, 2)];
    Made left = plain(rows, depth, between(0, 1), type), right = plain(columns, depth, between(0, 1), type);
    check("plain", compare(left, right, rows, columns, depth, between(0, 2), type), allowed(type), rows, columns, depth);
  }
}

void packed_products() {
  const int bits[] = {2, 3, 4, 5, 6, 8};
  const Number types[] = {Number::FLOAT32, Number::BFLOAT16, Number::FLOAT16};
  for (int i = 0; i < 300; i++) {
    int group = 32 << between(0, 2);
    long rows = between(1, i % 2 ? 9 : 80), out = between(1, 150), in = group * between(1, 6);
    bool forward = between(0, 1);
    long columns = forward ? out : in, depth = forward ? in : out;
    Number type = types[between(0, 2)];
    Made left = plain(rows, depth, true, type), right = packed(columns, depth, forward, bits[between(0, 5)], group, type);
    check(
        forward ? "packed" : "packed, across", compare(left, right, rows, columns, depth, between(0, 2), type),
        allowed(type), rows, columns, depth);
  }
}

// A result must be infinite, or NaN, exactly where a sum in float32 is.
void not_finite() {
  const float odd[] = {
      std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(), std::nanf(""), 3.4e38f};
  for (int i = 0; i < 60; i++) {
    long rows = between(1, 100), columns = between(1, 100), depth = between(1, 600);
    Made left = plain(rows, depth, true, Number::FLOAT32), right = plain(columns, depth, true, Number::FLOAT32);
    Made& side = i % 2 ? left : right;
    long at = between(0, long(side.numbers.size()) - 1);
    float value = odd[between(0, 3)];
    reinterpret_cast<float*>(side.memory.data())[at] = value;
    side.numbers[at] = value;
    std::vector<float> result(rows * columns);
    gemm(left.side, right.side, {}, {result.data(), Number::FLOAT32, columns}, rows, columns, depth);
    for (long r = 0; r < rows; r++) {
      for (long c = 0; c < columns; c++) {
        double sum = 0;
        for (long k = 0; k < depth; k++) sum += left.numbers[r * depth + k] * right.numbers[c * depth + k];
        float expected = sum, got = result[r * columns + c];
        bool same = std::isnan(expected) ? std::isnan(got)
            : std::isinf(expected)       ? got == expected
            : std::fabs(expected) > 1e38 ? true
                                         : std::fabs(got - expected) <= 1e-4 * (1 + std::fabs(expected));
        if (!same) {
          check("not finite", 1, 0, rows, columns, depth);
          return;
        }
      }
    }
  }
}

}  // namespace

int main() {
  random_products();
  packed_products();
  not_finite();
  std::printf(failures ? "%d failures\n" : "all products agree\n", failures);
  return failures != 0;
}
