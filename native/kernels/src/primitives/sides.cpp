#include "primitives/products.h"

#include <cstring>

namespace kernels {

Number number_of(mx::Dtype type) {
  if (type == mx::float32) return Number::FLOAT32;
  if (type == mx::bfloat16) return Number::BFLOAT16;
  if (type == mx::float16) return Number::FLOAT16;
  throw std::invalid_argument("products are of float32, bfloat16 or float16");
}

namespace {

// Whether the axes before the last are one axis in memory; its step.
bool leading_axes_are_one(const mx::array& a, long& step) {
  long expected = -1;
  for (int axis = a.ndim() - 2; axis >= 0; axis--) {
    if (a.shape(axis) == 1) continue;
    if (expected < 0) {
      step = a.strides(axis);
    } else if (a.strides(axis) != expected) {
      return false;
    }
    expected = a.strides(axis) * a.shape(axis);
  }
  return true;
}

std::shared_ptr<std::vector<char>> row_major_copy(const mx::array& a) {
  auto copy = std::make_shared<std::vector<char>>(a.nbytes());
  long size = a.itemsize();
  auto from = a.data<char>();
  for (size_t i = 0; i < a.size(); i++) {
    long rest = i, offset = 0;
    for (int axis = a.ndim() - 1; axis >= 0; axis--) {
      offset += rest % a.shape(axis) * a.strides(axis);
      rest /= a.shape(axis);
    }
    std::memcpy(copy->data() + i * size, from + offset * size, size);
  }
  return copy;
}

}  // namespace

MatrixView matrix_view(const mx::array& a) {
  long columns = a.shape(-1), rows = 1;
  for (int axis = 0; axis + 1 < a.ndim(); axis++) rows *= a.shape(axis);
  MatrixView view{a.data<char>(), number_of(a.dtype()), rows, columns, columns, 1, nullptr};
  if (a.flags().row_contiguous || a.size() == 0) return view;
  long step = columns;
  bool one = leading_axes_are_one(a, step), side_by_side = columns == 1 || a.strides(-1) == 1;
  if (one && (side_by_side || step == 1 || rows == 1)) {
    view.row_step = step;
    view.column_step = side_by_side ? 1 : a.strides(-1);
    if (step > 0 && view.column_step > 0) {
      return view;
    }
    view.row_step = columns;
    view.column_step = 1;
  }
  view.copy = row_major_copy(a);
  view.at = view.copy->data();
  return view;
}

Addend addend_of(const mx::array& c) {
  return {c.data<char>(), number_of(c.dtype()), c.ndim() == 1 ? 0 : long(c.shape(-1))};
}

void make_sum(const mx::array* c, mx::array& out) {
  if (c && c->shape() == out.shape() && c->dtype() == out.dtype()) {
    reuse(*c, out);
  } else {
    make(out);
  }
}

void check_left(const mx::array& x, int depth) {
  if (x.ndim() >= 2 && x.shape(-1) == depth && is_number(x.dtype())) return;
  std::ostringstream said;
  said << "this product takes floats [..., rows, " << depth << "], not an array of shape " << x.shape();
  throw std::invalid_argument(said.str());
}

}  // namespace kernels
