#include "attention.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "mlx_kernels.h"
#include "parallel.h"
#include "primitives/support.h"

namespace kernels {

namespace {

// Rows of a batch, or rows one behind the other in a batch of one.
struct Row {
  long batch;
  long query;  // place of the first
  long queries;
  long key;
  long keys;
};

struct Settings {
  float scale;
  bool causal;
  long window;
  std::vector<int> lengths;  // of rows one behind the other; none for one row in each entry of the batch
};

// [batch, heads, length, features], in any order in memory.
struct Heads {
  float* data;
  mx::Strides strides;
  mx::Shape shape;
  long length;
  long features;

  explicit Heads(const mx::array& a)
      : data(const_cast<float*>(a.data<float>())),
        strides(a.strides()),
        shape(a.shape()),
        length(a.shape(2)),
        features(a.shape(3)) {}

  float* at(long batch, long head, long place) const {
    return data + batch * strides[0] + head * strides[1] + place * strides[2];
  }
};

// Kernels read features that lie side by side; of others, such as sums that were broadcast, this makes a copy, which has to
// live as long as they are read.
std::vector<float> dense_features(Heads& a) {
  std::vector<float> copy;
  if (a.strides[3] == 1) return copy;
  copy.resize(static_cast<size_t>(a.shape[0]) * a.shape[1] * a.length * a.features);
  float* to = copy.data();
  for (long b = 0; b < a.shape[0]; b++) {
    for (long h = 0; h < a.shape[1]; h++) {
      for (long l = 0; l < a.length; l++) {
        const float* from = a.at(b, h, l);
        for (long f = 0; f < a.features; f++) *to++ = from[f * a.strides[3]];
      }
    }
  }
  a.data = copy.data();
  long row = a.length * a.features;
  a.strides = {a.shape[1] * row, row, a.features, 1};
  return copy;
}

std::vector<Row> rows_of(const mx::array& q, const mx::array& k, const Settings& settings) {
  std::vector<Row> rows;
  long queries = q.shape(2), keys = k.shape(2);
  if (settings.lengths.empty()) {
    for (long batch = 0; batch < q.shape(0); batch++) rows.push_back({batch, 0, queries, 0, keys});
  }
  long first = 0;
  for (int length : settings.lengths) {
    rows.push_back({0, first, length, first, length});
    first += length;
  }
  return rows;
}

AttentionSizes sizes_of(const Row& row, const Heads& q, const Heads& v, const Settings& settings) {
  return {row.queries, row.keys, q.features, v.features, settings.scale, settings.causal, settings.window};
}

// Memory that a thread keeps for its next call.
float* scratch_of(long count) {
  thread_local std::vector<float> memory;
  if (static_cast<long>(memory.size()) < count + 16) memory.resize(count + 16);
  auto address = reinterpret_cast<uintptr_t>(memory.data());
  return memory.data() + (64 - address % 64) % 64 / sizeof(float);
}

// Whether a row has so few queries that its keys are better read once, in place, by all threads.
bool in_parts(const Row& row, const Heads& q, const Heads& v, long group) {
  return row.queries * group <= ROWS_OF_PARTS && q.features % FEATURES_OF_PARTS == 0 &&
      v.features % FEATURES_OF_PARTS == 0;
}

void by_parts(const Row& row, const Settings& settings, long heads, long group, const Heads& q, const Heads& k,
    const Heads& v, const Heads& y, float* sums) {
  AttentionSizes sizes = sizes_of(row, q, v, settings);
  long key_heads = heads / group, parts = (row.keys + KEYS_OF_PART - 1) / KEYS_OF_PART, count = group * row.queries;
  std::vector<float> mixed(key_heads * parts * count * v.features), top(key_heads * parts * count), total(top.size());
  parallel(key_heads * parts, 1, [&](long begin, long end) {
    for (long i = begin; i < end; i++) {
      long key_head = i / parts, from = i % parts * KEYS_OF_PART;
      std::vector<Places> qs;
      for (long h = 0; h < group; h++) {
        qs.push_back({q.at(row.batch, key_head * group + h, row.query), q.strides[2]});
      }
      attention_parts().part(sizes, group, qs.data(), {k.at(row.batch, key_head, row.key), k.strides[2]},
          {v.at(row.batch, key_head, row.key), v.strides[2]}, from, std::min(from + KEYS_OF_PART, row.keys),
          mixed.data() + i * count * v.features, top.data() + i * count, total.data() + i * count);
    }
  });
  for (long head = 0; head < heads; head++) {
    for (long query = 0; query < row.queries; query++) {
      long at = head / group * parts * count + head % group * row.queries + query;
      sums[(row.batch * heads + head) * q.length + row.query + query] =
          attention_parts().join(sizes, parts, count, mixed.data() + at * v.features, top.data() + at,
              total.data() + at, y.at(row.batch, head, row.query + query));
    }
  }
}

class AttentionPrimitive : public CpuPrimitive {
 public:
  AttentionPrimitive(mx::Stream s, std::shared_ptr<const Settings> settings) : CpuPrimitive(s), settings_(settings) {}

