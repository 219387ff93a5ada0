#include "cross_entropy.h"

#include <algorithm>

#include "mlx_kernels.h"
#include "primitives/support.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 14;  // logits

long rows_at_once(long classes) {
  return std::max(1L, GRAIN / classes);
}

// logits, targets, the logarithms of their sums, cotangent -> the gradient of the logits
class CrossEntropyToLogits : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float* d = reuse(in[0], out[0]);
    const float *logits = in[0].data<float>(), *sums = in[2].data<float>(), *g = in[3].data<float>();
    const int* targets = in[1].data<int>();
    long classes = in[0].shape(-1), rows = in[1].size();
    dispatch_parts(stream(), rows, rows_at_once(classes), [=](long from, long to) {
      for (long row = from; row < to; row++) {
        long at = row * classes;
        cross_entropy().to_logits(logits + at, sums[row], targets[row], g[row], classes, d + at);
      }
    });
  }

  const char* name() const override {
    return "CrossEntropyToLogits";
  }
};

// logits, targets -> losses, the logarithms of the sums of the exponentials of each row
class CrossEntropyOp : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float *losses = make(out[0]), *sums = make(out[1]);
    const float* logits = in[0].data<float>();
    const int* targets = in[1].data<int>();
    long classes = in[0].shape(-1), rows = in[1].size();
    dispatch_parts(stream(), rows, rows_at_once(classes), [=](long from, long to) {
      for (long row = from; row < to; row++) {
        sums[row] = cross_entropy().log_sum_exp(logits + row * classes, classes);
        losses[row] = sums[row] - logits[row * classes + targets[row]];
      }
    });
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>& primals, const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums, const std::vector<mx::array>& outputs) override {
    if (argnums != std::vector<int>{0}) throw std::invalid_argument("targets have no gradient");
    const mx::array& logits = primals[0];
    return {mx::array(logits.shape(), logits.dtype(), std::make_shared<CrossEntropyToLogits>(stream()),
        {logits, primals[1], outputs[1], row_major(cotangents[0], stream())})};
  }

  const char* name() const override {
    return "CrossEntropy";
  }
};

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_cross_entropy(
    mlx_array* res, const mlx_array logits, const mlx_array targets, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    mx::array x = row_major(mlx_array_get_(logits), stream), at = row_major(mlx_array_get_(targets), stream);
    require(x, mx::float32, "logits");
    require(at, mx::int32, "targets");
    if (x.ndim() != 2 || at.ndim() != 1 || x.shape(0) != at.shape(0)) {
      throw std::invalid_argument("logits must be [rows, classes] and targets [rows]");
    }
    return mx::array::make_arrays({at.shape(), at.shape()}, {mx::float32, mx::float32},
        std::make_shared<CrossEntropyOp>(stream), {x, at})[0];
  });
}
