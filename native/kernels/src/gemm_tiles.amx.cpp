// Tiles of 16 rows of 64 bytes (AMX): a tile of the result [16, 16] float32 gains the product of a tile [16, 32] bfloat16
// of the left side and one of the right, where each row holds two steps of the depth side by side [16 pairs, 16, 2]. The
// order of the steps is free as long as both sides have the same: here steps i and i + 16 are a pair.
// Intel 64 and IA-32 Architectures Software Developer's Manual, TDPBF16PS.
#include <immintrin.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "gemm_tiles.h"

namespace kernels {

namespace {

constexpr long TILE = 16;           // rows of a tile, and float32 columns
constexpr long LANES = 2 * TILE;    // of a panel
constexpr long STEP = 32;           // of the depth, in a tile
constexpr long TILE_BYTES = 1024;
constexpr long DEPTH = 256;
// Products of pieces i and j (0 the largest) count where i + j is at most this: the others are below a float32's last bit.
constexpr int LAST_ORDER = 2;

long steps(long depth) {
  return (depth + STEP - 1) / STEP;
}

// [step][piece][2 tiles]
long panel_bytes(long depth, int room) {
  return steps(depth) * room * 2 * TILE_BYTES;
}

// The 32-bit words of a tile, across.
void transpose(__m512i (&rows)[16]) {
  __m512i half[16];
  for (int i = 0; i < 16; i += 2) {
    half[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    half[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    rows[i] = _mm512_unpacklo_epi64(half[i], half[i + 2]);
    rows[i + 1] = _mm512_unpackhi_epi64(half[i], half[i + 2]);
    rows[i + 2] = _mm512_unpacklo_epi64(half[i + 1], half[i + 3]);
    rows[i + 3] = _mm512_unpackhi_epi64(half[i + 1], half[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    half[i] = _mm512_shuffle_i32x4(rows[i], rows[i + 4], 0x88);
    half[i + 4] = _mm512_shuffle_i32x4(rows[i], rows[i + 4], 0xdd);
    half[i + 8] = _mm512_shuffle_i32x4(rows[i + 8], rows[i + 12], 0x88);
    half[i + 12] = _mm512_shuffle_i32x4(rows[i + 8], rows[i + 12], 0xdd);
  }
  for (int i = 0; i < 8; i++) {
    rows[i] = _mm512_shuffle_i32x4(half[i], half[i + 8], 0x88);
    rows[i + 8] = _mm512_shuffle_i32x4(half[i], half[i + 8], 0xdd);
  }
}

// The pieces of 32 numbers, two vectors of 16: the eight leading bits of each, of what is left, and of what is left then.
struct Splitter {
  __m512i second = _mm512_setzero_si512();  // bits that any second or third piece had
  __m512i third = _mm512_setzero_si512();
  __m512 zeros = _mm512_setzero_ps();  // NaN once a number was not finite

  // Takes the piece from both vectors; it stands in each lane as a pair, the number of low first.
  static __m512i take(__m512& low, __m512& high) {
    const __m512i upper = _mm512_set1_epi32(0xffff0000);
    __m512i low_bits = _mm512_castps_si512(low), high_piece = _mm512_and_si512(_mm512_castps_si512(high), upper);
    __m512i pair = _mm512_or_si512(_mm512_srli_epi32(low_bits, 16), high_piece);
    low = _mm512_sub_ps(low, _mm512_castsi512_ps(_mm512_and_si512(low_bits, upper)));
    high = _mm512_sub_ps(high, _mm512_castsi512_ps(high_piece));
    return pair;
  }

  void split(__m512 low, __m512 high, int room, __m512i* pairs) {
    zeros = _mm512_fmadd_ps(low, _mm512_setzero_ps(), zeros);
    zeros = _mm512_fmadd_ps(high, _mm512_setzero_ps(), zeros);
    pairs[0] = take(low, high);
    if (room > 1) {
      pairs[1] = take(low, high);
      second = _mm512_or_si512(second, pairs[1]);
    }
    if (room > 2) {
      pairs[2] = take(low, high);
      third = _mm512_or_si512(third, pairs[2]);
    }
  }

  int used() const {
    if (_mm512_cmp_ps_mask(zeros, zeros, _CMP_UNORD_Q)) return 0;
    return _mm512_test_epi32_mask(third, third) ? 3 : _mm512_test_epi32_mask(second, second) ? 2 : 1;
  }
};

__mmask16 first(long count) {
  return count >= 16 ? 0xffff : count <= 0 ? 0 : (1u << count) - 1;
}

// Packs one tile: its rows are lanes of 16 pairs each where along is true (what the left side wants), or pairs of 16 lanes
// each (the right side). Whichever of the two lies in memory is read, and turned if the other is wanted.
void pack_tile(Lanes from, long lanes, long depth, int room, bool along, Splitter& splitter, char* to) {
  __m512i rows[3][16];
  bool read_along = from.depth_step == 1, turned = along != read_along;
  auto store = [to](int piece, long row, __m512i pairs) {
    _mm512_store_si512(to + piece * 2 * TILE_BYTES + row * 64, pairs);
  };
  if (read_along) {
    __mmask16 low = first(depth), high = first(depth - 16);
    for (long lane = 0; lane < TILE; lane++) {
      const float* row = from.at + lane * from.lane_step;
      __m512i pieces[3];
      bool there = lane < lanes;
      splitter.split(
          _mm512_maskz_loadu_ps(there ? low : 0, row), _mm512_maskz_loadu_ps(there ? high : 0, row + 16), room, pieces);
      for (int p = 0; p < room; p++) {
        if (turned) {
          rows[p][lane] = pieces[p];
        } else {
          store(p, lane, pieces[p]);
        }
      }
    }
  } else {
    __mmask16 some = first(lanes);
    for (long pair = 0; pair < TILE; pair++) {
      const float* row = from.at + pair * from.depth_step;
      __m512i pieces[3];
      splitter.split(
          _mm512_maskz_loadu_ps(pair < depth ? some : 0, row),
          _mm512_maskz_loadu_ps(pair + TILE < depth ? some : 0, row + TILE * from.depth_step), room, pieces);
      for (int p = 0; p < room; p++) {
        if (turned) {
          rows[p][pair] = pieces[p];
        } else {
          store(p, pair, pieces[p]);
        }
      }
    }
  }
  if (!turned) return;
  for (int p = 0; p < room; p++) {
    transpose(rows[p]);
    for (int i = 0; i < 16; i++) store(p, i, rows[p][i]);
  }
}

int pack(Lanes from, long lanes, long depth, int room, bool along, void* to) {
  char* panel = static_cast<char*>(to);
  Splitter splitter;
  for (long k = 0; k < depth; k += STEP, panel += room * 2 * TILE_BYTES) {
    for (long half = 0; half < 2; half++) {
      Lanes part{from.at + k * from.depth_step + half * TILE * from.lane_step, from.lane_step, from.depth_step};
      pack_tile(part, lanes - half * TILE, depth - k, room, along, splitter, panel + half * TILE_BYTES);
    }
  }
  return splitter.used();
}

int pack_left(Lanes from, long lanes, long depth, int room, void* to) {
  return pack(from, lanes, depth, room, true, to);
}

int pack_right(Lanes from, long lanes, long depth, int room, void* to) {
  return pack(from, lanes, depth, room, false, to);
}

thread_local bool configured = false;

void configure() {
  struct alignas(64) {
    uint8_t palette = 1, start = 0, reserved[14] = {};
    uint16_t row_bytes[16] = {};
    uint8_t rows[16] = {};
  } shape;
  for (int i = 0; i < 8; i++) {
    shape.row_bytes[i] = 64;
    shape.rows[i] = 16;
  }
  _tile_loadconfig(&shape);
  configured = true;
}

void rest() {
  if (configured) _tile_release();
  configured = false;
}

// Tiles 0 to 3 are the result, 4 and 5 of the left side, 6 and 7 of the right.
#define LEFT(piece)                              \
  _tile_loadd(4, a + (piece) * 2 * TILE_BYTES, 64); \
  _tile_loadd(5, a + (piece) * 2 * TILE_BYTES + TILE_BYTES, 64);
#define RIGHT(piece)                             \
  _tile_loadd(6, b + (piece) * 2 * TILE_BYTES, 64); \
  _tile_loadd(7, b + (piece) * 2 * TILE_BYTES + TILE_BYTES, 64);
#define PRODUCT()          \
  _tile_dpbf16ps(0, 4, 6); \
  _tile_dpbf16ps(1, 4, 7); \
  _tile_dpbf16ps(2, 5, 6); \
  _tile_dpbf16ps(3, 5, 7);

// Small products first. From one to the next only one side changes.
template <int L, int R>
inline void products(const char* a, const char* b) {
  static_assert(LAST_ORDER == 2);
  if constexpr (L == 3 && R == 3) {
    LEFT(2) RIGHT(0) PRODUCT()
    LEFT(1) PRODUCT()
    RIGHT(1) PRODUCT()
    LEFT(0) PRODUCT()
    RIGHT(2) PRODUCT()
    RIGHT(0) PRODUCT()
  } else if constexpr (R == 1) {
    RIGHT(0)
    if constexpr (L > 2) { LEFT(2) PRODUCT() }
    if constexpr (L > 1) { LEFT(1) PRODUCT() }
    LEFT(0) PRODUCT()
  } else if constexpr (L == 1) {
    LEFT(0)
    if constexpr (R > 2) { RIGHT(2) PRODUCT() }
    RIGHT(1) PRODUCT()
    RIGHT(0) PRODUCT()
  } else {
    if constexpr (L == 3) { LEFT(2) RIGHT(0) PRODUCT() }
    if constexpr (R == 3) { LEFT(0) RIGHT(2) PRODUCT() }
    LEFT(1) RIGHT(1) PRODUCT()
    RIGHT(0) PRODUCT()
    LEFT(0) PRODUCT()
    RIGHT(1) PRODUCT()
  }
}

template <int L, int R>
void accumulate(const Panel& left, const Panel& right, long depth) {
  auto a = static_cast<const char*>(left.at), b = static_cast<const char*>(right.at);
  long a_step = left.room * 2 * TILE_BYTES, b_step = right.room * 2 * TILE_BYTES;
  for (long n = steps(depth); n > 0; n--, a += a_step, b += b_step) products<L, R>(a, b);
}

using Accumulate = void (*)(const Panel&, const Panel&, long);
constexpr Accumulate ACCUMULATE[3][3] = {
    {accumulate<1, 1>, accumulate<1, 2>, accumulate<1, 3>},
    {accumulate<2, 1>, accumulate<2, 2>, accumulate<2, 3>},
    {accumulate<3, 1>, accumulate<3, 2>, accumulate<3, 3>},
};

void multiply(const Panel& left, const Panel& right, long depth, const Part& part) {
  if (!configured) configure();
  bool whole = part.rows == LANES && part.columns == LANES;
  if (whole && part.add) {
    _tile_loadd(0, part.at, part.step * 4);
    _tile_loadd(1, part.at + TILE, part.step * 4);
    _tile_loadd(2, part.at + TILE * part.step, part.step * 4);
    _tile_loadd(3, part.at + TILE * part.step + TILE, part.step * 4);
  } else {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  }
  ACCUMULATE[left.pieces - 1][right.pieces - 1](left, right, depth);
  alignas(64) float edge[LANES * LANES];
  float* to = whole ? part.at : edge;
  long step = whole ? part.step : LANES;
  _tile_stored(0, to, step * 4);
  _tile_stored(1, to + TILE, step * 4);
  _tile_stored(2, to + TILE * step, step * 4);
  _tile_stored(3, to + TILE * step + TILE, step * 4);
  if (whole) return;
  for (long i = 0; i < part.rows; i++) {
    for (long j = 0; j < part.columns; j += 16) {
      __mmask16 some = first(part.columns - j);
      float* c = part.at + i * part.step + j;
      __m512 sum = _mm512_load_ps(edge + i * LANES + j);
      if (part.add) sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(some, c));
      _mm512_mask_storeu_ps(c, some, sum);
    }
  }
}

}  // namespace

const Tiles bfloat_tiles{
    LANES, LANES, DEPTH, panel_bytes, panel_bytes, pack_left, pack_right, multiply, rest};

}  // namespace kernels
