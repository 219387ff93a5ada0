#include "dots.h"

#include <algorithm>

#include "parallel.h"
#include "sides.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 14;  // numbers of the right side that are worth another thread

thread_local Scratch rows_side_by_side, arranged, unpacked, scales;

void few_rows(const float* x, long rows, const Side& right, float* result, long step, bool add, long columns, long depth) {
  const Dots& dots = KERNELS_CHOOSE(dots_functions);
  long grain = std::max(4L, GRAIN / depth);
  if (auto plain = std::get_if<PlainSide>(&right)) {
    parallel(columns, grain, [&](long begin, long end) {
      auto w = static_cast<const char*>(plain->at) + begin * plain->lane_step * bytes(plain->type);
      dots.plain(x, rows, w, plain->type, plain->lane_step, end - begin, depth, result + begin, step, add);
    });
    return;
  }
  const PackedMatrix& w = std::get<PackedSide>(right).matrix;
  if (words_hold_whole_numbers(w.bits)) {
    float* order = arranged.floats(dots.arranged_floats(rows, w));
    dots.arrange(x, rows, w, order);
    parallel(columns, grain, [&](long begin, long end) {
      dots.packed(order, rows, w, begin, end, result + begin, step, add, scales.floats(dots.scratch_floats(w)));
    });
    return;
  }
  parallel(columns, grain, [&](long begin, long end) {
    constexpr long AT_ONCE = 4;
    for (long column = begin; column < end; column += AT_ONCE) {
      long some = std::min(AT_ONCE, end - column);
      Lanes from = block(right, column, some, 0, depth, unpacked);
      dots.plain(x, rows, from.at, Number::FLOAT32, from.lane_step, some, depth, result + column, step, add);
    }
  });
}

}  // namespace

void dots_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth) {
  float* x = rows_side_by_side.floats(rows * depth);
  Lanes from = block(left, 0, rows, 0, depth, unpacked);
  for (long row = 0; row < rows; row++) std::copy_n(from.at + row * from.lane_step, depth, x + row * depth);
  for (long row = 0; row < rows; row += MOST_DOTS) {
    few_rows(
        x + row * depth, std::min(MOST_DOTS, rows - row), right, result + row * step, step, add, columns, depth);
  }
}

}  // namespace kernels
