// Small matrix products whose sums stay in registers, for operands that fit the first caches.
#pragma once

#include "isa.h"

namespace kernels::ISA {

#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int TILE_VECTORS = 4;  // of 32 registers
#else
constexpr int TILE_VECTORS = 2;  // of 16 registers
#endif

// Rows of a tile: as many as leave registers for a line of b and one number of a.
constexpr int tile_rows(int vectors) {
  return vectors > TILE_VECTORS / 2 ? 6 : 12;
}

// c = a b, or c += a b, with a [ROWS, depth] and b [depth, VECTORS * WIDTH]. A row of a lies a_row from the next, a column
// a_column; rows of b and c are dense.
template <int ROWS, int VECTORS, bool ADD>
inline void tile(long depth, const float* a, long a_row, long a_column, const float* b, long b_row, float* c, long c_row) {
  Vec sums[ROWS][VECTORS];
#pragma GCC unroll 16
  for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) sums[r][v] = ADD ? load(c + r * c_row + v * WIDTH) : Vec{};
  }
  for (long k = 0; k < depth; k++, a += a_column, b += b_row) {
    Vec line[VECTORS];
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) line[v] = load(b + v * WIDTH);
#pragma GCC unroll 16
    for (int r = 0; r < ROWS; r++) {
      Vec factor = all(a[r * a_row]);
#pragma GCC unroll 4
      for (int v = 0; v < VECTORS; v++) sums[r][v] += factor * line[v];
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) store(c + r * c_row + v * WIDTH, sums[r][v]);
  }
}

// The last rows, fewer than a whole tile's.
template <int ROWS, int VECTORS, bool ADD>
inline void last_tile(long rows, long depth, const float* a, long a_row, long a_column, const float* b, long b_row,
    float* c, long c_row) {
  if constexpr (ROWS > 0) {
    if (rows == ROWS) {
      tile<ROWS, VECTORS, ADD>(depth, a, a_row, a_column, b, b_row, c, c_row);
    } else {
      last_tile<ROWS - 1, VECTORS, ADD>(rows, depth, a, a_row, a_column, b, b_row, c, c_row);
    }
  }
}

template <int VECTORS, bool ADD>
inline void panel(long rows, long depth, const float* a, long a_row, long a_column, const float* b, long b_row, float* c,
    long c_row) {
  constexpr int ROWS = tile_rows(VECTORS);
  long r = 0;
  for (; r + ROWS <= rows; r += ROWS) {
    tile<ROWS, VECTORS, ADD>(depth, a + r * a_row, a_row, a_column, b, b_row, c + r * c_row, c_row);
  }
  last_tile<ROWS - 1, VECTORS, ADD>(rows - r, depth, a + r * a_row, a_row, a_column, b, b_row, c + r * c_row, c_row);
}

// c [rows, vectors * WIDTH] = a b or c += a b, as tile.
template <bool ADD>
inline void multiply(long rows, long vectors, long depth, const float* a, long a_row, long a_column, const float* b,
    long b_row, float* c, long c_row) {
  for (; vectors >= TILE_VECTORS; vectors -= TILE_VECTORS) {
    panel<TILE_VECTORS, ADD>(rows, depth, a, a_row, a_column, b, b_row, c, c_row);
    b += TILE_VECTORS * WIDTH;
    c += TILE_VECTORS * WIDTH;
  }
  switch (vectors) {
    case 1:
      return panel<1, ADD>(rows, depth, a, a_row, a_column, b, b_row, c, c_row);
#if defined(__AVX512F__) || defined(__aarch64__)
    case 2:
      return panel<2, ADD>(rows, depth, a, a_row, a_column, b, b_row, c, c_row);
    case 3:
      return panel<3, ADD>(rows, depth, a, a_row, a_column, b, b_row, c, c_row);
#endif
  }
}

template <bool UPPER, int... LANE>
inline Vec interleave(Vec a, Vec b, std::integer_sequence<int, LANE...>) {
  return arranged<((UPPER ? WIDTH / 2 : 0) + LANE / 2 + (LANE % 2 ? WIDTH : 0))...>(a, b);
}

// Interleaves the lower or the upper halves of two vectors.
template <bool UPPER>
inline Vec interleave(Vec a, Vec b) {
  return interleave<UPPER>(a, b, std::make_integer_sequence<int, WIDTH>());
}

// Combines all lanes of each of WIDTH vectors: lane i of the result is that of rows[i].
template <typename Operation>
inline Vec fold(const Vec* rows, Operation combine) {
  Vec v[WIDTH];
#pragma GCC unroll 16
  for (int i = 0; i < WIDTH; i++) v[i] = rows[i];
#pragma GCC unroll 4
  for (int half = WIDTH / 2; half > 0; half /= 2) {
#pragma GCC unroll 8
    for (int i = 0; i < half; i++) {
      v[i] = combine(interleave<false>(v[i], v[i + half]), interleave<true>(v[i], v[i + half]));
    }
  }
  return v[0];
}

// to [WIDTH, WIDTH] = the transpose of the first rows and columns of from, zeros where there are none.
inline void transpose_block(const float* from, long from_row, long rows, long columns, float* to, long to_row) {
  Vec v[WIDTH], w[WIDTH];
#pragma GCC unroll 16
  for (int i = 0; i < WIDTH; i++) {
    if (i >= rows) {
      v[i] = Vec{};
    } else {
      v[i] = columns >= WIDTH ? load(from + i * from_row) : load_some(from + i * from_row, columns);
    }
  }
#pragma GCC unroll 4
  for (int stage = WIDTH; stage > 1; stage /= 2) {
#pragma GCC unroll 8
    for (int i = 0; i < WIDTH / 2; i++) {
      w[2 * i] = interleave<false>(v[i], v[i + WIDTH / 2]);
      w[2 * i + 1] = interleave<true>(v[i], v[i + WIDTH / 2]);
    }
#pragma GCC unroll 16
    for (int i = 0; i < WIDTH; i++) v[i] = w[i];
  }
#pragma GCC unroll 16
  for (int i = 0; i < WIDTH; i++) store(to + i * to_row, v[i]);
}

inline long round_up(long count, long unit) {
  return (count + unit - 1) / unit * unit;
}

// to [columns, rows] = the transpose of from [rows, columns], each axis rounded up to WIDTH with zeros.
inline void transpose(const float* from, long from_row, long rows, long columns, float* to, long to_row) {
  for (long c = 0; c < columns; c += WIDTH) {
    for (long r = 0; r < rows; r += WIDTH) {
      transpose_block(from + r * from_row + c, from_row, rows - r, columns - c, to + c * to_row + r, to_row);
    }
  }
}

// Copies rows, with zeros behind each up to the next multiple of WIDTH.
inline void copy_rows(const float* from, long from_row, long rows, long columns, float factor, float* to, long to_row) {
  for (long r = 0; r < rows; r++, from += from_row, to += to_row) {
    long c = 0;
    for (; c + WIDTH <= columns; c += WIDTH) store(to + c, load(from + c) * factor);
    if (c < columns) store(to + c, load_some(from + c, columns - c) * factor);
  }
}

}  // namespace kernels::ISA
