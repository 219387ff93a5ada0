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

// The lanes moved down by count, around the end.
inline Vec turned(Vec v, int count) {
  IntVec order{};
  for (int i = 0; i < WIDTH; i++) order[i] = (i + count) % WIDTH;
#if defined(__clang__)
  Vec moved{};
  for (int i = 0; i < WIDTH; i++) moved[i] = v[order[i]];
  return moved;
#else
  return __builtin_shuffle(v, order);
#endif
}

inline float sum(Vec v) {
#pragma GCC unroll 4
  for (int half = WIDTH / 2; half > 0; half /= 2) v += turned(v, half);
  return v[0];
}

}  // namespace kernels::ISA