 protected:
  const std::shared_ptr<const Settings> settings_;
};

// q, k, v, y, sums, cotangent -> gradients of q, k and v
class AttentionToInputs : public AttentionPrimitive {
 public:
  using AttentionPrimitive::AttentionPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    for (auto& each : out) make_heads_inside(each);
    Heads q(in[0]), k(in[1]), v(in[2]), y(in[3]), g(in[5]), dq(out[0]), dk(out[1]), dv(out[2]);
    const float* sums = in[4].data<float>();
    long heads = in[0].shape(1), key_heads = in[1].shape(1);
    dispatch(stream(), [=, rows = rows_of(in[0], in[1], *settings_), settings = settings_]() mutable {
      auto copies = {dense_features(q), dense_features(k), dense_features(v), dense_features(g)};
      // A head of keys with the heads of queries that share it, for each row.
      long group = heads / key_heads;
      parallel(rows.size() * key_heads, 1, [&](long begin, long end) {
        std::vector<float> dots;
        for (long i = begin; i < end; i++) {
          const Row& row = rows[i / key_heads];
          long key_head = i % key_heads;
          AttentionSizes sizes = sizes_of(row, q, v, *settings);
          dots.resize(group * row.queries);
          std::vector<Places> qs, gs;
          std::vector<MutablePlaces> dqs;
          std::vector<const float*> row_sums, row_dots;
          for (long h = 0; h < group; h++) {
            long head = key_head * group + h;
            auto places = [&](const Heads& a) { return Places{a.at(row.batch, head, row.query), a.strides[2]}; };
            attention().dots(sizes, places(y), places(g), 0, row.queries, dots.data() + h * row.queries);
            qs.push_back(places(q));
            gs.push_back(places(g));
            dqs.push_back({dq.at(row.batch, head, row.query), dq.strides[2]});
            row_sums.push_back(sums + (row.batch * heads + head) * q.length + row.query);
            row_dots.push_back(dots.data() + h * row.queries);
          }
          auto keys = [&](const Heads& a) { return a.at(row.batch, key_head, row.key); };
          attention().backward(sizes, group, qs.data(), {keys(k), k.strides[2]}, {keys(v), v.strides[2]}, gs.data(),
              row_sums.data(), row_dots.data(), dqs.data(), {keys(dk), dk.strides[2]}, {keys(dv), dv.strides[2]},
              scratch_of(attention().backward_scratch(sizes)));
        }
      });
    });
  }

