// Gated activations, activation(gate) * up, as between the projections of an MLP.
#pragma once

#include "cpu.h"

namespace kernels {

enum class Activation { SILU, GELU, GELU_TANH };

struct Gated {
  void (*forward)(Activation activation, const float* gate, const float* up, long count, float* y);
  // The gradients of gate and up; what forward computed on the way is computed again, nothing of it is kept.
  void (*to_inputs)(Activation activation, const float* gate, const float* up, const float* g, long count, float* dgate,
      float* dup);
};

KERNELS_DECLARE(Gated, gated)

const Gated& gated();

}  // namespace kernels
