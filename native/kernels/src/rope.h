// Rotary position embedding (Su et al., RoFormer, 2021): pairs of features rotated by angles that grow with the position.
#pragma once

#include "cpu.h"

namespace kernels {

struct Rope {
  // Rotates one place of `features` numbers: the first 2 * pairs of them, feature i with i + pairs, or with its neighbour;
  // the others are copied. Sines of the opposite sign rotate back. y may be x.
  void (*halves)(const float* x, const float* cosines, const float* sines, long pairs, long features, float* y);
  void (*neighbours)(const float* x, const float* cosines, const float* sines, long pairs, long features, float* y);
};

KERNELS_DECLARE(Rope, rope)

const Rope& rope();

}  // namespace kernels
