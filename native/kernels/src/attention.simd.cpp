#include "attention.h"

#include <math.h>

#include "tiles.h"
#include "vector_math.h"
#include "visible.h"

namespace kernels::ISA {

namespace {

constexpr long QUERY_BLOCK = 48;
constexpr long KEY_BLOCK = 128;
constexpr int GROUP = 6;  // queries whose visible keys are taken together

static_assert(QUERIES_AT_ONCE % QUERY_BLOCK == 0 && QUERY_BLOCK % GROUP == 0 && QUERY_BLOCK % WIDTH == 0);

// The queries that see one of several keys; the inverse of seen_in.
Range seeing(const AttentionSizes& s, long first, long last, Range block) {
  long shift = s.keys - s.queries;
  long from = s.causal ? first - shift : 0;
  long to = s.window > 0 ? last - shift + s.window : s.queries;
  return {(from > block.from ? from : block.from) - block.from, (to < block.to ? to : block.to) - block.from};
}

struct Scratch {
  float* next;

  float* take(long count) {
    float* part = next;
    next += round_up(count, 16);
    return part;
  }
};

long key_block(const AttentionSizes& s) {
  return s.keys < KEY_BLOCK ? round_up(s.keys, WIDTH) : KEY_BLOCK;
}

void clear_outside(float* line, Range line_range, long size) {
  for (long j = 0; j < line_range.from; j += WIDTH) store(line + j, Vec{});
  for (long j = line_range.to; j < size; j += WIDTH) store(line + j, Vec{});
}

long forward_scratch(const AttentionSizes& s) {
  long features = round_up(s.features, WIDTH), values = round_up(s.value_features, WIDTH), n = KEY_BLOCK;
  return n * (features + values) + QUERY_BLOCK * n + QUERIES_AT_ONCE * (features + values + 2) + 3 * QUERY_BLOCK + 256;
}

void forward(const AttentionSizes& s, Places q, Places k, Places v, long from, long to, MutablePlaces y,
    float* log_sums, float* memory) {
  long features = round_up(s.features, WIDTH), values = round_up(s.value_features, WIDTH), block = key_block(s);
  Scratch scratch{memory};
  float* queries = scratch.take(QUERIES_AT_ONCE * features);
  float* mixed = scratch.take(QUERIES_AT_ONCE * values);
  float* keys_across = scratch.take(block * features);
  float* value_rows = scratch.take(block * values);
  float* scores = scratch.take(QUERY_BLOCK * block);
  float* top = scratch.take(QUERIES_AT_ONCE);
  float* total = scratch.take(QUERIES_AT_ONCE);
  float* shrink = scratch.take(QUERY_BLOCK);

  copy_rows(q.data + from * q.step, q.step, to - from, s.features, s.scale, queries, features);
  for (long i = 0; i < QUERIES_AT_ONCE; i++) {
    top[i] = LOWEST;
    total[i] = 0;
  }
  for (long i = 0; i < (to - from) * values; i += WIDTH) store(mixed + i, Vec{});

  Range all_keys = clipped(seen_in(s, from, to - 1, {0, s.keys}), s.keys);
  for (long first = all_keys.from / WIDTH * WIDTH; first < all_keys.to; first += block) {
    Range keys{first, first + block < all_keys.to ? first + block : all_keys.to};
    long count = keys.to - keys.from;
    transpose(k.data + first * k.step, k.step, count, s.features, keys_across, block);
    copy_rows(v.data + first * v.step, v.step, count, s.value_features, 1, value_rows, values);

    for (long begin = from; begin < to; begin += QUERY_BLOCK) {
      long end = begin + QUERY_BLOCK < to ? begin + QUERY_BLOCK : to;
      if (clipped(seen_in(s, begin, end - 1, keys), count).empty()) continue;

      Range lines[QUERY_BLOCK];
      Vec most[QUERY_BLOCK], sums[QUERY_BLOCK];
      for (long r = 0; r < QUERY_BLOCK; r++) most[r] = all(LOWEST);
      for (long i = begin; i < end; i += GROUP) {
        long rows = i + GROUP < end ? GROUP : end - i;
        Range visible = clipped(seen_in(s, i, i + rows - 1, keys), count);
        Range line = visible.empty() ? Range{0, 0} : whole_vectors(visible);
        multiply<false>(rows, (line.to - line.from) / WIDTH, s.features, queries + (i - from) * features, features, 1,
            keys_across + line.from, block, scores + (i - begin) * block + line.from, block);
        for (long r = i; r < i + rows; r++) {
          float* row = scores + (r - begin) * block;
          hide(row, line, clipped(seen_in(s, r, r, keys), count));
          Vec highest = all(LOWEST);
          for (long j = line.from; j < line.to; j += WIDTH) highest = larger(highest, load(row + j));
          most[r - begin] = highest;
          lines[r - begin] = line;
        }
      }
      bool grew = false;
      for (long r = 0; r < QUERY_BLOCK; r += WIDTH) {
        float* at = top + (begin - from) + r;
        Vec before = load(at), now = larger(before, fold(most + r, [](Vec a, Vec b) { return larger(a, b); }));
        store(at, now);
        store(shrink + r, exp_below_88(before - now));
      }
      for (long r = 0; r < end - begin; r++) {
        float* row = scores + r * block;
        Vec highest = all(top[begin - from + r]), total_of_row{};
        for (long j = lines[r].from; j < lines[r].to; j += WIDTH) {
          Vec share = exp_below_88(load(row + j) - highest);
          store(row + j, share);
          total_of_row += share;
        }
        sums[r] = total_of_row;
        grew |= shrink[r] != 1;
      }
      for (long r = end - begin; r < QUERY_BLOCK; r++) sums[r] = Vec{};
      for (long r = 0; r < QUERY_BLOCK; r += WIDTH) {
        float* at = total + (begin - from) + r;
        store(at, load(at) * load(shrink + r) + fold(sums + r, [](Vec a, Vec b) { return a + b; }));
      }
      for (long r = 0; grew && r < end - begin; r++) {
        float* row = mixed + (begin - from + r) * values;
        for (long c = 0; c < values; c += WIDTH) store(row + c, load(row + c) * shrink[r]);
      }
      for (long i = begin; i < end; i += GROUP) {
        long rows = i + GROUP < end ? GROUP : end - i;
        Range visible = clipped(seen_in(s, i, i + rows - 1, keys), count);
        if (visible.empty()) continue;
        multiply<true>(rows, values / WIDTH, visible.to - visible.from, scores + (i - begin) * block + visible.from, block,
            1, value_rows + visible.from * values, values, mixed + (i - from) * values, values);
      }
    }
  }
  for (long i = from; i < to; i++) {
    float inverse = total[i - from] > 0 ? 1 / total[i - from] : 0;
    const float* source = mixed + (i - from) * values;
    float* target = y.data + i * y.step;
    long c = 0;
    for (; c + WIDTH <= s.value_features; c += WIDTH) store(target + c, load(source + c) * inverse);
    for (; c < s.value_features; c++) target[c] = source[c] * inverse;
    log_sums[i] = top[i - from] + logf(total[i - from]);
  }
}

void dots(const AttentionSizes& s, Places y, Places g, long from, long to, float* dots) {
  for (long i = from; i < to; i++) {
    const float *a = y.data + i * y.step, *b = g.data + i * g.step;
    Vec sums{};
    long c = 0;
    for (; c + WIDTH <= s.value_features; c += WIDTH) sums += load(a + c) * load(b + c);
    float total = sum(sums);
    for (; c < s.value_features; c++) total += a[c] * b[c];
    dots[i] = total;
  }
}

long backward_scratch(const AttentionSizes& s) {
  long features = round_up(s.features, WIDTH), values = round_up(s.value_features, WIDTH);
  return KEY_BLOCK * (3 * features + 2 * values) + QUERY_BLOCK * (2 * features + values + 2 * KEY_BLOCK) + 512;
}

void add_rows(const float* from, long from_row, long rows, long columns, MutablePlaces to, long first) {
  for (long r = 0; r < rows; r++, from += from_row) {
    float* target = to.data + (first + r) * to.step;
    long c = 0;
    for (; c + WIDTH <= columns; c += WIDTH) store(target + c, load(target + c) + load(from + c));
    for (; c < columns; c++) target[c] += from[c];
  }
}

void zero_rows(long rows, long columns, MutablePlaces to) {
  for (long r = 0; r < rows; r++) {
    for (long c = 0; c < columns; c++) to.data[r * to.step + c] = 0;
  }
}

void write_rows(const float* from, long from_row, long rows, long columns, MutablePlaces to, long first) {
  for (long r = 0; r < rows; r++, from += from_row) {
    for (long c = 0; c < columns; c++) to.data[(first + r) * to.step + c] = from[c];
  }
}

void backward(const AttentionSizes& s, long heads, const Places* q, Places k, Places v, const Places* g,
    const float* const* log_sums, const float* const* dots, const MutablePlaces* dq, MutablePlaces dk, MutablePlaces dv,
    float* memory) {
  long features = round_up(s.features, WIDTH), values = round_up(s.value_features, WIDTH), block = key_block(s);
  Scratch scratch{memory};
  float* keys_across = scratch.take(block * features);
  float* key_rows = scratch.take(block * features);
  float* values_across = scratch.take(block * values);
  float* key_gradients = scratch.take(block * features);
  float* value_gradients = scratch.take(block * values);
  float* queries = scratch.take(QUERY_BLOCK * features);
  float* cotangents = scratch.take(QUERY_BLOCK * values);
  float* query_gradients = scratch.take(QUERY_BLOCK * features);
  float* shares = scratch.take(QUERY_BLOCK * block);
  float* slopes = scratch.take(QUERY_BLOCK * block);

  for (long head = 0; head < heads; head++) zero_rows(s.queries, s.features, dq[head]);
  for (long first = 0; first < s.keys; first += block) {
    Range keys{first, first + block < s.keys ? first + block : s.keys};
    long count = keys.to - keys.from;
    transpose(k.data + first * k.step, k.step, count, s.features, keys_across, block);
    transpose(v.data + first * v.step, v.step, count, s.value_features, values_across, block);
    copy_rows(k.data + first * k.step, k.step, count, s.features, 1, key_rows, features);
    for (long i = 0; i < block * features; i += WIDTH) store(key_gradients + i, Vec{});
    for (long i = 0; i < block * values; i += WIDTH) store(value_gradients + i, Vec{});

    for (long head = 0; head < heads; head++) {
      for (long begin = 0; begin < s.queries; begin += QUERY_BLOCK) {
        long end = begin + QUERY_BLOCK < s.queries ? begin + QUERY_BLOCK : s.queries;
        if (clipped(seen_in(s, begin, end - 1, keys), count).empty()) continue;
        copy_rows(q[head].data + begin * q[head].step, q[head].step, end - begin, s.features, 1, queries, features);
        copy_rows(
            g[head].data + begin * g[head].step, g[head].step, end - begin, s.value_features, 1, cotangents, values);

        for (long i = begin; i < end; i += GROUP) {
          long rows = i + GROUP < end ? GROUP : end - i;
          Range visible = clipped(seen_in(s, i, i + rows - 1, keys), count);
          Range line = visible.empty() ? Range{0, 0} : whole_vectors(visible);
          float *share_rows = shares + (i - begin) * block, *slope_rows = slopes + (i - begin) * block;
          multiply<false>(rows, (line.to - line.from) / WIDTH, s.features, queries + (i - begin) * features, features, 1,
              keys_across + line.from, block, share_rows + line.from, block);
          multiply<false>(rows, (line.to - line.from) / WIDTH, s.value_features, cotangents + (i - begin) * values,
              values, 1, values_across + line.from, block, slope_rows + line.from, block);
          for (long r = i; r < i + rows; r++) {
            float *share_row = shares + (r - begin) * block, *slope_row = slopes + (r - begin) * block;
            float log_sum = log_sums[head][r], dot = dots[head][r];
            hide(share_row, line, clipped(seen_in(s, r, r, keys), count));
            clear_outside(share_row, line, block);
            clear_outside(slope_row, line, block);
            for (long j = line.from; j < line.to; j += WIDTH) {
              Vec share = exp_below_88(load(share_row + j) * s.scale - log_sum);
              store(share_row + j, share);
              store(slope_row + j, share * (load(slope_row + j) - dot) * s.scale);
            }
          }
          long depth = visible.empty() ? 0 : visible.to - visible.from;
          multiply<false>(rows, features / WIDTH, depth, slope_rows + visible.from, block, 1,
              key_rows + visible.from * features, features, query_gradients + (i - begin) * features, features);
        }
        add_rows(query_gradients, features, end - begin, s.features, dq[head], begin);

        for (long j = 0; j < count; j += GROUP) {
          long rows = j + GROUP < count ? GROUP : count - j;
          Range looking = seeing(s, first + j, first + j + rows - 1, {begin, end});
          looking = {clipped(looking, end - begin).from / GROUP * GROUP, clipped(looking, end - begin).to};
          if (looking.empty()) continue;
          long depth = looking.to - looking.from;
          multiply<true>(rows, values / WIDTH, depth, shares + looking.from * block + j, 1, block,
              cotangents + looking.from * values, values, value_gradients + j * values, values);
          multiply<true>(rows, features / WIDTH, depth, slopes + looking.from * block + j, 1, block,
              queries + looking.from * features, features, key_gradients + j * features, features);
        }
      }
    }
    write_rows(key_gradients, features, count, s.features, dk, first);
    write_rows(value_gradients, values, count, s.value_features, dv, first);
  }
}

}  // namespace

const Attention attention{forward_scratch, backward_scratch, forward, dots, backward};

}  // namespace kernels::ISA
