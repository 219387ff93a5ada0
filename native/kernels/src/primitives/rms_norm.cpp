#include "mlx_kernels.h"
#include "primitives/support.h"
#include "rms_norm.h"

namespace kernels {

namespace {

constexpr long GRAIN = 16;  // rows

class RmsNormToInput : public CpuPrimitive {
 public:
  RmsNormToInput(mx::Stream s, float eps) : CpuPrimitive(s), eps_(eps) {}

  // x, weight, cotangent
  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float* dx = make(out[0]);
    const float *x = in[0].data<float>(), *w = in[1].data<float>(), *g = in[2].data<float>();
    long features = in[0].shape(-1), rows = in[0].size() / features;
    dispatch_parts(stream(), rows, GRAIN, [=, eps = eps_](long from, long to) {
      long at = from * features;
      rms_norm().to_input(x + at, w, g + at, eps, to - from, features, dx + at);
    });
  }

  const char* name() const override {
    return "RmsNormToInput";
  }

 private:
  float eps_;
};

class RmsNormOp : public CpuPrimitive {
 public:
  RmsNormOp(mx::Stream s, float eps) : CpuPrimitive(s), eps_(eps) {}

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float* y = make(out[0]);
    const float *x = in[0].data<float>(), *w = in[1].data<float>();
    long features = in[0].shape(-1), rows = in[0].size() / features;
    dispatch_parts(stream(), rows, GRAIN, [=, eps = eps_](long from, long to) {
      long at = from * features;
      rms_norm().forward(x + at, w, eps, to - from, features, y + at);
    });
  }

  std::vector<mx::array> vjp(
      const std::vector<mx::array>& primals,
      const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums,
      const std::vector<mx::array>&) override {
    const mx::array &x = primals[0], &w = primals[1];
    mx::array g = row_major(cotangents[0], stream());
    std::vector<mx::array> gradients;
    for (int argument : argnums) {
      if (argument == 0) {
        gradients.push_back(
            mx::array(x.shape(), x.dtype(), std::make_shared<RmsNormToInput>(stream(), eps_), {x, w, g}));
      } else {
        auto r = mx::rsqrt(mx::add(mx::mean(mx::square(x), -1, true), mx::array(eps_)));
        std::vector<int> leading(x.ndim() - 1);
        for (int i = 0; i < x.ndim() - 1; i++) leading[i] = i;
        gradients.push_back(mx::sum(mx::multiply(mx::multiply(x, r, stream()), g, stream()), leading, false, stream()));
      }
    }
    return gradients;
  }

  const char* name() const override {
    return "RmsNorm";
  }

 private:
  float eps_;
};

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_rms_norm(
    mlx_array* res, const mlx_array x, const mlx_array weight, float eps, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    mx::array in = row_major(mlx_array_get_(x), stream), w = row_major(mlx_array_get_(weight), stream);
    require(in, mx::float32, "x");
    require(w, mx::float32, "weight");
    return mx::array(in.shape(), mx::float32, std::make_shared<RmsNormOp>(stream, eps), {in, w});
  });
}
