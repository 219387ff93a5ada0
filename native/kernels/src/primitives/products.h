// Matrix products as operations that are recorded.
#pragma once

#include <optional>
#include <vector>

#include "primitives/sides.h"

namespace kernels {

// x w + c: x [..., rows, depth], w [depth, columns], c [columns] or as the result.
mx::array matmul(const mx::array& x, const mx::array& w, const std::optional<mx::array>& c, mx::Dtype type, mx::Stream s);

// A weight [out, in] that is not trained: one array, or values, scales and biases of a packed one.
struct FrozenWeight {
  std::vector<mx::array> parts;
  int group = 0;
  int bits = 0;

  bool packed() const {
    return parts.size() == 3;
  }
  int outputs() const {
    return parts[0].shape(0);
  }
  int inputs() const {
    return packed() ? parts[1].shape(1) * group : parts[0].shape(1);
  }

  // Throws unless it is one, of a format that products take.
  void check() const;

  // x W^T + c where transpose is true, else x W + c.
  mx::array multiply(
      const mx::array& x, bool transpose, const std::optional<mx::array>& c, mx::Dtype type, mx::Stream s) const;
};

// The weight of the C interface: scales and biases empty, or those of a packed one.
FrozenWeight frozen_weight(
    const mlx_array w, const mlx_array scales, const mlx_array biases, int group, int bits, mx::Stream s);

// The right side of x W^T, or of x W, of the weight's parts when they are evaluated.
Side side_of(const std::vector<mx::array>& parts, int group, int bits, bool transpose);

// Throws unless an array can be the left side of a product of this depth.
void check_left(const mx::array& x, int depth);

// All axes but the last as one.
inline mx::array rows_of(const mx::array& a, mx::Stream s) {
  return a.ndim() == 2 ? a : mx::flatten(a, 0, -2, s);
}

// What a product begins with: a row for all, or a matrix of the result's shape, row-major.
Addend addend_of(const mx::array& c);

// Makes memory for a product: that of what it begins with, if nobody else needs it.
void make_sum(const mx::array* c, mx::array& out);

}  // namespace kernels
