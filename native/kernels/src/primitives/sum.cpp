#include "sum.h"

#include <algorithm>

#include "mlx_kernels.h"
#include "parallel.h"
#include "primitives/support.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 14;  // numbers

// The sum of arrays of the same shape.
class SumOp : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    std::vector<const float*> terms;
    for (auto& each : in) terms.push_back(each.data<float>());
    float* y = reuse(in[0], out[0]);
    dispatch_parts(stream(), out[0].size(), GRAIN, [terms = std::move(terms), y](long from, long to) {
      sum_of().of(terms.data(), terms.size(), from, to, y);
    });
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>&, const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums, const std::vector<mx::array>&) override {
    return std::vector<mx::array>(argnums.size(), cotangents[0]);
  }

  const char* name() const override {
    return "Sum";
  }
};

// An array several times; the gradients of all are added at once.
class ForkOp : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    for (auto& each : out) each.copy_shared_buffer(in[0]);
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>& primals, const std::vector<mx::array>& cotangents,
      const std::vector<int>&, const std::vector<mx::array>&) override {
    std::vector<mx::array> terms;
    for (auto& each : cotangents) terms.push_back(row_major(each, stream()));
    return {mx::array(primals[0].shape(), mx::float32, std::make_shared<SumOp>(stream()), terms)};
  }

  const char* name() const override {
    return "Fork";
  }
};

// The sum of the squares of all numbers of several arrays, a scalar. Parts are of the same length whatever the number of
// threads, so that the sum is the same too.
class SumOfSquaresOp : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    struct Part {
      const float* x;
      long count;
    };
    std::vector<Part> parts;
    for (auto& each : in) {
      long size = each.size();
      for (long at = 0; at < size; at += GRAIN) parts.push_back({each.data<float>() + at, std::min(GRAIN, size - at)});
    }
    float* y = make(out[0]);
    dispatch(stream(), [parts, y] {
      std::vector<double> sums(parts.size());
      parallel(parts.size(), 4, [&](long from, long to) {
        for (long i = from; i < to; i++) sums[i] = sum_of().squares(parts[i].x, parts[i].count);
      });
      double total = 0;
      for (double each : sums) total += each;
      *y = static_cast<float>(total);
    });
  }

  const char* name() const override {
    return "SumOfSquares";
  }
};

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_sum_of_squares(mlx_array* res, const mlx_vector_array arrays, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    std::vector<mx::array> in;
    for (auto& each : mlx_vector_array_get_(arrays)) {
      require(each, mx::float32, "every array");
      in.push_back(row_major(each, stream));
    }
    return mx::array(mx::Shape{}, mx::float32, std::make_shared<SumOfSquaresOp>(stream), in);
  });
}

KERNELS_API int mlxk_add(mlx_array* res, const mlx_array a, const mlx_array b, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    mx::array x = row_major(mlx_array_get_(a), stream), y = row_major(mlx_array_get_(b), stream);
    require(x, mx::float32, "a");
    require(y, mx::float32, "b");
    if (x.shape() != y.shape()) throw std::invalid_argument("a and b must have the same shape");
    return mx::array(x.shape(), mx::float32, std::make_shared<SumOp>(stream), {x, y});
  });
}

KERNELS_API int mlxk_fork(mlx_vector_array* res, const mlx_array x, int count, const mlx_stream s) {
  using namespace kernels;
  return record_all(res, [&] {
    const mx::array& in = mlx_array_get_(x);
    require(in, mx::float32, "x");
    if (count < 1) throw std::invalid_argument("count must be at least 1");
    return mx::array::make_arrays(std::vector<mx::Shape>(count, in.shape()), std::vector<mx::Dtype>(count, mx::float32),
        std::make_shared<ForkOp>(mlx_stream_get_(s)), {in});
  });
}
