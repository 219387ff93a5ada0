#include "primitives/products.h"

namespace kernels {

namespace {

// x W^T where transpose is true, else x W, with a packed W; inputs x, values, scales, biases and, if any, c.
class QuantizedMatmul : public CpuPrimitive {
 public:
  QuantizedMatmul(mx::Stream s, bool transpose, int group, int bits)
      : CpuPrimitive(s), transpose_(transpose), group_(group), bits_(bits) {}

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    make_sum(in.size() > 4 ? &in[4] : nullptr, out[0]);
    MatrixView x = matrix_view(in[0]);
    long columns = out[0].shape(-1);
    Side w = side_of({in[1], in[2], in[3]}, group_, bits_, transpose_);
    Result result{out[0].data<void>(), number_of(out[0].dtype()), columns};
    Addend addend = in.size() > 4 ? addend_of(in[4]) : Addend{};
    dispatch(stream(), [=] { gemm(x.as_left(), w, addend, result, x.rows, columns, x.columns); });
  }

  std::vector<mx::array> vjp(
      const std::vector<mx::array>& in,
      const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums,
      const std::vector<mx::array>&) override {
    FrozenWeight w{{in[1], in[2], in[3]}, group_, bits_};
    std::vector<mx::array> gradients;
    for (int argument : argnums) {
      if (argument != 0) throw std::invalid_argument("a packed weight has no gradient");
      gradients.push_back(w.multiply(cotangents[0], !transpose_, std::nullopt, in[0].dtype(), stream()));
    }
    return gradients;
  }

  const char* name() const override {
    return "QuantizedMatmul";
  }

  bool is_equivalent(const Primitive& other) const override {
    auto& same = static_cast<const QuantizedMatmul&>(other);
    return transpose_ == same.transpose_ && group_ == same.group_ && bits_ == same.bits_;
  }

 private:
  bool transpose_;
  int group_, bits_;
};

}  // namespace

Side side_of(const std::vector<mx::array>& parts, int group, int bits, bool transpose) {
  if (parts.size() == 1) {
    MatrixView w = matrix_view(parts[0]);
    return transpose ? w.as_left() : w.as_right();
  }
  return PackedSide{
      {parts[0].data<uint32_t>(), parts[1].data<void>(), parts[2].data<void>(), number_of(parts[1].dtype()), group, bits,
       long(parts[1].shape(1)) * group},
      transpose};
}

mx::array FrozenWeight::multiply(
    const mx::array& x, bool transpose, const std::optional<mx::array>& c, mx::Dtype type, mx::Stream s) const {
  if (!packed()) return matmul(x, transpose ? mx::transpose(parts[0], s) : parts[0], c, type, s);
  mx::Shape shape = x.shape();
  shape.back() = transpose ? outputs() : inputs();
  std::vector<mx::array> in{x, parts[0], parts[1], parts[2]};
  if (c) in.push_back(row_major(*c, s));
  return mx::array(std::move(shape), type, std::make_shared<QuantizedMatmul>(s, transpose, group, bits), std::move(in));
}

void FrozenWeight::check() const {
  if (!packed()) {
    if (parts[0].ndim() != 2 || !is_number(parts[0].dtype())) {
      throw std::invalid_argument("a weight is a matrix of float32, bfloat16 or float16");
    }
    return;
  }
  const mx::array &values = parts[0], &scales = parts[1], &biases = parts[2];
  bool known = (group == 32 || group == 64 || group == 128) && bits >= 2 && bits <= 8 && bits != 7;
  if (!known) {
    throw std::invalid_argument(
        "weights are packed into 2, 3, 4, 5, 6 or 8 bits in groups of 32, 64 or 128, not into " + std::to_string(bits) +
        " bits in groups of " + std::to_string(group));
  }
  if (values.dtype() != mx::uint32 || !is_number(scales.dtype()) || biases.dtype() != scales.dtype()) {
    throw std::invalid_argument("a packed weight has uint32 values, and scales and biases of one type of float");
  }
  if (values.ndim() != 2 || scales.ndim() != 2 || biases.shape() != scales.shape() || values.shape(0) != scales.shape(0) ||
      values.shape(1) * 32L != long(inputs()) * bits) {
    std::ostringstream said;
    said << "values " << values.shape() << ", scales " << scales.shape() << " and biases " << biases.shape()
         << " are no matrix of " << bits << " bits in groups of " << group;
    throw std::invalid_argument(said.str());
  }
}

FrozenWeight frozen_weight(
    const mlx_array w, const mlx_array scales, const mlx_array biases, int group, int bits, mx::Stream s) {
  FrozenWeight weight{{row_major(mlx_array_get_(w), s)}, group, bits};
  if (scales.ctx) {
    weight.parts.push_back(row_major(mlx_array_get_(scales), s));
    weight.parts.push_back(row_major(mlx_array_get_(biases), s));
  }
  weight.check();
  return weight;
}

}  // namespace kernels
