// Compares attention with sums in double precision, and measures it.
#include "attention.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include <time.h>

using namespace kernels;

namespace {

struct Case {
  AttentionSizes s;
  long heads;
};

std::vector<float> random_numbers(long count, int seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> numbers(count);
  for (float& number : numbers) number = normal(random);
  return numbers;
}

double largest_difference(const std::vector<float>& a, const std::vector<double>& b) {
  double most = 0;
  for (size_t i = 0; i < a.size(); i++) most = std::max(most, std::isnan(a[i]) ? 1e9 : std::abs(a[i] - b[i]));
  return most;
}

bool sees(const AttentionSizes& s, long i, long j) {
  long position = i + s.keys - s.queries;
  return (!s.causal || j <= position) && (s.window == 0 || j > position - s.window);
}

// The mixed values again, from parts of the keys.
std::vector<float> by_parts(const AttentionParts& kernels, const AttentionSizes& s, const std::vector<Places>& q, Places k,
    Places v) {
  long heads = q.size(), rows = heads * s.queries, parts = (s.keys + KEYS_OF_PART - 1) / KEYS_OF_PART;
  std::vector<float> mixed(parts * rows * s.value_features), top(parts * rows), total(top), y(rows * s.value_features);
  for (long p = 0; p < parts; p++) {
    long from = p * KEYS_OF_PART;
    kernels.part(s, heads, q.data(), k, v, from, std::min(from + KEYS_OF_PART, s.keys),
        mixed.data() + p * rows * s.value_features, top.data() + p * rows, total.data() + p * rows);
  }
  for (long row = 0; row < rows; row++) {
    float* to = y.data() + (row % s.queries * heads + row / s.queries) * s.value_features;
    kernels.join(s, parts, rows, mixed.data() + row * s.value_features, top.data() + row, total.data() + row, to);
  }
  return y;
}

// Heads side by side: [places, heads, features].
int check(const Attention& kernels, const AttentionParts& parts, Case c) {
  auto& s = c.s;
  long H = c.heads, D = s.features, E = s.value_features;
  auto q = random_numbers(s.queries * H * D, 1), k = random_numbers(s.keys * D, 2), v = random_numbers(s.keys * E, 3),
       g = random_numbers(s.queries * H * E, 4);
  std::vector<double> y(q.size() / D * E), dq(q.size()), dk(k.size()), dv(v.size());
  for (long h = 0; h < H; h++) {
    for (long i = 0; i < s.queries; i++) {
      std::vector<double> p(s.keys);
      double most = -1e300, total = 0;
      for (long j = 0; j < s.keys; j++) {
        for (long d = 0; d < D; d++) p[j] += double(q[(i * H + h) * D + d]) * k[j * D + d] * s.scale;
        if (sees(s, i, j)) most = std::max(most, p[j]);
      }
      for (long j = 0; j < s.keys; j++) total += p[j] = sees(s, i, j) ? std::exp(p[j] - most) : 0;
      double dot = 0;
      std::vector<double> dp(s.keys);
      for (long j = 0; j < s.keys; j++) {
        p[j] /= total;
        for (long e = 0; e < E; e++) {
          y[(i * H + h) * E + e] += p[j] * v[j * E + e];
          dp[j] += double(g[(i * H + h) * E + e]) * v[j * E + e];
          dv[j * E + e] += p[j] * g[(i * H + h) * E + e];
        }
        dot += p[j] * dp[j];
      }
      for (long j = 0; j < s.keys; j++) {
        for (long d = 0; d < D; d++) {
          double ds = p[j] * (dp[j] - dot) * s.scale;
          dq[(i * H + h) * D + d] += ds * k[j * D + d];
          dk[j * D + d] += ds * q[(i * H + h) * D + d];
        }
      }
    }
  }
  std::vector<float> ys(y.size(), NAN), sums(s.queries * H), dot(s.queries * H), dqs(dq.size(), NAN), dks(dk.size(), NAN),
      dvs(dv.size(), NAN), scratch(std::max(kernels.forward_scratch(s), kernels.backward_scratch(s)), NAN);
  std::vector<Places> qs, gs;
  std::vector<MutablePlaces> dq_views;
  std::vector<const float*> sum_views, dot_views;
  for (long h = 0; h < H; h++) {
    Places query{q.data() + h * D, H * D}, cotangent{g.data() + h * E, H * E};
    MutablePlaces out{ys.data() + h * E, H * E};
    for (long from = 0; from < s.queries; from += QUERIES_AT_ONCE) {
      long to = std::min(from + QUERIES_AT_ONCE, s.queries);
      kernels.forward(s, query, {k.data(), D}, {v.data(), E}, from, to, out, sums.data() + h * s.queries, scratch.data());
    }
    kernels.dots(s, {out.data, out.step}, cotangent, 0, s.queries, dot.data() + h * s.queries);
    qs.push_back(query);
    gs.push_back(cotangent);
    dq_views.push_back({dqs.data() + h * D, H * D});
    sum_views.push_back(sums.data() + h * s.queries);
    dot_views.push_back(dot.data() + h * s.queries);
  }
  kernels.backward(s, H, qs.data(), {k.data(), D}, {v.data(), E}, gs.data(), sum_views.data(), dot_views.data(),
      dq_views.data(), {dks.data(), D}, {dvs.data(), E}, scratch.data());
  double ey = largest_difference(ys, y), eq = largest_difference(dqs, dq), ek = largest_difference(dks, dk),
         ev = largest_difference(dvs, dv);
  if (s.queries * H <= ROWS_OF_PARTS && D % FEATURES_OF_PARTS == 0 && E % FEATURES_OF_PARTS == 0) {
    ey = std::max(ey, largest_difference(by_parts(parts, s, qs, {k.data(), D}, {v.data(), E}), y));
  }
  bool good = ey < 1e-5 && eq < 3e-5 && ek < 1e-4 && ev < 1e-4;
  std::printf("%s heads %ld queries %ld keys %ld features %ld/%ld causal %d window %ld: y %.1e dq %.1e dk %.1e dv %.1e\n",
      good ? "ok  " : "FAIL", H, s.queries, s.keys, D, E, s.causal, s.window, ey, eq, ek, ev);
  return good ? 0 : 1;
}

// Of this thread, so that others on the machine disturb less.
double seconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

void measure(const Attention& kernels, long length, long features, long heads) {
  AttentionSizes s{length, length, features, features, 0.125f, true, 0};
  long row = heads * features;
  auto q = random_numbers(length * row, 1), k = random_numbers(length * features, 2), v = k, g = q;
  std::vector<float> y(q.size()), sums(length * heads), dot(length * heads), dq(q.size()), dk(k.size()), dv(k.size()),
      scratch(std::max(kernels.forward_scratch(s), kernels.backward_scratch(s)));
  std::vector<Places> qs, gs;
  std::vector<MutablePlaces> dqs;
  std::vector<const float*> sum_views, dot_views;
  auto forward = [&] {
    for (long h = 0; h < heads; h++) {
      for (long from = 0; from < length; from += QUERIES_AT_ONCE) {
        kernels.forward(s, {q.data() + h * features, row}, {k.data(), features}, {v.data(), features}, from,
            std::min(from + QUERIES_AT_ONCE, length), {y.data() + h * features, row}, sums.data() + h * length,
            scratch.data());
      }
    }
  };
  for (long h = 0; h < heads; h++) {
    qs.push_back({q.data() + h * features, row});
    gs.push_back({g.data() + h * features, row});
    dqs.push_back({dq.data() + h * features, row});
    sum_views.push_back(sums.data() + h * length);
    dot_views.push_back(dot.data() + h * length);
  }
  auto backward = [&] {
    for (long h = 0; h < heads; h++) {
      kernels.dots(s, {y.data() + h * features, row}, gs[h], 0, length, dot.data() + h * length);
    }
    kernels.backward(s, heads, qs.data(), {k.data(), features}, {v.data(), features}, gs.data(), sum_views.data(),
        dot_views.data(), dqs.data(), {dk.data(), features}, {dv.data(), features}, scratch.data());
  };
  double product = 2.0 * features * length * (length + 1) / 2 * heads / 1e9;
  auto best = [&](auto&& work) {
    double least = 1e9;
    for (double start = seconds(); seconds() - start < 0.4;) {
      double before = seconds();
      work();
      least = std::min(least, seconds() - before);
    }
    return least;
  };
  double f = 2 * product / best(forward), b = 5 * product / best(backward);
  std::printf("length %5ld features %3ld heads %ld: forward %6.1f GFLOP/s, backward %6.1f GFLOP/s, one thread\n", length,
      features, heads, f, b);
}

}  // namespace

