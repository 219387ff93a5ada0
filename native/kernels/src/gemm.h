// Matrix products on all cores: of float32, of 16-bit floats and of packed weights, always summed in float32.
#pragma once

#include <variant>

#include "numbers.h"
#include "gemm_tiles.h"

namespace kernels {

// One side of a product as it lies in memory: lanes (rows of the left side, columns of the right) of depth numbers each.
// One of the steps, counted in numbers, is 1, or there is one lane or a depth of 1.
struct PlainSide {
  const void* at;
  Number type;
  long lane_step;
  long depth_step;
};

// A packed weight: its rows are the lanes and the depth runs along them, or the other way round.
struct PackedSide {
  PackedMatrix matrix;
  bool rows_are_lanes;
};

using Side = std::variant<PlainSide, PackedSide>;

// Numbers to begin with: a matrix, or with a step of 0 one row for all.
struct Addend {
  const void* at = nullptr;  // none
  Number type = Number::FLOAT32;
  long step = 0;
};

struct Result {
  void* at;  // may be the addend's, if types and steps are the same
  Number type;
  long step;  // from row to row; columns are side by side
};

// result = left right + addend. Infinities and NaN pass as in a product of float32.
void gemm(const Side& left, const Side& right, Addend addend, Result result, long rows, long columns, long depth);

}  // namespace kernels
