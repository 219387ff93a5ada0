#include <math.h>

#include "attention.h"
#include "tiles.h"
#include "vector_math.h"
#include "visible.h"

namespace kernels::ISA {

namespace {

static_assert(FEATURES_OF_PARTS % WIDTH == 0);

// Scores of a query with WIDTH keys, zeros where there are fewer.
Vec scores_of(const float* query, const float* keys, long step, long count, long features) {
  Vec products[WIDTH];
  for (long j = 0; j < WIDTH; j++) {
    Vec sums{};
    for (long f = 0; j < count && f < features; f += WIDTH) sums += load(query + f) * load(keys + j * step + f);
    products[j] = sums;
  }
  return fold(products, [](Vec a, Vec b) { return a + b; });
}

void part(const AttentionSizes& s, long heads, const Places* q, Places k, Places v, long from, long to, float* mixed,
    float* top, float* total) {
  float scores[ROWS_OF_PARTS * KEYS_OF_PART];
  long rows = heads * s.queries, count = to - from;
  Range line{0, round_up(count, WIDTH)};
  for (long j = 0; j < count; j += WIDTH) {
    for (long row = 0; row < rows; row++) {
      Places head = q[row / s.queries];
      Vec some = scores_of(head.data + row % s.queries * head.step, k.data + (from + j) * k.step, k.step, count - j,
          s.features);
      store(scores + row * KEYS_OF_PART + j, some * s.scale);
    }
  }
  for (long row = 0; row < rows; row++) {
    float* at = scores + row * KEYS_OF_PART;
    long query = row % s.queries;
    hide(at, line, clipped(seen_in(s, query, query, {from, to}), count));
    Vec most = all(LOWEST), sums{};
    for (long j = 0; j < line.to; j += WIDTH) most = larger(most, load(at + j));
    top[row] = largest(most);
    for (long j = 0; j < line.to; j += WIDTH) {
      Vec share = exp_below_88(load(at + j) - top[row]);
      store(at + j, share);
      sums += share;
    }
    total[row] = sum(sums);
  }
  multiply<false>(rows, s.value_features / WIDTH, count, scores, KEYS_OF_PART, 1, v.data + from * v.step, v.step, mixed,
      s.value_features);
}

float join(const AttentionSizes& s, long parts, long step, const float* mixed, const float* top, const float* total,
    float* y) {
  float highest = LOWEST, sum = 0;
  for (long p = 0; p < parts; p++) highest = top[p * step] > highest ? top[p * step] : highest;
  for (long f = 0; f < s.value_features; f++) y[f] = 0;
  for (long p = 0; p < parts; p++) {
    float share = expf(top[p * step] - highest);
    const float* values = mixed + p * step * s.value_features;
    sum += share * total[p * step];
    for (long f = 0; f < s.value_features; f++) y[f] += share * values[f];
  }
  for (long f = 0; f < s.value_features; f++) y[f] /= sum;
  return highest + logf(sum);
}

}  // namespace

const AttentionParts attention_parts{part, join};

}  // namespace kernels::ISA
