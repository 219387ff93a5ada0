#include "rope.h"

#include <algorithm>
#include <numeric>

#include "mlx_kernels.h"
#include "parallel.h"
#include "primitives/angles.h"
#include "primitives/support.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 13;  // numbers

// Which row of the table of angles each place of the length axis takes.
using Places = std::vector<int>;

// [batch, heads, length, features] in any order of the first three axes in memory.
class RopeOp : public CpuPrimitive {
 public:
  RopeOp(mx::Stream s, std::shared_ptr<const Angles> angles, std::shared_ptr<const Places> places, bool neighbours,
      bool back)
      : CpuPrimitive(s), angles_(angles), places_(places), neighbours_(neighbours), back_(back) {}

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    const mx::array& x = in[0];
    float* to = place(x, out[0]);
    const float* from = x.data<float>();
    auto xs = x.strides(), ys = out[0].strides();
    long batch = x.shape(0), heads = x.shape(1), length = x.shape(2), features = x.shape(3);
    auto rotate = neighbours_ ? rope().neighbours : rope().halves;
    dispatch(stream(), [=, angles = angles_, places = places_, back = back_] {
      long pairs = angles->pairs;
      const float* sines = back ? angles->negative_sines.data() : angles->sines.data();
      parallel(batch * length, std::max(1L, GRAIN / (heads * features)), [&](long begin, long end) {
        for (long i = begin; i < end; i++) {
          long b = i / length, l = i % length, row = (*places)[l] * pairs;
          for (long h = 0; h < heads; h++) {
            const float* source = from + b * xs[0] + h * xs[1] + l * xs[2];
            float* target = to + b * ys[0] + h * ys[1] + l * ys[2];
            if (xs[3] != 1) {
              for (long f = 0; f < features; f++) target[f] = source[f * xs[3]];
              source = target;
            }
            rotate(source, angles->cosines.data() + row, sines + row, pairs, features, target);
          }
        }
      });
    });
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>&, const std::vector<mx::array>& cotangents,
      const std::vector<int>&, const std::vector<mx::array>&) override {
    const mx::array& g = cotangents[0];
    return {mx::array(
        g.shape(), g.dtype(), std::make_shared<RopeOp>(stream(), angles_, places_, neighbours_, !back_), {g})};
  }

  const char* name() const override {
    return "Rope";
  }

 private:
  // In the input's memory or in its order, if that is dense; else with heads side by side, as projections give them.
  static float* place(const mx::array& x, mx::array& y) {
    if (x.flags().row_contiguous) return reuse(x, y);
    bool same = x.strides() == heads_inside(y.shape()) && x.data_size() == x.size();
    if (!same || !mx::is_donatable(x, y)) return make_heads_inside(y);
    y.copy_shared_buffer(x);
    return y.data<float>();
  }

  const std::shared_ptr<const Angles> angles_;
  const std::shared_ptr<const Places> places_;
  const bool neighbours_;
  const bool back_;
};

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_rope(mlx_array* res, const mlx_array x, int dims, bool traditional, float base, float scale,
    int offset, const mlx_array freqs, const int* lengths, size_t lengths_num, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    mx::array in = mlx_array_get_(x);
    require(in, mx::float32, "x");
    if (in.ndim() != 4 || dims <= 0 || dims % 2 != 0 || dims > in.shape(3)) {
      throw std::invalid_argument("x must be [batch, heads, length, features], with dims even and within features");
    }
    auto places = std::make_shared<Places>(in.shape(2));
    if (lengths_num == 0) {
      std::iota(places->begin(), places->end(), 0);
    } else {
      auto place = places->begin();
      for (size_t row = 0; row < lengths_num; row++) {
        if (lengths[row] < 1 || places->end() - place < lengths[row]) {
          throw std::invalid_argument("lengths must sum to the length of x");
        }
        std::iota(place, place + lengths[row], 0);
        place += lengths[row];
      }
      if (place != places->end()) throw std::invalid_argument("lengths must sum to the length of x");
    }
    long count = 1 + *std::max_element(places->begin(), places->end());
    Frequencies frequencies =
        freqs.ctx ? listed_frequencies(mlx_array_get_(freqs)) : geometric_frequencies(dims / 2, base, stream);
    auto angles = angles_of({std::move(frequencies), scale}, offset, count);
    for (int& place : *places) place += offset - angles->first;
    return mx::array(
        in.shape(), mx::float32, std::make_shared<RopeOp>(stream, angles, places, traditional, false), {in});
  });
}
