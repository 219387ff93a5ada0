// Arrays of MLX as sides of a product.
#pragma once

#include <memory>
#include <vector>

#include "gemm.h"
#include "primitives/support.h"

namespace kernels {

inline bool is_number(mx::Dtype type) {
  return type == mx::float32 || type == mx::bfloat16 || type == mx::float16;
}

Number number_of(mx::Dtype type);

// The last two axes as a matrix in memory, with the leading ones as further rows.
struct MatrixView {
  const void* at;
  Number type;
  long rows, columns;
  long row_step, column_step;
  std::shared_ptr<std::vector<char>> copy;  // where the array had no such steps

  PlainSide as_left() const {
    return {at, type, row_step, column_step};
  }
  PlainSide as_right() const {
    return {at, type, column_step, row_step};
  }
};

// A view of an array that is evaluated, of two axes or more.
MatrixView matrix_view(const mx::array& a);

}  // namespace kernels
