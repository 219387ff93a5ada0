#include "mlx_kernels.h"
#include "parallel.h"
#include "primitives/products.h"

namespace kernels {

namespace {

// y = x W^T + z B with z = scale (x A) (Hu et al., LoRA, 2021). Inputs x, a [in, rank], b [rank, out] and the weight's
// parts; outputs y and z.
class Lora : public CpuPrimitive {
 public:
  Lora(mx::Stream s, int group, int bits, float scale) : CpuPrimitive(s), group_(group), bits_(bits), scale_(scale) {}

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    make(out[0]);
    float* z = make(out[1]);
    MatrixView x = matrix_view(in[0]), a = matrix_view(in[1]), b = matrix_view(in[2]);
    Side w = side_of({in.begin() + 3, in.end()}, group_, bits_, true);
    long rank = a.columns;
    Number type = number_of(out[0].dtype());
    Result y{out[0].data<void>(), type, b.columns};
    dispatch(stream(), [=, scale = scale_] {
      gemm(x.as_left(), a.as_right(), {}, {z, Number::FLOAT32, rank}, x.rows, rank, x.columns);
      for (long i = 0; i < x.rows * rank; i++) z[i] *= scale;
      gemm(x.as_left(), w, {}, y, x.rows, b.columns, x.columns);
      gemm({PlainSide{z, Number::FLOAT32, rank, 1}}, b.as_right(), {y.at, type, y.step}, y, x.rows, b.columns, rank);
    });
  }

  std::vector<mx::array> vjp(
      const std::vector<mx::array>& in,
      const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums,
      const std::vector<mx::array>& out) override {
    mx::Stream s = stream();
    const mx::array &x = in[0], &a = in[1], &b = in[2], &g = cotangents[0];
    FrozenWeight w{{in.begin() + 3, in.end()}, group_, bits_};
    // dz = scale (g B^T): z is linear in x A.
    mx::array to_z = mx::multiply(
        matmul(g, mx::transpose(b, s), std::nullopt, mx::float32, s), mx::array(scale_), s);
    std::vector<mx::array> gradients;
    for (int argument : argnums) {
      if (argument == 0) {
        mx::array through_adapter = matmul(to_z, mx::transpose(a, s), std::nullopt, x.dtype(), s);
        gradients.push_back(w.multiply(g, false, through_adapter, x.dtype(), s));
      } else if (argument == 1) {
        gradients.push_back(
            matmul(mx::transpose(rows_of(x, s), s), rows_of(to_z, s), std::nullopt, a.dtype(), s));
      } else if (argument == 2) {
        gradients.push_back(matmul(mx::transpose(rows_of(out[1], s), s), rows_of(g, s), std::nullopt, b.dtype(), s));
      } else {
        throw std::invalid_argument("a weight with an adapter has no gradient");
      }
    }
    return gradients;
  }

  const char* name() const override {
    return "Lora";
  }

  bool is_equivalent(const Primitive& other) const override {
    auto& same = static_cast<const Lora&>(other);
    return scale_ == same.scale_ && group_ == same.group_ && bits_ == same.bits_;
  }

 private:
  int group_, bits_;
  float scale_;
};

}  // namespace

}  // namespace kernels

KERNELS_API int mlxk_lora(
    mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, int group_size,
    int bits, const mlx_array a, const mlx_array b, float scale, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    const mx::array &in = mlx_array_get_(x), &down = mlx_array_get_(a), &up = mlx_array_get_(b);
    FrozenWeight weight = frozen_weight(w, scales, biases, group_size, bits, stream);
    check_left(in, weight.inputs());
    if (down.ndim() != 2 || up.ndim() != 2 || down.shape(0) != weight.inputs() || up.shape(1) != weight.outputs() ||
        down.shape(1) != up.shape(0) || !is_number(down.dtype()) || !is_number(up.dtype())) {
      std::ostringstream said;
      said << "a weight [" << weight.outputs() << ", " << weight.inputs() << "] takes a [in, rank] and b [rank, out], not "
           << down.shape() << " and " << up.shape();
      throw std::invalid_argument(said.str());
    }
    mx::Shape y = in.shape(), z = in.shape();
    y.back() = weight.outputs();
    z.back() = down.shape(1);
    std::vector<mx::array> inputs{in, down, up};
    inputs.insert(inputs.end(), weight.parts.begin(), weight.parts.end());
    mx::Dtype type = mx::result_type(in, weight.parts[weight.packed() ? 1 : 0]);
    return mx::array::make_arrays(
        {y, z}, {type, mx::float32}, std::make_shared<Lora>(stream, group_size, bits, scale), inputs)[0];
  });
}
