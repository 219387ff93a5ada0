// Functions of vectors. Errors are of a few 1e-7, relative to the result for exp and sigmoid, absolute for tanh and erf;
// the polynomials are minimax fits.
#pragma once

#include "isa.h"

namespace kernels::ISA {

// Of two of which one is NaN, these give the second.
inline Vec larger(Vec a, Vec b) {
  return a > b ? a : b;
}

inline Vec smaller(Vec a, Vec b) {
  return a < b ? a : b;
}

inline float largest(Vec v) {
  if constexpr (WIDTH > 8) v = larger(v, turned<8 % WIDTH>(v));
  if constexpr (WIDTH > 4) v = larger(v, turned<4 % WIDTH>(v));
  v = larger(v, turned<2>(v));
  return larger(v, turned<1>(v))[0];
}

// e^x = 2^n e^r with |r| <= ln(2) / 2, for x up to 88: 0 below -87.3, NaN of NaN.
inline Vec exp_below_88(Vec x) {
  constexpr float log2e = 1.442695040888963f;
  constexpr float ln2_high = 0.693145751953125f;
  constexpr float ln2_low = 1.42860682030941723e-6f;
  constexpr float rounder = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  Vec shifted = x * log2e + rounder;
  Vec n = shifted - rounder;
  Vec r = x - n * ln2_high;
  r = r - n * ln2_low;
  Vec p = all(0.0013950599823147058f);
  p = p * r + 0.008368954062461853f;
  p = p * r + 0.04166620597243309f;
  p = p * r + 0.166665181517601f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  IntVec power = reinterpret_cast<IntVec>(shifted) << 23;
  Vec result = reinterpret_cast<Vec>(reinterpret_cast<IntVec>(p) + power);
  return x < all(-87.3f) ? Vec{} : result;
}

// As exp_below_88, and e^88 above 88.
inline Vec exp(Vec x) {
  return exp_below_88(smaller(all(88.0f), x));
}

inline Vec sigmoid(Vec x) {
  return 1.0f / (1.0f + exp(-x));
}

inline Vec tanh(Vec x) {
  return 1.0f - 2.0f / (1.0f + exp(2.0f * x));
}

inline Vec erf(Vec x) {
  Vec magnitude = x < Vec{} ? -x : x;
  Vec square = x * x;
  Vec near = all(7.889119297033176e-05f);
  near = near * square - 0.0008020841050893068f;
  near = near * square + 0.005189535208046436f;
  near = near * square - 0.026854444295167923f;
  near = near * square + 0.11283600330352783f;
  near = near * square - 0.3761262595653534f;
  near = near * square + 1.1283791065216064f;
  near = near * x;
  Vec bounded = smaller(magnitude, all(4.0f));
  Vec log = all(-2.149611282220576e-05f);
  log = log * bounded + 0.0004391063703224063f;
  log = log * bounded - 0.004193610977381468f;
  log = log * bounded + 0.02517896704375744f;
  log = log * bounded - 0.10837247967720032f;
  log = log * bounded - 0.6332626342773438f;
  log = log * bounded - 1.1295567750930786f;
  log = log * bounded + 0.00018344413547310978f;
  Vec far = 1.0f - exp(log);
  far = x < Vec{} ? -far : far;
  return magnitude < all(1.0f) ? near : far;
}

}  // namespace kernels::ISA
