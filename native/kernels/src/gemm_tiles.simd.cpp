#include "gemm_tiles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "isa.h"

namespace kernels::ISA {

namespace {

// As many sums as registers hold, with a vector of each column pair and a number of a row beside them.
#if defined(__AVX512F__)
constexpr int ROWS = 14;
#elif defined(__aarch64__)
constexpr int ROWS = 12;
#elif defined(__AVX2__)
constexpr int ROWS = 6;
#else
constexpr int ROWS = 4;
#endif
constexpr int VECTORS = 2;
constexpr int COLUMNS = VECTORS * WIDTH;
constexpr long DEPTH = 256;

template <int R, int V>
void tile(Lanes left, const float* right, long right_step, long depth, const Part& part) {
  Vec sums[R][V];
#pragma GCC unroll 16
  for (int i = 0; i < R; i++)
#pragma GCC unroll 2
    for (int j = 0; j < V; j++) sums[i][j] = Vec{};
  const float* a = left.at;
  for (long k = 0; k < depth; k++, a += left.depth_step, right += right_step) {
    Vec b[V];
#pragma GCC unroll 2
    for (int j = 0; j < V; j++) b[j] = load(right + j * WIDTH);
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) {
      Vec each = all(a[i * left.lane_step]);
#pragma GCC unroll 2
      for (int j = 0; j < V; j++) sums[i][j] += each * b[j];
    }
  }
  float* c = part.at;
#pragma GCC unroll 16
  for (int i = 0; i < R; i++, c += part.step) {
#pragma GCC unroll 2
    for (int j = 0; j < V; j++) {
      long count = part.columns - j * WIDTH;
      if (count >= WIDTH) {
        store(c + j * WIDTH, part.add ? load(c + j * WIDTH) + sums[i][j] : sums[i][j]);
      } else if (count > 0) {
        Vec sum = part.add ? load_some(c + j * WIDTH, count) + sums[i][j] : sums[i][j];
        store_some(c + j * WIDTH, sum, count);
      }
    }
  }
}

using Tile = void (*)(Lanes, const float*, long, long, const Part&);

template <int V, int... R>
constexpr std::array<Tile, sizeof...(R)> tiles_of(std::integer_sequence<int, R...>) {
  return {tile<R + 1, V>...};
}

constexpr auto WIDE = tiles_of<2>(std::make_integer_sequence<int, ROWS>());
constexpr auto NARROW = tiles_of<1>(std::make_integer_sequence<int, ROWS>());

// The packed panels: [depth][lanes], zeros for lanes that are missing.

long left_bytes(long depth, int) {
  return depth * ROWS * sizeof(float);
}

long right_bytes(long depth, int) {
  return depth * COLUMNS * sizeof(float);
}

template <int LANES>
int pack(Lanes from, long lanes, long depth, int, void* to) {
  float* panel = static_cast<float*>(to);
  if (from.lane_step == 1) {
    const float* row = from.at;
    for (long k = 0; k < depth; k++, row += from.depth_step, panel += LANES) {
      if (lanes == LANES) {
        std::memcpy(panel, row, LANES * sizeof(float));
      } else {
        std::memset(panel, 0, LANES * sizeof(float));
        std::memcpy(panel, row, lanes * sizeof(float));
      }
    }
    return 1;
  }
  // Transposed in small squares, which stay in the nearest cache.
  for (long k0 = 0; k0 < depth; k0 += 16) {
    long steps = std::min(16L, depth - k0);
    for (long lane = 0; lane < LANES; lane++) {
      const float* row = from.at + lane * from.lane_step + k0 * from.depth_step;
      float* column = panel + k0 * LANES + lane;
      for (long k = 0; k < steps; k++) column[k * LANES] = lane < lanes ? row[k * from.depth_step] : 0;
    }
  }
  return 1;
}

void multiply(const Panel& left, const Panel& right, long depth, const Part& part) {
  Lanes rows{static_cast<const float*>(left.at), 1, ROWS};
  auto columns = static_cast<const float*>(right.at);
  (part.columns > WIDTH ? WIDE : NARROW)[part.rows - 1](rows, columns, COLUMNS, depth, part);
}

void multiply_direct(Lanes left, const float* right, long right_step, long depth, const Part& part) {
  const auto& tiles = part.columns > WIDTH ? WIDE : NARROW;
  for (long row = 0; row < part.rows; row += ROWS) {
    Part some = part;
    some.rows = std::min<long>(ROWS, part.rows - row);
    some.at += row * part.step;
    tiles[some.rows - 1]({left.at + row * left.lane_step, left.lane_step, left.depth_step}, right, right_step, depth, some);
  }
}

void nothing() {}

}  // namespace

const Tiles float_tiles{
    ROWS, COLUMNS, DEPTH, left_bytes, right_bytes, pack<ROWS>, pack<COLUMNS>, multiply, nothing};
const DirectTiles direct_tiles{ROWS, COLUMNS, multiply_direct};

}  // namespace kernels::ISA
