// Dot products with rows of a packed matrix whose words hold whole numbers (2, 4 or 8 bits), for dots.simd.cpp. A vector of
// words is read at once; shifted by a number's bits s times, its lanes hold numbers s, s + numbers per word, and so on. So x
// is arranged in that order first. With w = scale q + bias in each group, x w = sum of scale (x q) + bias (sum of x).
#pragma once

#include <algorithm>

#include "dots.h"
#include "half.h"
#include "isa.h"
#include "x_rows.h"

namespace kernels::ISA {

namespace {

// Numbers in a vector of words.
long block_numbers(const PackedMatrix& w) {
  return 32 / w.bits * WIDTH;
}

long blocks(const PackedMatrix& w) {
  return (w.columns + block_numbers(w) - 1) / block_numbers(w);
}

long groups(const PackedMatrix& w) {
  return w.columns / w.group;
}

// Up to whole vectors.
long padded_groups(const PackedMatrix& w) {
  return (groups(w) + WIDTH - 1) / WIDTH * WIDTH;
}

// Of a row of x that is arranged: its numbers, zeros up to a whole block, and its sums, zeros up to a whole vector.
long arranged_row(const PackedMatrix& w) {
  return blocks(w) * block_numbers(w) + padded_groups(w);
}

long arranged_floats(long x_rows, const PackedMatrix& w) {
  return x_rows * arranged_row(w);
}

// Scales and biases of a row, with zeros behind each for groups that a last block or vector asks for.
long scratch_floats(const PackedMatrix& w) {
  return 2 * (groups(w) + 2 * WIDTH);
}

void arrange(const float* x, long x_rows, const PackedMatrix& w, float* arranged) {
  long per_word = 32 / w.bits, size = block_numbers(w);
  for (long row = 0; row < x_rows; row++, x += w.columns, arranged += arranged_row(w)) {
    for (long begin = 0; begin < blocks(w) * size; begin += size) {
      for (long lane = 0; lane < WIDTH; lane++) {
        long from = begin + lane * per_word;
        for (long s = 0; s < per_word; s++) {
          arranged[begin + s * WIDTH + lane] = from + s < w.columns ? x[from + s] : 0;
        }
      }
    }
    float* group_sums = arranged + blocks(w) * size;
    std::fill_n(group_sums, padded_groups(w), 0.0f);
    for (long group = 0; group < groups(w); group++) {
      Vec sums{};
      for (long i = 0; i < w.group; i += WIDTH) sums += load(x + group * w.group + i);
      group_sums[group] = sum(sums);
    }
  }
}

void widen(const void* from, Number type, long first, long count, float* to) {
  if (type == Number::FLOAT32) {
    std::memcpy(to, static_cast<const float*>(from) + first, count * sizeof(float));
  } else {
    auto halves = static_cast<const uint16_t*>(from) + first;
    for (long i = 0; i < count; i++) to[i] = type == Number::BFLOAT16 ? from_bfloat16(halves[i]) : from_float16(halves[i]);
  }
}

typedef unsigned Words __attribute__((vector_size(WIDTH * 4)));

// Number s of each word.
template <int BITS>
Vec numbers_at(Words words, int s) {
  if constexpr (BITS == 4 && WIDTH == 16) {
    const Vec values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return __builtin_shuffle(values, IntVec(words >> (s * BITS)));  // looks at the low four bits alone
  }
  return __builtin_convertvector(IntVec((words >> (s * BITS)) & ((1u << BITS) - 1)), Vec);
}

template <int BITS, int X>
void packed_row(
    const float* x, long x_step, const PackedMatrix& w, const uint32_t* words, const float* scales, const float* biases,
    float* y, long y_step, bool add) {
  constexpr long SIZE = 32 / BITS * WIDTH;
  IntVec group_of_lane;
  for (int lane = 0; lane < WIDTH; lane++) group_of_lane[lane] = lane * (32 / BITS) / w.group;
  Vec totals[X] = {};
  long whole = w.columns / SIZE, row_words = w.columns / 32 * BITS;
  for (long b = 0; b < blocks(w); b++) {
    Words some{};
    if (b < whole) {
      std::memcpy(&some, words + b * WIDTH, sizeof some);
    } else {
      std::memcpy(&some, words + b * WIDTH, (row_words - b * WIDTH) * sizeof(uint32_t));
    }
    Vec parts[X] = {};
#pragma GCC unroll 16
    for (int s = 0; s < 32 / BITS; s++) {
      Vec numbers = numbers_at<BITS>(some, s);
#pragma GCC unroll 8
      for (int i = 0; i < X; i++) parts[i] += numbers * load(x + i * x_step + b * SIZE + s * WIDTH);
    }
    Vec scale = __builtin_shuffle(load(scales + b * SIZE / w.group), group_of_lane);
#pragma GCC unroll 8
    for (int i = 0; i < X; i++) totals[i] += parts[i] * scale;
  }
#pragma GCC unroll 8
  for (int i = 0; i < X; i++) {
    const float* sums = x + i * x_step + blocks(w) * SIZE;
    for (long g = 0; g < groups(w); g += WIDTH) totals[i] += load(biases + g) * load(sums + g);
    float total = sum(totals[i]);
    y[i * y_step] = add ? y[i * y_step] + total : total;
  }
}

template <int BITS, int X>
void packed_rows(
    const float* x, const PackedMatrix& w, long begin, long end, float* y, long y_step, bool add, float* scratch) {
  long row_words = w.columns / 32 * BITS, room = groups(w) + 2 * WIDTH;
  float *scales = scratch, *biases = scratch + room;
  std::fill(scales + groups(w), scales + room, 0.0f);
  std::fill(biases + groups(w), biases + room, 0.0f);
  for (long row = begin; row < end; row++, y++) {
    widen(w.scales, w.type, row * groups(w), groups(w), scales);
    widen(w.biases, w.type, row * groups(w), groups(w), biases);
    packed_row<BITS, X>(x, arranged_row(w), w, w.values + row * row_words, scales, biases, y, y_step, add);
  }
}

void packed(
    const float* arranged, long x_rows, const PackedMatrix& w, long begin, long end, float* y, long y_step, bool add,
    float* scratch) {
  with_rows(x_rows, [&](auto rows) {
    switch (w.bits) {
      case 2: return packed_rows<2, rows>(arranged, w, begin, end, y, y_step, add, scratch);
      case 4: return packed_rows<4, rows>(arranged, w, begin, end, y, y_step, add, scratch);
      default: return packed_rows<8, rows>(arranged, w, begin, end, y, y_step, add, scratch);
    }
  });
}

}  // namespace

}  // namespace kernels::ISA
