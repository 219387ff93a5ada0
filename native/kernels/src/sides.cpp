#include "sides.h"

#include <cstdlib>
#include <new>

namespace kernels {

char* Scratch::bytes(long count) {
  if (count > size_) {
    memory_.reset();
    size_ = (count + 4095) / 4096 * 4096;
    memory_.reset(std::aligned_alloc(64, size_));
    if (!memory_) {
      size_ = 0;
      throw std::bad_alloc();
    }
  }
  return static_cast<char*>(memory_.get());
}

void Scratch::Free::operator()(void* memory) const {
  std::free(memory);
}

int pieces(const Side& side) {
  auto plain = std::get_if<PlainSide>(&side);
  if (!plain || plain->type == Number::FLOAT32) return 3;
  return plain->type == Number::FLOAT16 ? 2 : 1;
}

namespace {

Lanes plain_block(const PlainSide& side, long lane, long lanes, long k, long depth, Scratch& scratch) {
  auto from = static_cast<const char*>(side.at) + (lane * side.lane_step + k * side.depth_step) * bytes(side.type);
  if (side.type == Number::FLOAT32) return {reinterpret_cast<const float*>(from), side.lane_step, side.depth_step};
  bool along = side.depth_step == 1;
  long lines = along ? lanes : depth, length = along ? depth : lanes;
  long step = (along ? side.lane_step : side.depth_step) * bytes(side.type);
  float* to = scratch.floats(lines * length);
  for (long line = 0; line < lines; line++) {
    numbers().to_float(from + line * step, side.type, length, to + line * length);
  }
  return along ? Lanes{to, length, 1} : Lanes{to, 1, length};
}

Lanes packed_block(const PackedSide& side, long lane, long lanes, long k, long depth, Scratch& scratch) {
  long row = side.rows_are_lanes ? lane : k, rows = side.rows_are_lanes ? lanes : depth;
  long column = side.rows_are_lanes ? k : lane, columns = side.rows_are_lanes ? depth : lanes;
  long begin = column / 32 * 32, end = (column + columns + 31) / 32 * 32, length = end - begin;
  float* to = scratch.floats(rows * length);
  for (long i = 0; i < rows; i++) numbers().unpack(side.matrix, row + i, begin, end, to + i * length);
  to += column - begin;
  return side.rows_are_lanes ? Lanes{to, length, 1} : Lanes{to, 1, length};
}

}  // namespace

Lanes block(const Side& side, long lane, long lanes, long k, long depth, Scratch& scratch) {
  if (auto plain = std::get_if<PlainSide>(&side)) return plain_block(*plain, lane, lanes, k, depth, scratch);
  return packed_block(std::get<PackedSide>(side), lane, lanes, k, depth, scratch);
}

}  // namespace kernels
