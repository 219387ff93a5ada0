// Vectors of the instruction set that a *.simd.cpp is being compiled for.
#pragma once

#include <cstddef>
#include <cstring>
#include <utility>

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

// Less zero, which leaves every number as it is, so that the compiler makes it one load.
inline Vec all(float value) {
  return value - Vec{};
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

// The lanes with these numbers, of a and, from WIDTH on, of b.
template <int... LANES>
inline Vec arranged(Vec a, Vec b) {
#if defined(__clang__)
  return __builtin_shufflevector(a, b, LANES...);
#else
  return __builtin_shuffle(a, b, IntVec{LANES...});
#endif
}

template <int COUNT, int... LANE>
inline Vec turned(Vec v, std::integer_sequence<int, LANE...>) {
  return arranged<((LANE + COUNT) % WIDTH)...>(v, v);
}

// The lanes moved down by COUNT, around the end.
template <int COUNT>
inline Vec turned(Vec v) {
  return turned<COUNT>(v, std::make_integer_sequence<int, WIDTH>());
}

inline float sum(Vec v) {
  if constexpr (WIDTH > 8) v += turned<8 % WIDTH>(v);
  if constexpr (WIDTH > 4) v += turned<4 % WIDTH>(v);
  v += turned<2>(v);
  v += turned<1>(v);
  return v[0];
}

}  // namespace kernels::ISA
