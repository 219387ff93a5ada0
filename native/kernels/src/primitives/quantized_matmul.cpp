#include "mlx_kernels.h"
#include "primitives/sides.h"

namespace kernels {

namespace {

mx::array quantized_matmul(std::vector<mx::array> inputs, bool transpose, int group, int bits, mx::Dtype type, mx::Stream s);

// x W^T where transpose is true, else x W: x [..., rows, depth], W packed into values, scales and biases.
class QuantizedMatmul : public CpuPrimitive {
 public:
  QuantizedMatmul(mx::Stream s, bool transpose, int group, int bits)
      : CpuPrimitive(s), transpose_(transpose), group_(group), bits_(bits) {}

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    make(out[0]);
    MatrixView x = matrix_view(in[0]);
    long columns = out[0].shape(-1);
    PackedSide w{
        {in[1].data<uint32_t>(), in[2].data<void>(), in[3].data<void>(), number_of(in[2].dtype()), group_, bits_,
         long(in[1].shape(1)) * 32 / bits_},
        transpose_};
    Result result{out[0].data<void>(), number_of(out[0].dtype()), columns};
    dispatch(stream(), [=] { gemm(x.as_left(), w, {}, result, x.rows, columns, x.columns); });
  }

  std::vector<mx::array> vjp(
      const std::vector<mx::array>& in,
      const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums,
      const std::vector<mx::array>&) override {
    std::vector<mx::array> gradients;
    for (int argument : argnums) {
      if (argument != 0) throw std::invalid_argument("a packed weight has no gradient");
      gradients.push_back(quantized_matmul(
          {cotangents[0], in[1], in[2], in[3]}, !transpose_, group_, bits_, in[0].dtype(), stream()));
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

mx::array quantized_matmul(std::vector<mx::array> inputs, bool transpose, int group, int bits, mx::Dtype type, mx::Stream s) {
  mx::Shape shape = inputs[0].shape();
  shape.back() = transpose ? inputs[1].shape(0) : inputs[1].shape(1) * 32 / bits;
  return mx::array(
      std::move(shape), type, std::make_shared<QuantizedMatmul>(s, transpose, group, bits), std::move(inputs));
}

void check(
    const mx::array& x, const mx::array& w, const mx::array& scales, const mx::array& biases, bool transpose, int group,
    int bits) {
  bool known = (group == 32 || group == 64 || group == 128) && bits >= 2 && bits <= 8 && bits != 7;
  if (!known) {
    throw std::invalid_argument(
        "weights are packed into 2, 3, 4, 5, 6 or 8 bits in groups of 32, 64 or 128, not into " + std::to_string(bits) +
        " bits in groups of " + std::to_string(group));
  }
  if (!is_number(x.dtype()) || w.dtype() != mx::uint32 || !is_number(scales.dtype()) || biases.dtype() != scales.dtype()) {
    throw std::invalid_argument("quantized_matmul takes floats, uint32 values, and scales and biases of one type of float");
  }
  std::ostringstream said;
  if (x.ndim() < 2 || w.ndim() != 2 || scales.ndim() != 2 || biases.shape() != scales.shape()) {
    said << "quantized_matmul takes x of two axes or more and a packed matrix, not " << x.shape() << " and " << w.shape();
    throw std::invalid_argument(said.str());
  }
  int columns = scales.shape(1) * group;
  if (w.shape(0) != scales.shape(0) || w.shape(1) * 32 != columns * bits || x.shape(-1) != (transpose ? columns : w.shape(0))) {
    said << "quantized_matmul: x " << x.shape() << ", values " << w.shape() << " and scales " << scales.shape()
         << " do not belong together at " << bits << " bits in groups of " << group;
    throw std::invalid_argument(said.str());
  }
}

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_quantized_matmul(
    mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, bool transpose,
    int group_size, int bits, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    const mx::array &left = mlx_array_get_(x), &values = mlx_array_get_(w);
    const mx::array &scale = mlx_array_get_(scales), &bias = mlx_array_get_(biases);
    check(left, values, scale, bias, transpose, group_size, bits);
    return quantized_matmul(
        {left, row_major(values, stream), row_major(scale, stream), row_major(bias, stream)}, transpose, group_size, bits,
        mx::result_type(left, scale), stream);
  });
}
