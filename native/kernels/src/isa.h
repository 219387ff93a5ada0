// Vectors of the instruction set that a *.simd.cpp is being compiled for.
#pragma once

#include <cstddef>
#include <cstring>

namespace kernels::ISA {

#if defined(__AVX512F__)
constexpr int WIDTH = 16;
#elif defined(__AVX2__)
constexpr int WIDTH = 8;
#else
constexpr int WIDTH = 4;
#endif

typedef float Vec __attribute__((vector_size(WIDTH * 4)));
typedef int IntVec __attribute__((vector_size(WIDTH * 4)));

inline Vec load(const float* from) {
  Vec v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

inline void store(float* to, Vec v) {
  std::memcpy(to, &v, sizeof v);
}

inline Vec all(float value) {
  return Vec{} + value;
}

// The first count numbers, zeros behind them.
inline Vec load_some(const float* from, long count) {
  Vec v{};
  std::memcpy(&v, from, count * sizeof(float));
  return v;
}

inline void store_some(float* to, Vec v, long count) {
  std::memcpy(to, &v, count * sizeof(float));
}

inline float sum(Vec v) {
  float total = 0;
  for (int i = 0; i < WIDTH; i++) total += v[i];
  return total;
}

}  // namespace kernels::ISA