int main(int count, char**) {
  int failures = 0;
  auto all = [&](const Attention& kernels, const AttentionParts& parts) {
    for (Case c : {
             Case{{1, 1, 64, 64, 0.125f, true, 0}, 1},
             Case{{7, 7, 64, 64, 0.125f, true, 0}, 2},
             Case{{200, 200, 64, 64, 0.125f, true, 0}, 2},
             Case{{333, 333, 64, 64, 0.125f, true, 0}, 3},
             Case{{333, 333, 80, 80, 0.11f, true, 0}, 1},
             Case{{131, 131, 20, 12, 0.2f, true, 0}, 2},
             Case{{50, 300, 64, 64, 0.125f, true, 0}, 2},
             Case{{260, 300, 128, 128, 0.09f, true, 0}, 2},
             Case{{300, 300, 64, 64, 0.125f, true, 50}, 2},
             Case{{90, 300, 64, 64, 0.125f, true, 33}, 2},
             Case{{77, 130, 64, 64, 0.125f, false, 0}, 2},
             Case{{1, 700, 64, 64, 0.125f, true, 0}, 2},
             Case{{3, 517, 128, 64, 0.09f, true, 0}, 4},
             Case{{2, 600, 64, 64, 0.125f, true, 300}, 8},
             Case{{1, 40, 32, 32, 0.2f, false, 0}, 16},
         }) {
      failures += check(kernels, parts, c);
    }
  };
  all(base::attention, base::attention_parts);
  all(avx2::attention, avx2::attention_parts);
  all(avx512::attention, avx512::attention_parts);
  if (count > 1) {
    for (long length : {60, 200, 450, 2000}) measure(avx512::attention, length, 64, 2);
    measure(avx512::attention, 200, 128, 2);
    measure(avx512::attention, 2000, 128, 2);
    measure(avx2::attention, 200, 64, 2);
    measure(base::attention, 200, 64, 2);
  }
  return failures;
}
