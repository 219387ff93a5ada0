#include "adam.h"

#include "mlx_kernels.h"
#include "primitives/support.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 13;  // parameters

// parameters, gradient, both moments -> new parameters and moments
class AdamOp : public CpuPrimitive {
 public:
  AdamOp(mx::Stream s, AdamStep step) : CpuPrimitive(s), step_(step) {}

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float *new_p = reuse(in[0], out[0]), *new_m = reuse(in[2], out[1]), *new_v = reuse(in[3], out[2]);
    const float *p = in[0].data<float>(), *g = in[1].data<float>(), *m = in[2].data<float>(), *v = in[3].data<float>();
    long size = out[0].size();
    dispatch_parts(stream(), size, GRAIN, [=, step = step_](long from, long to) {
      adam().step(step, p, g, m, v, from, to, new_p, new_m, new_v);
    });
  }

  const char* name() const override {
    return "Adam";
  }

 private:
  const AdamStep step_;
};

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_adam(mlx_vector_array* res, const mlx_array parameter, const mlx_array gradient, const mlx_array m,
    const mlx_array v, double beta1, double beta2, float eps, float rate, float unbias, float keep, const mlx_stream s) {
  using namespace kernels;
  return record_all(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    std::vector<mx::array> in;
    for (auto each : {parameter, gradient, m, v}) {
      in.push_back(row_major(mlx_array_get_(each), stream));
      require(in.back(), mx::float32, "parameter, gradient and moments");
      if (in.back().shape() != in.front().shape()) {
        throw std::invalid_argument("parameter, gradient and moments must have the same shape");
      }
    }
    mx::Shape shape = in[0].shape();
    AdamStep step{static_cast<float>(beta1), static_cast<float>(1 - beta1), static_cast<float>(beta2),
        static_cast<float>(1 - beta2), eps, rate, unbias, keep};
    return mx::array::make_arrays({shape, shape, shape}, {mx::float32, mx::float32, mx::float32},
        std::make_shared<AdamOp>(stream, step), in);
  });
}
