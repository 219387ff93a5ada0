// Numbers of 16 bits as vectors, for the instruction set that a *.simd.cpp is being compiled for.
#pragma once

#include <cstdint>

#include "isa.h"

#if defined(__F16C__)
#include <immintrin.h>
#endif

namespace kernels::ISA {

inline float from_bfloat16(uint16_t half) {
  uint32_t bits = uint32_t(half) << 16;
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}

inline Vec from_bfloat16(const uint16_t* from) {
  typedef uint16_t Halves __attribute__((vector_size(WIDTH * 2)));
  typedef uint32_t Words __attribute__((vector_size(WIDTH * 4)));
  Halves halves;
  std::memcpy(&halves, from, sizeof halves);
  return Vec(__builtin_convertvector(halves, Words) << 16);
}

inline uint16_t to_bfloat16(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  if ((bits & 0x7fffffff) > 0x7f800000) return bits >> 16 | 0x40;  // NaN stays NaN
  return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}

#if defined(__F16C__)
inline float from_float16(uint16_t half) {
  return _cvtsh_ss(half);
}
inline uint16_t to_float16(float value) {
  return _cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT);
}
#else
inline float from_float16(uint16_t half) {
  uint32_t sign = uint32_t(half & 0x8000) << 16, bits = half & 0x7fff;
  float value;
  if (bits >= 0x7c00) {
    bits = sign | 0x7f800000 | (bits & 0x3ff) << 13;
    std::memcpy(&value, &bits, 4);
    return value;
  }
  // Exact: the exponent is moved by a product with 2^112.
  bits <<= 13;
  std::memcpy(&value, &bits, 4);
  value *= 0x1p112f;
  return sign ? -value : value;
}
inline uint16_t to_float16(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  uint16_t sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  if (bits > 0x7f800000) return sign | 0x7e00;
  if (bits >= 0x47800000) return sign | 0x7c00;
  if (bits < 0x38800000) {  // below the normal numbers: the sum with 1/2 rounds at 2^-24
    float magnitude;
    std::memcpy(&magnitude, &bits, 4);
    magnitude += 0.5f;
    std::memcpy(&bits, &magnitude, 4);
    return sign | (bits - 0x3f000000);
  }
  return sign | (bits - 0x38000000 + 0xfff + (bits >> 13 & 1)) >> 13;
}
#endif

inline Vec from_float16(const uint16_t* from) {
#if defined(__AVX512F__)
  return Vec(_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))));
#elif defined(__F16C__)
  return Vec(_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
#else
  Vec v;
  for (int i = 0; i < WIDTH; i++) v[i] = from_float16(from[i]);
  return v;
#endif
}

}  // namespace kernels::ISA
