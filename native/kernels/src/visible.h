// Which keys the queries of an attention see.
#pragma once

#include <math.h>

#include "attention.h"
#include "tiles.h"

namespace kernels::ISA {

constexpr float LOWEST = -1e30f;  // finite, so that the difference of two such is a number

// A range of keys.
struct Range {
  long from;
  long to;

  bool empty() const {
    return to <= from;
  }
};

// The keys that a query sees.
inline Range seen(const AttentionSizes& s, long query) {
  long position = query + s.keys - s.queries;
  long from = s.window > 0 && position >= s.window ? position - s.window + 1 : 0;
  long to = s.causal && position + 1 < s.keys ? position + 1 : s.keys;
  return {from, to};
}

// The keys that one of several queries sees, of a block, relative to it.
inline Range seen_in(const AttentionSizes& s, long first, long last, Range block) {
  long from = seen(s, first).from, to = seen(s, last).to;
  return {(from > block.from ? from : block.from) - block.from, (to < block.to ? to : block.to) - block.from};
}

inline Range clipped(Range r, long size) {
  return {r.from > 0 ? r.from : 0, r.to < size ? r.to : size};
}

inline Range whole_vectors(Range r) {
  return {r.from / WIDTH * WIDTH, round_up(r.to, WIDTH)};
}

template <int... LANE>
inline Vec lane_numbers(std::integer_sequence<int, LANE...>) {
  return Vec{LANE...};
}

// Scores of a line where a query does not see the key become lower than all others.
inline void hide(float* scores, Range line, Range visible) {
  if (visible.from <= line.from && visible.to >= line.to) return;
  Vec lanes = lane_numbers(std::make_integer_sequence<int, WIDTH>());
  for (long j = line.from; j < line.to; j += WIDTH) {
    if (j >= visible.from && j + WIDTH <= visible.to) continue;
    Vec place = lanes + static_cast<float>(j);
    Vec seen = place >= static_cast<float>(visible.from) ? load(scores + j) : all(-INFINITY);
    store(scores + j, place < static_cast<float>(visible.to) ? seen : all(-INFINITY));
  }
}

}  // namespace kernels::ISA
