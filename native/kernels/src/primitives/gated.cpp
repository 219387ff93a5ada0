#include "gated.h"

#include <algorithm>

#include "mlx_kernels.h"
#include "primitives/support.h"

namespace kernels {

namespace {

constexpr long GRAIN = 1 << 13;  // elements

// [rows, width] of elements, with the distance between rows of gate and up.
struct Extent {
  long rows;
  long width;
  long stride;
};

Extent separate(const mx::array& gate) {
  long width = gate.shape(-1);
  return {static_cast<long>(gate.size()) / width, width, width};
}

// Gate and up are the halves of each row of one array.
Extent joined(const mx::array& both) {
  long width = both.shape(-1) / 2;
  return {static_cast<long>(both.size()) / (2 * width), width, 2 * width};
}

void run(mx::Stream s, Activation activation, Extent e, const float* gate, const float* up, float* y) {
  dispatch_parts(s, e.rows, std::max(1L, GRAIN / e.width), [=](long from, long to) {
    for (long row = from; row < to; row++) {
      gated().forward(activation, gate + row * e.stride, up + row * e.stride, e.width, y + row * e.width);
    }
  });
}

void run_to_inputs(mx::Stream s, Activation activation, Extent e, const float* gate, const float* up, const float* g,
    float* dgate, float* dup) {
  dispatch_parts(s, e.rows, std::max(1L, GRAIN / e.width), [=](long from, long to) {
    for (long row = from; row < to; row++) {
      long at = row * e.stride;
      gated().to_inputs(activation, gate + at, up + at, g + row * e.width, e.width, dgate + at, dup + at);
    }
  });
}

class GatedPrimitive : public CpuPrimitive {
 public:
  GatedPrimitive(mx::Stream s, Activation activation) : CpuPrimitive(s), activation_(activation) {}

  bool is_equivalent(const mx::Primitive& other) const override {
    return activation_ == static_cast<const GatedPrimitive&>(other).activation_;
  }

 protected:
  const Activation activation_;
};

// gate, up, cotangent -> their gradients
class GatedToInputs : public GatedPrimitive {
 public:
  using GatedPrimitive::GatedPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float *dgate = reuse(in[0], out[0]), *dup = reuse(in[1], out[1]);
    run_to_inputs(stream(), activation_, separate(out[0]), in[0].data<float>(), in[1].data<float>(),
        in[2].data<float>(), dgate, dup);
  }

  const char* name() const override {
    return "GatedToInputs";
  }
};

class GatedOp : public GatedPrimitive {
 public:
  using GatedPrimitive::GatedPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float* y = reuse(in[0], out[0]);
    run(stream(), activation_, separate(out[0]), in[0].data<float>(), in[1].data<float>(), y);
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>& primals, const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums, const std::vector<mx::array>&) override {
    const mx::array &gate = primals[0], &up = primals[1];
    auto both = mx::array::make_arrays({gate.shape(), up.shape()}, {gate.dtype(), up.dtype()},
        std::make_shared<GatedToInputs>(stream(), activation_), {gate, up, row_major(cotangents[0], stream())});
    std::vector<mx::array> gradients;
    for (int argument : argnums) gradients.push_back(both[argument]);
    return gradients;
  }

  const char* name() const override {
    return "Gated";
  }
};

// both, cotangent -> the gradient of both
class JoinedGatedToInputs : public GatedPrimitive {
 public:
  using GatedPrimitive::GatedPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float* d = reuse(in[0], out[0]);
    const float* both = in[0].data<float>();
    Extent e = joined(out[0]);
    run_to_inputs(stream(), activation_, e, both, both + e.width, in[1].data<float>(), d, d + e.width);
  }

  const char* name() const override {
    return "JoinedGatedToInputs";
  }
};

class JoinedGatedOp : public GatedPrimitive {
 public:
  using GatedPrimitive::GatedPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    float* y = make(out[0]);
    const float* both = in[0].data<float>();
    Extent e = joined(in[0]);
    run(stream(), activation_, e, both, both + e.width, y);
  }

  std::vector<mx::array> vjp(const std::vector<mx::array>& primals, const std::vector<mx::array>& cotangents,
      const std::vector<int>&, const std::vector<mx::array>&) override {
    const mx::array& both = primals[0];
    return {mx::array(both.shape(), both.dtype(), std::make_shared<JoinedGatedToInputs>(stream(), activation_),
        {both, row_major(cotangents[0], stream())})};
  }

  const char* name() const override {
    return "JoinedGated";
  }
};

Activation activation_of(int number) {
  if (number < 0 || number > static_cast<int>(Activation::GELU_TANH)) {
    throw std::invalid_argument("activation must be 0, 1 or 2");
  }
  return static_cast<Activation>(number);
}

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_gated(
    mlx_array* res, const mlx_array gate, const mlx_array up, int activation, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    mx::array a = row_major(mlx_array_get_(gate), stream), b = row_major(mlx_array_get_(up), stream);
    require(a, mx::float32, "gate");
    require(b, mx::float32, "up");
    if (a.shape() != b.shape()) throw std::invalid_argument("gate and up must have the same shape");
    return mx::array(
        a.shape(), mx::float32, std::make_shared<GatedOp>(stream, activation_of(activation)), {a, b});
  });
}

KERNELS_API int mlxk_gated_joined(mlx_array* res, const mlx_array gate_up, int activation, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    mx::array both = row_major(mlx_array_get_(gate_up), stream);
    require(both, mx::float32, "gate_up");
    if (both.shape(-1) % 2 != 0) throw std::invalid_argument("gate_up must have an even number of features");
    mx::Shape shape = both.shape();
    shape.back() /= 2;
    return mx::array(
        shape, mx::float32, std::make_shared<JoinedGatedOp>(stream, activation_of(activation)), {both});
  });
}