  const char* name() const override {
    return "AttentionToInputs";
  }
};

// q, k, v -> y, the logarithms of the sums of the exponentials of each query's scores
class AttentionOp : public AttentionPrimitive {
 public:
  using AttentionPrimitive::AttentionPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    make_heads_inside(out[0]);
    float* sums = make(out[1]);
    Heads q(in[0]), k(in[1]), v(in[2]), y(out[0]);
    long heads = in[0].shape(1), group = heads / in[1].shape(1);
    dispatch(stream(), [=, rows = rows_of(in[0], in[1], *settings_), settings = settings_]() mutable {
      auto copies = {dense_features(q), dense_features(k), dense_features(v)};
      for (const Row& row : rows) {
        if (in_parts(row, q, v, group)) by_parts(row, *settings, heads, group, q, k, v, y, sums);
      }
      struct Part {
        const Row* row;
        long head;
        long from;
      };
      std::vector<Part> parts;
      for (const Row& row : rows) {
        if (in_parts(row, q, v, group)) continue;
        for (long head = 0; head < heads; head++) {
          for (long from = 0; from < row.queries; from += QUERIES_AT_ONCE) parts.push_back({&row, head, from});
        }
      }
      parallel(parts.size(), 1, [&](long begin, long end) {
        for (long i = begin; i < end; i++) {
          auto [row, head, from] = parts[i];
          AttentionSizes sizes = sizes_of(*row, q, v, *settings);
          long to = std::min(from + QUERIES_AT_ONCE, row->queries);
          attention().forward(sizes, {q.at(row->batch, head, row->query), q.strides[2]},
              {k.at(row->batch, head / group, row->key), k.strides[2]},
              {v.at(row->batch, head / group, row->key), v.strides[2]}, from, to,
              {y.at(row->batch, head, row->query), y.strides[2]},
              sums + (row->batch * heads + head) * q.length + row->query,
              scratch_of(attention().forward_scratch(sizes)));
        }
      });
    });
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>& primals, const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums, const std::vector<mx::array>& outputs) override {
    auto all = mx::array::make_arrays({primals[0].shape(), primals[1].shape(), primals[2].shape()},
        {mx::float32, mx::float32, mx::float32}, std::make_shared<AttentionToInputs>(stream(), settings_),
        {primals[0], primals[1], primals[2], outputs[0], outputs[1], cotangents[0]});
    std::vector<mx::array> gradients;
    for (int argument : argnums) gradients.push_back(all[argument]);
    return gradients;
  }

  const char* name() const override {
    return "Attention";
  }
};

void require_alike(const mx::array& q, const mx::array& k, const mx::array& v, const Settings& settings) {
  for (auto* each : {&q, &k, &v}) {
    require(*each, mx::float32, "q, k and v");
    if (each->ndim() != 4) throw std::invalid_argument("q, k and v must be [batch, heads, length, features]");
  }
  if (k.shape(0) != q.shape(0) || v.shape(0) != q.shape(0) || v.shape(1) != k.shape(1) ||
      q.shape(1) % k.shape(1) != 0 || k.shape(2) != v.shape(2) || k.shape(3) != q.shape(3)) {
    throw std::invalid_argument("the shapes of q, k and v do not fit together");
  }
  long sum = 0;
  for (int length : settings.lengths) sum += length;
  if (!settings.lengths.empty() && (q.shape(0) != 1 || sum != q.shape(2) || sum != k.shape(2))) {
    throw std::invalid_argument("lengths must sum to the length of a batch of one");
  }
}

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_attention(mlx_array* res, const mlx_array q, const mlx_array k, const mlx_array v, float scale,
    bool causal, int window, const int* lengths, size_t lengths_num, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    auto settings = std::make_shared<Settings>(Settings{scale, causal, window, {lengths, lengths + lengths_num}});
    const mx::array &a = mlx_array_get_(q), &b = mlx_array_get_(k), &c = mlx_array_get_(v);
    require_alike(a, b, c, *settings);
    mx::Shape shape = a.shape(), sums = a.shape();
    shape.back() = c.shape(3);
    sums.pop_back();
    return mx::array::make_arrays(
        {shape, sums}, {mx::float32, mx::float32}, std::make_shared<AttentionOp>(stream, settings), {a, b, c})[0];
  });
}
