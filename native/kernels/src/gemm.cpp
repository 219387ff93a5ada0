#include "gemm.h"

#include <algorithm>
#include <cstring>

#include "dots.h"
#include "parallel.h"
#include "sides.h"
#include "tiled_gemm.h"

namespace kernels {

namespace {

constexpr long FEW_ROWS = 16;      // of the left side: the right one is read once, in place
constexpr long SHORT_DEPTH = 48;   // and less: not worth packing
constexpr long GRAIN = 1 << 15;    // products of numbers that are worth another thread

thread_local Scratch sums, narrow, unpacked;

bool plain_float(const Side& side) {
  auto plain = std::get_if<PlainSide>(&side);
  return plain && plain->type == Number::FLOAT32;
}

bool depth_along_memory(const Side& side) {
  if (auto plain = std::get_if<PlainSide>(&side)) return plain->depth_step == 1;
  return std::get<PackedSide>(side).rows_are_lanes;
}

const Tiles& tiles() {
#if defined(__x86_64__)
  if (cpu().amx) return bfloat_tiles;
#endif
  return KERNELS_CHOOSE(float_tiles);
}

// A right side of few columns, or of little depth: packed as a whole; the left side is read in place.
void direct_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth) {
  const Tiles& packing = KERNELS_CHOOSE(float_tiles);
  const DirectTiles& direct = KERNELS_CHOOSE(direct_tiles);
  long panels = (columns + packing.columns - 1) / packing.columns, panel_bytes = packing.right_bytes(depth, 1);
  char* packed = narrow.bytes(panels * panel_bytes);
  parallel(panels, std::max(1L, GRAIN / (packing.columns * depth)), [&](long begin, long end) {
    for (long panel = begin; panel < end; panel++) {
      long column = panel * packing.columns, some = std::min(packing.columns, columns - column);
      Lanes from = block(right, column, some, 0, depth, unpacked);
      packing.pack_right(from, some, depth, 1, packed + panel * panel_bytes);
    }
  });
  auto from = std::get<PlainSide>(left);
  auto at = static_cast<const float*>(from.at);
  long row_tiles = (rows + direct.rows - 1) / direct.rows;
  parallel(row_tiles, std::max(1L, GRAIN / (direct.rows * columns * depth)), [&](long begin, long end) {
    for (long row = begin * direct.rows; row < std::min(rows, end * direct.rows); row += direct.rows) {
      for (long panel = 0; panel < panels; panel++) {
        long column = panel * packing.columns;
        Part part{
            result + row * step + column, step, std::min(direct.rows, rows - row),
            std::min(packing.columns, columns - column), add};
        direct.multiply(
            {at + row * from.lane_step, from.lane_step, from.depth_step},
            reinterpret_cast<float*>(packed + panel * panel_bytes), packing.columns, depth, part);
      }
    }
  });
}

// A left side of few rows and a right side whose rows lie in memory as they are read: neither is packed.
void flat_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth) {
  const DirectTiles& direct = KERNELS_CHOOSE(direct_tiles);
  auto a = std::get<PlainSide>(left), b = std::get<PlainSide>(right);
  auto a_at = static_cast<const float*>(a.at), b_at = static_cast<const float*>(b.at);
  constexpr long DEPTH = 64;  // whose rows stay in the cache while all columns are read
  long panels = columns / direct.columns;
  parallel(panels, std::max(1L, GRAIN / (rows * direct.columns * depth)), [&](long begin, long end) {
    for (long k = 0; k < depth; k += DEPTH) {
      for (long column = begin * direct.columns; column < end * direct.columns; column += direct.columns) {
        direct.multiply(
            {a_at + k * a.depth_step, a.lane_step, a.depth_step}, b_at + k * b.depth_step + column, b.depth_step,
            std::min(DEPTH, depth - k), {result + column, step, rows, direct.columns, add || k > 0});
      }
    }
  });
  long done = panels * direct.columns;
  if (done < columns) {
    b.at = b_at + done;
    direct_gemm(left, b, result + done, step, add, rows, columns - done, depth);
  }
}

void float_gemm(
    const Side& left, const Side& right, float* result, long step, bool add, long rows, long columns, long depth) {
  if (rows <= FEW_ROWS && depth_along_memory(right) && depth_along_memory(left)) {
    dots_gemm(left, right, result, step, add, rows, columns, depth);
  } else if (rows <= FEW_ROWS && plain_float(left) && plain_float(right) && !depth_along_memory(right)) {
    flat_gemm(left, right, result, step, add, rows, columns, depth);
  } else if (plain_float(left) && (columns <= KERNELS_CHOOSE(direct_tiles).columns || depth <= SHORT_DEPTH)) {
    direct_gemm(left, right, result, step, add, rows, columns, depth);
  } else {
    tiled_gemm(tiles(), left, right, result, step, add, rows, columns, depth);
  }
}

void fill(const Addend& addend, float* to, long step, long rows, long columns) {
  if (!addend.at || addend.at == to) return;
  parallel(rows, std::max(1L, GRAIN / columns), [&](long begin, long end) {
    for (long row = begin; row < end; row++) {
      auto from = static_cast<const char*>(addend.at) + row * addend.step * bytes(addend.type);
      numbers().to_float(from, addend.type, columns, to + row * step);
    }
  });
}

}  // namespace

void gemm(const Side& left, const Side& right, Addend addend, Result result, long rows, long columns, long depth) {
  if (rows == 0 || columns == 0) return;
  bool in_place = result.type == Number::FLOAT32;
  float* to = in_place ? static_cast<float*>(result.at) : sums.floats(rows * columns);
  long step = in_place ? result.step : columns;
  fill(addend, to, step, rows, columns);
  if (depth > 0) {
    float_gemm(left, right, to, step, addend.at != nullptr, rows, columns, depth);
  } else if (!addend.at) {
    for (long row = 0; row < rows; row++) std::memset(to + row * step, 0, columns * sizeof(float));
  }
  if (in_place) return;
  parallel(rows, std::max(1L, GRAIN / columns), [&](long begin, long end) {
    for (long row = begin; row < end; row++) {
      numbers().from_float(
          to + row * step, result.type, columns, static_cast<char*>(result.at) + row * result.step * bytes(result.type));
    }
  });
}

}  // namespace kernels
