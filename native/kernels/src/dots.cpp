#include "dots.h"

#include <algorithm>

#include "parallel.h"
#include "sides.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 14;  // numbers of the right side that are worth another thread

thread_local Scratch rows_side_by_side, unpacked;

}  // namespace

void dots_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth) {
  const Dots& dots = KERNELS_CHOOSE(dots_functions);
  float* x = rows_side_by_side.floats(rows * depth);
  Lanes from = block(left, 0, rows, 0, depth, unpacked);
  for (long row = 0; row < rows; row++) std::copy_n(from.at + row * from.lane_step, depth, x + row * depth);
  parallel(columns, std::max(4L, GRAIN / depth), [&](long begin, long end) {
    if (auto plain = std::get_if<PlainSide>(&right)) {
      auto w = static_cast<const char*>(plain->at) + begin * plain->lane_step * bytes(plain->type);
      dots.plain(x, rows, w, plain->type, plain->lane_step, end - begin, depth, result + begin, step, add);
      return;
    }
    constexpr long AT_ONCE = 4;
    for (long column = begin; column < end; column += AT_ONCE) {
      long some = std::min(AT_ONCE, end - column);
      Lanes w = block(right, column, some, 0, depth, unpacked);
      dots.plain(x, rows, w.at, Number::FLOAT32, w.lane_step, some, depth, result + column, step, add);
    }
  });
}

}  // namespace kernels
