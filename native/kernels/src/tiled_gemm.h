// A product of packed panels, for sides of any size.
#pragma once

#include "gemm.h"

namespace kernels {

// As gemm, with a result of float32. It is added to what is there if add is true.
void tiled_gemm(
    const Tiles& tiles, const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns,
    long depth);

}  // namespace kernels
