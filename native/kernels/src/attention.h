// Attention without the matrix of scores: blocks of keys pass by, and each query keeps the largest score so far, the sum
// of exponentials and the mixed values (Dao, FlashAttention-2, 2023).
#pragma once

#include "cpu.h"

namespace kernels {

// One head of queries and its keys. Query i stands at position i + keys - queries of the keys.
struct AttentionSizes {
  long queries;
  long keys;
  long features;        // of queries and keys
  long value_features;  // of values and the result
  float scale;          // factor on scores
  bool causal;          // a query sees no keys behind its position
  long window;          // most keys that a query sees, up to its position; 0 for all
};

// Dense features; `step` numbers from one place to the next.
struct Places {
  const float* data;
  long step;
};

struct MutablePlaces {
  float* data;
  long step;
};

struct Attention {
  // Numbers of scratch memory that each call needs.
  long (*forward_scratch)(const AttentionSizes& sizes);
  long (*backward_scratch)(const AttentionSizes& sizes);

  // Mixed values of the queries from..to, at most QUERIES_AT_ONCE, and the logarithms of the sums of the exponentials of
  // their scores.
  void (*forward)(const AttentionSizes& sizes, Places q, Places k, Places v, long from, long to, MutablePlaces y,
      float* log_sums, float* scratch);

  // Products of the rows of y and g, which backward needs.
  void (*dots)(const AttentionSizes& sizes, Places y, Places g, long from, long to, float* dots);

  // All gradients of the heads of queries that share a head of keys: q, g, log_sums, dots and dq one per head.
  void (*backward)(const AttentionSizes& sizes, long heads, const Places* q, Places k, Places v, const Places* g,
      const float* const* log_sums, const float* const* dots, const MutablePlaces* dq, MutablePlaces dk,
      MutablePlaces dv, float* scratch);
};

constexpr long QUERIES_AT_ONCE = 240;

// The few queries of a step of generation: parts of the keys, each by itself, whose results are then joined. Features come
// in multiples of FEATURES_OF_PARTS; all heads of queries that share a head of keys go together, at most ROWS_OF_PARTS
// queries in all.
struct AttentionParts {
  // Of the keys from..to, at most KEYS_OF_PART, for each query of each head: mixed values that are not divided yet
  // [heads, queries, value features], the largest score, the sum of exponentials.
  void (*part)(const AttentionSizes& sizes, long heads, const Places* q, Places k, Places v, long from, long to,
      float* mixed, float* top, float* total);

  // The result of one query from its parts, which lie `step` queries apart; gives the logarithm of the sum.
  float (*join)(const AttentionSizes& sizes, long parts, long step, const float* mixed, const float* top,
      const float* total, float* y);
};

constexpr long ROWS_OF_PARTS = 16;
constexpr long KEYS_OF_PART = 256;
constexpr long FEATURES_OF_PARTS = 16;

KERNELS_DECLARE(Attention, attention)
KERNELS_DECLARE(AttentionParts, attention_parts)

const Attention& attention();
const AttentionParts& attention_parts();

}  // namespace kernels
