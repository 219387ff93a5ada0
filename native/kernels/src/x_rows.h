// The number of rows of the left side as a constant, for dots.simd.cpp: so many sums are held in registers.
#pragma once

#include <type_traits>

#include "isa.h"

namespace kernels::ISA {

namespace {

// Calls what takes a number of rows of x, 1 to MOST_DOTS, as a constant.
template <typename F>
void with_rows(long x_rows, F&& call) {
  switch (x_rows) {
    case 1: return call(std::integral_constant<int, 1>{});
    case 2: return call(std::integral_constant<int, 2>{});
    case 3: return call(std::integral_constant<int, 3>{});
    case 4: return call(std::integral_constant<int, 4>{});
    case 5: return call(std::integral_constant<int, 5>{});
    case 6: return call(std::integral_constant<int, 6>{});
    case 7: return call(std::integral_constant<int, 7>{});
    default: return call(std::integral_constant<int, 8>{});
  }
}

}  // namespace

}  // namespace kernels::ISA
